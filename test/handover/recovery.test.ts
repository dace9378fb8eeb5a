// The program may be stopped anywhere. Every state that can be found at a start, every step at which it can die, and a
// real process that is killed: each visit's file is there once and whole, or a person is asked; never torn, never twice.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type FilePort, systemFiles } from '../../src-main/handover/folder/durable-file.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { at, moveDelivery, openTestStore, storePlace } from '../store/samples.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { arrived, contents, isDelivered, openOutbox, queued, systemError, until } from './outbox.ts'

type Found = 'none' | 'ours' | 'torn' | 'other'

describe('found at a start', () => {
  fault('sleep', 'The power goes while a file is given its name, and nothing lies there afterwards', {
    seen: 'DELIVERY_UNVERIFIED',
    detail: { destination: 'receipt' },
    data: 'It is not written a second time unasked: it may have been taken in.',
    recovery: 'A person looks, and sends it again only if it was not.',
  })
  test.each<{
    row: 'queued' | 'publishing'
    tmp: Found
    final: Found
    becomes: string
    left: 'file' | 'none' | 'other'
  }>([
    { row: 'queued', tmp: 'none', final: 'none', becomes: 'delivered', left: 'file' },
    { row: 'queued', tmp: 'torn', final: 'none', becomes: 'delivered', left: 'file' },
    { row: 'queued', tmp: 'ours', final: 'none', becomes: 'delivered', left: 'file' },
    { row: 'queued', tmp: 'none', final: 'ours', becomes: 'delivered', left: 'file' },
    { row: 'queued', tmp: 'none', final: 'other', becomes: 'DESTINATION_CONFLICT', left: 'other' },
    { row: 'publishing', tmp: 'ours', final: 'none', becomes: 'delivered', left: 'file' },
    { row: 'publishing', tmp: 'torn', final: 'none', becomes: 'delivered', left: 'file' },
    { row: 'publishing', tmp: 'none', final: 'ours', becomes: 'delivered', left: 'file' },
    { row: 'publishing', tmp: 'none', final: 'other', becomes: 'DESTINATION_CONFLICT', left: 'other' },
    { row: 'publishing', tmp: 'none', final: 'none', becomes: 'DELIVERY_UNVERIFIED', left: 'none' },
  ])('$row with tmp: $tmp, final: $final → $becomes', async ({ row, tmp, final, becomes, left }) => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    const content = { none: null, ours: delivery.payload, torn: delivery.payload.subarray(0, 5), other: 'other' }
    const put = (name: string, found: Found) => {
      const bytes = content[found]
      if (bytes !== null) writeFileSync(join(folder, name), bytes)
    }
    put(`${delivery.fileName}.tmp`, tmp)
    put(delivery.fileName, final)
    if (row === 'publishing') await moveDelivery(store, delivery, { state: 'publishing', failure: null, at })

    const handover = start()
    handover.wake()
    await handover.settled()
    const record = await store.delivery(delivery.id)
    expect(record?.failure?.code ?? record?.state).toBe(becomes)
    expect(contents(folder)).toEqual(
      { file: arrived(delivery), none: {}, other: { [delivery.fileName]: 'other' } }[left],
    )
  })

  test('publishing while the folder is away: it waits, and goes on when the folder is back with the prepared file', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    await moveDelivery(store, delivery, { state: 'publishing', failure: null, at })
    rmSync(folder, { recursive: true })
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({
      state: 'publishing',
      failure: { code: 'DESTINATION_MISSING' },
    })
    // The share comes back with everything in it at once.
    const share = `${folder}.share`
    mkdirSync(share)
    writeFileSync(join(share, `${delivery.fileName}.tmp`), delivery.payload)
    renameSync(share, folder)
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  /** Two rows that are through with temporary files that a crash has left, among files of others. */
  async function leftBehind() {
    const outbox = openOutbox()
    const { store, folder } = outbox
    const calledOff = await queued(store)
    await moveDelivery(store, calledOff.delivery, { state: 'cancelled', failure: null, at })
    const seen = await queued(store, { fileName: 'receipt.txt' })
    await moveDelivery(store, seen.delivery, { state: 'acknowledged', failure: null, at })
    const others = [
      'export.tmp',
      'receipt.txt.tmp',
      `madoguchi_${randomUUID()}.csv.tmp`,
      `copy of ${calledOff.delivery.fileName}.tmp`,
    ]
    const ours = [`${calledOff.delivery.fileName}.tmp`, `receipt.txt.${seen.delivery.id}.tmp`]
    for (const name of [...others, ...ours]) writeFileSync(join(folder, name), 'begun')
    const looks = { count: 0 }
    const files: FilePort = {
      ...systemFiles,
      list(path) {
        looks.count++
        return systemFiles.list(path)
      },
    }
    const onlyOthers = async () => {
      await eventually('what was begun is gone', () => readdirSync(folder).length === others.length)
      expect(readdirSync(folder).toSorted()).toEqual(others.toSorted())
    }
    return { ...outbox, files, onlyOthers, looks }
  }

  test('begun, then called off or done with: its rest goes, and nobody else’s', async () => {
    const { start, onlyOthers } = await leftBehind()
    start().wake()
    await onlyOthers()
  })

  test.each([
    ['away', () => undefined],
    ['an empty one that stands in the place of its share', (folder: string) => void mkdirSync(folder)],
  ])('the rest also goes when the folder is %s for a while', async (_, inItsPlace) => {
    const { store, folder, files, looks, start, onlyOthers } = await leftBehind()
    renameSync(folder, `${folder}.away`)
    inItsPlace(folder)
    const handover = start({ files })
    handover.wake()
    await eventually('the folder is looked at', () => looks.count > 0)
    rmSync(folder, { recursive: true, force: true })
    renameSync(`${folder}.away`, folder)
    // The next file of the day.
    const { delivery } = await queued(store)
    handover.wake()
    await until(handover, isDelivered(store, delivery.id))
    rmSync(join(folder, delivery.fileName))
    await onlyOthers()
  })

  test('a folder that comes back is tidied without a file to bring', async () => {
    const { folder, files, looks, start, onlyOthers } = await leftBehind()
    renameSync(folder, `${folder}.away`)
    start({ files }).wake()
    await eventually('the folder is looked at', () => looks.count > 0)
    renameSync(`${folder}.away`, folder)
    await onlyOthers()
  })

  test('taken or lost, nobody knows: written again only when a person says so', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    await moveDelivery(store, delivery, { state: 'publishing', failure: null, at })
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(contents(folder)).toEqual({})
    must(await handover.retry(delivery.id))
    await handover.settled()
    expect(contents(folder)).toEqual(arrived(delivery))
  })
})

