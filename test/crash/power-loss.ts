// A power failure at any moment of a morning: what the recorded desk did to its files is gone through call by call, and of each
// moment the disk is made as a failure would have left it. Then it is looked at, and a desk starts on it.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startAgent } from '../../src-main/agent.ts'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { isIn, underWayStates } from '../../src-main/ground/states.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { entries } from '../agent/entries.ts'
import { atDesk } from '../at-desk.ts'
import { testClock } from '../clock.ts'
import { eventually, must, root, silentLog } from '../support.ts'
import {
  type Call,
  type Disk,
  everything,
  type Luck,
  openDisk,
  readFolder,
  readRecord,
  someOf,
  syncedOnly,
} from './disk.ts'
import * as left from './left-behind.ts'
import { ended, newPlace, type Place, startRecorded } from './recording.ts'
import { type Told, toldIn } from './told.ts'

export interface Recorded extends Place {
  readonly calls: readonly Call[]
  /** As it was before the first call. */
  readonly beginning: string
  /** As the morning left it. */
  readonly end: string
  remove(): void
}

/** Records a morning, as a rule of this `tree`; null: not on this computer. */
export async function recordMorning(tree?: string): Promise<Recorded | null> {
  const place = await newPlace()
  const [beginning, end] = [`${place.root}.beginning`, `${place.root}.end`]
  cpSync(place.root, beginning, { recursive: true })
  const desk = await startRecorded(place, 'morning', { tree })
  if (!desk) {
    place.remove()
    return null
  }
  const { code, said } = await ended(desk)
  assert.equal(code, 0, said)
  // The same paths are for the disks that are made of it: they stand in the settings.
  renameSync(place.root, end)
  return { ...place, beginning, end, calls: readRecord(place.record) }
}

/** The disk of a record at its beginning. */
export const diskOf = (recorded: Recorded): Disk => openDisk(recorded.root, readFolder(recorded.beginning))

/** What the screen had been told by then. */
export const toldOn = (disk: Disk, { told }: Place): readonly Told[] =>
  toldIn(Buffer.from(disk.read(told) ?? new Uint8Array()).toString('utf8'))

/**
 * What the next desk does on what a kill has left here: nothing is lost but the process, what was not synced is still known to the
 * system. The disk is not changed by that.
 */
async function recordNext(recorded: Recorded, disk: Disk, tree?: string): Promise<readonly Call[]> {
  fail(disk, recorded, everything, 'here')
  const record = `${recorded.record}.next`
  rmSync(record, { force: true })
  const desk = await startRecorded({ ...recorded, record }, 'quick', { tree })
  assert.ok(desk)
  const { code, said } = await ended(desk)
  assert.equal(code, 0, said)
  return readRecord(record)
}

/**
 * Goes through calls, and stops where the screen has just been told something, and besides in so many moments between, by dice.
 * `at` is told what the screen knows by then.
 */
async function goThrough(
  recorded: Recorded,
  { disk, calls, between, random }: { disk: Disk; calls: readonly Call[]; between: number; random: () => number },
  at: (told: readonly Told[], moment: { readonly index: number; readonly isTold: boolean }) => Promise<void>,
): Promise<void> {
  let known = disk.read(recorded.told)?.length ?? 0
  for (const [index, call] of calls.entries()) {
    disk.do(call)
    const now = disk.read(recorded.told)?.length ?? 0
    const next = calls[index + 1]
    const goesOn = next?.call === 'open' && next.path === recorded.told
    const isTold = now !== known && !goesOn
    if (isTold) known = now
    else if (random() >= between / calls.length) continue
    await at(toldOn(disk, recorded), { index, isTold })
  }
}

/** A failure at each word to the screen, and at so many moments between. Throws what does not hold; returns how many there were. */
export async function failEverywhere(recorded: Recorded, between: number, random: () => number): Promise<number> {
  let looks = 0
  const through = { disk: diskOf(recorded), calls: recorded.calls, between, random }
  await goThrough(recorded, through, async (told, { index, isTold }) => {
    fail(through.disk, recorded, isTold ? syncedOnly : someOf(random), 'here')
    await lookAt(recorded, told, 'here').catch((error: unknown) => {
      throw new Error(`after call ${index}`, { cause: error })
    })
    looks++
  })
  return looks
}

/**
 * A desk is killed when a file has just been given its name; the power fails while the next one goes on, at each word to its screen.
 * Throws what does not hold.
 */
export async function failAfterKill(recorded: Recorded, random: () => number, tree?: string): Promise<void> {
  const disk = diskOf(recorded)
  const isShown = (call: Call) => call.call === 'rename' && call.to.startsWith(`${recorded.importDir}/csv/`)
  for (const call of recorded.calls.slice(0, recorded.calls.findIndex(isShown) + 1)) disk.do(call)
  const calls = await recordNext(recorded, disk, tree)
  await goThrough(recorded, { disk, calls, between: 0, random }, async (told, { index }) => {
    fail(disk, recorded, syncedOnly, 'here')
    await lookAt(recorded, told, 'here').catch((error: unknown) => {
      throw new Error(`after call ${index} of the next desk`, { cause: error })
    })
  })
}

