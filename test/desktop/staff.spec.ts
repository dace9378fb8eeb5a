// The lock of the computer, as its system tells the desktop program of it: whoever is signed in is out before anybody else sits
// there, and opening the computer brings nobody back.
import type { ElectronApplication, Page } from '@playwright/test'
import { systemClock } from '../../src-main/ground/clock.ts'
import { authenticatorOf } from '../agent/staff.ts'
import { firstCheckIn, pressEnter, type } from '../e2e/desk.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { callOf } from './desktop.ts'
import { expect, test } from './test.ts'

const secrets = /佐藤|サトウ|5401602|1979-11-24/

/** As Windows and macOS say it. */
const says = (app: ElectronApplication, what: 'lock-screen' | 'unlock-screen') =>
  app.evaluate(({ powerMonitor }, event) => void powerMonitor.emit(event), what)

const signInPage = (desk: Page) => desk.getByRole('heading', { name: 'サインイン' })

fault('sessions', 'The computer is locked while somebody is signed in', {
  seen: 'SIGN_IN_REQUIRED',
  data: 'Nothing about anybody is in the page, neither locked nor opened again.',
  recovery: 'Whoever opens it signs in.',
})
test('the lock of the computer signs out at once, and who opens it finds the way in and nobody’s data', async ({
  start,
}) => {
  const desktop = await start()
  const { app, desk } = desktop
  const call = callOf(desktop)
  await desk.clock.install()
  await expect(desk.getByRole('heading', { name: 'カードをリーダーに置いてください' })).toBeVisible()
  // The first one, as はじめての設定 enrols them, and a receptionist by the page 職員.
  must(await call('addStaff', { code: 'it', name: '職員it', role: 'it', account: null }))
  must(await call('openPage', { page: 'staff' }))
  const { page } = must(await call('addStaff', { code: '1', name: '職員1', role: 'reception', account: null }))
  if (page.name !== 'staff') throw new Error('another page')
  const shows = authenticatorOf({ ok: true, link: page.enrolment?.link })
  const signIn = async (steps: number) => {
    await expect(desk.getByLabel('職員コード')).toBeFocused()
    await type(desk, '1')
    await desk.keyboard.press('Tab')
    await type(desk, shows(systemClock, steps))
    await pressEnter(desk)
    await expect(desk.getByText('職員1（受付）')).toBeVisible()
  }
  must(await call('signOut', {}))
  await signIn(0)
  await firstCheckIn(desk)
  await expect(desk.getByRole('button', { name: /佐藤/ })).toBeVisible()

  await says(app, 'lock-screen')
  await expect(signInPage(desk)).toBeVisible()
  expect(await desk.content()).not.toMatch(secrets)
  expect(await desk.evaluate(() => window.madoguchi?.call('insertTrainingCard', { persona: 'kodomo' }))).toMatchObject({
    ok: false,
    error: { code: 'SIGN_IN_REQUIRED' },
  })
  expect(JSON.stringify(await desk.evaluate(() => window.madoguchi?.call('reception', {})))).not.toMatch(secrets)

  await says(app, 'unlock-screen')
  await desk.evaluate(() => window.madoguchi?.call('reception', {}))
  await expect(signInPage(desk)).toBeVisible()
  expect(await desk.content()).not.toMatch(secrets)
  await signIn(1)
  await expect(desk.getByRole('button', { name: /佐藤/ })).toBeVisible()
})
