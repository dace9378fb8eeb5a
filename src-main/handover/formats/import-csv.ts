// Our import file as CSV: one row per benefit or voucher, and per 公費 that is left out and why; the visit's columns repeated,
// one row when there is none of them.
// CP932 or UTF-8 with CRLF, quoting per RFC 4180. Every column is described in docs/import-file.md; adding one raises the version.
import { csvColumns, type DestinationOf } from '../../contract/destination.ts'
import type { Handed, HandedItem } from '../../eligibility/handed.ts'
import type { Benefit } from '../../eligibility/model.ts'
import type { CheckupVoucher, VaccinationVoucher } from '../../eligibility/vouchers.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { beforeFormulas, encode, isOfOneLine } from './encoding.ts'
import { type HandoverDocument, importFileVersion, missing } from './handover-document.ts'

/** One line; a column that is not named is empty. */
type Row = Readonly<Partial<Record<(typeof csvColumns)[number], string>>>

/** Errors: TEXT_NOT_ENCODABLE, TEXT_LIKE_FORMULA with the column that holds what the encoding, a CSV line or the clinic does not let through. */
export function renderCsv(document: HandoverDocument, destination: DestinationOf<'csv'>): Result<Uint8Array> {
  const { columns = csvColumns, encoding } = destination
  const parts: Uint8Array[] = encoding === 'utf-8' ? [Buffer.from('\ufeff')] : []
  if (destination.header) parts.push(Buffer.from(`${columns.join(',')}\r\n`, 'ascii'))
  for (const row of rowsOf(document, columns)) {
    for (const [index, column] of columns.entries()) {
      const cell = beforeFormulas(row[column] ?? '', destination.formulas)
      if (cell === null) return fail('TEXT_LIKE_FORMULA', { field: column })
      const end = index === columns.length - 1 ? '\r\n' : ','
      // What breaks a line anywhere would be read as another row by simple readers.
      const encoded = isOfOneLine(cell) ? encode(quote(cell) + end, encoding) : null
      if (!encoded?.ok) return fail('TEXT_NOT_ENCODABLE', { field: column })
      parts.push(encoded.value)
    }
  }
  return ok(Buffer.concat(parts))
}

const quote = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

function rowsOf(document: HandoverDocument, columns: readonly (typeof csvColumns)[number][]): readonly Row[] {
  const { eligibility, handed } = document
  const { named, byHand } = missing(document)
  const { answers, patient } = eligibility
  const head: Row = {
    format_version: String(importFileVersion),
    training: flag(document.training),
    delivery_id: document.deliveryId,
    visit_id: document.visitId,
    visit_number: String(document.visitNumber),
    visit_date: document.visitDay,
    confirmed_at: document.confirmedAt,
    as_of: eligibility.asOf,
    fetched_at: eligibility.fetchedAt,
    source: eligibility.source,
    patient_number: document.patientNumber ?? '',
    name: patient.name,
    name_form: document.nameForm,
    name_kana: patient.nameKana,
    birth_date: patient.birthDate,
    sex: patient.sex,
    medical_subsidy_state: handed.state,
    medical_subsidy_ended_on: handed.endedOn ?? '',
    medical_subsidy_by_hand: String(byHand),
    vaccination_state: answers.vaccination.state,
    vaccination_ended_on: endOf(answers.vaccination),
    checkup_state: answers.checkup.state,
    checkup_ended_on: endOf(answers.checkup),
    row_kind: 'none',
    row_number: '1',
  }
  const rows = [
    ...handed.items.map((item) => ({ ...head, ...itemCells(item) })),
    // Without the column that tells them apart they would be read as certificates that count.
    ...(columns.includes('row_kind') ? named : []).map((left) => ({ ...head, ...leftOutCells(left) })),
    ...itemsOf(answers.vaccination).map((voucher) => ({ ...head, ...voucherCells(voucher, 'vaccination') })),
    ...itemsOf(answers.checkup).map((voucher) => ({ ...head, ...voucherCells(voucher, 'checkup') })),
  ]
  return rows.length === 0 ? [head] : rows.map((row, index) => ({ ...row, row_number: String(index + 1) }))
}

const itemsOf = <T>(answer: { readonly state: string; readonly items?: readonly T[] }): readonly T[] =>
  answer.items ?? []

const endOf = (answer: { readonly state: string; readonly endedOn?: string }) => answer.endedOn ?? ''

const flag = (value: boolean) => (value ? '1' : '0')

const itemCells = ({ benefit, basis, endedOn }: HandedItem) => ({
  ...benefitCells(benefit),
  row_kind: 'benefit',
  certificate_basis: basis,
  certificate_ended_on: endedOn ?? '',
})

const leftOutCells = ({ benefit, reason }: Handed['leftOut'][number]) => ({
  ...benefitCells(benefit),
  row_kind: 'leftOut',
  left_out_reason: reason,
})

const benefitCells = (benefit: Benefit) => ({
  certificate_type_id: benefit.certificateTypeId,
  certificate_sub_key: benefit.certificateSubKey ?? '',
  certificate_name: benefit.certificateName,
  scheme_code: benefit.scheme.code ?? '',
  scheme_name: benefit.scheme.name,
  scheme_kind: benefit.scheme.kind,
  payer_number: benefit.payerNumber ?? '',
  recipient_number: benefit.recipientNumber ?? '',
  valid_from: benefit.validFrom,
  valid_to: benefit.validTo,
  validity: benefit.validity,
  monthly_cap_yen: benefit.monthlyCapYen === null ? '' : String(benefit.monthlyCapYen),
  always_reimbursed: flag(benefit.alwaysReimbursed),
  undisclosed: flag(benefit.undisclosed),
  segment: benefit.segment ?? '',
  income_segment: benefit.incomeSegment ?? '',
  additional_conditions: benefit.additionalConditions ?? '',
  history_key: benefit.historyKey,
  warnings: benefit.warnings.join(';'),
})

const voucherCells = (voucher: VaccinationVoucher | CheckupVoucher, kind: 'vaccination' | 'checkup') => ({
  row_kind: kind,
  certificate_name: voucher.name,
  valid_from: voucher.validFrom,
  valid_to: voucher.validTo,
  voucher_id: voucher.id,
  municipality: voucher.municipality,
})
