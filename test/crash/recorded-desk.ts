// A desk in a process of its own, run by power-loss.ts and call-faults.ts under disk-record.c: `node recorded-desk.ts DATA TOLD`. It
// goes through a morning and writes down in TOLD, in the moment in which it is told, what the screen shows of visits and files, and
// what it was answered. `quick`: one check-in and nothing besides; `later`: that, after the day's copy.
import { appendFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startAgent } from '../../src-main/agent.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { isIn, underWayStates } from '../../src-main/ground/states.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { dataFiles } from '../../src-main/store/data-folder.ts'
import { entries } from '../agent/entries.ts'
import { atDesk } from '../at-desk.ts'
import { testClock } from '../clock.ts'
import { hangMs, root } from '../support.ts'
import type { Told } from './told.ts'

keepFilesPrivate()
const [dataDir = '', told = '', length = 'morning'] = process.argv.slice(2)
const tell = (fact: Told) => appendFileSync(told, `${JSON.stringify(fact)}\n`)

let isOverWithCopy = false
const settings = await loadSettings(dataDir)
if (!settings.ok) throw new Error(settings.error.code)
const started = await startAgent({
  dataDir,
  settings: settings.value,
  keyStore: openHeadlessKey(dataDir),
  migrationsDir: join(root, 'migrations'),
  entries,
  clock: testClock,
  log: {
    write({ event, code }) {
      if (event !== 'storeCopied') return
      isOverWithCopy = true
      if (code === undefined) tell({ kind: 'copied' })
    },
  },
  version: 'test',
  takeBackMs: 0,
  safekeepingPauseMs: { first: 20, between: 20 },
})
if (!started.ok) {
  tell({ kind: 'refused', call: 'start', code: started.error.code })
  process.exit(2)
}
const agent = started.value

/** What the screen says of each visit and each file; the newest stands for it. */
const lastTold = new Map<string, string>()
function show({ visits, current, shown }: Reception): void {
  const once = (id: string, fact: Told) => {
    const text = JSON.stringify(fact)
    if (lastTold.get(id) === text) return
    lastTold.set(id, text)
    tell(fact)
  }
  for (const { id, number, state } of visits) once(id, { kind: 'visit', id, number, state })
  for (const visit of [current, shown]) {
    if (!visit) continue
    const { id, number, state, failure } = visit
    // One that has no number yet is being saved.
    if (number > 0) once(id, { kind: 'visit', id, number, state })
    if (state === 'failed') once(`${id} failed`, { kind: 'failed', code: failure?.code ?? null })
    for (const delivery of visit.deliveries) {
      once(delivery.id, { kind: 'delivery', id: delivery.id, visit: id, state: delivery.state })
    }
  }
}
agent.onReception(show)
show(agent.reception())

async function call(name: string, request: object): Promise<boolean> {
  const answer = await agent.call(atDesk, name, request)
  tell(answer.ok ? { kind: 'done', call: name } : { kind: 'refused', call: name, code: answer.error.code })
  return answer.ok
}

const isAtRest = (visit: Reception['current']) =>
  visit !== null &&
  (isIn(['failed', 'offline', 'cancelled'], visit.state) ||
    (visit.pin === null &&
      visit.state !== 'reading' &&
      visit.state !== 'identifying' &&
      visit.state !== 'asking' &&
      !visit.deliveries.some(({ state, failure }) => isIn(underWayStates, state) && !failure)))

async function until(isSo: () => boolean, limitMs = hangMs): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; await pause(5)) if (isSo()) return true
  return false
}

/** Where the visit at the counter stands, without anybody in it. */
function standing(): string {
  const { current } = agent.reception()
  if (!current) return 'there is none'
  const { state, failure, deliveries, pin } = current
  const files = deliveries.map((each) => `${each.state} ${each.failure?.code ?? ''}`)
  return JSON.stringify({ state, failure: failure?.code, isAskedForPin: pin !== null, files })
}

/** Lays a card, enters the PIN, and waits until its visit is at rest. */
async function checkIn(persona: string, patientNumber: string): Promise<void> {
  const before = agent.reception().current?.id
  if (!(await call('insertTrainingCard', { persona }))) return
  const asks = () => agent.reception().current?.pin != null
  const isOver = () => agent.reception().current?.id !== before && isAtRest(agent.reception().current)
  if (!(await until(() => asks() || isOver()))) throw new Error(`the counter waits for nothing: ${standing()}`)
  const { current } = agent.reception()
  if (current?.pin) await call('enterPin', { visitId: current.id, pin: '1234', lastTry: false })
  await agent.settled()
  if (!(await until(isOver))) throw new Error(`the visit does not come to rest: ${standing()}`)
  if (current) await call('linkPatientNumber', { visitId: current.id, patientNumber, isMoved: false })
  await agent.settled()
  await until(isOver)
}

if (length === 'later') await until(() => isOverWithCopy, 2_000)
await checkIn('nanbyo', '12')
if (length === 'morning') {
  await call('removeTrainingCard', {})
  await call('approveSubstitute', { character: '𠮷', substitute: '吉' })
  await checkIn('kodomo', '13')
  // A little later the store puts its log into the database, and in the same step its anchor onto the disk.
  const log = join(dataDir, dataFiles.writeAhead)
  if (!(await until(() => statSync(log).size === 0))) throw new Error('the store does not settle')
  tell({ kind: 'settled' })
  await call('removeTrainingCard', {})
  await call('approveSubstitute', { character: '﨑', substitute: '崎' })
  await call('insertTrainingCard', { persona: 'withheld' })
  await until(() => agent.reception().current?.pin != null)
  await call('cancelVisit', { visitId: agent.reception().current?.id ?? '' })
  await call('removeTrainingCard', {})
  await checkIn('none', '14')
}
await agent.stop()
tell({ kind: 'stopped' })
process.exit(0)
