// Two desks name one destination: each file is brought by one of them, once, also when the one that was at it dies, or sleeps and
// wakes in the very step in which a file gets its name. Nothing waits for eight seconds: the server is told that they have passed.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FilePort } from '../../src-main/handover/folder/durable-file.ts'
import { systemFiles } from '../../src-main/handover/folder/durable-file.ts'
import { createFolderDeliverer } from '../../src-main/handover/folder/folder-deliverer.ts'
import { createOutbox } from '../../src-main/handover/outbox/outbox.ts'
import { createDuties } from '../../src-main/store/duties.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { arrived, contents } from '../handover/outbox.ts'
import { newSite } from '../postgres/server.ts'
import { eventually, silentLog, temporaryFolder } from '../support.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { confirmedVisit, newDelivery } from './samples.ts'
import { anHourPasses, openDesk } from './site-desks.ts'

const seldomMs = 1_000_000
const oftenMs = 20

/** `beatMs`: how often it is heard of. Its clock is hours off: nobody asks it. */
function startLane(desk: Store, folder: string, beatMs: number, hoursOff: number, files: FilePort = systemFiles) {
  const duties = createDuties({ store: { ...desk, beatMs }, log: silentLog })
  const target = { folder, endMarker: false, sharedName: false }
  const newDeliverer = () => createFolderDeliverer(target, files)
  const outbox = createOutbox({
    store: desk,
    dutyOf: duties.of,
    destinations: [{ id: 'receipt', takenWithinMin: null, folder, newDeliverer }],
    renderAgain: async () => null,
    clock: { now: () => new Date(Date.parse('2026-11-23T00:15:00Z') + hoursOff * 3_600_000) },
    log: silentLog,
    pauseMs: { first: 2, longest: 10, look: 1_000_000 },
  })
  const close = async () => {
    await outbox.close()
    await duties.close()
  }
  onTestFinished(close)
  outbox.wake()
  return { outbox, close }
}

function newFolder(): string {
  const folder = join(temporaryFolder(), 'receipt')
  mkdirSync(folder)
  return folder
}

const rowsOf = async (desk: Store, event: string) =>
  (await desk.auditTrail({ after: 0, limit: 1_000 })).filter((row) => row.event === event).map((row) => row.deliveryId)

const areDelivered = async (desk: Store, ids: readonly string[]) =>
  (await Promise.all(ids.map((id) => desk.delivery(id)))).every((row) => row?.state === 'delivered')

describe.skipIf(!hasPostgres())('a destination of several desks', () => {
  test('gets each file once, from whichever desk it is confirmed at, and goes on at the other one when the first ends', async () => {
    const site = newSite(postgres())
    const desks = [await openDesk(site, 'one'), await openDesk(site, 'other')] as const
    const folder = newFolder()
    const confirm = async () => {
      const deliveries = [newDelivery('receipt'), newDelivery('receipt')] as const
      await Promise.all(desks.map((desk, index) => confirmedVisit(desk, [deliveries[index] ?? deliveries[0]])))
      await anHourPasses(site, 'files')
      return deliveries
    }
    const early = await confirm()
    const [one] = [startLane(desks[0], folder, oftenMs, -5), startLane(desks[1], folder, oftenMs, 5)]
    await eventually('both have come', () =>
      areDelivered(
        desks[0],
        early.map(({ id }) => id),
      ),
    )
    await one.close()
    const late = await confirm()
    await eventually('the others, too', () =>
      areDelivered(
        desks[1],
        late.map(({ id }) => id),
      ),
    )
    const all = [...early, ...late]
    expect(contents(folder)).toEqual(arrived(...all))
    expect((await rowsOf(desks[1], 'deliveryDelivered')).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
  })

  test.each(['before', 'after'] as const)(
    'whoever falls asleep %s a file gets its name finds it brought, and says nothing of it any more',
    async (when) => {
      const site = newSite(postgres())
      const [asleep, other] = [await openDesk(site, 'asleep'), await openDesk(site, 'other')]
      const folder = newFolder()
      const delivery = newDelivery('receipt')
      await confirmedVisit(asleep, [delivery])
      const { promise: isAwake, resolve: wake } = Promise.withResolvers<void>()
      const { promise: sleeps, resolve: fallAsleep } = Promise.withResolvers<void>()
      const sleeping: FilePort = {
        ...systemFiles,
        async rename(from, to) {
          if (when === 'after') await systemFiles.rename(from, to)
          fallAsleep()
          await isAwake
          if (when === 'before') await systemFiles.rename(from, to)
        },
      }
      const lane = startLane(asleep, folder, seldomMs, 0, sleeping)
      await sleeps
      expect((await other.delivery(delivery.id))?.state).toBe('publishing')
      await anHourPasses(site)
      startLane(other, folder, oftenMs, 12)
      await eventually('the other one has brought it', () => areDelivered(other, [delivery.id]))
      wake()
      await lane.outbox.settled()
      expect(contents(folder)).toEqual(arrived(delivery))
      expect(await rowsOf(other, 'deliveryDelivered')).toEqual([delivery.id])
      expect((await other.delivery(delivery.id))?.failure).toBeNull()
    },
  )

  fault('sleep', 'A desk falls asleep while it writes a file', {
    seen: 'nothing',
    class: 'transient',
    data: 'There is one file, whole; nothing else is left in the folder.',
    recovery: 'Another desk brings it, and the first one, awake, leaves it alone.',
  })
  test('whoever falls asleep while a file is written, and wakes when it has been brought, leaves nothing of it', async () => {
    const site = newSite(postgres())
    const [asleep, other] = [await openDesk(site, 'asleep'), await openDesk(site, 'other')]
    const folder = newFolder()
    const delivery = newDelivery('receipt')
    await confirmedVisit(asleep, [delivery])
    const { promise: isAwake, resolve: wake } = Promise.withResolvers<void>()
    const { promise: sleeps, resolve: fallAsleep } = Promise.withResolvers<void>()
    const sleeping: FilePort = {
      ...systemFiles,
      async writeDurably(path, content) {
        fallAsleep()
        await isAwake
        await systemFiles.writeDurably(path, content)
      },
    }
    const lane = startLane(asleep, folder, seldomMs, 0, sleeping)
    await sleeps
    await anHourPasses(site)
    startLane(other, folder, oftenMs, 12)
    await eventually('the other one has brought it', () => areDelivered(other, [delivery.id]))
    wake()
    await lane.outbox.settled()
    // As when it hears what the other one has done.
    lane.outbox.wake()
    await lane.outbox.settled()
    expect(contents(folder)).toEqual(arrived(delivery))
  })
})
