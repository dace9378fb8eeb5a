// An import folder is open to others: to the receipt computer, which must be able to read what is said to have arrived,
// and to whoever else may write in it, who must not be able to lead our writing elsewhere.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fault } from '../faults.ts'
import { at, confirmedVisit, moveDelivery, newDelivery } from '../store/samples.ts'
import { temporaryFolder } from '../support.ts'
import { onWindows } from '../system.ts'
import { arrived, contents, isDelivered, openOutbox, queued, until } from './outbox.ts'

const isRoot = process.getuid?.() === 0
/** Somebody else on a Linux system (nobody). */
const stranger = 65_534

function withUmask(mask: number): void {
  const before = process.umask(mask)
  onTestFinished(() => void process.umask(before))
}

const canRead = (path: string, ids: { uid: number; gid: number }) =>
  spawnSync('cat', [path], { ...ids, encoding: 'utf8' }).status === 0

describe.skipIf(onWindows)('a delivered file can be read by the receipt computer of another user', () => {
  test.each(
    ['077', '027', '022', '000'].flatMap((umask) =>
      [
        { folder: '0700', file: '600' },
        { folder: '0750', file: '640' },
        { folder: '0770', file: '640' },
        // Who may only look at the folder cannot take files, and is nobody they are for.
        { folder: '0755', file: '640' },
        { folder: '0777', file: '644' },
        { folder: '2770', file: '640' },
      ].map((modes) => ({ umask, ...modes })),
    ),
  )('umask $umask, folder $folder: the file has $file, and so has its end marker', async ({ umask, folder, file }) => {
    const { store, folder: place, start } = openOutbox()
    chmodSync(place, folder)
    const { delivery } = await queued(store)
    withUmask(Number.parseInt(umask, 8))
    const handover = start({ target: { endMarker: true } })
    handover.wake()
    await until(handover, isDelivered(store, delivery.id))
    const modes = ['', '.end'].map((end) =>
      (statSync(join(place, `${delivery.fileName}${end}`)).mode & 0o777).toString(8),
    )
    expect(modes).toEqual([file, file])
  })

  test.skipIf(!isRoot)('through the group of the folder, or where everybody may take files', async () => {
    withUmask(0o077)
    const outside = temporaryFolder()
    chmodSync(outside, 0o755)
    const folders = { shared: join(outside, 'shared'), open: join(outside, 'open'), closed: join(outside, 'closed') }
    for (const folder of Object.values(folders)) mkdirSync(folder)
    chownSync(folders.shared, 0, stranger)
    chmodSync(folders.shared, 0o770)
    chmodSync(folders.open, 0o777)
    const { store, start } = openOutbox()
    const rows = Object.keys(folders).map((id) => newDelivery(id))
    await confirmedVisit(store, rows)
    const handover = start({ folders })
    handover.wake()
    await handover.settled()
    const readable = rows.map(({ destination, fileName }) => {
      const path = join(outside, destination, fileName)
      return [
        destination,
        canRead(path, { uid: stranger, gid: stranger }),
        canRead(path, { uid: stranger - 1, gid: stranger - 1 }),
      ]
    })
    expect(readable).toEqual([
      ['shared', true, false],
      ['open', true, true],
      ['closed', false, false],
    ])
  })
})

