// Files that nobody takes: counted as they lie there, and removed only when a person says so and only where they are exactly
// ours.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { expireOn } from '../store/samples.ts'
import { must, temporaryFolder } from '../support.ts'
import { makesLinks } from '../system.ts'
import { isDelivered, openOutbox, queued, until } from './outbox.ts'

const begin = Date.parse('2026-11-23T00:15:00Z')
const dayMs = 86_400_000

/** So many files delivered on 2026-11-23, and a clock that stands so many days later. */
async function lying(files: number, days: number, target: { endMarker?: boolean } = {}) {
  const outbox = openOutbox()
  let now = begin
  const handover = outbox.start({ clock: { now: () => new Date(now) }, target })
  const rows = []
  for (let count = 0; count < files; count++) rows.push((await queued(outbox.store)).delivery)
  handover.wake()
  for (const { id } of rows) await until(handover, isDelivered(outbox.store, id))
  now = begin + days * dayMs
  const pathOf = (row: { fileName: string } | undefined) => join(outbox.folder, row?.fileName ?? '')
  const look = async () => must(await handover.left.look('receipt'))
  return { ...outbox, handover, rows, pathOf, look }
}

describe('files that nobody takes', () => {
  test('are told by number, age and name once they lie there for a week', async () => {
    const { rows, look } = await lying(3, 8)
    expect(await look()).toEqual({
      count: 3,
      since: '2026-11-23T09:15:00.000+09:00',
      until: '2026-11-24T09:15:00.000+09:00',
      names: rows.map(({ fileName }) => fileName),
    })
  })

  test('are nothing to tell before, or when they are gone without anybody having seen it', async () => {
    expect(await (await lying(2, 6)).look()).toBeNull()
    const { folder, look } = await lying(2, 8)
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    expect(await look()).toBeNull()
  })

  test('are removed when a person says so, with their end markers, and are called off', async () => {
    const { store, folder, handover, rows, look } = await lying(2, 8, { endMarker: true })
    writeFileSync(join(folder, 'another.csv'), 'somebody else’s')
    const left = await look()
    must(await handover.left.remove('receipt', left?.until ?? ''))
    expect(readdirSync(folder)).toEqual(['another.csv'])
    for (const { id } of rows) expect((await store.delivery(id))?.state).toBe('cancelled')
    expect(await look()).toBeNull()
    expect(await store.leftFiles('receipt', 10)).toEqual([])
  })

  test.skipIf(!makesLinks())('stay where they are not exactly what we wrote', async () => {
    const { rows, handover, pathOf, look } = await lying(3, 8)
    const [changed, linked] = rows
    writeFileSync(pathOf(changed), 'corrected by hand')
    const elsewhere = join(temporaryFolder(), 'file')
    writeFileSync(elsewhere, linked?.payload ?? '')
    rmSync(pathOf(linked))
    symlinkSync(elsewhere, pathOf(linked))
    must(await handover.left.remove('receipt', (await look())?.until ?? ''))
    expect(rows.map((row) => existsSync(pathOf(row)))).toEqual([true, true, false])
    expect(existsSync(elsewhere)).toBe(true)
    // Still told: nobody has taken them.
    expect((await look())?.count).toBe(2)
  })

  test('are those that were told: later ones stay, and nobody removes this week’s', async () => {
    const { handover, folder, look } = await lying(2, 8)
    expect(await handover.left.remove('receipt', '2026-12-01T09:15:00.000+09:00')).toEqual(
      fail('REQUEST_INVALID', { field: 'until' }),
    )
    must(await handover.left.remove('receipt', '2026-11-23T09:15:00.000+09:00'))
    expect(readdirSync(folder)).toHaveLength(2)
    expect(await handover.left.remove('unknown', (await look())?.until ?? '')).toMatchObject({ ok: false })
  })

  test('are still known after their visits have been deleted', async () => {
    const { store, folder, handover, look, rows } = await lying(2, 40)
    // Marked by one time, deleted by another.
    await expireOn(store, '2026-12-24')
    await expireOn(store, '2027-01-02')
    expect(await store.delivery(rows[0]?.id ?? '')).toBeNull()
    const left = await look()
    expect(left).toMatchObject({ count: 2, since: '2026-11-23T09:15:00.000+09:00' })
    must(await handover.left.remove('receipt', left?.until ?? ''))
    expect(readdirSync(folder)).toEqual([])
    expect(await look()).toBeNull()
  })

  test('that could not be removed because the share had gone are told again, and can be removed then', async () => {
    const { folder, handover, look } = await lying(2, 8)
    const told = (await look())?.until ?? ''
    renameSync(folder, `${folder}.away`)
    expect(await handover.left.look('receipt')).toMatchObject(fail('DESTINATION_MISSING'))
    await handover.left.remove('receipt', told)
    renameSync(`${folder}.away`, folder)
    expect((await look())?.count).toBe(2)
    expect(await handover.left.remove('receipt', told)).toEqual(ok(undefined))
    expect(readdirSync(folder)).toEqual([])
  })

  test('stay as long as nobody knows what day it is', async () => {
    const { store, folder, start } = await lying(1, 0)
    const handover = start({
      clock: { now: () => new Date(begin + 40 * dayMs) },
      holds: () => ({ code: 'CLOCK_WRONG' }),
    })
    const left = must(await handover.left.look('receipt'))
    expect(await handover.left.remove('receipt', left?.until ?? '')).toEqual(fail('CLOCK_WRONG'))
    expect(readdirSync(folder)).toHaveLength(1)
    expect(await store.leftFiles('receipt', 10)).toEqual([])
  })
})