/** `share`: the import folders lie on another computer, which had no failure, and whose program takes what it sees at once. */
export type Import = 'here' | 'share'

/** Puts onto the place what the failure leaves; returns what the receipt computer had taken, by path. */
export function fail(disk: Disk, place: Place, luck: Luck, imports: Import): ReadonlyMap<string, Uint8Array> {
  rmSync(place.root, { recursive: true, force: true })
  disk.leave(place.root, place.root, luck)
  if (imports === 'here') return new Map()
  rmSync(place.importDir, { recursive: true, force: true })
  disk.leave(place.importDir, place.importDir, everything)
  return take(place)
}

function take({ importDir }: Place): ReadonlyMap<string, Uint8Array> {
  const taken = left.visibleFiles(importDir)
  for (const path of taken.keys()) rmSync(join(importDir, path))
  return taken
}

/** What a person finds who looks before anybody starts the agent again. */
export async function lookAt(place: Place, told: readonly Told[], imports: Import): Promise<void> {
  await left.settingsHold(place, told)
  await left.anchorHolds(place, told)
  await left.copiesHold(place, told)
  const store = await left.openLeft(place)
  try {
    await left.rowsHold(store, told)
    if (imports === 'here') {
      await left.filesAreWhole(store, place)
      await left.deliveredIsThere(store, place)
    }
  } finally {
    store.close()
  }
}

const isAtRest = (visit: VisitView | null) =>
  visit !== null &&
  (visit.state === 'confirmed' || visit.state === 'handedOver') &&
  !visit.deliveries.some(({ state, failure }) => isIn(underWayStates, state) && !failure)

/** A desk starts on what was left, brings it to its end and attends to the next patient; then all of it still holds. */
export async function goOn(
  place: Place,
  told: readonly Told[],
  taken: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<void> {
  const { dataDir } = place
  const started = await startAgent({
    dataDir,
    settings: must(await loadSettings(dataDir)),
    keyStore: openHeadlessKey(dataDir),
    migrationsDir: join(root, 'migrations'),
    entries,
    clock: testClock,
    log: silentLog,
    version: 'test',
    takeBackMs: 0,
  })
  assert.ok(started.ok, `the next start is refused: ${started.ok || started.error.code}`)
  const agent = started.value
  try {
    await agent.settled()
    must(await agent.call(atDesk, 'insertTrainingCard', { persona: 'kosei-hitorioya' }))
    await eventually('the next patient is asked for the PIN', () => agent.reception().current?.pin != null)
    const { id = '', number = 0 } = agent.reception().current ?? {}
    const before = told.flatMap((fact) => (fact.kind === 'visit' ? [fact.number] : []))
    assert.ok(!before.includes(number), `the next patient is given the number ${number}, which somebody had`)
    must(await agent.call(atDesk, 'enterPin', { visitId: id, pin: '1234', lastTry: false }))
    await agent.settled()
    const current = () => agent.reception().current
    await eventually('the answer is there', () => current()?.assessment != null)
    const { together } = current()?.assessment?.order ?? {}
    if (together && !together.used) {
      must(await agent.call(atDesk, 'chooseHelps', { visitId: id, used: together.benefits }))
    }
    await agent.settled()
    await eventually('the next patient is through', () => isAtRest(current()))
  } finally {
    await agent.stop()
  }
  await holdsAfter(place, told, taken)
}

async function holdsAfter(place: Place, told: readonly Told[], taken: ReadonlyMap<string, Uint8Array>) {
  const store = await left.openLeft(place)
  try {
    await left.rowsHold(store, told)
    await left.nothingIsUnderWay(store)
    await left.filesAreWhole(store, place)
    if (taken.size === 0) await left.deliveredIsThere(store, place)
  } finally {
    store.close()
  }
  for (const [path, content] of left.visibleFiles(place.importDir)) {
    const before = taken.get(path)
    assert.ok(!before || !Buffer.from(before).equals(content), `${path} comes a second time`)
  }
}

/** The two folders hold the same files with the same content. */
export function isSame(one: string, other: string): void {
  const [a, b] = [one, other].map((path) => filesBelow(path))
  assert.deepEqual([...(a?.keys() ?? [])], [...(b?.keys() ?? [])])
  for (const [path, content] of a ?? []) assert.ok(b?.get(path)?.equals(content), `${path} is another file`)
}

function filesBelow(path: string): ReadonlyMap<string, Buffer> {
  const names = [...left.visibleFiles(path).keys()].toSorted()
  return new Map(names.map((name) => [name, readFileSync(join(path, name))]))
}
