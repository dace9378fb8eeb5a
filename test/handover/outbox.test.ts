import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../src-main/ground/result.ts'
import { type FilePort, systemFiles } from '../../src-main/handover/folder/durable-file.ts'
import type { SharedWork } from '../../src-main/store/leases.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { dutyAlone } from '../store/new-visit.ts'
import { confirmedVisit, mountMemory, newDelivery, patient } from '../store/samples.ts'
import { must, temporaryFolder } from '../support.ts'
import { arrived, contents, isDelivered, openOutbox, queued, systemError, until } from './outbox.ts'

describe('a file in the outbox', () => {
  test('that a share holds for longer than an end waits is found at the next start, and is no fault of the program', async () => {
    const { store, folder, log, start } = openOutbox()
    const { delivery } = await queued(store)
    const writing = Promise.withResolvers<void>()
    const hangs = Promise.withResolvers<never>()
    const files: FilePort = {
      ...systemFiles,
      writeDurably() {
        writing.resolve()
        return hangs.promise
      },
    }
    const handover = start({ files })
    handover.wake()
    await writing.promise
    await handover.close()
    hangs.reject(new Error('whoever was at it has been ended'))
    await handover.settled()
    expect(log.filter(({ event }) => event === 'fault')).toEqual([])
    const next = start()
    next.wake()
    await next.settled()
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  test('arrives whole under its final name, and the visit is handed over', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery, visit } = await queued(store)
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(contents(folder)).toEqual(arrived(delivery))
    expect(await store.visit(visit.id)).toMatchObject({
      visit: { state: 'handedOver' },
      deliveries: [{ state: 'delivered', failure: null, attempts: 0 }],
    })
  })

  test('is on the disk before its name is shown, and is noted before and after: no step more', async () => {
    const { store, start, folder } = openOutbox()
    const { delivery } = await queued(store)
    const steps: string[] = []
    const name = (path: string) => path.slice(folder.length + 1).replace(delivery.fileName, 'name') || 'folder'
    const noted = <T>(step: string, run: () => Promise<T>): Promise<T> => {
      steps.push(step)
      return run()
    }
    const files: FilePort = {
      writeDurably: (path, content) => noted(`write ${name(path)}`, () => systemFiles.writeDurably(path, content)),
      rename: (from, to) => noted(`rename ${name(from)} to ${name(to)}`, () => systemFiles.rename(from, to)),
      syncFolder: (path) => noted(`sync ${name(path)}`, () => systemFiles.syncFolder(path)),
      read: (path) => noted(`read ${name(path)}`, () => systemFiles.read(path)),
      isFolder: (path) => noted(`look at ${name(path)}`, () => systemFiles.isFolder(path)),
      list: (path) => noted(`list ${name(path)}`, () => systemFiles.list(path)),
      room: (path) => noted('room', () => systemFiles.room(path)),
      identity: (path) => systemFiles.identity(path),
      remove: (path) => noted(`remove ${name(path)}`, () => systemFiles.remove(path)),
    }
    const noting: Store = {
      ...store,
      moveDeliveries: (moves) => noted(`commit ${moves.map(({ to }) => to.state)}`, () => store.moveDeliveries(moves)),
    }
    const handover = start({ files, store: noting })
    handover.wake()
    await handover.settled()
    expect(steps).toEqual([
      'read name',
      'room',
      'write name.tmp',
      'commit publishing',
      'rename name.tmp to name',
      'sync folder',
      'read name',
      'commit delivered',
    ])
  })

  test('may be taken by the receipt computer the moment it appears', async () => {
    const { store, folder, start } = openOutbox()
    const { visit } = await queued(store)
    const files: FilePort = {
      ...systemFiles,
      async rename(from, to) {
        await systemFiles.rename(from, to)
        rmSync(to)
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect((await store.visit(visit.id))?.visit.state).toBe('handedOver')
    expect(contents(folder)).toEqual({})
  })

  fault('share', 'The share keeps something else than was written', {
    seen: 'DELIVERY_UNVERIFIED',
    detail: { destination: 'receipt' },
    data: 'The file is not called delivered.',
    recovery: 'A person looks whether it was taken in, and sends it again only if not.',
  })
  test('that reads back otherwise than it was written is not called delivered', async () => {
    const { store, start } = openOutbox()
    const { delivery } = await queued(store)
    const files: FilePort = {
      ...systemFiles,
      async rename(from, to) {
        await systemFiles.rename(from, to)
        truncateSync(to, 3)
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({
      state: 'conflict',
      failure: { code: 'DELIVERY_UNVERIFIED', detail: { destination: 'receipt' } },
    })
  })
})

describe('a name that is taken', () => {
  fault('share', 'Another file has the name already', {
    seen: 'DESTINATION_CONFLICT',
    detail: { destination: 'receipt' },
    data: 'The other file is never replaced; ours waits in the database.',
    recovery: 'A person moves the other one and sends again.',
  })
  test('is never replaced; the file arrives once a person has moved the other one and asks again', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    const name = join(folder, delivery.fileName)
    writeFileSync(name, 'somebody else’s')
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({
      state: 'conflict',
      failure: { code: 'DESTINATION_CONFLICT' },
    })
    expect(contents(folder)).toEqual({ [delivery.fileName]: 'somebody else’s' })

    renameSync(name, join(folder, 'moved'))
    must(await handover.retry(delivery.id))
    await handover.settled()
    expect(contents(folder)).toEqual({ ...arrived(delivery), moved: 'somebody else’s' })
  })

  test('with exactly our bytes means that the file has arrived', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    writeFileSync(join(folder, delivery.fileName), delivery.payload)
    const handover = start()
    handover.wake()
    await handover.settled()
    expect((await store.delivery(delivery.id))?.state).toBe('delivered')
  })

  test('stops no other file of the lane', async () => {
    const { store, folder, start } = openOutbox()
    const first = await queued(store)
    const second = await queued(store)
    writeFileSync(join(folder, first.delivery.fileName), 'somebody else’s')
    const handover = start()
    handover.wake()
    await handover.settled()
    expect((await store.delivery(second.delivery.id))?.state).toBe('delivered')
  })
})

describe('a folder that cannot take files', () => {
  test('missing: nothing is made in its place, every waiting visit shows why, and all arrive in order once it is there', async () => {
    const { store, folder, start } = openOutbox()
    rmSync(folder, { recursive: true })
    const first = await queued(store)
    const second = await queued(store)
    const handover = start()
    handover.wake()
    await handover.settled()
    const held = { state: 'queued', failure: { code: 'DESTINATION_MISSING', detail: { destination: 'receipt' } } }
    expect(await store.delivery(first.delivery.id)).toMatchObject(held)
    expect(await store.delivery(second.delivery.id)).toMatchObject(held)
    expect(() => contents(folder)).toThrow('ENOENT')

    const order: string[] = []
    handover.onChange((visitId) => order.push(visitId))
    mkdirSync(folder)
    await until(handover, isDelivered(store, second.delivery.id))
    expect(contents(folder)).toEqual(arrived(first.delivery, second.delivery))
    expect(order.slice(-2)).toEqual([first.visit.id, second.visit.id])
  })

  test('retry does not wait for the pause', async () => {
    const { store, folder, start } = openOutbox()
    rmSync(folder, { recursive: true })
    const { delivery } = await queued(store)
    const handover = start()
    handover.wake()
    await handover.settled()
    mkdirSync(folder)
    must(await handover.retry(delivery.id))
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  test('read-only: the file waits and arrives once it can be written', async (context) => {
    const mounted = mountMemory('4m')
    if (!mounted) return context.skip('only root can mount a read-only file system')
    const { store, folder, start } = openOutbox(mounted)
    spawnSync('mount', ['-o', 'remount,ro', folder])
    const { delivery } = await queued(store)
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({ failure: { code: 'DESTINATION_READ_ONLY' } })
    spawnSync('mount', ['-o', 'remount,rw', folder])
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  fault('share', 'The disk of the import folder is nearly full', {
    seen: 'DESTINATION_FULL',
    detail: { destination: 'receipt' },
    data: 'Nothing is begun, so that the others have the room that is left.',
    recovery: 'The file arrives once there is more room.',
  })
  test('nearly full: room is left to others, nothing is begun, and the file arrives once there is more', async (context) => {
    const mounted = mountMemory('4m')
    if (!mounted) return context.skip('only root can mount a small file system')
    const { store, folder, start } = openOutbox(mounted)
    const filler = join(folder, 'filler')
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096', 'count=800'])
    const { delivery } = await queued(store, { payload: Buffer.alloc(20_000, 'x') })
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({ failure: { code: 'DESTINATION_FULL' } })
    expect(readdirSync(folder)).toEqual(['filler'])
    rmSync(filler)
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  test.each([
    ['EACCES', 'DESTINATION_READ_ONLY'],
    ['EPERM', 'DESTINATION_READ_ONLY'],
    ['EROFS', 'DESTINATION_READ_ONLY'],
    ['EBUSY', 'DESTINATION_BUSY'],
    ['EEXIST', 'DESTINATION_BUSY'],
    ['ENOSPC', 'DESTINATION_FULL'],
    ['EDQUOT', 'DESTINATION_FULL'],
    ['ENOENT', 'DESTINATION_MISSING'],
    ['EHOSTDOWN', 'DESTINATION_MISSING'],
    ['EIO', 'DESTINATION_MISSING'],
    // A Windows share that has gone: most of what Windows says has no name in Node.
    ['UNKNOWN', 'DESTINATION_MISSING'],
    ['ERR_FS_EISDIR', 'DESTINATION_MISSING'],
  ])('%s is %s, and passes', async (systemCode, code) => {
    const { store, folder, start, log } = openOutbox()
    const { delivery } = await queued(store)
    let isBroken = true
    const files: FilePort = {
      ...systemFiles,
      async writeDurably(path, content) {
        if (isBroken) throw systemError(systemCode)
        await systemFiles.writeDurably(path, content)
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({ state: 'queued', failure: { code }, attempts: 1 })
    expect(log.at(-1)).toMatchObject({ event: 'deliveryMoved', deliveryId: delivery.id, code })
    isBroken = false
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  fault('share', 'A virus scanner holds the file in the moment it gets its name', {
    seen: 'DESTINATION_BUSY',
    detail: { destination: 'receipt' },
    data: 'There is one file, never two.',
    recovery: 'It is tried again by itself, and arrives.',
  })
  test.each([
    ['EBUSY', 'DESTINATION_BUSY', 'a scanner holds the file'],
    ['EACCES', 'DESTINATION_READ_ONLY', 'names may not be changed'],
    ['EXDEV', 'DESTINATION_MISSING', 'another disk has come under the folder'],
  ])('%s when the name is given is %s (%s), and passes without a second file', async (systemCode, code) => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    let isBroken = true
    const files: FilePort = {
      ...systemFiles,
      async rename(from, to) {
        if (isBroken) throw systemError(systemCode)
        await systemFiles.rename(from, to)
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({ state: 'publishing', failure: { code } })
    isBroken = false
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  fault('share', 'One of two destinations is away', {
    seen: 'DESTINATION_MISSING',
    detail: { destination: 'missing' },
    data: 'The other one gets its file.',
    recovery: 'The first one gets its own once it is there.',
  })
  test('holds no other destination up', async () => {
    const { store, folder, start } = openOutbox()
    const [missing, there] = [newDelivery('missing'), newDelivery('receipt')] as const
    const visit = await confirmedVisit(store, [missing, there])
    const handover = start({
      folders: { missing: join(temporaryFolder(), 'missing'), receipt: folder },
    })
    handover.wake()
    await handover.settled()
    expect((await store.visit(visit.id))?.deliveries).toMatchObject([
      { destination: 'missing', state: 'queued', failure: { code: 'DESTINATION_MISSING' } },
      { destination: 'receipt', state: 'delivered' },
    ])
  })
})

describe('lanes that come to the same step in the same turn', () => {
  const twoLanes = async () => {
    const { store, folder, start } = openOutbox()
    const other = join(temporaryFolder(), 'other')
    mkdirSync(other)
    const [first, second] = [newDelivery('receipt'), newDelivery('other')] as const
    await confirmedVisit(store, [first, second])
    return { store, start, first, second, folders: { receipt: folder, other } }
  }

  test('commit it together', async () => {
    const { store, start, first, folders } = await twoLanes()
    const commits: string[] = []
    const noting: Store = {
      ...store,
      moveDeliveries(moves) {
        commits.push(
          moves.map(({ delivery, to }) => `${delivery.id === first.id ? 'first' : 'second'} ${to.state}`).join(', '),
        )
        return store.moveDeliveries(moves)
      },
    }
    const handover = start({ files: systemFiles, folders, store: noting })
    handover.wake()
    await handover.settled()
    expect(commits).toEqual(['first publishing, second publishing', 'first delivered, second delivered'])
  })

  test('each hear what became of their own rows', async () => {
    const { store, start, first, second, folders } = await twoLanes()
    // Somebody calls the first one off in the very moment.
    const racing: Store = {
      ...store,
      async moveDeliveries(moves) {
        if (moves.some(({ to }) => to.state === 'publishing')) await handover.cancel(first.id)
        return store.moveDeliveries(moves)
      },
    }
    const handover = start({ files: systemFiles, folders, store: racing })
    handover.wake()
    await handover.settled()
    expect((await store.delivery(first.id))?.state).toBe('cancelled')
    expect((await store.delivery(second.id))?.state).toBe('delivered')
    expect(contents(folders.receipt)).toEqual({})
    expect(contents(folders.other)).toEqual(arrived(second))
  })
})

describe('a store that cannot commit', () => {
  fault('disk', 'Our own disk is full while a file is brought', {
    seen: 'STORE_FULL',
    data: 'The file is neither lost nor doubled.',
    recovery: 'It is finished once there is room.',
  })
  test('leaves the file to be finished later, and settles meanwhile', async () => {
    const { store, folder, start, log } = openOutbox()
    const { delivery, visit } = await queued(store)
    let isFull = true
    const full: Store = {
      ...store,
      moveDeliveries: async (moves) =>
        isFull ? { ok: false, error: { code: 'STORE_FULL' } } : store.moveDeliveries(moves),
    }
    const handover = start({ store: full })
    handover.wake()
    await handover.settled()
    expect((await store.delivery(delivery.id))?.state).toBe('queued')
    expect(log.at(-1)).toMatchObject({ state: 'queued', code: 'STORE_FULL' })
    const onScreen = async () => {
      const stored = await store.visit(visit.id)
      return stored && handover.asTried(stored).deliveries.map(({ failure }) => failure)
    }
    expect(await onScreen()).toEqual([{ code: 'STORE_FULL' }])
    isFull = false
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
    expect(await onScreen()).toEqual([null])
  })
})

describe('the hand-over', () => {
  test('takes up what is woken while it works', async () => {
    const { store, folder, start } = openOutbox()
    const handover = start()
    const all = []
    for (let index = 0; index < 120; index++) {
      all.push(await queued(store))
      handover.wake()
    }
    await handover.settled()
    expect(contents(folder)).toEqual(arrived(...all.map(({ delivery }) => delivery)))
  })

  test('settles when there is nothing to bring: no files, a refused one, a destination that is no longer set up', async () => {
    const { store, folder, start } = openOutbox()
    const handover = start()
    await handover.settled()
    await confirmedVisit(store, [])
    await queued(store, { state: 'rejected', failure: { code: 'TEXT_NOT_ENCODABLE' } })
    await confirmedVisit(store, [newDelivery('removed')])
    handover.wake()
    await handover.settled()
    expect(contents(folder)).toEqual({})
  })

  test('refuses to retry what cannot be rendered even now, is unknown or for no destination of ours', async () => {
    const { store, start } = openOutbox()
    const handover = start()
    const rejected = await queued(store, { state: 'rejected', failure: { code: 'TEXT_NOT_ENCODABLE' } })
    const removed = newDelivery('removed')
    await confirmedVisit(store, [removed])
    for (const id of [rejected.delivery.id, removed.id, 'unknown']) {
      expect(await handover.retry(id)).toEqual({
        ok: false,
        error: { code: 'REQUEST_INVALID', detail: { field: 'deliveryId' } },
      })
    }
  })

  test('finishes the files under way when it is closed, and begins no others', async () => {
    const { store, folder, start } = openOutbox()
    const deliveries = []
    for (let row = 0; row < 60; row++) deliveries.push((await queued(store)).delivery)
    const { promise: isWriting, resolve } = Promise.withResolvers<void>()
    const files: FilePort = {
      ...systemFiles,
      writeDurably(path, content) {
        resolve()
        return systemFiles.writeDurably(path, content)
      },
    }
    const handover = start({ files })
    handover.wake()
    await isWriting
    await handover.close()
    handover.wake()
    await handover.settled()
    // Fifty go together.
    expect(contents(folder)).toEqual(arrived(...deliveries.slice(0, 50)))
    for (const { id } of deliveries.slice(50)) expect((await store.delivery(id))?.state).toBe('queued')
  })

  test('keeps the order: a file that cannot be named yet holds back those that go with it', async () => {
    const { store, folder, start } = openOutbox()
    const deliveries = []
    for (let row = 0; row < 4; row++) deliveries.push((await queued(store)).delivery)
    const second = deliveries[1]?.fileName ?? ''
    const shown: string[] = []
    let isBusy = true
    const files: FilePort = {
      ...systemFiles,
      async rename(from, to) {
        if (isBusy && to.endsWith(second)) throw systemError('EBUSY')
        await systemFiles.rename(from, to)
        shown.push(to.slice(folder.length + 1))
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(shown).toEqual(deliveries.slice(0, 1).map(({ fileName }) => fileName))
    expect(await store.delivery(deliveries[1]?.id ?? '')).toMatchObject({ failure: { code: 'DESTINATION_BUSY' } })
    expect(await store.delivery(deliveries[3]?.id ?? '')).toMatchObject({ failure: { code: 'DESTINATION_BUSY' } })
    isBusy = false
    await until(handover, isDelivered(store, deliveries[3]?.id ?? ''))
    expect(shown).toEqual(deliveries.map(({ fileName }) => fileName))
  })

  test('calls off one of several that go together: the others arrive', async () => {
    const { store, folder, start } = openOutbox()
    const deliveries = []
    for (let row = 0; row < 3; row++) deliveries.push((await queued(store)).delivery)
    const [first, unwanted, last] = deliveries
    if (!first || !unwanted || !last) throw new Error('three rows')
    const { promise: isWriting, resolve: wrote } = Promise.withResolvers<void>()
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>()
    const files: FilePort = {
      ...systemFiles,
      async writeDurably(path, content) {
        await systemFiles.writeDurably(path, content)
        if (path.includes(last.id)) {
          wrote()
          await mayGoOn
        }
      },
    }
    const handover = start({ files })
    handover.wake()
    await isWriting
    must(await handover.cancel(unwanted.id))
    goOn()
    await handover.settled()
    expect(contents(folder)).toEqual(arrived(first, last))
    expect((await store.delivery(unwanted.id))?.state).toBe('cancelled')
  })

  test('survives a bug in a file system port, and logs where without what', async () => {
    const { store, folder, start, log } = openOutbox()
    const { delivery } = await queued(store)
    let isBroken = true
    const files: FilePort = {
      ...systemFiles,
      async read(path) {
        if (isBroken) throw new TypeError(`a bug with ${patient.name}`)
        return systemFiles.read(path)
      },
    }
    const handover = start({ files })
    handover.wake()
    await handover.settled()
    expect(log.some(({ event }) => event === 'fault')).toBe(true)
    expect(JSON.stringify(log)).not.toContain(patient.name)
    isBroken = false
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  test('tries again where the store cannot be read, and calls that no bug', async () => {
    const { store, folder, start, log } = openOutbox()
    const { delivery } = await queued(store)
    let refusals = 0
    const away: Store = {
      ...store,
      async pendingDeliveries(destination, limit) {
        if (refusals++ < 3) throw new Refusal({ code: 'STORE_UNREACHABLE' })
        return store.pendingDeliveries(destination, limit)
      },
    }
    const handover = start({ store: away })
    handover.wake()
    await until(handover, isDelivered(store, delivery.id))
    expect(contents(folder)).toEqual(arrived(delivery))
    expect(log.some(({ event }) => event === 'fault')).toBe(false)
  })

  test.each(['cannot be read', 'cannot be written'] as const)(
    'does not wait for long for a store that %s once it is heard of again, but for its destination',
    async (how) => {
      const { store, folder, start } = openOutbox()
      const { delivery } = await queued(store)
      let isAway = true
      const unreachable = { code: 'STORE_UNREACHABLE' } as const
      const away: Store = {
        ...store,
        async pendingDeliveries(destination, limit) {
          if (isAway && how === 'cannot be read') throw new Refusal(unreachable)
          return store.pendingDeliveries(destination, limit)
        },
        async moveDeliveries(moves) {
          return isAway ? { ok: false, error: unreachable } : store.moveDeliveries(moves)
        },
      }
      let turn = () => {}
      const dutyOf = (what: SharedWork) => ({
        ...dutyAlone(what),
        onTurn: (listener: () => void) => {
          turn = listener
        },
      })
      const pauseMs = { first: 1_000_000, longest: 1_000_000, look: 1_000_000 }
      const handover = start({ store: away, dutyOf, pauseMs })
      handover.wake()
      await handover.settled()
      isAway = false
      renameSync(folder, `${folder} away`)
      turn()
      await handover.settled()
      expect((await store.delivery(delivery.id))?.failure?.code).toBe('DESTINATION_MISSING')
      renameSync(`${folder} away`, folder)
      turn()
      await handover.settled()
      expect(await isDelivered(store, delivery.id)()).toBe(false)
      handover.wake()
      await until(handover, isDelivered(store, delivery.id))
      expect(contents(folder)).toEqual(arrived(delivery))
    },
  )
})
