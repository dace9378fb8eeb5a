// Whether a store is as quick with a million visits as with a thousand: what a check-in looks up, the day's list, and what a check-in
// writes, in turns on stores of each size that are open at the same time, as they are shipped.
import { copyFileSync, mkdtempSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreOptions } from '../../src-main/store/sqlite/opening.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import type { Store } from '../../src-main/store/store.ts'
import { randomFrom } from '../random.ts'
import { type Figures, type Spread, spread } from './measure.ts'
import { p99 } from './p99.ts'
import { storeCheckIn } from './store-check-in.ts'
import { certificateAt, dayOf, destination, numberAt, patientAt, patientsAmong, storeVisits } from './stored-visits.ts'

const sizes = { '1k': 1_000, '10k': 10_000, '100k': 100_000, '1M': 1_000_000 }
type Size = keyof typeof sizes

/** Of all of them together. */
const bytesNeeded = 10e9
const lookups = 2_000
const days = 100
const writes = 150
const warmUp = 50

/** What is asked when a card comes, one by one; `place`: whose. */
const asked: Readonly<Record<string, (store: Store, place: number) => Promise<unknown>>> = {
  byCard: (store, place) => store.latestEligibilityOfCard(certificateAt(place)),
  byPatient: (store, place) => store.known(patientAt(place).ref),
  numberOfPatient: (store, place) => store.patientNumber(patientAt(place).ref, certificateAt(place)),
  byNumber: (store, place) => store.numberHolder(numberAt(place)),
  byName: (store, place) => store.clinicPatients({ ...patientAt(place), referenceNumber: null }),
  nextFile: (store) => store.pendingDeliveries(destination, 10),
}

interface Sized {
  readonly size: Size
  readonly store: Store
  readonly openMs: number
  /** In milliseconds. */
  readonly times: Record<string, number[]>
}

async function timed(times: Record<string, number[]>, what: string, isCounted: boolean, work: () => Promise<unknown>) {
  const start = performance.now()
  const found = await work()
  const time = performance.now() - start
  // What is there has to be found: an empty answer is quick.
  if (found === null || (Array.isArray(found) && found.length === 0)) throw new Error(`${what} has found nothing`)
  if (!isCounted) return
  const known = times[what] ?? []
  times[what] = known
  known.push(time)
}

async function lookUp(all: readonly Sized[]): Promise<void> {
  const random = randomFrom(1)
  for (let run = -warmUp; run < lookups; run++)
    for (const { size, store, times } of all) {
      const place = Math.floor(random() * patientsAmong(sizes[size]))
      for (const [what, look] of Object.entries(asked)) await timed(times, what, run >= 0, () => look(store, place))
    }
  for (let run = -2; run < days; run++)
    for (const { size, store, times } of all)
      await timed(times, 'today', run >= 0, () => store.visitsOfDay(dayOf(sizes[size] - 1)))
}

async function write(all: readonly Sized[]): Promise<void> {
  for (let run = -10; run < writes; run++)
    for (const { store, times } of all) await timed(times, 'write', run >= 0, () => storeCheckIn(store, run + 10))
}

function open(size: Size, place: StoreOptions): Sized {
  const start = performance.now()
  const opened = openStore(place)
  if (!opened.ok) throw new Error(opened.error.code)
  return { size, store: opened.value, openMs: performance.now() - start, times: {} }
}

/** One store that grows; of each size a copy stays. */
async function fill(folder: string, names: readonly Size[]): Promise<ReadonlyMap<Size, StoreOptions>> {
  const key = Buffer.alloc(32, 1)
  const migrationsDir = join(import.meta.dirname, '../../migrations')
  const placeOf = (size: Size): StoreOptions => ({ file: join(folder, `${size}.db`), key, migrationsDir })
  const growing = { ...placeOf('1M'), file: join(folder, 'growing.db') }
  let stored = 0
  for (const size of names) {
    await storeVisits(growing, stored, sizes[size])
    stored = sizes[size]
    if (size === names.at(-1)) renameSync(growing.file, placeOf(size).file)
    else copyFileSync(growing.file, placeOf(size).file)
  }
  return new Map(names.map((size) => [size, placeOf(size)]))
}

/** `names`: of the sizes, the smallest first; fewer of them for a trial. */
export async function benchStoreScale(
  say: (text: string) => void,
  names: readonly Size[] = ['1k', '10k', '100k', '1M'],
): Promise<Figures> {
  const { bavail, bsize } = statfsSync(tmpdir())
  if (bavail * bsize < bytesNeeded) {
    say(`!! a million visits need ${bytesNeeded / 1e9} GB in ${tmpdir()}: left out`)
    return { 'store.leftOut': 'no room for a million visits' }
  }
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-scale-'))
  const all: Sized[] = []
  try {
    const start = performance.now()
    const places = await fill(folder, names)
    const fillS = (performance.now() - start) / 1_000
    say(`the stores were filled in ${Math.round(fillS)} s`)
    for (const [size, place] of places) all.push(open(size, place))
    await lookUp(all)
    await write(all)
    const largest = names.at(-1) ?? '1M'
    const bytes = statSync(places.get(largest)?.file ?? '').size
    // Of a trial with fewer it is what the largest of them took.
    return { ...figuresOf(all), 'store.bytesPerVisit': bytes / sizes[largest], 'store.fill1MSeconds': fillS }
  } finally {
    for (const { store } of all) store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const inUs = (ms: number) => ms * 1_000

function figuresOf(all: readonly Sized[]): Figures {
  const figures: Record<string, number | Spread> = {}
  const kinds = [...Object.keys(asked), 'today']
  const timesOf = (size: Size, what: string) => all.find((one) => one.size === size)?.times[what] ?? []
  for (const { size, openMs } of all) {
    // One after the other, as a check-in asks them: the sum.
    const sums = Array.from({ length: lookups }, (_, run) =>
      Object.keys(asked).reduce((sum, what) => sum + (timesOf(size, what)[run] ?? Number.NaN), 0),
    )
    figures[`store.lookupAt${size}Us`] = spread(sums.map(inUs))
    figures[`store.lookupP99At${size}Us`] = p99(sums) * 1_000
    figures[`store.todayAt${size}Ms`] = spread(timesOf(size, 'today'))
    figures[`store.writeAt${size}Us`] = spread(timesOf(size, 'write').map(inUs))
    figures[`store.writeP99At${size}Us`] = p99(timesOf(size, 'write')) * 1_000
    figures[`store.openAt${size}Ms`] = openMs
  }
  // Of a trial with fewer there is nothing to compare.
  if (timesOf('1M', 'today').length === 0) return figures
  const ratios = kinds.map((what) => {
    const ratio = p99(timesOf('1M', what)) / p99(timesOf('10k', what))
    figures[`store.${what}1MTo10k`] = ratio
    return ratio
  })
  figures['store.lookup1MTo10k'] = Math.max(...ratios)
  figures['store.write1MTo10k'] = p99(timesOf('1M', 'write')) / p99(timesOf('10k', 'write'))
  return figures
}
