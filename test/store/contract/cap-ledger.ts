// The sheets of monthly caps, as every engine keeps them.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import type { CapSheetOf } from '../../../src-main/store/cap-ledger.ts'
import type { Store } from '../../../src-main/store/store.ts'
import { correctionOf, entryOf, hereOf, paperOf } from '../../eligibility/cap/rows.ts'
import { must } from '../../support.ts'
import { expireOn, patient } from '../samples.ts'
import type { NewPlace } from './place.ts'

const visitId = randomUUID()
const sheet: CapSheetOf = {
  patientRef: patient.ref,
  certificate: { payerNumber: '54136015', recipientNumber: '5401609' },
  month: '2026-11',
}

/** Adds it behind all that is there. */
const add = async (store: Store, row: Parameters<Store['addCapRow']>[1], to = sheet) =>
  store.addCapRow(to, row, { visitId, seen: (await store.capRows(to)).length })

export function capLedgerContract(newPlace: NewPlace): void {
  describe('the sheet of a monthly cap', () => {
    test('holds its rows as they were added, over a restart', async () => {
      const place = newPlace()
      const before = await place.open()
      const entry = entryOf()
      const rows = [entry, hereOf(), correctionOf(entry.id, null), paperOf('2026-11-20')]
      for (const row of rows) must(await add(before, row))
      expect(await before.capRows(sheet)).toEqual(rows)
      before.close()
      expect(await (await place.open()).capRows(sheet)).toEqual(rows)
    })

    test('is of one patient, one certificate and one month', async () => {
      const store = await newPlace().open()
      must(await add(store, entryOf()))
      const { payerNumber, recipientNumber } = sheet.certificate
      for (const other of [
        { ...sheet, patientRef: 'hub-ref-other' },
        { ...sheet, certificate: { payerNumber, recipientNumber: '5401602' } },
        { ...sheet, certificate: { payerNumber: `${payerNumber}5`, recipientNumber: recipientNumber.slice(1) } },
        { ...sheet, month: '2026-12' },
      ]) {
        expect(await store.capRows(other)).toEqual([])
      }
    })

    test('takes no row from whoever has not seen the one before', async () => {
      const store = await newPlace().open()
      const first = entryOf()
      must(await store.addCapRow(sheet, first, { visitId, seen: 0 }))
      const late = await store.addCapRow(sheet, entryOf(), { visitId, seen: 0 })
      expect(late).toEqual(fail('CAP_SHEET_CHANGED'))
      expect(await store.capRows(sheet)).toEqual([first])
    })

    test('leaves a row in the trail for each of its own, with nothing of the patient', async () => {
      const store = await newPlace().open()
      const entry = entryOf()
      for (const row of [entry, correctionOf(entry.id, null), paperOf('2026-11-20')]) must(await add(store, row))
      const { at } = entry
      expect(await store.auditTrail({ after: 0, limit: 10 })).toEqual(
        ['capEntered', 'capCorrected', 'capPaperSeen'].map((event, index) => ({
          id: index + 1,
          at,
          visitId,
          deliveryId: null,
          event,
          code: null,
          change: null,
          staffId: null,
          desk: null,
          patient: expect.stringMatching(/^[0-9a-f]{64}$/),
          about: null,
        })),
      )
    })
  })

  describe('the retention of a sheet', () => {
    const rowsOn = async (store: Store) => (await store.capRows(sheet)).length

    test('counts from the last day of the month, for all of its days together', async () => {
      const store = await newPlace().open()
      must(await store.noteTime('2026-11-01T08:00:00.000+09:00', false))
      must(await add(store, entryOf({ day: '2026-11-01' })))
      // However short a clinic keeps its visits: the month is not over.
      await expireOn(store, '2026-11-30')
      await expireOn(store, '2026-12-07', '2026-11-30')
      expect(await rowsOn(store)).toBe(1)
      await expireOn(store, '2026-12-08', '2026-12-01')
      expect(await rowsOn(store)).toBe(0)
      await expireOn(store, '2026-12-07', '2026-11-30')
      expect(await rowsOn(store)).toBe(1)
      await expireOn(store, '2026-12-08', '2026-12-01')
      await expireOn(store, '2026-12-15', '2026-12-08')
      await expireOn(store, '2026-12-07', '2026-11-30')
      expect(await rowsOn(store)).toBe(0)
    })

    test('counts from a later month where somebody has written on it then', async () => {
      const store = await newPlace().open()
      must(await store.noteTime('2026-11-20T08:00:00.000+09:00', false))
      const entry = entryOf()
      must(await add(store, entry))
      must(await store.noteTime('2026-12-05T08:00:00.000+09:00', false))
      must(await add(store, correctionOf(entry.id, null)))
      await expireOn(store, '2027-01-20', '2026-12-31')
      await expireOn(store, '2027-01-30', '2026-12-31')
      expect(await rowsOn(store)).toBe(2)
    })

    test('is by the day that was believed, and by the right one after a jump', async () => {
      const store = await newPlace().open()
      must(await store.noteTime('2036-11-20T08:00:00.000+09:00', false))
      must(await add(store, entryOf()))
      must(await store.noteTime('2026-11-20T12:00:00.000+09:00', true))
      await expireOn(store, '2026-12-31', '2026-12-01')
      expect(await rowsOn(store)).toBe(0)
    })
  })
}
