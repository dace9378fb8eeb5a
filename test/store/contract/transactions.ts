// What "one transaction" promises on every engine: all of it or nothing, once, and there after a restart.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../src-main/ground/result.ts'
import { must, temporaryFolder } from '../../support.ts'
import { at, confirmedVisit, day, eligibility, newDelivery, newVisit, patient } from '../samples.ts'
import type { NewPlace } from './place.ts'

export function transactionsContract(newPlace: NewPlace): void {
  describe('a transaction', () => {
    test('is one for a visit with everything that came of it', async () => {
      const store = await newPlace().open()
      const before = store.commits()
      await confirmedVisit(store, [newDelivery('receipt'), newDelivery('chart')])
      expect(store.commits()).toBe(before + 1)
    })

    test('leaves nothing at all where a part of it cannot be stored', async () => {
      const store = await newPlace().open()
      const known = newDelivery('receipt')
      await confirmedVisit(store, [known])
      const before = store.commits()
      const visit = newVisit({ state: 'confirmed', patient: { ...patient, ref: 'hub-ref-new' } })
      // Its id is taken.
      const deliveries = [newDelivery('receipt'), known]
      const saving = store.saveVisit(visit, [{ at, event: 'confirmed' }], {
        eligibility: { ...eligibility, patient: { ...patient, ref: 'hub-ref-new' } },
        deliveries,
        file: { name: 'a.xml', sha256: '0'.repeat(64), isRead: true },
      })
      await expect(saving).rejects.toThrow()
      expect(store.commits()).toBe(before)
      expect(await store.visit(visit.id)).toBeNull()
      expect((await store.known('hub-ref-new')).versions).toEqual([])
      expect(await store.terminalFiles('a.xml')).toEqual([])
      expect((await store.auditTrail({ after: 0, limit: 10 })).some(({ visitId }) => visitId === visit.id)).toBe(false)
    })

    test('is there after a restart, and so are the numbers that were given', async () => {
      const place = newPlace()
      const before = await place.open()
      const visit = await confirmedVisit(before, [newDelivery('receipt')])
      const stored = await before.visit(visit.id)
      const commits = before.commits()
      must(await before.nextTerminalRequest(day))
      before.close()
      const after = await place.open()
      expect(await after.visit(visit.id)).toEqual(stored)
      expect(after.commits()).toBe(commits + 1)
      expect(must(await after.saveVisit(newVisit(), [])).number).toBe(visit.number + 1)
      expect(must(await after.nextTerminalRequest(day))).toBe(2)
    })

    test('gives every number once, however many ask for one at a time', async () => {
      const store = await newPlace().open()
      const saved = await Promise.all(Array.from({ length: 20 }, () => store.saveVisit(newVisit(), [])))
      expect(saved.map((each) => must(each).number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, i) => i + 1),
      )
      const requests = await Promise.all(Array.from({ length: 20 }, () => store.nextTerminalRequest(day)))
      expect(new Set(requests.map(must)).size).toBe(20)
      expect(must(await store.nextTerminalRequest('2026-11-24'))).toBe(1)
    })
  })

  describe('the store itself', () => {
    test('is found whole, and counts no transaction for looking', async () => {
      const store = await newPlace().open()
      await confirmedVisit(store, [])
      const before = store.commits()
      must(await store.check())
      expect(store.commits()).toBe(before)
    })

    test('is told at once where a server is given up, and goes on where there is none', async () => {
      const store = await newPlace().open()
      await confirmedVisit(store, [])
      store.cutOff()
      const written = await store.noteCommand('trailRead', { at })
      expect(written).toEqual(store.copyTo ? ok(undefined) : fail('STORE_UNREACHABLE'))
    })

    test('is copied whole, and the copy shows nothing about anybody', async () => {
      const store = await newPlace().open()
      await confirmedVisit(store, [newDelivery('receipt')])
      const file = join(temporaryFolder(), 'copies', 'copy')
      expect((await store.auditHead())?.id).toBe((await store.auditTrail({ after: 0, limit: 100 })).at(-1)?.id)
      if (!store.copyTo) return
      must(await store.copyTo(file))
      const bytes = readFileSync(file)
      expect(bytes.length).toBeGreaterThan(0)
      expect(bytes.includes(patient.nameKana)).toBe(false)
    })
  })
}
