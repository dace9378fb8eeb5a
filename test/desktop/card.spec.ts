// The card through a real pcscd, by the reader host in a utility process of Electron that a channel joins to the agent's: out of
// the archive, with the native part that lies beside it.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingForPcscd, type Pcscd, preparePcscd } from '../card/pcscd.ts'
import { startSeparateCard } from '../card/separate-card.ts'
import { pressEnter, type } from '../e2e/desk.ts'
import { type Desktop, killAgent, ownFolder, pidOf } from './desktop.ts'
import { test as base, expect } from './test.ts'

const test = base.extend<{ pcscd: Pcscd }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  pcscd: async ({}, use) => {
    const pcscd = preparePcscd()
    await pcscd.start()
    await use(pcscd)
    await pcscd.close()
  },
})
const missing = missingForPcscd()
if (missing) console.warn(`!! LEFT OUT: the card through a real pcscd, because ${missing}`)
test.skip(missing !== null, 'said above')

const readerHost = ({ app }: Desktop) => pidOf(app, 'Madoguchi reader host')

test('a card on a real reader is read, also when the reader host or the agent was killed, and its file is delivered', async ({
  certificates,
  folder,
  pcscd,
  start,
}) => {
  writeFileSync(join(ownFolder(folder), 'settings.json'), JSON.stringify({ reader: 'pcsc' }))
  const card = await startSeparateCard(certificates, pcscd.port)
  const desktop = await start()
  const { desk } = desktop
  await desk.clock.install()
  await expect.poll(() => readerHost(desktop)).not.toBeNull()
  const pid = await readerHost(desktop)
  await card.lay()
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(desk, '1234')
  await pressEnter(desk)
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
  const files = () => readdirSync(join(ownFolder(folder), 'import/csv')).filter((name) => name.endsWith('.csv'))
  await expect.poll(files).toHaveLength(1)

  if (pid === null) throw new Error('there is no reader host')
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => readerHost(desktop)).not.toBe(pid)
  await card.takeAway()
  // The service tells of it in its own time; the next host may still have seen the card lying there.
  await expect(desk.getByRole('listitem', { name: 'Virtual PCD 00 00' })).toContainText('カード待ち')
  // Then it was pulled while it was read a second time, and that is closed.
  await desk
    .getByRole('button', { name: /^(?:次の患者へ|閉じる)/ })
    .first()
    .click()
  await card.lay()
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()

  // The card is let go of with the host of the agent that has gone, and read by the next one's.
  const second = await readerHost(desktop)
  await killAgent(desktop.app)
  await expect.poll(() => readerHost(desktop)).not.toBe(second)
  await expect.poll(() => readerHost(desktop)).not.toBeNull()
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  card.stop()
})
