// The links between patients and 診察券番号: by a keyed hash of the patient's reference, so that a card brings the number.
import { z } from 'zod'
import type { Patient } from '../../eligibility/model.ts'
import { fail, ok } from '../../ground/result.ts'
import type { NumberLinks } from '../numbers.ts'
import { answerRow, keyRow, linkedPatientRow, numberRow, patientNumberRow, staleNumberRow, visitRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import { each, type Work } from './work.ts'

export function numberLinks({ ledger, keys }: Topic): NumberLinks {
  return {
    async patientNumber(patientRef, certificate) {
      return ledger.read(function* () {
        const row = yield* sql.patientNumber.get({
          patient: keys.patient(patientRef),
          card: certificate && keys.card(certificate),
        })
        return patientNumberRow.optional().parse(row) ?? null
      })
    },
    async linkPatientNumber({ visitId, number, isMoved, at }) {
      return ledger.judge(function* () {
        const person = yield* patientOf(visitId)
        if (!person) return fail('VISIT_NOT_CURRENT')
        const patient = keys.patient(person.ref)
        const isTaken = numberRow.parse(yield* sql.otherHolders.get({ ...keys.numbers(number), patient })).value > 0
        if (isTaken && !isMoved) return fail('PATIENT_NUMBER_TAKEN')
        // Whoever had it before has no number any more.
        for (const before of z.array(keyRow).parse(yield* sql.takeNumber.all({ ...keys.numbers(number), patient }))) {
          yield* sql.cardsBringNone.run(before.patient_key)
        }
        yield* sql.linkNumber.run({ patient, ref: person.ref, person: keys.numbered(person), ...keys.numbers(number) })
        yield* sql.cardsBringNumber.run(patient)
        yield* sql.numberVisit.run({ id: visitId, number, at })
        yield* ledger.addAudit(visitId, null, { at, event: 'patientNumberLinked' })
        return ok(undefined)
      })
    },
    async confirmSpelling({ visitId, name, at }) {
      return ledger.judge(function* () {
        const person = yield* patientOf(visitId)
        if (!person) return fail('VISIT_NOT_CURRENT')
        const patient = keys.patient(person.ref)
        const isLinked = (yield* sql.patientNumber.get({ patient, card: null })) !== undefined
        if (name !== null && !isLinked) return fail('PATIENT_NUMBER_MISSING')
        yield* sql.confirmSpelling.run({ patient, name, of: name === null ? null : person.name })
        yield* sql.spellVisit.run({ id: visitId, name, at })
        yield* ledger.addAudit(visitId, null, { at, event: name === null ? 'nameUnconfirmed' : 'nameConfirmed' })
        return ok(undefined)
      })
    },
    async unlinkPatientNumber(visitId, { at }) {
      return ledger.judge(function* () {
        const person = yield* patientOf(visitId)
        if (!person) return fail('VISIT_NOT_CURRENT')
        const patient = keys.patient(person.ref)
        yield* sql.unlinkNumber.run(patient)
        yield* sql.cardsBringNone.run(patient)
        yield* sql.numberVisit.run({ id: visitId, number: null, at })
        yield* sql.spellVisit.run({ id: visitId, name: null, at })
        yield* ledger.addAudit(visitId, null, { at, event: 'patientNumberUnlinked' })
        return ok(undefined)
      })
    },
    async linkedPatient({ number, ...person }) {
      return ledger.read(function* () {
        const link = linkedPatientRow.optional().parse(yield* sql.linkedPatient.get(keys.numbers(number)))
        const key = keys.numbered(person)
        return link ? { patientRef: link.patient_ref, isSamePerson: key !== null && key === link.person_key } : null
      })
    },
    async numberHolder(number) {
      return ledger.read(function* () {
        const link = keyRow.optional().parse(yield* sql.numberHolder.get(keys.numbers(number)))
        return link ? yield* personOf(link.patient_key) : null
      })
    },
    async staleNumbers(limit) {
      return ledger.read(function* () {
        const stale = z.array(staleNumberRow).parse(yield* sql.staleNumbers.all(limit))
        return yield* each(stale, function* ({ patient_key, number, stale_since }) {
          return { number, since: stale_since, name: (yield* personOf(patient_key))?.name ?? null }
        })
      })
    },
    async removeStaleNumber(number) {
      return ledger.write(function* () {
        for (const { patient_key } of z.array(keyRow).parse(yield* sql.removeStaleNumber.all(keys.numbers(number)))) {
          yield* sql.cardsBringNone.run(patient_key)
        }
      })
    },
  }
}

function* patientOf(visitId: string): Work<Patient | null> {
  return visitRow.optional().parse(yield* sql.visit.get(visitId))?.patient ?? null
}

/** As the last answer that is kept names them. */
function* personOf(patientKey: string): Work<Patient | null> {
  return answerRow.optional().parse(yield* sql.answersOfPatient.get(patientKey))?.body.patient ?? null
}
