// What the clinic knows of patients from earlier visits; only what has not expired.
import { z } from 'zod'
import type { ClinicPatient, KnownPatients } from '../patients.ts'
import type { VisitRow } from '../visits.ts'
import { read } from './database.ts'
import { answerRow, confirmationRow, visitRow } from './rows.ts'
import type { Topic } from './topic.ts'

export function knownPatients({ sql, keys }: Topic): KnownPatients {
  return {
    async known(patientRef) {
      return read(() => {
        const key = keys.patient(patientRef)
        return {
          versions: z
            .array(answerRow)
            .parse(sql.answersOfPatient.all(key))
            .map(({ body }) => body),
          confirmation: confirmationRow.optional().parse(sql.confirmationOfPatient.get(key))?.body ?? null,
        }
      })
    },
    async latestEligibilityOfCard(certificate) {
      return read(() => answerRow.optional().parse(sql.answerOfCard.get(keys.card(certificate)))?.body ?? null)
    },
    async clinicPatients(person) {
      return read(() => {
        const rows = [
          ...sql.visitsOfReference.all(keys.reference(person.referenceNumber)),
          ...sql.visitsOfPerson.all(keys.person(person)),
        ]
        return z.array(visitRow).parse(rows).flatMap(clinicPatient)
      })
    },
  }
}

const clinicPatient = ({ patient, patientNumber, report, day }: VisitRow): ClinicPatient[] =>
  patient ? [{ ...patient, referenceNumber: report?.referenceNumber ?? null, patientNumber, lastSeen: day }] : []
