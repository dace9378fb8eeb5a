// What must hold of a data folder and its import folders, whatever has ended the agent: what the screen was told is there, no file is
// torn under its name, everything opens, and the trail is whole. Each throws with a sentence that says what does not hold.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DeliveryState,
  deliveryRules,
  deliveryStateSchema,
  isIn,
  type VisitState,
  visitRules,
  visitStateSchema,
} from '../../src-main/ground/states.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { readHeads } from '../../src-main/store/audit-heads.ts'
import { databaseOf, openData } from '../../src-main/store/data-folder.ts'
import { readAnchor } from '../../src-main/store/sqlite/anchor.ts'
import { listCopies } from '../../src-main/store/sqlite/copies.ts'
import { isWhole, openCopy, openDatabase } from '../../src-main/store/sqlite/database.ts'
import { anchorOf } from '../../src-main/store/sqlite/opening.ts'
import type { Store } from '../../src-main/store/store.ts'
import { testDay } from '../clock.ts'
import { must, root } from '../support.ts'
import type { Place } from './recording.ts'
import type { Told } from './told.ts'

/** Every state that may follow one, however many steps later, and the state itself. */
function reachable<State extends string>(
  from: State,
  all: readonly State[],
  mayMove: (from: State, to: State) => boolean,
) {
  const found = new Set<State>([from])
  for (const state of found) for (const next of all) if (mayMove(state, next)) found.add(next)
  return found
}

export const mayFollow = {
  visit: (told: VisitState, found: VisitState) =>
    reachable(told, visitStateSchema.options, visitRules.mayMove).has(found),
  delivery: (told: DeliveryState, found: DeliveryState) =>
    reachable(told, deliveryStateSchema.options, deliveryRules.mayMove).has(found),
}

/** The last that was told of each. */
const newest = <Kind extends Told['kind']>(told: readonly Told[], kind: Kind) => [
  ...new Map(
    told.flatMap((fact) =>
      fact.kind === kind ? [['id' in fact ? fact.id : '', fact as Extract<Told, { kind: Kind }>]] : [],
    ),
  ).values(),
]

const was = (told: readonly Told[], call: string) =>
  told.filter((fact) => fact.kind === 'done' && fact.call === call).length

