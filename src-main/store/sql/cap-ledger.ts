// The sheets of monthly caps: found by keyed hashes of the patient and of the certificate's numbers, their rows only added.
import { z } from 'zod'
import { lastDayOfMonth } from '../../eligibility/calendar.ts'
import type { CapRow } from '../../eligibility/cap/sheet.ts'
import { fail, ok } from '../../ground/result.ts'
import type { AuditEntry } from '../audit.ts'
import type { CapLedger, CapSheetOf } from '../cap-ledger.ts'
import { capRowRow, dayRow, numberedRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import type { Work } from './work.ts'

const events = { entry: 'capEntered', correction: 'capCorrected', paper: 'capPaperSeen' } as const satisfies Record<
  string,
  AuditEntry['event']
>

export function capLedger({ ledger, keys }: Topic): CapLedger {
  const keyOf = ({ patientRef, certificate, month }: CapSheetOf) => ({
    patient: keys.patient(patientRef),
    certificate: keys.certificate(certificate),
    month,
  })
  function* rowsOf(sheet: CapSheetOf): Work<CapRow[]> {
    const rows = z.array(capRowRow).parse(yield* sql.capRows.all(keyOf(sheet)))
    return rows.map(({ body }) => body)
  }

  return {
    async capRows(sheet) {
      return ledger.read(() => rowsOf(sheet))
    },
    async addCapRow(sheet, row, { visitId, seen }) {
      return ledger.judge(function* () {
        if ((yield* rowsOf(sheet)).length !== seen) return fail('CAP_SHEET_CHANGED')
        const { day } = dayRow.parse(yield* sql.believedDay.get({ day: row.at.slice(0, 10) }))
        const keptFrom = lastDayOfMonth(day.slice(0, 7))
        const { id } = numberedRow.parse(yield* sql.openCapSheet.get({ ...keyOf(sheet), keptFrom }))
        // Where the sheet had expired its rows are there again: they are counted with the sheet open.
        const place = (yield* rowsOf(sheet)).length + 1
        yield* sql.addCapRow.run({ sheet: id, place, body: JSON.stringify(row) })
        yield* ledger.addAudit(visitId, null, { at: row.at, event: events[row.kind], patientRef: sheet.patientRef })
        return ok(undefined)
      })
    },
  }
}
