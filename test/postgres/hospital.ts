// `npm run hospital`: a hospital on this computer, to try: Debian's PostgreSQL in a folder of its own, with its own CA, and two desks
// that rehearse on it, each with its data folder, its key store and its page. The second desk gets the site's key from a recovery sheet
// of the first, as in a hospital. The line of each can be cut and joined by its number. Ctrl+C ends all of it, and nothing stays.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { listenForEnd } from '../../src-main/ground/ending.ts'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { joinSite } from '../../src-main/store/joining.ts'
import { makeSheet } from '../../src-main/store/recovery-key.ts'
import { must } from '../support.ts'
import { deskPlace, openDesk } from './desk.ts'
import { newSite, startPostgres } from './server.ts'
import { type Line, openWire } from './wire.ts'

interface DeskLine {
  readonly name: string
  readonly line: Pick<Line, 'cut' | 'refuse'>
  isCut: boolean
}

function cutOrJoin(desk: DeskLine): void {
  desk.isCut = !desk.isCut
  desk.line.refuse(desk.isCut)
  if (desk.isCut) desk.line.cut()
  say(`${desk.name}の線を${desk.isCut ? '切りました。もう一度で、つなぎます' : 'つなぎました'}。`)
}

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
  const lines: DeskLine[] = []
  for (const [index, { dataDir }] of places.entries()) {
    const line = await openWire(server, { from: '127.0.0.1', to: 'tcp' })
    stops.push(async () => void line.end())
    const { host, port } = line
    const desk = must(await openDesk(dataDir, { ...access, host, port }, `uketsuke-${index + 1}`))
    stops.push(desk.stop)
    lines.push({ name: names[index] ?? '', line, isCut: false })
    say(`${names[index]}: ${desk.address}`)
  }
  say('片方で受け付けた患者さんは、もう片方の一覧にもすぐ並びます。番号と記録は1つです。')
  say('1 か 2 と Enter: その受付とサーバーの間の線を切る・つなぐ。切ると数秒で、その受付だけで続けます。')
  say('終了するには Ctrl+C を押してください。')
  const keys = createInterface({ input: process.stdin })
  stops.push(async () => keys.close())
  keys.on('line', (typed) => {
    const desk = lines[Number(typed.trim()) - 1]
    if (desk) cutOrJoin(desk)
  })
} catch (error) {
  await stopAll()
  throw error
}
