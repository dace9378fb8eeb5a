// The audit trail beyond the rows that other topics add with what they change.
import { z } from 'zod'
import type { Subject } from '../../contract/call-kinds.ts'
import { addDays } from '../../eligibility/calendar.ts'
import { fail } from '../../ground/result.ts'
import type { Audit, AuditRow, TracedRow } from '../audit.ts'
import { read } from './database.ts'
import { answerRow, auditTrailRow, linkedPatientRow, refRow, visitRow } from './rows.ts'
import type { Topic } from './topic.ts'

/** More than anybody would take back. */
const keptChanges = 200

export function audit({ sql, ledger, keys }: Topic): Audit {
  /** Whom a number or a name leads to: everybody whose data come of it. */
  const refsOf = ({
    patientRef,
    patientNumber,
    person,
  }: Pick<Subject, 'patientRef' | 'patientNumber' | 'person'>): readonly string[] => {
    if (patientRef !== null) return [patientRef]
    if (patientNumber !== null) {
      return z
        .array(linkedPatientRow)
        .parse(sql.linkedPatient.all(patientNumber))
        .map((row) => row.patient_ref)
    }
    const key = person && keys.person(person)
    const rows = key === null ? [] : z.array(refRow).parse(sql.refsOfPerson.all(key))
    return [...new Set(rows.flatMap(({ ref }) => (ref === null ? [] : [ref])))]
  }

  const ofDay = (day: string) => z.array(auditTrailRow).parse(sql.auditOfDay.all({ from: day, until: addDays(day, 1) }))
  const ofPatients = (refs: readonly string[]) =>
    refs
      .flatMap((ref) => z.array(auditTrailRow).parse(sql.auditOfPatient.all(keys.patient(ref))))
      .sort((a, b) => b.id - a.id)

  const traced = (row: AuditRow): TracedRow => {
    const visit = row.visitId === null ? undefined : visitRow.optional().parse(sql.visit.get(row.visitId))
    const answer = row.patient === null ? undefined : answerRow.optional().parse(sql.answersOfPatient.get(row.patient))
    const name = row.patient === null ? null : (visit?.patient ?? answer?.body.patient)?.name
    return { ...row, visit: visit ? { day: visit.day, number: visit.number } : null, name: name ?? null }
  }

  return {
    async auditTrail({ after, limit }) {
      return read(() => z.array(auditTrailRow).parse(sql.auditAfter.all(after, limit)))
    },
    async noteCall(event, subject, { at }) {
      const { visitId, deliveryId, about } = subject
      const entry = { at, event, ...(about !== null && { about }) }
      return ledger.write(() => {
        const refs = visitId === null ? refsOf(subject) : []
        if (refs.length === 0) ledger.addAudit(visitId ?? '', deliveryId, entry)
        for (const patientRef of refs) ledger.addAudit('', deliveryId, { ...entry, patientRef })
      })
    },
    async traces({ day, subject, fits, skip, limit }) {
      return read(() => {
        const found = day === null ? ofPatients(refsOf({ patientRef: null, ...subject })) : ofDay(day)
        const fitting = found.filter(fits)
        return { total: fitting.length, rows: fitting.slice(skip, skip + limit).map(traced) }
      })
    },
    async noteCommand(event, { at }) {
      return ledger.write(() => ledger.addAudit('', null, { at, event }))
    },
    async notePaper(event, visitId, { at }) {
      if (visitId !== null && !read(() => sql.stateOfVisit.get(visitId))) return fail('VISIT_NOT_CURRENT')
      return ledger.write(() => ledger.addAudit(visitId ?? '', null, { at, event }))
    },
    async settingChanges() {
      const rows = read(() => z.array(auditTrailRow).parse(sql.auditOfSettings.all(keptChanges)))
      return rows.flatMap(({ event, change }) => (event === 'settingChanged' && change ? [change] : []))
    },
    async noteSettingChange(entry) {
      return ledger.write(() => ledger.addAudit('', null, entry))
    },
  }
}
