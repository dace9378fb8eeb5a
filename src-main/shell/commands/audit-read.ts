// What clinic IT reads of the audit trail by command: the newest rows on the screen, or all of them in a file for a spreadsheet.
// Patients are told by what stands for them, nobody by name.
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { dateSchema } from '../../eligibility/model.ts'
import { systemClock } from '../../ground/clock.ts'
import { writeDurably } from '../../ground/durable-write.ts'
import { ok } from '../../ground/result.ts'
import { typistOf } from '../../ground/typist.ts'
import { asTyped } from '../../settings/data-dir.ts'
import type { AuditRow } from '../../store/audit.ts'
import { onDisk } from '../../store/data-folder.ts'
import { readTrail } from '../../store/trail-reading.ts'
import { audit as text } from '../../words/audit.ts'
import { auditAboutText, auditEventText, auditScreen } from '../../words/audit-page.ts'
import { done, refusedFile } from '../said.ts'
import { dataCommand } from './command.ts'

const notes = [text.whileEnded, text.isRow]

export const auditList = dataCommand({
  name: 'audit list',
  about: text.listAbout,
  notes,
  operands: {},
  options: {
    day: { value: 'DAY', about: text.day, schema: dateSchema.optional() },
    limit: { value: 'N', about: text.limit, schema: z.coerce.number().int().min(1).max(100_000).default(100) },
  },
  async run({ day = null, limit }, place) {
    const rows = await readTrail({ ...place, clock: systemClock }, { from: day, until: day, limit })
    if (!rows.ok) return rows
    const lines = rows.value.map((row) => text.row(row.id, row.at, placeOf(row), whatOf(row), whomOf(row)))
    return ok(done({ rows: rows.value }, lines.length === 0 ? [text.none] : lines))
  },
})

export const auditExport = dataCommand({
  name: 'audit export',
  about: text.exportAbout,
  notes,
  operands: {},
  options: {
    out: { value: 'FILE', about: text.out, schema: z.string().min(1) },
    from: { value: 'DAY', about: text.from, schema: dateSchema.optional() },
    until: { value: 'DAY', about: text.until, schema: dateSchema.optional() },
  },
  async run({ out, from = null, until = null }, place, { typed }) {
    const file = asTyped(out)
    if (existsSync(file)) return ok(refusedFile(out, 'exists', typed))
    const rows = await readTrail({ ...place, clock: systemClock }, { from, until, limit: null })
    if (!rows.ok) return rows
    const written = await onDisk(async () => writeDurably(file, csvOf(rows.value), { mode: 0o600, place: 'new' }))
    if (!written.ok)
      return written.error.code === 'STORE_UNWRITABLE' ? ok(refusedFile(out, 'unwritable', typed)) : written
    return ok(done({ rows: rows.value.length, file }, [text.exported(rows.value.length, file)]))
  },
})

const placeOf = ({ desk, staffId }: AuditRow) => {
  const typist = desk === null ? typistOf(staffId) : null
  return `${auditScreen.where(desk, staffId)}${typist ? auditScreen.code(typist) : ''}`
}
const whomOf = ({ patient }: AuditRow) => (patient === null ? '' : auditScreen.pseudonym(patient.slice(0, 12)))

function whatOf({ event, about, change, code }: AuditRow): string {
  const more = [auditAboutText({ about, setting: change?.setting ?? null }), code ?? ''].filter((part) => part !== '')
  return [auditEventText(event), ...more.map(auditScreen.code)].join('')
}

/** As the file that the page saves, with the ids in full. */
const csvOf = (rows: readonly AuditRow[]): string =>
  `\ufeff${[text.columns, ...rows.map(lineOf)].map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`

const lineOf = (row: AuditRow): readonly (string | number)[] => [
  row.id,
  row.at,
  row.desk ?? auditScreen.where(row.desk, row.staffId),
  auditScreen.who(row.desk, row.staffId),
  row.event,
  auditEventText(row.event),
  auditAboutText({ about: row.about, setting: row.change?.setting ?? null }),
  row.visitId ?? '',
  row.deliveryId ?? '',
  row.patient ?? '',
  row.code ?? '',
  row.change ? JSON.stringify({ before: row.change.before, after: row.change.after }) : '',
]

/** Nothing in it is taken for a formula. */
function cell(content: string | number): string {
  const said = String(content)
  const plain = /^[=+\-@\t\r]/.test(said) && typeof content === 'string' ? `'${said}` : said
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
