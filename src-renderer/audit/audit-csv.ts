// The audit trail as a file for a spreadsheet: patients by what stands for them, whoever did it by name.
import type { AuditQuery, AuditRowView } from '../../src-main/contract/audit-trail.ts'
import { auditAboutText, auditEventText, auditScreen as words } from '../../src-main/words/audit-page.ts'
import { saveCsv } from '../parts/csv.ts'

export function saveTrail(query: AuditQuery, rows: readonly AuditRowView[]): void {
  const name = words.fileName(query.kind === 'day' ? query.day : words.fileOfPatient)
  saveCsv(name, [words.columns, ...rows.map(lineOf)])
}

const lineOf = (row: AuditRowView) => [
  row.id,
  row.at,
  row.desk ?? words.where(row.desk, row.staff),
  words.who(row.desk, row.staff),
  auditEventText(row.event),
  auditAboutText(row),
  row.visit?.day ?? '',
  row.visit?.number ?? '',
  row.patient?.pseudonym ?? '',
  row.code ?? '',
]