/**
 * The steps of rows that go together, in their order: which folder; a look, the room and the write for each; the commit for
 * all; a rename for each; one sync; a look at each; the commit for all.
 */
const stepsOf = (rows: number) => 1 + 3 * rows + 1 + rows + 1 + rows + 1
const stopsOf = (rows: number) => {
  const every = Array.from({ length: stepsOf(rows) }, (_, index) => index + 1)
  const places = [
    ...every.map((n) => ({ n, when: 'before' as const })),
    ...every.map((n) => ({ n, when: 'after' as const })),
    // Only a write can be half done.
    ...Array.from({ length: rows }, (_, row) => ({ n: 4 + 3 * row, when: 'half' as const })),
  ]
  return places.map((place) => ({ ...place, rows }))
}
const stops = [...stopsOf(1), ...stopsOf(2)]

/** So many rows in the outbox, in their order. */
async function queuedRows(store: Store, rows: number) {
  const deliveries = []
  for (let row = 0; row < rows; row++) deliveries.push((await queued(store)).delivery)
  return deliveries
}

/**
 * Files and store of a program that fails at its n-th step: `before` it is done, `after` it, or `half` done where that can
 * be. `once`: the step answers with an error. `dead`: nothing is done any more from there on.
 */
function failing(store: Store, n: number, when: 'before' | 'after' | 'half', how: 'once' | 'dead') {
  let count = 0
  let isDead = false
  const step = async <T>(run: () => Promise<T>, half?: () => Promise<void>): Promise<T> => {
    if (isDead) return new Promise<never>(() => undefined)
    if (++count !== n) return run()
    if (when === 'after') await run()
    if (when === 'half') await half?.()
    if (how === 'once') throw systemError('EIO')
    isDead = true
    return new Promise<never>(() => undefined)
  }
  const files: FilePort = {
    writeDurably: (path, content) =>
      step(
        () => systemFiles.writeDurably(path, content),
        () => systemFiles.writeDurably(path, content.subarray(0, 5)),
      ),
    rename: (from, to) => step(() => systemFiles.rename(from, to)),
    syncFolder: (folder) => step(() => systemFiles.syncFolder(folder)),
    read: (path) => step(() => systemFiles.read(path)),
    isFolder: (path) => step(() => systemFiles.isFolder(path)),
    list: (path) => step(() => systemFiles.list(path)),
    room: (folder) => step(() => systemFiles.room(folder)),
    identity: (path) => step(() => systemFiles.identity(path)),
    remove: (path) => step(() => systemFiles.remove(path)),
  }
  const committing: Store = {
    ...store,
    // A commit is done or not; one that fails is the store's own test.
    moveDeliveries: (moves) => (how === 'dead' ? step(() => store.moveDeliveries(moves)) : store.moveDeliveries(moves)),
  }
  return { files, store: committing, reached: () => count >= n }
}

