// What the clinic knows of patients from earlier visits; only what has not expired.
import { z } from 'zod'
import type { ClinicPatient, KnownPatients } from '../patients.ts'
import type { VisitRow } from '../visits.ts'
import { answerRow, confirmationRow, visitRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import { together } from './work.ts'

export function knownPatients({ ledger, keys }: Topic): KnownPatients {
  return {
    async known(patientRef) {
      return ledger.read(function* () {
        const key = keys.patient(patientRef)
        const [answers, confirmation] = yield* together(
          sql.answersOfPatient.all(key),
          sql.confirmationOfPatient.get(key),
        )
        return {
          versions: z
            .array(answerRow)
            .parse(answers)
            .map(({ body }) => body),
          confirmation: confirmationRow.optional().parse(confirmation)?.body ?? null,
        }
      })
    },
    async latestEligibilityOfCard(certificate) {
      return ledger.read(function* () {
        return answerRow.optional().parse(yield* sql.answerOfCard.get(keys.card(certificate)))?.body ?? null
      })
    },
    async clinicPatients(person) {
      return ledger.read(function* () {
        const rows = [
          ...(yield* sql.visitsOfReference.all(keys.reference(person.referenceNumber))),
          ...(yield* sql.visitsOfPerson.all(keys.person(person))),
        ]
        return z.array(visitRow).parse(rows).flatMap(clinicPatient)
      })
    },
  }
}

const clinicPatient = ({ patient, patientNumber, report, day }: VisitRow): ClinicPatient[] =>
  patient ? [{ ...patient, referenceNumber: report?.referenceNumber ?? null, patientNumber, lastSeen: day }] : []
