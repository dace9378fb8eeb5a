// `npm run hospital`: a hospital on this computer, to try: Debian's PostgreSQL in a folder of its own, with its own CA, and two desks
// that rehearse on it, each with its data folder, its key store and its page. The second desk gets the site's key from a recovery sheet
// of the first, as in a hospital. Ctrl+C ends all of it, and nothing stays.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listenForEnd } from '../../src-main/ground/ending.ts'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { joinSite } from '../../src-main/store/joining.ts'
import { makeSheet } from '../../src-main/store/recovery-key.ts'
import { must } from '../support.ts'
import { deskPlace, openDesk } from './desk.ts'
import { newSite, startPostgres } from './server.ts'

keepFilesPrivate()
const say = (text: string) => process.stdout.write(`${text}\n`)
const ending = listenForEnd()
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-hospital-'))
const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
const stopAll = async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
}
ending.stopWith(stopAll)
try {
  const server = await startPostgres({ isDurable: true })
  stops.push(server.stop)
  say(`PostgreSQL: 127.0.0.1:${server.port}（データベース ${server.desk.database}）`)
  const access = newSite(server)
  const names = ['受付1', '受付2'] as const
  const places = names.map((_, index) => ({
    ...deskPlace(join(folder, `desk-${index + 1}`), access, `uketsuke-${index + 1}`),
    backupFolder: null,
  }))
  const [first, second] = places
  if (!first || !second) throw new Error('a hospital has two desks')
  const sheet = must(await makeSheet(first))
  must(await joinSite(second, join(first.dataDir, 'backup/recovery.key'), sheet))
  for (const [index, { dataDir }] of places.entries()) {
    const desk = must(await openDesk(dataDir, access, `uketsuke-${index + 1}`))
    stops.push(desk.stop)
    say(`${names[index]}: ${desk.address}`)
  }
  say(
    '片方で受け付けた患者さんは、もう片方の一覧にもすぐ並びます。番号と記録は1つです。終了するには Ctrl+C を押してください。',
  )
} catch (error) {
  await stopAll()
  throw error
}
