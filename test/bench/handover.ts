// What the hand-over costs over the bare file work: one file through a lane's own thread, a full outbox drained into
// several destinations, and what a lane that cannot get on costs the others.

import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src-main/ground/clock.ts'
import { ok } from '../../src-main/ground/result.ts'
import { createDeliveryThread } from '../../src-main/handover/folder/threaded-deliverer.ts'
import { createOutbox } from '../../src-main/handover/outbox/outbox.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { at, dutyAlone, newVisit } from '../store/new-visit.ts'
import { silentLog } from '../support.ts'
import { type Figures, median, removeFile, round, spread, writeBareFile } from './measure.ts'

const entry = join(import.meta.dirname, '../../src-main/handover/folder/delivery-thread.ts')
const migrationsDir = join(import.meta.dirname, '../../migrations')
const runs = 100
const warmUp = 20
const visits = 1_000
const drains = 3
const lanes = ['csv', 'json', 'xml']
/** As large as an import file of one patient. */
const payload = Buffer.alloc(2_048, 'x')
const sha256 = createHash('sha256').update(payload).digest('hex')

const target = (folder: string) => ({ folder, endMarker: false, sharedName: false })
const newDelivery = (destination: string) => {
  const id = randomUUID()
  return { id, destination, format: 'csv', state: 'queued', failure: null, fileName: `${id}.csv`, payload } as const
}

/** One file through its lane's thread against the bare calls; the store's commits are in neither. */
async function fileToFloor(folder: string): Promise<number> {
  const deliverer = createDeliveryThread(entry, target(folder))
  const ratios: number[] = []
  for (let run = -warmUp; run < runs; run++) {
    const { payload: _payload, ...row } = newDelivery('csv')
    const delivery = { ...row, visitId: row.id, place: null, sha256, attempts: 0, updatedAt: at }
    const ports = { payload: async () => payload, commitPublishing: async () => [ok(undefined)] }
    const timed = async (work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      return performance.now() - start
    }
    const bare = () => timed(() => writeBareFile(folder, row.id, payload))
    const own = () =>
      timed(async () => {
        const [delivered] = await deliverer.deliver([delivery], ports)
        if (!delivered?.ok) throw new Error(delivered?.error.code)
      })
    // Whoever comes second finds the disk as the first has left it: each is second in turn.
    const early = run % 2 === 0 ? await bare() : null
    const ours = await own()
    const ratio = ours / (early ?? (await bare()))
    if (run >= 0) ratios.push(ratio)
    await Promise.all([row.fileName, row.id].map((name) => removeFile(join(folder, name))))
  }
  await deliverer.close()
  return median(ratios)
}

/**
 * A day's visits in a new outbox with rows for every lane, drained into `folders` (by destination); in milliseconds until
 * all of `emptied` are so.
 */
async function drain(
  place: string,
  folders: Readonly<Record<string, string>>,
  emptied = Object.keys(folders),
): Promise<number> {
  const opened = openStore({ file: join(place, `${randomUUID()}.db`), key: Buffer.alloc(32, 1), migrationsDir })
  if (!opened.ok) throw new Error(opened.error.code)
  const store = opened.value
  const confirm = async (count: number) => {
    for (let number = 0; number < count; number++) {
      const visit = newVisit({ state: 'confirmed' })
      const deliveries = lanes.map(newDelivery)
      const saved = await store.saveVisit(visit, [{ at, event: 'confirmed' }], { deliveries })
      if (!saved.ok) throw new Error(saved.error.code)
    }
  }
  const handover = createOutbox({
    dutyOf: dutyAlone,
    store,
    destinations: Object.entries(folders).map(([id, folder]) => ({
      id,
      takenWithinMin: null,
      folder,
      newDeliverer: () => createDeliveryThread(entry, target(folder)),
    })),
    renderAgain: async () => null,
    clock: systemClock,
    log: silentLog,
  })
  const through = async () => {
    handover.wake()
    await handover.settled()
  }
  // The lanes' threads run, and a lane that is blocked knows it.
  await confirm(1)
  await through()
  await confirm(visits)
  const start = performance.now()
  await through()
  const time = performance.now() - start
  for (const id of emptied) {
    const [left] = await store.pendingDeliveries(id, 1)
    if (left) throw new Error(`${id} is not empty: ${left.failure?.code}`)
  }
  await handover.close()
  store.close()
  return time
}

/** The same number of files by the bare calls, as many side by side as there are lanes. */
async function bareDrain(folders: readonly string[]): Promise<number> {
  const start = performance.now()
  await Promise.all(
    folders.map(async (folder) => {
      for (let count = 0; count < visits; count++) await writeBareFile(folder, `bare-${count}`, payload)
    }),
  )
  return performance.now() - start
}

export async function benchHandover(): Promise<Figures> {
  const place = mkdtempSync(join(tmpdir(), 'madoguchi-bench-handover-'))
  const newFolders = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => {
        const folder = join(place, randomUUID())
        mkdirSync(folder)
        return [name, folder]
      }),
    )
  try {
    const file = await fileToFloor(place)
    const [first = '', ...others] = lanes
    // In turn, so that whatever the machine does to one it does to all.
    const rounds = []
    for (let round = -1; round < drains; round++) {
      const times = {
        ours: await drain(place, newFolders(lanes)),
        bare: await bareDrain(Object.values(newFolders(lanes))),
        alone: await drain(place, newFolders(others)),
        besideBlocked: await drain(place, { [first]: join(place, 'away'), ...newFolders(others) }, others),
      }
      if (round >= 0) rounds.push(times)
    }
    return {
      'handover.fileToFloor': round(file),
      'handover.drainedMs': spread(rounds.map(({ ours }) => ours)),
      'handover.floor.drainedMs': spread(rounds.map(({ bare }) => bare)),
      'handover.drainedShareOfFloorRate': spread(rounds.map(({ ours, bare }) => bare / ours)),
      'handover.blockedLaneCost': spread(rounds.map(({ alone, besideBlocked }) => besideBlocked / alone)),
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
