// The audit trail beyond the rows that other topics add with what they change.
import { z } from 'zod'
import { addDays } from '../../eligibility/calendar.ts'
import { fail, ok } from '../../ground/result.ts'
import type { Audit, AuditRow, TracedRow } from '../audit.ts'
import { addCall, refsOf } from './row-of-call.ts'
import { answerRow, auditTrailRow, visitRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import { each, type Work } from './work.ts'

/** More than anybody would take back. */
const keptChanges = 200

export function audit(topic: Topic): Audit {
  const { ledger, keys } = topic
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
      return ledger.write(() => addCall(topic, { event, subject, at }))
    },
    async traces({ day, subject, fits, skip, limit }) {
      return ledger.read(function* () {
        const found = yield* day === null
          ? ofPatients(yield* refsOf(topic, { patientRef: null, ...subject }))
          : ofDay(day)
        const fitting = found.filter(fits)
        return { total: fitting.length, rows: yield* each(fitting.slice(skip, skip + limit), traced) }
      })
    },
    async noteCommand(event, { at }) {
      return ledger.write(() => ledger.addAudit('', null, { at, event }))
    },
    async notePaper(event, visitId, { at }) {
      return ledger.judge(function* () {
        if (visitId !== null && !(yield* sql.standingOfVisit.get(visitId))) return fail('VISIT_NOT_CURRENT')
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
