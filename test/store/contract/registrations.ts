// What is registered at the hub, as every engine keeps it.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Registration } from '../../../src-main/store/registrations.ts'
import { must } from '../../support.ts'
import { at, confirmedVisit } from '../samples.ts'
import type { NewPlace } from './place.ts'

export const registrationOf = (visitId: string, changes: Partial<Registration> = {}): Registration => ({
  id: randomUUID(),
  visitId,
  name: '麻しん風しん 第2期',
  change: { action: 'cancel', handle: { recordId: 'hub-record-1', version: 1 } },
  reason: null,
  state: 'queued',
  failure: null,
  handle: null,
  createdAt: at,
  updatedAt: at,
  ...changes,
})

export function registrationsContract(newPlace: NewPlace): void {
  describe('a registration', () => {
    test('comes back as it was saved, with its visit, until the hub has it', async () => {
      const store = await newPlace().open()
      const { id: visitId } = await confirmedVisit(store, [])
      const later = registrationOf(visitId, { createdAt: '2026-11-23T10:00:00.000+09:00', reason: 'doctor' })
      const early = registrationOf(visitId)
      for (const each of [later, early]) must(await store.saveRegistration(each))
      expect(await store.queuedRegistrations()).toEqual([early, later])
      expect((await store.visit(visitId))?.registrations).toEqual([early, later])

      const registered = { ...early, state: 'registered' as const, handle: { recordId: 'hub-record-1', version: 2 } }
      must(await store.saveRegistration(registered))
      expect(await store.registration(early.id)).toEqual(registered)
      const refused = { ...later, state: 'refused' as const, failure: { code: 'HUB_RECORD_CHANGED' as const } }
      must(await store.saveRegistration(refused))
      expect(await store.registration(later.id)).toEqual(refused)
      expect(await store.queuedRegistrations()).toEqual([])
      expect(await store.registration(randomUUID())).toBeNull()
      // Saved again as it is, nothing has come of it.
      must(await store.saveRegistration(refused))
      const rows = await store.auditTrail({ after: 0, limit: 20 })
      expect(rows.slice(-2)).toMatchObject([
        { event: 'registrationTaken', visitId, code: null },
        { event: 'registrationRefused', visitId, code: 'HUB_RECORD_CHANGED' },
      ])
      expect(rows.filter(({ event }) => event.startsWith('registration'))).toHaveLength(2)
    })
  })
}
