// The links between patients and 診察券番号: by a keyed hash of the patient's reference, so that a card brings the number.
import { z } from 'zod'
import type { Patient } from '../../eligibility/model.ts'
import { fail } from '../../ground/result.ts'
import type { NumberLinks } from '../numbers.ts'
import { read } from './database.ts'
import { answerRow, keyRow, linkedPatientRow, numberRow, patientNumberRow, staleNumberRow, visitRow } from './rows.ts'
import type { Topic } from './topic.ts'

export function numberLinks({ sql, ledger, keys }: Topic): NumberLinks {
  const patientOf = (visitId: string): Patient | null =>
    read(() => visitRow.optional().parse(sql.visit.get(visitId))?.patient ?? null)
  /** As the last answer that is kept names them. */
  const personOf = (patientKey: string | Uint8Array) =>
    answerRow.optional().parse(sql.answersOfPatient.get(patientKey))?.body.patient ?? null

  return {
    async patientNumber(patientRef, certificate) {
      return read(() => {
        const row = sql.patientNumber.get({
          patient: keys.patient(patientRef),
          card: certificate && keys.card(certificate),
        })
        return patientNumberRow.optional().parse(row) ?? null
      })
    },
    async linkPatientNumber({ visitId, number, isMoved, at }) {
      const person = patientOf(visitId)
      if (!person) return fail('VISIT_NOT_CURRENT')
      const patient = keys.patient(person.ref)
      const isTaken = read(() => numberRow.parse(sql.otherHolders.get({ number, patient })).value > 0)
      if (isTaken && !isMoved) return fail('PATIENT_NUMBER_TAKEN')
      return ledger.write(() => {
        // Whoever had it before has no number any more.
        for (const before of z.array(keyRow).parse(sql.takeNumber.all({ number, patient }))) {
          sql.cardsBringNone.run(before.patient_key)
        }
        sql.linkNumber.run({ patient, ref: person.ref, person: keys.numbered(person), number })
        sql.cardsBringNumber.run(patient)
        sql.numberVisit.run({ id: visitId, number, at })
        ledger.addAudit(visitId, null, { at, event: 'patientNumberLinked' })
      })
    },
    async confirmSpelling({ visitId, name, at }) {
      const person = patientOf(visitId)
      if (!person) return fail('VISIT_NOT_CURRENT')
      const patient = keys.patient(person.ref)
      const isLinked = read(() => sql.patientNumber.get({ patient, card: null }) !== undefined)
      if (name !== null && !isLinked) return fail('PATIENT_NUMBER_MISSING')
      return ledger.write(() => {
        sql.confirmSpelling.run({ patient, name, of: name === null ? null : person.name })
        sql.spellVisit.run({ id: visitId, name, at })
        ledger.addAudit(visitId, null, { at, event: name === null ? 'nameUnconfirmed' : 'nameConfirmed' })
      })
    },
    async unlinkPatientNumber(visitId, { at }) {
      const person = patientOf(visitId)
      if (!person) return fail('VISIT_NOT_CURRENT')
      const patient = keys.patient(person.ref)
      return ledger.write(() => {
        sql.unlinkNumber.run(patient)
        sql.cardsBringNone.run(patient)
        sql.numberVisit.run({ id: visitId, number: null, at })
        sql.spellVisit.run({ id: visitId, name: null, at })
        ledger.addAudit(visitId, null, { at, event: 'patientNumberUnlinked' })
      })
    },
    async linkedPatient({ number, ...person }) {
      return read(() => {
        const link = linkedPatientRow.optional().parse(sql.linkedPatient.get(number))
        const key = keys.numbered(person)
        return link ? { patientRef: link.patient_ref, isSamePerson: key !== null && key === link.person_key } : null
      })
    },
    async numberHolder(number) {
      return read(() => {
        const link = keyRow.optional().parse(sql.numberHolder.get(number))
        return link ? personOf(link.patient_key) : null
      })
    },
    async staleNumbers(limit) {
      return read(() => {
        return z
          .array(staleNumberRow)
          .parse(sql.staleNumbers.all(limit))
          .map(({ patient_key, number, stale_since }) => {
            return { number, since: stale_since, name: personOf(patient_key)?.name ?? null }
          })
      })
    },
    async removeStaleNumber(number) {
      return ledger.write(() => {
        for (const { patient_key } of z.array(keyRow).parse(sql.removeStaleNumber.all(number))) {
          sql.cardsBringNone.run(patient_key)
        }
      })
    },
  }
}
