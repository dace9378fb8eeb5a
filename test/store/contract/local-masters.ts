// The national masters of local schemes as every engine keeps them.
import { describe, expect, test } from 'vitest'
import type { MasterRow } from '../../../src-main/store/local-masters.ts'
import { must } from '../../support.ts'
import { at } from '../samples.ts'
import type { NewPlace } from './place.ts'

const row = (content: string, changes: Partial<MasterRow> = {}): MasterRow => ({
  payerNumber: '88131248',
  scheme: '13 132012 88131248 1',
  validFrom: null,
  validTo: null,
  digest: content,
  content,
  ...changes,
})
const issue = (issuedOn: string, count: number, isSample = false) => ({ issuedOn, importedAt: at, count, isSample })

export function localMastersContract(newPlace: NewPlace): void {
  describe('the masters of local schemes', () => {
    test('are none at first; a row is found by its number from its first day to its last one', async () => {
      const place = newPlace()
      const store = await place.open()
      expect(await store.masterIssues()).toEqual([])
      expect(store.masterRowsOf('88131248', '2026-11-23')).toEqual([])
      const rows = [
        row('always'),
        row('year', { validFrom: '2026-04-01', validTo: '2027-03-31' }),
        row('another', { payerNumber: '88138243' }),
      ]
      must(await store.importMaster(issue('2026-08-03', 3), rows, { at }))
      store.close()
      const again = await place.open()
      expect(await again.masterIssues()).toEqual([issue('2026-08-03', 3)])
      const found = ['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01'].map((day) =>
        again.masterRowsOf('88131248', day),
      )
      expect(found).toEqual([['always'], ['always', 'year'], ['always', 'year'], ['always']])
      expect(again.masterRowsOf('88138243', '2026-11-23')).toEqual(['another'])
    })

    test('count each from its day on, the first one also before; what has gone and what comes back keeps its days', async () => {
      const store = await newPlace().open()
      must(await store.importMaster(issue('2026-08-03', 2), [row('a'), row('b')], { at }))
      must(await store.importMaster(issue('2026-09-01', 2), [row('b'), row('c')], { at }))
      must(await store.importMaster(issue('2026-10-01', 2), [row('a'), row('c')], { at }))
      const found = ['2026-01-01', '2026-08-31', '2026-09-01', '2026-10-01'].map((day) =>
        store.masterRowsOf('88131248', day),
      )
      expect(found.map((rows) => rows.toSorted())).toEqual([
        ['a', 'b'],
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ])
      expect((await store.masterIssues()).map(({ issuedOn }) => issuedOn)).toEqual([
        '2026-10-01',
        '2026-09-01',
        '2026-08-03',
      ])
      expect((await store.masterStanding()).map(({ digest }) => digest).toSorted()).toEqual(['a', 'c'])
    })

    test('put right on the same day count as the later one', async () => {
      const store = await newPlace().open()
      must(await store.importMaster(issue('2026-08-03', 1), [row('wrong')], { at }))
      must(await store.importMaster(issue('2026-08-03', 1), [row('right')], { at }))
      expect(store.masterRowsOf('88131248', '2026-08-03')).toEqual(['right'])
    })

    test('leave a row in the audit trail', async () => {
      const store = await newPlace().open()
      must(await store.importMaster(issue('2026-08-03', 1), [row('a')], { at }))
      expect(await store.auditTrail({ after: 0, limit: 9 })).toMatchObject([
        { at, event: 'masterImported', visitId: null },
      ])
    })
  })
}
