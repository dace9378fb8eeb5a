import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemFiles } from '../../src-main/handover/folder/durable-file.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { confirmedVisit, newDelivery } from '../store/samples.ts'
import { must } from '../support.ts'
import { arrived, contents, isDelivered, openOutbox, queued, until } from './outbox.ts'

const stateOf = (store: Store, id: string) => async () => (await store.delivery(id))?.state
const isState = (store: Store, id: string, state: string) => async () => (await stateOf(store, id)()) === state

/** One file delivered and looked after. */
async function delivered(options: Parameters<ReturnType<typeof openOutbox>['start']>[0] = {}) {
  const outbox = openOutbox()
  const { delivery, visit } = await queued(outbox.store)
  const handover = outbox.start(options)
  handover.wake()
  await until(handover, isDelivered(outbox.store, delivery.id))
  return { ...outbox, delivery, visit, handover, file: join(outbox.folder, delivery.fileName) }
}

describe('a delivered file', () => {
  test('that the receipt computer deletes is acknowledged, and so is its visit', async () => {
    const { store, delivery, visit, handover, file } = await delivered()
    rmSync(file)
    await until(handover, isState(store, delivery.id, 'acknowledged'))
    expect((await store.visit(visit.id))?.visit.state).toBe('acknowledged')
  })

  test('with its name under ack/ is acknowledged although it still lies there', async () => {
    const { store, folder, delivery, handover } = await delivered()
    mkdirSync(join(folder, 'ack'))
    writeFileSync(join(folder, 'ack', delivery.fileName), '')
    await until(handover, isState(store, delivery.id, 'acknowledged'))
  })

  fault('receipt', 'The receipt computer refuses a file', {
    seen: 'DESTINATION_REFUSED',
    detail: { destination: 'receipt' },
    data: 'The file is kept, and the list says that it was refused.',
    recovery: 'A person sees to the reason and sends again, or types it in.',
  })
  test('moved to err/ is refused and waits for a person, who can send it again', async () => {
    const { store, folder, delivery, handover, file } = await delivered()
    mkdirSync(join(folder, 'err'))
    renameSync(file, join(folder, 'err', delivery.fileName))
    await until(handover, isState(store, delivery.id, 'refused'))
    expect((await store.delivery(delivery.id))?.failure).toEqual({
      code: 'DESTINATION_REFUSED',
      detail: { destination: 'receipt' },
    })
    rmSync(join(folder, 'err'), { recursive: true })
    must(await handover.retry(delivery.id))
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  fault('share', 'Another, empty folder stands where the share was', {
    seen: 'nothing',
    class: 'transient',
    data: 'No file counts as taken because it is not there.',
    recovery: 'It counts again once the share is back.',
  })
  test('is not acknowledged because another, empty folder stands where its share was', async () => {
    const { store, folder, delivery, handover } = await delivered()
    renameSync(folder, `${folder}-away`)
    mkdirSync(folder)
    const next = await queued(store, { state: 'rejected', failure: { code: 'TEXT_NOT_ENCODABLE' } })
    // Long enough for several looks; the outcome below does not depend on it.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await stateOf(store, delivery.id)()).toBe('delivered')
    expect(await stateOf(store, next.delivery.id)()).toBe('rejected')
    rmSync(folder, { recursive: true })
    renameSync(`${folder}-away`, folder)
    rmSync(join(folder, delivery.fileName))
    await until(handover, isState(store, delivery.id, 'acknowledged'))
  })

  test('says where it was put, and is not acknowledged by the folder its destination has got since', async () => {
    const first = await delivered()
    await first.handover.close()
    const folder = `${first.folder}-new`
    mkdirSync(folder)
    const next = await queued(first.store)
    const handover = first.start({ folders: { receipt: folder } })
    handover.wake()
    await until(handover, isDelivered(first.store, next.delivery.id))
    rmSync(join(folder, next.delivery.fileName))
    // One look answers for both.
    await until(handover, isState(first.store, next.delivery.id, 'acknowledged'))
    expect(await first.store.delivery(first.delivery.id)).toMatchObject({ state: 'delivered', place: first.file })
    expect(await first.store.delivery(next.delivery.id)).toMatchObject({ place: join(folder, next.delivery.fileName) })
  })

  test('of an earlier run counts as taken only once the folder is known again', async () => {
    const first = await delivered()
    await first.handover.close()
    rmSync(first.file)
    const handover = first.start()
    handover.wake()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await stateOf(first.store, first.delivery.id)()).toBe('delivered')
    await queued(first.store)
    handover.wake()
    await until(handover, isState(first.store, first.delivery.id, 'acknowledged'))
  })

  fault('receipt', 'The receipt computer takes nothing', {
    seen: 'DESTINATION_NOT_TAKEN',
    detail: { destination: 'receipt' },
    data: 'The file lies there, whole and once.',
    recovery: 'It counts as taken when it is, and the notice goes by itself.',
  })
  test('that nobody takes becomes news after the minutes its destination allows, once, and is still awaited', async () => {
    let minutes = 0
    const clock = { now: () => new Date(Date.UTC(2026, 10, 23, 0, 15 + minutes)) }
    const { store, delivery, handover, file } = await delivered({ clock })
    minutes = 9
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect((await store.delivery(delivery.id))?.failure).toBeNull()
    minutes = 10
    await until(handover, async () => (await store.delivery(delivery.id))?.failure !== null)
    expect(await store.delivery(delivery.id)).toMatchObject({
      state: 'delivered',
      failure: { code: 'DESTINATION_NOT_TAKEN' },
    })
    rmSync(file)
    await until(handover, isState(store, delivery.id, 'acknowledged'))
    expect((await store.delivery(delivery.id))?.failure).toBeNull()
  })
})

describe('a person', () => {
  test('sends an acknowledged file again: the same name, the same bytes', async () => {
    const { store, folder, delivery, handover, file } = await delivered()
    rmSync(file)
    await until(handover, isState(store, delivery.id, 'acknowledged'))
    must(await handover.retry(delivery.id))
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  test('calls a waiting file off: it never arrives, the others do', async () => {
    const { store, folder, start } = openOutbox()
    const unwanted = await queued(store)
    const wanted = await queued(store)
    const handover = start()
    must(await handover.cancel(unwanted.delivery.id))
    handover.wake()
    await handover.settled()
    expect(contents(folder)).toEqual(arrived(wanted.delivery))
    expect(await stateOf(store, unwanted.delivery.id)()).toBe('cancelled')
    expect((await store.visit(unwanted.visit.id))?.visit.state).toBe('acknowledged')
  })

  test('calls a file off while it is being written: its name is never shown and nothing of it is left', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    const { promise: isWriting, resolve: wrote } = Promise.withResolvers<void>()
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>()
    const files = {
      ...systemFiles,
      async writeDurably(path: string, content: Uint8Array) {
        await systemFiles.writeDurably(path, content)
        wrote()
        await mayGoOn
      },
    }
    const handover = start({ files })
    handover.wake()
    await isWriting
    must(await handover.cancel(delivery.id))
    goOn()
    await handover.settled()
    expect(contents(folder)).toEqual({})
    expect(await stateOf(store, delivery.id)()).toBe('cancelled')
  })

  fault('receipt', 'A file is called off that may have been taken in already', {
    seen: 'DELIVERY_NOT_CURRENT',
    data: 'It stays what it is: delivered.',
    recovery: 'The receipt computer is looked at.',
  })
  test('cannot call off what may have been seen', async () => {
    const { delivery, handover } = await delivered()
    expect(await handover.cancel(delivery.id)).toEqual({ ok: false, error: { code: 'DELIVERY_NOT_CURRENT' } })
  })

  test('sees that an unclear file was imported, and it is not written again', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    writeFileSync(join(folder, delivery.fileName), 'somebody else’s')
    const handover = start()
    handover.wake()
    await handover.settled()
    must(await handover.markImported(delivery.id))
    expect(await stateOf(store, delivery.id)()).toBe('acknowledged')
    expect(contents(folder)).toEqual({ [delivery.fileName]: 'somebody else’s' })
  })

  test('lets a rejected file be rendered again, with the id it had', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store, {
      state: 'rejected',
      failure: { code: 'TEXT_NOT_ENCODABLE' },
      payload: new Uint8Array(),
    })
    const payload = Buffer.from('now it can be written')
    const handover = start({
      renderAgain: async ({ id }) => ({ ...delivery, id, state: 'queued', failure: null, payload }),
    })
    must(await handover.retry(delivery.id))
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived({ ...delivery, payload }))
  })
})