describe('stopped at any step', () => {
  test.each(stops)('$rows together, $when $n: the next start brings exactly one whole file each', async (stop) => {
    const { store, folder, start, startDying } = openOutbox()
    const deliveries = await queuedRows(store, stop.rows)
    const dying = failing(store, stop.n, stop.when, 'dead')
    startDying({ files: dying.files, store: dying.store })
    await eventually('it has stopped', dying.reached)
    await new Promise((resolve) => setTimeout(resolve, 5))

    const handover = start()
    handover.wake()
    await handover.settled()
    for (const { id } of deliveries) expect((await store.delivery(id))?.state).toBe('delivered')
    expect(contents(folder)).toEqual(arrived(...deliveries))
  })

  test.each(stops)(
    '$rows together, $when $n, and the receipt computer took what it saw: it never sees a file again',
    async ({ n, when, rows }) => {
      const { store, folder, start, startDying } = openOutbox()
      const deliveries = await queuedRows(store, rows)
      const dying = failing(store, n, when, 'dead')
      startDying({ files: dying.files, store: dying.store })
      await eventually('it has stopped', dying.reached)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const taken = deliveries.filter(({ fileName }) => existsSync(join(folder, fileName)))
      for (const { fileName, payload } of taken) {
        expect(readFileSync(join(folder, fileName))).toEqual(Buffer.from(payload))
        rmSync(join(folder, fileName))
      }

      const handover = start()
      handover.wake()
      await handover.settled()
      expect(contents(folder)).toEqual(arrived(...deliveries.filter((delivery) => !taken.includes(delivery))))
      for (const delivery of deliveries) {
        const isCommitted = when === 'after' && n === stepsOf(rows)
        const state = !taken.includes(delivery) || isCommitted ? 'delivered' : 'conflict'
        expect((await store.delivery(delivery.id))?.state).toBe(state)
      }
    },
  )

  test.each(stops)(
    '$rows together, $when $n answering an error once: the same program brings exactly one whole file each',
    async ({ n, when, rows }) => {
      const { store, folder, start } = openOutbox()
      const deliveries = await queuedRows(store, rows)
      const stumbling = failing(store, n, when, 'once')
      const handover = start({ files: stumbling.files, store: stumbling.store })
      handover.wake()
      for (const { id } of deliveries) await until(handover, isDelivered(store, id))
      expect(contents(folder)).toEqual(arrived(...deliveries))
    },
  )
})

test('killed again and again, a real process leaves one whole file per visit', async () => {
  const place = storePlace()
  const folder = temporaryFolder()
  for (let round = 0; round < 4; round++) {
    const script = fileURLToPath(new URL('./deliverer.ts', import.meta.url))
    const child = spawn(process.execPath, [script, place.file, Buffer.from(place.key).toString('hex'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const exited = once(child, 'exit')
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    for (let visit = 0; visit < 3 + 5 * round; visit++) await lines.next()
    child.kill('SIGKILL')
    await exited
  }
  const store = openTestStore(place)
  const { start } = openOutbox(folder)
  const handover = start({ store })
  handover.wake()
  await handover.settled()
  const deliveries = (await store.visitsOfDay('2026-11-23')).flatMap((visit) => visit.deliveries)
  expect(deliveries.length).toBeGreaterThanOrEqual(3 + 8 + 13 + 18)
  expect(deliveries.filter(({ state }) => state !== 'delivered')).toEqual([])
  const expected: Record<string, string> = {}
  for (const { id, fileName } of deliveries)
    expected[fileName] = Buffer.from((await store.payload(id)) ?? []).toString()
  expect(contents(folder)).toEqual(expected)
})
