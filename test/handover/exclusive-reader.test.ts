// A receipt computer that opens a file for itself alone (Windows: no sharing) the moment it appears: whoever looks
// meanwhile is refused. What it has in its hands is delivered: no question to a person, whatever it does next.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FilePort, systemFiles } from '../../src-main/handover/folder/durable-file.ts'
import type { NewDelivery } from '../../src-main/store/deliveries.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { newDelivery } from '../store/samples.ts'
import { arrived, contents, isDelivered, openOutbox, queued, systemError, until } from './outbox.ts'

/** What Windows answers to whoever wants to open a file that is held or is just being deleted. */
const refusals = ['EBUSY', 'EPERM', 'EACCES', 'UNKNOWN']

/** The disk beside such a reader: it holds what `takes` says from its first moment until `release`, which takes it in. */
function exclusiveReader(code: string, takes: (name: string) => boolean = () => true) {
  const held = new Set<string>()
  const files: FilePort = {
    ...systemFiles,
    async rename(from, to) {
      await systemFiles.rename(from, to)
      if (takes(to)) held.add(to)
    },
    async read(path) {
      if (held.has(path)) throw systemError(code)
      return systemFiles.read(path)
    },
  }
  const release = () => {
    for (const path of held) rmSync(path)
    held.clear()
  }
  return { files, release, held }
}

async function queuedRows(store: Store, count: number): Promise<NewDelivery[]> {
  const rows = []
  for (let row = 0; row < count; row++) rows.push((await queued(store)).delivery)
  return rows
}

const codesOf = async (store: Store, rows: readonly NewDelivery[]) => {
  const found = await Promise.all(rows.map(({ id }) => store.delivery(id)))
  return found.map((row) => row?.failure?.code ?? row?.state)
}

describe('a receipt computer that opens a file for itself alone', () => {
  test.each(refusals)('has what it holds (%s), each of a batch', async (code) => {
    const { store, folder, start } = openOutbox()
    const rows = await queuedRows(store, 20)
    const reader = exclusiveReader(code)
    const handover = start({ files: reader.files })
    handover.wake()
    await handover.settled()
    expect(reader.held.size).toBe(20)
    expect(await codesOf(store, rows)).toEqual(rows.map(() => 'delivered'))
    reader.release()
    for (const { id } of rows) {
      await until(handover, async () => (await store.delivery(id))?.state === 'acknowledged')
    }
    expect(contents(folder)).toEqual({})
  })

  test('and has it still when the agent starts anew meanwhile', async () => {
    const { store, start, startDying } = openOutbox()
    const [row = newDelivery('receipt')] = await queuedRows(store, 1)
    const reader = exclusiveReader('EBUSY')
    const { promise: renamed, resolve } = Promise.withResolvers<void>()
    startDying({
      files: {
        ...reader.files,
        async syncFolder() {
          resolve()
          return new Promise<never>(() => undefined)
        },
      },
    })
    await renamed
    expect(await store.delivery(row.id)).toMatchObject({ state: 'publishing' })
    const handover = start({ files: reader.files })
    handover.wake()
    await handover.settled()
    expect(await codesOf(store, [row])).toEqual(['delivered'])
  })

  fault('receipt', 'The receipt computer holds the name of a file that is to come', {
    seen: 'DESTINATION_BUSY',
    detail: { destination: 'receipt' },
    data: 'The file waits in the database.',
    recovery: 'It arrives once the name is free.',
  })
  test('is not thought to have a file whose name was never given: that one waits', async () => {
    const { store, folder, start } = openOutbox()
    const [row = newDelivery('receipt')] = await queuedRows(store, 1)
    const reader = exclusiveReader('EBUSY')
    reader.held.add(join(folder, row.fileName))
    const handover = start({ files: reader.files })
    handover.wake()
    await handover.settled()
    expect(await store.delivery(row.id)).toMatchObject({ state: 'queued', failure: { code: 'DESTINATION_BUSY' } })
    reader.held.clear()
    await until(handover, isDelivered(store, row.id))
    expect(contents(folder)).toEqual(arrived(row))
  })

  fault('share', 'The share goes in the moment a file is read back', {
    seen: 'DESTINATION_MISSING',
    detail: { destination: 'receipt' },
    data: 'There is one file, never two.',
    recovery: 'It is read back once the share is there again.',
  })
  test('is not confused with a share that has gone', async () => {
    const { store, folder, start } = openOutbox()
    const [row = newDelivery('receipt')] = await queuedRows(store, 1)
    const reader = exclusiveReader('UNKNOWN')
    let isAway = true
    const files: FilePort = { ...reader.files, isFolder: async (path) => !isAway && systemFiles.isFolder(path) }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(await store.delivery(row.id)).toMatchObject({
      state: 'publishing',
      failure: { code: 'DESTINATION_MISSING' },
    })
    isAway = false
    reader.held.clear()
    await until(handover, isDelivered(store, row.id))
    expect(contents(folder)).toEqual(arrived(row))
  })
})

describe('of files that were shown together', () => {
  test('each has its own end, also behind one that cannot be read back now', async () => {
    const { store, folder, start } = openOutbox()
    const rows = await queuedRows(store, 4)
    const [, second] = rows
    let isBroken = true
    const files: FilePort = {
      ...systemFiles,
      async read(path) {
        const content = await systemFiles.read(path)
        if (isBroken && content !== null && path.endsWith(second?.fileName ?? '')) throw systemError('EIO')
        return content
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(await codesOf(store, rows)).toEqual(['delivered', 'DESTINATION_MISSING', 'delivered', 'delivered'])
    // The receipt computer takes them all; the one that was not read back is no question either: this run has shown it.
    for (const { fileName } of rows) rmSync(join(folder, fileName))
    isBroken = false
    await until(handover, async () => {
      const state = (await store.delivery(second?.id ?? ''))?.state
      return state === 'delivered' || state === 'acknowledged'
    })
    expect(contents(folder)).toEqual({})
  })

  test('none is asked about because the folder could not be synced and they were taken meanwhile', async () => {
    const { store, folder, start } = openOutbox()
    const rows = await queuedRows(store, 3)
    let isBroken = true
    const files: FilePort = {
      ...systemFiles,
      async syncFolder(path) {
        if (!isBroken) return systemFiles.syncFolder(path)
        for (const { fileName } of rows.slice(1)) rmSync(join(folder, fileName), { force: true })
        throw systemError('EIO')
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(await codesOf(store, rows)).toEqual(['DESTINATION_MISSING', 'delivered', 'delivered'])
    rmSync(join(folder, rows[0]?.fileName ?? ''))
    isBroken = false
    await until(handover, async () =>
      (await codesOf(store, rows)).every((state) => /delivered|acknowledged/.test(state ?? '')),
    )
  })
})