describe('a destination that wants', () => {
  test('an end marker gets an empty one after each file, also when the program died before it', async () => {
    const { store, folder, start, startDying } = openOutbox()
    const { delivery } = await queued(store)
    const { promise: renamed, resolve } = Promise.withResolvers<void>()
    startDying({
      target: { endMarker: true },
      files: {
        ...systemFiles,
        async rename(from, to) {
          await systemFiles.rename(from, to)
          resolve()
          return new Promise<never>(() => undefined)
        },
      },
    })
    await renamed
    expect(contents(folder)).toEqual(arrived(delivery))
    const handover = start({ target: { endMarker: true } })
    handover.wake()
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual({ ...arrived(delivery), [`${delivery.fileName}.end`]: '' })
  })

  test('one shared name gets the next file only after it has taken the one before, in order', async () => {
    const { store, folder, start } = openOutbox()
    const [first, second] = [1, 2].map((n) =>
      newDelivery('receipt', { fileName: 'receipt.txt', payload: Buffer.from(`line ${n}\r\n`) }),
    )
    if (!first || !second) throw new Error('two deliveries')
    await confirmedVisit(store, [first])
    await confirmedVisit(store, [second])
    const handover = start({ target: { sharedName: true } })
    handover.wake()
    await handover.settled()
    expect(contents(folder)).toEqual({ 'receipt.txt': 'line 1\r\n' })
    expect(await store.delivery(second.id)).toMatchObject({
      state: 'queued',
      failure: { code: 'DESTINATION_NOT_TAKEN' },
    })
    rmSync(join(folder, 'receipt.txt'))
    await until(handover, isDelivered(store, second.id))
    expect(contents(folder)).toEqual({ 'receipt.txt': 'line 2\r\n' })
    await until(handover, isState(store, first.id, 'acknowledged'))
    expect(await stateOf(store, second.id)()).toBe('delivered')
  })
})
