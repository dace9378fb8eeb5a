// The desk's copy of its site, as a file: each change of it is whole or none.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copiedTables } from '../../src-main/store/away/copied.ts'
import { openCopyFile } from '../../src-main/store/away/copy-file.ts'
import { must, temporaryFolder } from '../support.ts'
import { migrationsDir } from './samples.ts'

const order = (combination: string) => ({
  combination,
  sequence: '["51","80"]',
  chosen_at: '2026-11-23T09:30:00+09:00',
})

test('a change of the copy that cannot go on in its middle has changed nothing', () => {
  const copy = must(openCopyFile(join(temporaryFolder(), 'copy.db'), Buffer.alloc(32, 7), migrationsDir))
  const table = copiedTables.find(({ name }) => name === 'claim_orders')
  if (!table) throw new Error('no such table is copied')
  const about = { day: '2026-11-23', seq: 1, stamp: 1, as_of: '2026-11-23T09:30:00+09:00', series: 1 }
  copy.put([{ table, rows: [order('51 80')], instead: null }], about)
  const before = copy.database.prepare('SELECT combination FROM claim_orders').pluck().all()
  expect(before).toEqual(['51 80'])

  const torn = [{ table, rows: [order('10 20'), { ...order('30 40'), chosen_at: null }], instead: null }]
  expect(() => copy.put(torn, { ...about, seq: 2 })).toThrow('NOT NULL')
  expect(copy.database.prepare('SELECT combination FROM claim_orders').pluck().all()).toEqual(before)
  expect(copy.about()).toMatchObject({ seq: 1 })
  copy.close()
})
