// The hand-over against the bare calls, in the same run: one file through a lane's own folder deliverer, 1,000 visits for
// three destinations drained from a full outbox, and the same drain beside a lane whose folder is not there.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../../src-main/contract/log.ts'
import { ok } from '../../src-main/contract/result.ts'
import { createDeliveryThread } from '../../src-main/handover/delivery-threads.ts'
import { systemFiles } from '../../src-main/handover/durable-file.ts'
import { createFolderDeliverer } from '../../src-main/handover/folder-deliverer.ts'
import { createHandover } from '../../src-main/handover/worker.ts'
import { openStore } from '../../src-main/store/sqlite-store.ts'
import type { DeliveryRecord, Store } from '../../src-main/store/store.ts'
import { confirmedVisit, newDelivery, sha256 } from '../store/samples.ts'
import { must } from '../support.ts'
import { median, round, writeBareFile } from './measure.ts'

const rounds = 60
const warmUp = 5
const visits = 1_000
const drains = 3
const content = randomBytes(2_048)
const clock = { now: () => new Date('2026-11-23T00:15:00Z') }
const deliveryThread = join(import.meta.dirname, '../../src-main/handover/delivery-thread.ts')

/** The deliverer beside the floor in turns; the commit in its middle is the store's and belongs to the drain. */
async function fileToFloor(folder: string): Promise<number> {
  mkdirSync(folder)
  const deliverer = createFolderDeliverer({ folder, endMarker: false, sharedName: false }, systemFiles)
  const ratios: number[] = []
  for (let index = -warmUp; index < rounds; index++) {
    const { payload, ...row } = newDelivery('receipt', { payload: content })
    const at = clock.now().toISOString()
    const delivery: DeliveryRecord = {
      ...row,
      visitId: randomUUID(),
      attempts: 0,
      updatedAt: at,
      sha256: sha256(payload),
    }
    const start = performance.now()
    must(
      await deliverer.deliver(delivery, { payload: async () => payload, commitPublishing: async () => ok(undefined) }),
    )
    const delivered = performance.now()
    await writeBareFile(folder, `bare ${index}`, payload)
    if (index >= 0) ratios.push((delivered - start) / (performance.now() - delivered))
  }
  return median(ratios)
}

/** Milliseconds until the lanes `drained` have no row left. The lanes in `missing` have rows, but no folder. */
async function drain(drained: readonly string[], missing: readonly string[] = []): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-handover-'))
  const key = new Uint8Array(randomBytes(32))
  const migrationsDir = join(import.meta.dirname, '../../migrations')
  const store: Store = must(openStore({ file: join(folder, 'madoguchi.db'), key, migrationsDir }))
  try {
    const lanes = [...drained, ...missing]
    for (const lane of drained) mkdirSync(join(folder, lane))
    for (let visit = 0; visit < visits; visit++) {
      await confirmedVisit(
        store,
        lanes.map((lane) => newDelivery(lane, { payload: content })),
      )
    }
    const handover = createHandover({
      store,
      destinations: lanes.map((id) => ({
        id,
        takenWithinMin: null,
        newDeliverer: () =>
          createDeliveryThread(deliveryThread, { folder: join(folder, id), endMarker: false, sharedName: false }),
      })),
      renderAgain: async () => null,
      clock,
      log: silentLog,
    })
    const start = performance.now()
    handover.wake()
    // A lane that is held up is settled at once: it waits for its next try.
    await handover.settled()
    const time = performance.now() - start
    for (const lane of drained) {
      if ((await store.pendingDeliveries(lane, 1)).length > 0) throw new Error('the outbox is not empty')
    }
    await handover.close()
    return time
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As many bare files, one after the other in each of three folders that are written side by side. */
async function bareFiles(folders: number): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'madoguchi-bench-bare-'))
  const paths = Array.from({ length: folders }, (_, index) => join(root, String(index)))
  for (const path of paths) mkdirSync(path)
  const start = performance.now()
  await Promise.all(
    paths.map(async (path) => {
      for (let index = 0; index < visits; index++) await writeBareFile(path, String(index), content)
    }),
  )
  const time = performance.now() - start
  rmSync(root, { recursive: true })
  return time
}

export async function benchHandover(dataDir: string): Promise<Record<string, number>> {
  const one = await fileToFloor(join(dataDir, 'handover'))
  const times: Record<'bare' | 'three' | 'two' | 'blocked', number>[] = []
  // In turn, so that whatever the machine does to one it does to all.
  for (let index = 0; index < drains; index++) {
    times.push({
      bare: await bareFiles(3),
      three: await drain(['one', 'two', 'three']),
      two: await drain(['one', 'two']),
      blocked: await drain(['one', 'two'], ['missing']),
    })
  }
  return {
    'handover.fileToFloor': round(one),
    'handover.drainMs': round(median(times.map(({ three }) => three))),
    'handover.floor.drainMs': round(median(times.map(({ bare }) => bare))),
    'handover.drainToFloorRate': round(median(times.map(({ bare, three }) => bare / three))),
    'handover.blockedLaneCost': round(median(times.map(({ two, blocked }) => blocked / two))),
  }
}
