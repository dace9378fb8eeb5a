// The audit trail beyond the rows that other topics add with what they change.
import { z } from 'zod'
import type { Subject } from '../../contract/call-kinds.ts'
import { addDays } from '../../eligibility/calendar.ts'
import { fail, ok } from '../../ground/result.ts'
import type { Audit, AuditRow, TracedRow } from '../audit.ts'
import { answerRow, auditTrailRow, linkedPatientRow, namedRow, visitRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import { each, type Work } from './work.ts'

/** More than anybody would take back. */
const keptChanges = 200

type Whom = Pick<Subject, 'patientRef' | 'patientNumber' | 'person'>

export function audit({ ledger, keys }: Topic): Audit {
  /** Whom a number or a name leads to: everybody whose data come of it. */
  function* refsOf({ patientRef, patientNumber, person }: Whom): Work<readonly string[]> {
    if (patientRef !== null) return [patientRef]
    if (patientNumber !== null) {
      const linked = z.array(linkedPatientRow).parse(yield* sql.linkedPatient.all(patientNumber))
      return linked.map((row) => row.patient_ref)
    }
    const key = person && keys.person(person)
    const rows = key === null ? [] : z.array(namedRow).parse(yield* sql.patientsOfPerson.all(key))
    return [...new Set(rows.flatMap(({ patient }) => patient?.ref ?? []))]
  }

  function* ofPatients(refs: readonly string[]): Work<AuditRow[]> {
    const rows = yield* each(refs, function* (ref) {
      return z.array(auditTrailRow).parse(yield* sql.auditOfPatient.all(keys.patient(ref)))
    })
    return rows.flat().sort((a, b) => b.id - a.id)
  }

  return {
    async auditTrail({ after, limit }) {
      return ledger.read(function* () {
        return z.array(auditTrailRow).parse(yield* sql.auditAfter.all(after, limit))
      })
    },
    async noteCall(event, subject, { at }) {
      const { visitId, deliveryId, about } = subject
      const entry = { at, event, ...(about !== null && { about }) }
      return ledger.write(function* () {
        const refs = visitId === null ? yield* refsOf(subject) : []
        if (refs.length === 0) yield* ledger.addAudit(visitId ?? '', deliveryId, entry)
        for (const patientRef of refs) yield* ledger.addAudit('', deliveryId, { ...entry, patientRef })
      })
    },
    async traces({ day, subject, fits, skip, limit }) {
      return ledger.read(function* () {
        const found = yield* day === null ? ofPatients(yield* refsOf({ patientRef: null, ...subject })) : ofDay(day)
        const fitting = found.filter(fits)
        return { total: fitting.length, rows: yield* each(fitting.slice(skip, skip + limit), traced) }
      })
    },
    async noteCommand(event, { at }) {
      return ledger.write(() => ledger.addAudit('', null, { at, event }))
    },
    async notePaper(event, visitId, { at }) {
      return ledger.judge(function* () {
        if (visitId !== null && !(yield* sql.stateOfVisit.get(visitId))) return fail('VISIT_NOT_CURRENT')
        yield* ledger.addAudit(visitId ?? '', null, { at, event })
        return ok(undefined)
      })
    },
    async settingChanges() {
      return ledger.read(function* () {
        const rows = z.array(auditTrailRow).parse(yield* sql.auditOfSettings.all(keptChanges))
        return rows.flatMap(({ event, change }) => (event === 'settingChanged' && change ? [change] : []))
      })
    },
    async noteSettingChange(entry) {
      return ledger.write(() => ledger.addAudit('', null, entry))
    },
  }
}

function* ofDay(day: string): Work<AuditRow[]> {
  return z.array(auditTrailRow).parse(yield* sql.auditOfDay.all({ from: day, until: addDays(day, 1) }))
}

function* traced(row: AuditRow): Work<TracedRow> {
  const visit = row.visitId === null ? undefined : visitRow.optional().parse(yield* sql.visit.get(row.visitId))
  const answer =
    row.patient === null ? undefined : answerRow.optional().parse(yield* sql.answersOfPatient.get(row.patient))
  const name = row.patient === null ? null : (visit?.patient ?? answer?.body.patient)?.name
  return { ...row, visit: visit ? { day: visit.day, number: visit.number } : null, name: name ?? null }
}
