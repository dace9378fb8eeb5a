// Windows' own sharing: while a receipt computer has a file open for itself alone, nobody else can look at it.
import { describe, expect, test } from 'vitest'
import { onWindows } from '../system.ts'
import { startExclusiveImporter } from './exclusive-importer.ts'
import { contents, openOutbox, queued, until } from './outbox.ts'

describe.skipIf(!onWindows)('a receipt computer that opens without sharing', () => {
  test('takes each file once, and nobody is asked about any', async () => {
    const { store, folder, start } = openOutbox()
    const rows = []
    for (let row = 0; row < 60; row++) rows.push((await queued(store)).delivery)
    const importer = await startExclusiveImporter(folder, 30)
    const handover = start()
    handover.wake()
    for (const { id } of rows) {
      await until(handover, async () => {
        const row = await store.delivery(id)
        if (row?.failure?.code === 'DELIVERY_UNVERIFIED') throw new Error('a person is asked')
        return row?.state === 'acknowledged'
      })
    }
    expect((await importer.finish()).toSorted()).toEqual(rows.map(({ fileName }) => fileName).toSorted())
    expect(contents(folder)).toEqual({})
  })
})
