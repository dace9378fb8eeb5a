// One line of ダイナミクス' receipt.txt: patient number, five zeros, name, date, time, 受付番号. CP932 with CRLF, no quoting, so
// whatever would need it is refused (docs/import-file.md).
import type { DestinationOf } from '../../contract/destination.ts'
import { fail, type Result } from '../../ground/result.ts'
import { beforeFormulas, encode, isOfOneLine } from './encoding.ts'
import type { HandoverDocument } from './handover-document.ts'

/** The file belongs to Dynamics: it is never touched while it is there. */
export const receiptFileName = 'receipt.txt'

/** Errors: PATIENT_NUMBER_MISSING; TEXT_LIKE_FORMULA; TEXT_NOT_ENCODABLE with the field that is empty, has a comma, or is not in CP932. */
export function renderReceiptLine(
  document: HandoverDocument,
  { formulas }: Pick<DestinationOf<'receipt'>, 'formulas'>,
): Result<Uint8Array> {
  if (document.patientNumber === null) return fail('PATIENT_NUMBER_MISSING')
  const [, date = '', time = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(document.confirmedAt) ?? []
  // Dynamics parts family and given name by a full-width space.
  const spaced = document.eligibility.patient.name.trim().replace(/[ \u3000]+/g, '\u3000')
  const name = beforeFormulas(spaced, formulas)
  if (name === null) return fail('TEXT_LIKE_FORMULA', { field: 'name' })
  const fields = {
    patient_number: document.patientNumber,
    name,
    visit_date: date.replaceAll('-', '/'),
    confirmed_at: time,
    visit_number: `受付:${String(document.visitNumber).padStart(3, '0')}`,
  }
  for (const [field, text] of Object.entries(fields)) {
    const isLine = text !== '' && !text.includes(',') && isOfOneLine(text)
    if (!isLine || !encode(text, 'cp932').ok) return fail('TEXT_NOT_ENCODABLE', { field })
  }
  const { patient_number, name: written, ...rest } = fields
  return encode(`${[patient_number, 0, 0, 0, 0, 0, written, ...Object.values(rest)].join(',')}\r\n`, 'cp932')
}
