import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { confirmedVisit, mountMemory, newDelivery, openTestStore, storePlace } from './samples.ts'

describe('a damaged file', () => {
  const damaged = async (damage: (file: string) => void) => {
    const place = storePlace()
    const store = must(openStore(place))
    for (let index = 0; index < 20; index++) await confirmedVisit(store, [newDelivery('receipt')])
    store.close()
    damage(place.file)
    return openStore(place)
  }

  test('is refused as damaged where the schema can no longer be read', async () => {
    const opened = await damaged((file) => {
      const content = readFileSync(file)
      // Everything after the first page, which alone shows whether the key fits.
      writeFileSync(file, Buffer.concat([content.subarray(0, 4096), randomBytes(content.length - 4096)]))
    })
    expect(opened).toEqual({ ok: false, error: { code: 'STORE_DAMAGED' } })
  })

  test('is refused as damaged when its end is missing', async () => {
    const opened = await damaged((file) => truncateSync(file, 4096))
    expect(opened).toEqual({ ok: false, error: { code: 'STORE_DAMAGED' } })
  })

  fault('disk', 'The file of the database is overwritten with something else', {
    seen: 'STORE_KEY_WRONG',
    data: 'The file is left as it is.',
    recovery: 'Clinic IT puts the newest copy back.',
  })
  test('that is no database at all is refused like a wrong key', () => {
    const place = storePlace()
    writeFileSync(place.file, randomBytes(8192))
    expect(openStore(place)).toEqual({ ok: false, error: { code: 'STORE_KEY_WRONG' } })
  })
})

describe('a place that cannot be written', () => {
  test('without a folder is refused', () => {
    const place = storePlace(join(temporaryFolder(), 'missing'))
    expect(openStore(place)).toEqual({ ok: false, error: { code: 'STORE_UNWRITABLE' } })
  })

  fault('disk', 'The disk has gone read-only', {
    seen: 'STORE_UNWRITABLE',
    data: 'What is stored stays as it is.',
    recovery: 'Clinic IT looks at the disk; the desk is started again.',
  })
  test('that is mounted read-only is refused, existing data or none', (context) => {
    const folder = mountMemory('4m')
    if (!folder) return context.skip('only root can mount a read-only file system')
    const place = storePlace(folder)
    must(openStore(place)).close()
    spawnSync('mount', ['-o', 'remount,ro', folder])
    const refused = { ok: false, error: { code: 'STORE_UNWRITABLE' } }
    expect(openStore(place)).toEqual(refused)
    expect(openStore({ ...place, file: join(folder, 'other.db') })).toEqual(refused)
  })

  fault('disk', 'Our own disk is full in the middle of a commit', {
    seen: 'STORE_FULL',
    data: 'The visit is refused whole; what was stored stays.',
    recovery: 'Room is made, and the next one is stored.',
  })
  test('full disk: a visit is refused whole, what was stored stays, and room lets it go on', async (context) => {
    const folder = mountMemory('1m')
    if (!folder) return context.skip('only root can mount a small file system')
    const store = openTestStore(storePlace(folder))
    const kept = await confirmedVisit(store, [newDelivery('receipt')])
    const filler = join(folder, 'filler')
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096'])
    const full = await store.saveVisit({ ...kept, state: 'handedOver', reader: 'x'.repeat(20_000) }, [])
    expect(full).toEqual({ ok: false, error: { code: 'STORE_FULL' } })
    expect((await store.visit(kept.id))?.visit).toEqual(kept)
    truncateSync(filler, 0)
    expect((await confirmedVisit(store, [newDelivery('receipt')])).number).toBe(2)
  })
})
