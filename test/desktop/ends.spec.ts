// The program's end, with files that are still to be delivered, and what clinic IT types beside it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstCheckIn } from '../e2e/desk.ts'
import { fault } from '../faults.ts'
import { type Desktop, ownFolder, prepare } from './desktop.ts'
import { expect, test } from './test.ts'

const waiting = { name: 'カードをリーダーに置いてください' }

/** Ends it as the tray's menu does. */
async function quit({ app }: Desktop): Promise<void> {
  const ended = app.waitForEvent('close')
  await app.evaluate(({ app: program }) => void setTimeout(() => program.quit()))
  await ended
}

const lastEvents = (folder: string) =>
  readdirSync(join(ownFolder(folder), 'logs')).map(
    (name) =>
      JSON.parse(
        readFileSync(join(ownFolder(folder), 'logs', name), 'utf8')
          .trimEnd()
          .split('\n')
          .at(-1) ?? '',
      ).event,
  )

fault('share', 'The program is ended while files wait for their folder', {
  seen: 'DESTINATION_MISSING',
  detail: { destination: 'receipt' },
  data: 'The files wait in the database over the end.',
  recovery: 'They arrive, once, after the next start.',
})
test('files whose folder has gone outlive the end of the program, and arrive once when it is there', async ({
  folder,
  start,
}) => {
  const receiptFolder = join(ownFolder(folder), 'receipt')
  const destinations = [{ id: 'receipt', format: 'csv', folder: receiptFolder }]
  writeFileSync(join(ownFolder(folder), 'settings.json'), JSON.stringify({ destinations }))
  const first = await start()
  await first.desk.clock.install()
  await expect(first.desk.getByRole('heading', waiting)).toBeVisible()
  rmSync(receiptFolder, { recursive: true })
  await firstCheckIn(first.desk, 'のフォルダーが見つかりません')
  await quit(first)
  expect(lastEvents(folder)).toEqual(['agentStopped'])

  // A training clinic's folders are made with it.
  const second = await start()
  await expect(
    second.desk
      .getByRole('heading', { name: '佐藤　美咲' })
      .or(second.desk.getByRole('button', { name: /佐藤/ }))
      .first(),
  ).toBeVisible()
  const arrived = () => readdirSync(receiptFolder).filter((name) => name.endsWith('.csv'))
  await expect.poll(arrived).toHaveLength(1)
  await quit(second)
  expect(arrived()).toHaveLength(1)
})

fault('sleep', 'The power goes in the middle of the day', {
  seen: 'nothing',
  class: 'transient',
  data: 'What was confirmed is there.',
  recovery: 'The next start opens the same data.',
})
test('killed in the middle of everything, it opens the same data again', async ({ start }) => {
  const first = await start()
  await first.desk.clock.install()
  await firstCheckIn(first.desk)
  const ended = first.app.waitForEvent('close')
  first.app.process().kill('SIGKILL')
  await ended
  const second = await start()
  await expect(second.desk.getByRole('button', { name: /佐藤/ }).first()).toBeVisible()
})

test('madoguchi check says how the data stand, with the key that only this program unwraps', async ({
  folder,
  start,
  display,
}) => {
  if (!display) throw new Error('no display')
  const check = async () => {
    const { program, env } = prepare({ folder, display })
    const asked = spawn(program, ['check', '--json'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    asked.stdout.on('data', (chunk) => {
      said += chunk
    })
    const [code] = await once(asked, 'close')
    return { code, said: JSON.parse(said) }
  }
  const running = await start()
  await expect(running.desk.getByRole('heading', waiting)).toBeVisible()
  await quit(running)
  expect(readdirSync(ownFolder(folder))).toContain('database.key.wrapped')
  expect(await check()).toMatchObject({ code: 0, said: { ok: true } })
  rmSync(join(ownFolder(folder), 'madoguchi.db'))
  expect(await check()).toMatchObject({ code: 2, said: { ok: false } })
})
