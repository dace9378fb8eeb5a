// Run as a process of its own by recovery.test.ts: confirms visits and hands them over until it is killed; says a line
// for each delivered file. Arguments: database file, key as hex, folder.

import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createDeliveryThread } from '../../src-main/handover/folder/threaded-deliverer.ts'
import { createOutbox } from '../../src-main/handover/outbox/outbox.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { at, dutyAlone, newVisit } from '../store/new-visit.ts'
import { silentLog } from '../support.ts'

const [file = '', key = '', folder = ''] = process.argv.slice(2)
const migrationsDir = join(import.meta.dirname, '../../migrations')
const opened = openStore({ file, key: Buffer.from(key, 'hex'), migrationsDir })
if (!opened.ok) throw new Error(opened.error.code)
const store = opened.value
const clock = { now: () => new Date('2026-11-23T00:15:00Z') }
const thread = join(import.meta.dirname, '../../src-main/handover/folder/delivery-thread.ts')
const handover = createOutbox({
  dutyOf: dutyAlone,
  store,
  destinations: [
    {
      id: 'receipt',
      takenWithinMin: 10,
      folder,
      newDeliverer: () => createDeliveryThread(thread, { folder, endMarker: false, sharedName: false }),
    },
  ],
  renderAgain: async () => null,
  clock,
  log: silentLog,
})

for (;;) {
  const id = randomUUID()
  const saved = await store.saveVisit(newVisit({ id, state: 'confirmed' }), [{ at, event: 'confirmed' }], {
    deliveries: [
      {
        id,
        destination: 'receipt',
        format: 'csv',
        state: 'queued',
        failure: null,
        fileName: `madoguchi_20261123_${id}.csv`,
        payload: Buffer.from(`${id},`.repeat(500)),
      },
    ],
  })
  if (!saved.ok) throw new Error(saved.error.code)
  handover.wake()
  await handover.settled()
  writeSync(1, `${id}\n`)
}