describe.skipIf(onWindows)('a link in the import folder', () => {
  const secret = () => {
    const path = join(temporaryFolder(), 'of the agent’s user')
    writeFileSync(path, 'untouched')
    return path
  }

  test.each(['receipt.txt', 'file'])('under the temporary name of %s is never written through', async (name) => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store, name === 'file' ? {} : { fileName: name })
    const target = secret()
    for (const temporary of [`${delivery.fileName}.tmp`, `${delivery.fileName}.${delivery.id}.tmp`]) {
      symlinkSync(target, join(folder, temporary))
    }
    const handover = start({ target: { sharedName: name !== 'file' } })
    handover.wake()
    await until(handover, isDelivered(store, delivery.id))
    expect(readFileSync(target, 'utf8')).toBe('untouched')
    const file = join(folder, delivery.fileName)
    expect(lstatSync(file).isFile()).toBe(true)
    expect(readFileSync(file)).toEqual(Buffer.from(delivery.payload))
  })

  test('or a folder that cannot be taken away from the temporary name holds the file up with a reason, and it arrives later', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    const target = secret()
    const temporary = join(folder, `${delivery.fileName}.tmp`)
    // A folder of that name cannot be taken away, a link behind it cannot be followed.
    mkdirSync(temporary)
    symlinkSync(target, join(temporary, 'link'))
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({ state: 'queued' })
    expect((await store.delivery(delivery.id))?.failure).not.toBeNull()
    rmSync(temporary, { recursive: true })
    await until(handover, isDelivered(store, delivery.id))
    expect(readFileSync(target, 'utf8')).toBe('untouched')
    expect(contents(folder)).toEqual(arrived(delivery))
  })

  fault('share', 'Somebody has put a link, a folder or a pipe under the name of a file', {
    seen: 'DESTINATION_CONFLICT',
    detail: { destination: 'receipt' },
    data: 'It is not followed, and nothing behind it is written.',
    recovery: 'A person takes it away and sends again; the other files go on.',
  })
  test.each<[string, 'queued' | 'publishing', (target: string, name: string) => void]>([
    ['a link', 'queued', (target, name) => symlinkSync(target, name)],
    ['a link to nothing', 'queued', (_target, name) => symlinkSync(join(name, 'nowhere'), name)],
    ['a link to itself', 'queued', (_target, name) => symlinkSync(name, name)],
    ['a folder', 'queued', (_target, name) => void mkdirSync(name)],
    ['a pipe', 'queued', (_target, name) => void spawnSync('mkfifo', [name])],
    ['a link', 'publishing', (target, name) => symlinkSync(target, name)],
  ])(
    'or %s under the final name is a conflict for a person (%s), and holds up no other file',
    async (_, state, put) => {
      const { store, folder, start } = openOutbox()
      const { delivery } = await queued(store)
      const next = await queued(store)
      if (state === 'publishing') await moveDelivery(store, delivery, { state, failure: null, at })
      const target = secret()
      const name = join(folder, delivery.fileName)
      put(target, name)
      const before = lstatSync(name).ino
      const handover = start()
      handover.wake()
      await handover.settled()
      expect(await store.delivery(delivery.id)).toMatchObject({ failure: { code: 'DESTINATION_CONFLICT' } })
      expect(await store.delivery(next.delivery.id)).toMatchObject({ state: 'delivered' })
      expect(lstatSync(name).ino).toBe(before)
      expect(readFileSync(target, 'utf8')).toBe('untouched')
    },
  )

  test('whose content is ours is still no file that has arrived', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    const elsewhere = join(temporaryFolder(), 'copy')
    writeFileSync(elsewhere, delivery.payload)
    symlinkSync(elsewhere, join(folder, delivery.fileName))
    const handover = start()
    handover.wake()
    await handover.settled()
    expect(await store.delivery(delivery.id)).toMatchObject({ failure: { code: 'DESTINATION_CONFLICT' } })
    expect(readlinkSync(join(folder, delivery.fileName))).toBe(elsewhere)
  })

  test('under the name of the end marker gives way to the marker', async () => {
    const { store, folder, start } = openOutbox()
    const { delivery } = await queued(store)
    const target = secret()
    symlinkSync(target, join(folder, `${delivery.fileName}.end`))
    const handover = start({ target: { endMarker: true } })
    handover.wake()
    await until(handover, isDelivered(store, delivery.id))
    expect(readFileSync(target, 'utf8')).toBe('untouched')
    expect(contents(folder)).toEqual({ ...arrived(delivery), [`${delivery.fileName}.end`]: '' })
    expect(readdirSync(folder)).toHaveLength(2)
  })
})
