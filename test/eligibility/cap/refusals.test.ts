import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CapTerms, refuseCorrection, refuseEntry } from '../../../src-main/eligibility/cap/refusals.ts'
import { type CapRow, capTotal } from '../../../src-main/eligibility/cap/sheet.ts'
import { contentOf, correctionOf, entryOf, hereOf, month, today } from './rows.ts'

const terms: CapTerms = { month, today, capYen: 10_000 }
const paper = (changes: Parameters<typeof contentOf>[0], rows: readonly CapRow[] = [], given = terms) =>
  refuseEntry(rows, { visitId: null, content: contentOf(changes) }, given)
const here = (changes: Parameters<typeof contentOf>[0], rows: readonly CapRow[] = [], given = terms) =>
  refuseEntry(rows, { visitId: randomUUID(), content: contentOf({ institution: null, day: today, ...changes }) }, given)

describe('a line is not entered', () => {
  test.each([
    ['of the month before', '2026-10-31'],
    ['of the month after', '2026-12-01'],
    ['of tomorrow', '2026-11-21'],
  ])('that is %s', (_, day) => {
    expect(paper({ day })).toBe('DAY')
  })

  test.each([
    ['is below zero', { paidYen: -1 }],
    ['is no whole yen', { paidYen: 10.5 }],
    ['is of a cost below zero', { paidYen: 0, totalCostYen: -10 }],
    ['is more than it cost', { paidYen: 2_401, totalCostYen: 2_400 }],
  ])('whose amount %s', (_, changes) => {
    expect(paper(changes)).toBe('AMOUNT')
  })

  test('twice', () => {
    const visitId = randomUUID()
    const rows = [entryOf(), hereOf({ day: today, paidYen: 10 }, visitId)]
    expect(paper({}, rows)).toBe('REPEATED')
    expect(paper({ paidYen: 2_401 }, rows)).toBeNull()
    const again = { visitId, content: contentOf({ institution: null, day: today, paidYen: 20 }) }
    expect(refuseEntry(rows, again, terms)).toBe('REPEATED')
    const [, entry] = rows
    if (!entry) throw new Error('no entry')
    expect(refuseEntry([...rows, correctionOf(entry.id, null)], again, terms)).toBeNull()
  })

  test('where this clinic would charge more than is left', () => {
    const rows = [entryOf({ paidYen: 9_000, totalCostYen: null })]
    expect(here({ paidYen: 1_000 }, rows)).toBeNull()
    expect(here({ paidYen: 1_001 }, rows)).toBe('OVER')
    expect(here({ paidYen: 1_001 }, rows, { ...terms, capYen: null })).toBeNull()
  })

  test('of elsewhere that is more than the cap by itself; one that only comes too late is entered, and told', () => {
    expect(paper({ paidYen: 10_001, totalCostYen: null })).toBe('OVER')
    const rows = [hereOf({ day: '2026-11-05', paidYen: 4_000 })]
    expect(paper({ paidYen: 8_000 }, rows)).toBeNull()
    expect(capTotal([...rows, entryOf({ paidYen: 8_000 })], today, 10_000).standing).toEqual({
      state: 'exceeded',
      overYen: 2_000,
    })
  })

  test('with anything paid under a cap of nothing', () => {
    const free = { ...terms, capYen: 0 }
    expect(here({ paidYen: 1 }, [], free)).toBe('OVER')
    expect(here({ paidYen: 0 }, [], free)).toBeNull()
  })

  test('but a visit after the cap was reached has its line of nothing', () => {
    expect(here({ paidYen: 0 }, [entryOf({ paidYen: 10_000, totalCostYen: null })])).toBeNull()
  })
})

describe('a correction', () => {
  const entry = hereOf({ day: '2026-11-05', paidYen: 4_000 })
  const rows = [entry, entryOf({ paidYen: 5_000 })]
  const correct = (paidYen: number) =>
    refuseCorrection(rows, { of: entry.id, content: { ...entry.content, paidYen } }, terms)

  test('is measured without the line that it corrects', () => {
    expect(correct(5_000)).toBeNull()
    expect(correct(5_001)).toBe('OVER')
  })

  test('is not made of what is not there, or is struck out', () => {
    expect(refuseCorrection(rows, { of: randomUUID(), content: null }, terms)).toBe('GONE')
    expect(refuseCorrection(rows, { of: entry.id, content: null }, terms)).toBeNull()
    expect(refuseCorrection([...rows, correctionOf(entry.id, null)], { of: entry.id, content: null }, terms)).toBe(
      'GONE',
    )
  })

  test('keeps to the rules of an entry', () => {
    const moved = { ...entry.content, day: '2026-12-05' }
    expect(refuseCorrection(rows, { of: entry.id, content: moved }, terms)).toBe('DAY')
    expect(correct(-1)).toBe('AMOUNT')
  })
})

test('charging here what is not refused never leads above the cap', () => {
  const charges = fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 20 })
  fc.assert(
    fc.property(charges, fc.integer({ min: 0, max: 10_000 }), (yen, capYen) => {
      const rows: CapRow[] = []
      let paid = 0
      for (const paidYen of yen) {
        const entry = hereOf({ paidYen })
        const isTaken = refuseEntry(rows, entry, { ...terms, capYen }) === null
        // Whatever fits is taken.
        expect(isTaken).toBe(paidYen === 0 || paid + paidYen <= capYen)
        if (!isTaken) continue
        rows.push(entry)
        paid += paidYen
      }
      expect(capTotal(rows, today, capYen).standing.state).not.toBe('exceeded')
    }),
  )
})