/** Opens the store that was left; it has to open. */
export async function openLeft({ dataDir }: Place): Promise<Store> {
  const place = { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations') }
  const opened = await openData(place)
  assert.ok(opened.ok, `the store does not open: ${opened.ok || opened.error.code}`)
  return opened.value.store
}

/** Settings that were answered as saved. */
export async function settingsHold({ dataDir }: Place, told: readonly Told[]): Promise<void> {
  const settings = must(await loadSettings(dataDir))
  const saved = was(told, 'approveSubstitute')
  const kept = Object.keys(settings.substitutions).length
  assert.ok(kept >= saved, `${saved} substitutes were approved, ${kept} are there`)
}

/** The anchor is on the disk once nothing has been written for a while. Before the store is opened, which writes it anew. */
export async function anchorHolds({ dataDir }: Place, told: readonly Told[]): Promise<void> {
  if (told.at(-1)?.kind !== 'settled' && told.at(-1)?.kind !== 'stopped') return
  const key = must(await openHeadlessKey(dataDir).load())
  assert.ok(key, 'the key is gone')
  const file = databaseOf(dataDir)
  const known = readAnchor(anchorOf(file), key)?.commits ?? 0
  const database = openDatabase(file, key)
  const [row] = database.prepare('SELECT commits FROM progress WHERE id = 1').all()
  database.close()
  assert.deepEqual(row, { commits: known }, 'the anchor does not know how far the database had come')
}

/** Copies that were said to be made, in both places, each with the end of the trail beside it, once there was anybody in it. */
export async function copiesHold({ dataDir, otherCopies }: Place, told: readonly Told[]): Promise<void> {
  const key = must(await openHeadlessKey(dataDir).load())
  const wasCopied = told.some(({ kind }) => kind === 'copied')
  const firstVisit = told.findIndex(({ kind }) => kind === 'visit')
  const hasEnd = firstVisit >= 0 && told.findLastIndex(({ kind }) => kind === 'copied') > firstVisit
  for (const folder of [join(dataDir, 'backup'), otherCopies]) {
    const copies = listCopies(folder)
    assert.ok(copies.length > 0 || !wasCopied, `the copy that was made is not in ${folder}`)
    const heads = await readHeads(folder)
    assert.ok(!hasEnd || (heads && heads.length > 0), `the end of the trail is not noted in ${folder}`)
    for (const { file } of copies) {
      assert.ok(key, 'the key of the copies is gone')
      const copy = openCopy(file, key)
      assert.ok(isWhole(copy), `${file} is torn`)
      copy.close()
    }
  }
}

/** Visits and files as they were told, or further; numbers that were told are nobody else's. */
export async function rowsHold(store: Store, told: readonly Told[]): Promise<void> {
  const stored = await store.visitsOfDay(testDay)
  for (const { id, number, state } of newest(told, 'visit')) {
    const visit = stored.find((each) => each.visit.id === id)?.visit
    assert.ok(visit, `visit ${number}, told as ${state}, is lost`)
    assert.equal(visit.number, number, `visit ${number} has another number`)
    assert.ok(mayFollow.visit(state, visit.state), `visit ${number}, told as ${state}, is ${visit.state}`)
  }
  for (const { id, state } of newest(told, 'delivery')) {
    const row = await store.delivery(id)
    assert.ok(row, `a delivery told as ${state} is lost`)
    assert.ok(mayFollow.delivery(state, row.state), `a delivery told as ${state} is ${row.state}`)
  }
  const numbers = stored.map(({ visit }) => visit.number)
  assert.equal(new Set(numbers).size, numbers.length, `a number was given twice: ${numbers}`)
  const { broken } = await store.verifyTrail()
  assert.equal(broken, null, 'the trail does not hold')
}

const ends = (name: string, end: string) => name.endsWith(end)

/** Every file that a receipt computer can see, by its path below the import folder. */
export function visibleFiles(importDir: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const name of readdirSync(importDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile() || ends(name.name, '.tmp')) continue
    const path = join(name.parentPath, name.name)
    files.set(path.slice(importDir.length + 1), readFileSync(path))
  }
  return files
}

/** Nothing is torn under its own name, nothing is marked as finished that is not there, and each file is some delivery's. */
export async function filesAreWhole(store: Store, { importDir }: Place): Promise<void> {
  const deliveries = (await store.visitsOfDay(testDay)).flatMap((visit) => visit.deliveries)
  for (const [path, content] of visibleFiles(importDir)) {
    if (ends(path, '.end')) {
      assert.ok(existsSync(join(importDir, path.slice(0, -'.end'.length))), `${path} stands alone`)
      continue
    }
    const rows = deliveries.filter(({ destination, fileName }) => path === join(destination, fileName))
    const payloads = await Promise.all(rows.map(({ id }) => store.payload(id)))
    assert.ok(
      payloads.some((payload) => payload && Buffer.from(payload).equals(content)),
      `${path} (${content.length} bytes) is no whole file of any delivery`,
    )
  }
}

/** What is stored as delivered lies there, marked as finished where that is wanted; for a receipt computer that takes nothing. */
export async function deliveredIsThere(store: Store, { importDir }: Place): Promise<void> {
  const there = visibleFiles(importDir)
  for (const { deliveries } of await store.visitsOfDay(testDay)) {
    for (const { state, destination, fileName } of deliveries) {
      if (state !== 'delivered') continue
      const path = join(destination, fileName)
      const mark = destination === 'csv' ? [`${path}.end`] : []
      for (const each of [path, ...mark]) assert.ok(there.has(each), `${each}, stored as delivered, is not there`)
    }
  }
}

/** Nobody waits for anything any more: all is delivered, or a person is asked or told why not. */
export async function nothingIsUnderWay(store: Store): Promise<void> {
  for (const { visit, deliveries } of await store.visitsOfDay(testDay)) {
    assert.ok(
      !isIn(['reading', 'identifying', 'asking'], visit.state),
      `visit ${visit.number} is still ${visit.state} after a start`,
    )
    for (const { state, destination } of deliveries) {
      assert.ok(
        !isIn(['queued', 'publishing'], state) || destination === 'receipt',
        `a file of visit ${visit.number} for ${destination} is still ${state}`,
      )
    }
  }
}
