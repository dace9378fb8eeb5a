// The sheets of monthly caps: found by keyed hashes of the patient and of the certificate's numbers, their rows only added.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { AuditEntry } from '../audit.ts'
import type { CapLedger, CapSheetOf } from '../cap-ledger.ts'
import { read } from './database.ts'
import { capRowRow, numberedRow } from './rows.ts'
import type { Topic } from './topic.ts'

const events = { entry: 'capEntered', correction: 'capCorrected', paper: 'capPaperSeen' } as const satisfies Record<
  string,
  AuditEntry['event']
>

export function capLedger({ sql, ledger, keys }: Topic): CapLedger {
  const keyOf = ({ patientRef, certificate, month }: CapSheetOf) => ({
    patient: keys.patient(patientRef),
    certificate: keys.certificate(certificate),
    month,
  })
  const rowsOf = (sheet: CapSheetOf) =>
    z
      .array(capRowRow)
      .parse(sql.capRows.all(keyOf(sheet)))
      .map(({ body }) => body)

  return {
    async capRows(sheet) {
      return read(() => rowsOf(sheet))
    },
    async addCapRow(sheet, row, { visitId, seen }) {
      const added = ledger.write((): Result<void> => {
        if (rowsOf(sheet).length !== seen) return fail('CAP_SHEET_CHANGED')
        const { id } = numberedRow.parse(sql.openCapSheet.get({ ...keyOf(sheet), day: row.at.slice(0, 10) }))
        // Where the sheet had expired its rows are there again: they are counted with the sheet open.
        sql.addCapRow.run({ sheet: id, place: rowsOf(sheet).length + 1, body: JSON.stringify(row) })
        ledger.addAudit(visitId, null, { at: row.at, event: events[row.kind], patientRef: sheet.patientRef })
        return ok(undefined)
      })
      return added.ok ? added.value : added
    },
  }
}
