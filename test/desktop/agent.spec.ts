// The agent in a process of its own: whatever ends it, the window stands, says so, and is fed by another one; until it is
// enough, and a person is told what to do.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstCheckIn } from '../e2e/desk.ts'
import { closeWindow, type Desktop, killAgent, ownFolder, pidOf } from './desktop.ts'
import { expect, test } from './test.ts'

const waiting = { name: 'カードをリーダーに置いてください' }
const restarting = '窓口プログラムを起動し直しています'

/** Notes every headline from now on, however short it stands. */
const watchHeadlines = ({ desk }: Desktop) =>
  desk.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => seen.push(document.querySelector('main :is(h1, h2)')?.textContent ?? '')).observe(
      document.body,
      {
        childList: true,
        subtree: true,
      },
    )
  })
const headlines = ({ desk }: Desktop): Promise<readonly string[]> => desk.evaluate(() => Reflect.get(window, 'seen'))

test('killed in the middle of a check-in, it is followed by another one, and nothing is lost', async ({ start }) => {
  const desktop = await start()
  const { app, desk } = desktop
  await desk.clock.install()
  await firstCheckIn(desk)
  await desk.getByRole('button', { name: '更生医療とひとり親の併用' }).click()
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await watchHeadlines(desktop)
  const before = await pidOf(app, 'Madoguchi agent')
  await killAgent(app)

  // The one that was confirmed, and the one that was under way.
  await expect(desk.getByRole('heading', waiting)).toBeVisible()
  expect(await headlines(desktop)).toContain(restarting)
  await expect(desk.getByRole('button', { name: /佐藤/ })).toBeVisible()
  const interrupted = desk.getByRole('button', { name: /氏名未確認.*受付できず/ })
  await expect(interrupted).toBeVisible()
  const after = await pidOf(app, 'Madoguchi agent')
  expect([after === null, after === before]).toEqual([false, false])
  // The desk goes on.
  await firstCheckIn(desk)
})

test('killed by a fault in a native library, it is followed by another one as well', async ({ start }) => {
  const { app, desk } = await start()
  await expect(desk.getByRole('heading', waiting)).toBeVisible()
  const before = await pidOf(app, 'Madoguchi agent')
  await killAgent(app, 'SIGSEGV')
  await expect.poll(() => pidOf(app, 'Madoguchi agent')).not.toBe(before)
  await expect(desk.getByRole('heading', waiting)).toBeVisible()
})

test('three that go within a minute are enough: the page says what to do, and to close it ends the program', async ({
  folder,
  start,
}) => {
  const { app, desk } = await start()
  for (let count = 0; count < 3; count++) {
    await expect(desk.getByRole('heading', waiting)).toBeVisible()
    await killAgent(app)
    await expect(desk.getByRole('heading', waiting)).toBeHidden()
  }
  await expect(desk.getByRole('heading', { name: '窓口プログラムを続けられません' })).toBeVisible()
  await expect(desk.getByRole('alert')).toContainText('窓口をもう一度起動してください')
  expect(await pidOf(app, 'Madoguchi agent')).toBeNull()
  const ended = app.waitForEvent('close')
  await closeWindow(app, desk)
  await ended

  const again = await start()
  await expect(again.desk.getByRole('heading', waiting)).toBeVisible()
  const log = readdirSync(join(ownFolder(folder), 'logs')).map((name) =>
    readFileSync(join(ownFolder(folder), 'logs', name), 'utf8'),
  )
  expect(log.join('').match(/"(agentGone|agentGivenUp|agentStarted)"/g)).toEqual([
    ...Array(3).fill(['"agentStarted"', '"agentGone"']).flat(),
    '"agentGivenUp"',
    '"agentStarted"',
  ])
})

test('the key stands on no command line and in no environment', async ({ folder, start, display }) => {
  test.skip(process.platform !== 'linux', 'as Linux tells it')
  if (!display) throw new Error('no display')
  const { session } = await import('./told.ts')
  const { app, desk } = await start({ program: session.programWithoutKeyring })
  await expect(desk.getByRole('heading', waiting)).toBeVisible()
  const key = readFileSync(join(ownFolder(folder), 'database.key'))
  const pids = await app.evaluate(({ app: program }) => program.getAppMetrics().map(({ pid }) => pid))
  expect(pids.length).toBeGreaterThan(3)
  for (const pid of pids) {
    const open = ['cmdline', 'environ'].map((what) => readFileSync(`/proc/${pid}/${what}`, 'latin1')).join('\0')
    expect(open.length).toBeGreaterThan(10)
    for (const form of ['latin1', 'hex', 'base64', 'base64url'] as const) {
      expect(open.toLowerCase()).not.toContain(key.toString(form).toLowerCase())
    }
  }
})
