// 診察券: the clinic's own number of a patient, said once by staff and brought by the patient's card from then on. A visit
// whose number becomes known later catches up on the files that could not be made without it.
import { composedKana } from '../eligibility/characters.ts'
import { isSpellingOf } from '../eligibility/name-spelling.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { visitRules } from '../ground/states.ts'
import type { NumberLinks } from '../store/numbers.ts'
import type { Visits } from '../store/visits.ts'
import type { Desk } from './desk.ts'

export interface PatientNumbersPorts {
  readonly store: Pick<NumberLinks, 'linkPatientNumber' | 'unlinkPatientNumber' | 'confirmSpelling'> &
    Pick<Visits, 'visit'>
  readonly clock: Clock
  readonly desk: Pick<Desk, 'carry'>
  /** Makes one delivery of the visit anew and sends it. */
  readonly resend: (deliveryId: string) => Promise<Result<void>>
}

export function createPatientNumbers({ store, clock, desk, resend }: PatientNumbersPorts) {
  /** The visit; null while staff have not said whom its result is about: then there is nobody to say anything of. */
  const identified = async (visitId: string) => {
    const { visit } = (await store.visit(visitId)) ?? {}
    return visit && !visitRules.mayDo(visit.state, 'choose') ? visit : null
  }

  return {
    /**
     * Links the visit's patient, and their cards, with the number. Errors: PATIENT_NUMBER_TAKEN (another patient has it;
     * `isMoved`: it is taken from them), VISIT_NOT_CURRENT (nobody is identified), what a format refuses, STORE_ codes.
     */
    async link(visitId: string, number: string, isMoved: boolean): Promise<Result<void>> {
      if (!(await identified(visitId))) return fail('VISIT_NOT_CURRENT')
      const at = clinicMoment(clock.now())
      const linked = await store.linkPatientNumber({ visitId, number, isMoved, at })
      if (!linked.ok) return linked
      desk.carry(visitId, { patientNumber: number })
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
      if (unlinked.ok) desk.carry(visitId, { patientNumber: null, confirmedName: null })
      return unlinked
    },
    /**
     * How the clinic spells a name that the source can only write with ●; null: as the source does. Errors: REQUEST_INVALID
     * (it is no spelling of that name), PATIENT_NUMBER_MISSING, PATIENT_NUMBER_TAKEN, VISIT_NOT_CURRENT, STORE_ codes.
     */
    async confirmName(visitId: string, typed: string | null): Promise<Result<void>> {
      const visit = await identified(visitId)
      if (!visit?.patient) return fail('VISIT_NOT_CURRENT')
      if (typed !== null && !isSpellingOf(typed, visit.patient.name)) return fail('REQUEST_INVALID', { field: 'name' })
      const name = typed && composedKana(typed)
      const at = clinicMoment(clock.now())
      const keep = () => store.confirmSpelling({ visitId, name, at })
      let kept = await keep()
      // A number that the terminal brought as 照会番号 is theirs, and linked once something is kept with it.
      if (!kept.ok && kept.error.code === 'PATIENT_NUMBER_MISSING' && visit.patientNumber !== null) {
        const linked = await store.linkPatientNumber({ visitId, number: visit.patientNumber, isMoved: false, at })
        kept = linked.ok ? await keep() : linked
      }
      if (kept.ok) desk.carry(visitId, { confirmedName: name })
      return kept
    },
  }
}
