// 診察券: the clinic's own number of a patient, said once by staff and brought by the patient's card from then on. A visit
// whose number becomes known later catches up on the files that could not be made without it.
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { visitRules } from '../ground/states.ts'
import type { NumberLinks } from '../store/numbers.ts'
import type { Visits } from '../store/visits.ts'
import type { Desk } from './desk.ts'

export interface PatientNumbersPorts {
  readonly store: Pick<NumberLinks, 'linkPatientNumber' | 'unlinkPatientNumber'> & Pick<Visits, 'visit'>
  readonly clock: Clock
  readonly desk: Pick<Desk, 'renumber'>
  /** Makes one delivery of the visit anew and sends it. */
  readonly resend: (deliveryId: string) => Promise<Result<void>>
}

export function createPatientNumbers({ store, clock, desk, resend }: PatientNumbersPorts) {
  return {
    /**
     * Links the visit's patient, and their cards, with the number. Errors: PATIENT_NUMBER_TAKEN (another patient has it;
     * `isMoved`: it is taken from them), VISIT_NOT_CURRENT (nobody is identified), what a format refuses, STORE_ codes.
     */
    async link(visitId: string, number: string, isMoved: boolean): Promise<Result<void>> {
      // While staff have not said whom a result is about, there is nobody to link.
      const before = await store.visit(visitId)
      if (before && visitRules.mayDo(before.visit.state, 'choose')) return fail('VISIT_NOT_CURRENT')
      const at = clinicMoment(clock.now())
      const linked = await store.linkPatientNumber({ visitId, number, isMoved, at })
      if (!linked.ok) return linked
      desk.renumber(visitId, number)
      const stored = await store.visit(visitId)
      const held = (stored?.deliveries ?? []).filter(
        ({ state, failure }) => state === 'rejected' && failure?.code === 'PATIENT_NUMBER_MISSING',
      )
      const sent = await Promise.all(held.map(({ id }) => resend(id)))
      return sent.find((each) => !each.ok) ?? ok(undefined)
    },
    /** Takes the link away again. Files that are out keep what they say. Errors: VISIT_NOT_CURRENT, STORE_ codes. */
    async unlink(visitId: string): Promise<Result<void>> {
      const unlinked = await store.unlinkPatientNumber(visitId, { at: clinicMoment(clock.now()) })
      if (unlinked.ok) desk.renumber(visitId, null)
      return unlinked
    },
  }
}
