// The book of local schemes: what an issue would change, from which day it counts, and what is asked of the store only once.
import { describe, expect, test } from 'vitest'
import { createLocalSchemeBook } from '../../src-main/masters/book.ts'
import { changesOf, issueDay, takeOver } from '../../src-main/masters/importing.ts'
import { createMasterReader } from '../../src-main/masters/reading.ts'
import { testClock, testDay } from '../clock.ts'
import { masterRow } from '../eligibility/local/samples.ts'
import { openTestStore } from '../store/samples.ts'
import { must } from '../support.ts'

type Cells = Parameters<typeof masterRow>[0]

function master(...rows: readonly Cells[]) {
  const reader = createMasterReader()
  reader.add(Buffer.from(rows.map((cells) => `${masterRow(cells).join(',')}\n`).join('')))
  return must(reader.end())
}

describe('an issue', () => {
  test('is as of the day in its name, else of the day on which it is looked at', () => {
    const dayOf = (name: string) => issueDay(name, testClock)
    for (const rest of ['.csv', '.CSV', ' (1).csv', '(2).csv', ' - コピー.csv']) {
      expect(dayOf(`m_regional_publicly_funded_all_20260803${rest}`)).toBe('2026-08-03')
    }
    for (const name of ['master.csv', 'all_20261303.csv', 'all_20260230.csv', 'all_2026.csv', 'all_202608031.csv']) {
      expect(dayOf(name)).toBe(testDay)
    }
  })

  test('tells which schemes are new, changed, ended and the same; a scheme with another condition has changed', async () => {
    const store = openTestStore()
    const before = master(
      { division: '1' },
      { division: '2' },
      { division: '3' },
      { division: '4', incomeClassName: '課税' },
      { division: '4', incomeClassName: '非課税' },
    )
    must(await takeOver(store, before, '2026-08-03', testClock))
    const now = master(
      { division: '1' },
      { division: '2', outpatientYen: '200' },
      { division: '4', incomeClassName: '課税' },
      { division: '5' },
      { payerNumber: '' },
    )
    expect(must(await changesOf(store, now, '2026-11-02', false))).toMatchObject({
      before: '2026-08-03',
      rows: 5,
      withoutNumber: 1,
      counts: { new: 1, changed: 2, ended: 1, same: 1 },
    })
    expect(await changesOf(store, now, '2026-08-02', false)).toMatchObject({ error: { code: 'MASTER_OLDER' } })
  })
})

describe('a number', () => {
  test('is found with the conditions of its day, and is asked for once until another issue comes', async () => {
    const store = openTestStore()
    let asked = 0
    const book = createLocalSchemeBook(
      {
        masterRowsOf(...of) {
          asked++
          return store.masterRowsOf(...of)
        },
      },
      'confirmed',
    )
    expect(book.find('88131248', testDay)).toEqual([])
    const rows = [{ incomeClassName: '課税' }, { incomeClassName: '非課税' }, { validTo: '20260501' }]
    must(await takeOver(store, master(...rows), '2026-04-01', testClock))
    expect(book.find('88131248', testDay)).toEqual([])
    expect(asked).toBe(1)
    book.forget()
    expect(book.find('88131248', testDay).map(({ conditions }) => conditions.length)).toEqual([2])
    expect(book.find('88131248', '2026-05-01')[0]?.conditions).toHaveLength(3)
    expect(asked).toBe(3)
  })
})
