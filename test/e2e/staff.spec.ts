// A desk at which somebody signs in, in a real browser and over the door as another program finds it: code and authenticator, a
// check-in, the switch to a colleague, F9, and the desk that is left alone. The clock is the agent's, moved by the test.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { calls } from '../../src-main/contract/calls.ts'
import { type Authenticator, enrol } from '../agent/staff.ts'
import { type Clinic, openClinic } from '../monday/clinic.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { test as base, expect, pressEnter, settle, type } from './desk.ts'

interface Left {
  readonly clinic: Clinic
  /** What the authenticators of 受付 1 and 主任 2 show. */
  readonly shows: Readonly<Record<'1' | '2', Authenticator>>
  readonly page: Page
}

/** A clinic with its staff, at the desk of which nobody is, in a tab that came with the printed address. */
const test = base.extend<{ left: Left }>({
  left: async ({ systemBrowser }, use, info) => {
    if (!systemBrowser) return info.skip(true, 'LEFT OUT: Chromium is not installed')
    const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-staff-'))
    mkdirSync(join(dataDir, 'training'), { mode: 0o700 })
    await writeTrainingFolder(join(dataDir, 'training'), { now: () => new Date('2026-11-23T08:50:00+09:00') })
    // As by the guide: whoever looks after the computer comes first.
    await enrol(dataDir, 'it', 'it')
    const shows = { 1: await enrol(dataDir, '1', 'reception'), 2: await enrol(dataDir, '2', 'lead') }
    const clinic = await openClinic(dataDir)
    const context = await systemBrowser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(await clinic.invite())
    await use({ clinic, shows, page })
    await context.close()
    await clinic.end()
    rmSync(dataDir, { recursive: true, force: true })
  },
})

const patientName = '佐藤　美咲'
const secrets = /佐藤|サトウ|5401602|1979-11-24/

/** Nothing of anybody is in the page, and the way in is all that there is. */
async function isShut(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'サインイン' })).toBeVisible()
  expect(await page.content()).not.toMatch(secrets)
}

/** By keyboard alone. `steps`: of half a minute, between two codes of one person. */
async function signIn({ page, clinic, shows }: Left, code: '1' | '2', steps = 0): Promise<void> {
  await expect(page.getByLabel('職員コード')).toBeFocused()
  await type(page, code)
  await page.keyboard.press('Tab')
  await type(page, shows[code](clinic.clock, steps))
  await pressEnter(page)
  await expect(page.getByText(`職員${code}（`)).toBeVisible()
}

/** What a program gets that has the key of this very tab: all the state of the desk, and what its calls are answered. */
const overTheDoor = (page: Page, names: readonly string[]) =>
  page.evaluate(async (asked) => {
    const { key } = JSON.parse(sessionStorage.getItem('madoguchi') ?? '{}')
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const post = async (name: string) => {
      const body = JSON.stringify({ persona: 'kodomo', visitId: null, page: 'past' })
      return (await fetch(`/api/call/${name}`, { method: 'POST', headers, body })).text()
    }
    const state = await post('reception')
    return { state, answers: await Promise.all(asked.map(post)) }
  }, names)

/** The calls with which anybody gets in, or which only ask for the state. */
const wayIn = ['reception', 'signIn', 'signInByAccount', 'computerLocked']

test('signed in by code and authenticator one works; left alone, switched or hidden, the desk shows and does nothing', async ({
  left,
}) => {
  const { page, clinic } = left
  await isShut(page)
  await expect(page.getByLabel('職員コード')).toBeFocused()
  await type(page, '1')
  await page.keyboard.press('Tab')
  await type(page, '000000')
  await pressEnter(page)
  await expect(page.getByRole('alert')).toContainText('サインインできませんでした。')
  await isShut(page)
  await page.getByLabel('職員コード').fill('')
  await signIn(left, '1')

  await page.getByRole('button', { name: '難病（月額上限あり） 暗証番号' }).click()
  await expect(page.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(page, '1234')
  await pressEnter(page)
  await expect(page.getByRole('heading', { name: patientName })).toBeVisible()

  // A colleague takes over: the visit stands there for whoever comes.
  await page.getByRole('button', { name: '交代' }).click()
  await isShut(page)
  await signIn(left, '2')
  await expect(page.getByRole('heading', { name: patientName })).toBeVisible()

  // At once, over whatever is open.
  await settle(page)
  await page.keyboard.press('F9')
  await isShut(page)
  await clinic.pass(60_000)
  await signIn(left, '1')
  await expect(page.getByRole('heading', { name: patientName })).toBeVisible()

  // Nobody touches it: the agent counts by itself, the page is only told.
  await clinic.pass(4 * 60_000)
  await clinic.call('reception', {})
  await expect(page.getByRole('heading', { name: patientName })).toBeVisible()
  await clinic.pass(60_000)
  await clinic.call('reception', {})
  await isShut(page)
  const names = Object.keys(calls).filter((name) => !wayIn.includes(name))
  const { state, answers } = await overTheDoor(page, names)
  expect(state).toContain('"signedOut"')
  expect(state).not.toMatch(secrets)
  for (const [at, answer] of answers.entries()) {
    expect([names[at], JSON.parse(answer).error?.code]).toEqual([names[at], 'SIGN_IN_REQUIRED'])
  }
  expect((await clinic.look()).visits).toHaveLength(1)
  await signIn(left, '1')
  await expect(page.getByRole('heading', { name: patientName })).toBeVisible()
})
