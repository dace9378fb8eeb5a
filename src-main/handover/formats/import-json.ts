// Our import file as JSON: the same visit with everything that is handed over, UTF-8 without BOM. Its shape is
// docs/import-file.schema.json.
import type { Handed } from '../../eligibility/handed.ts'
import type { VaccinationVoucher } from '../../eligibility/vouchers.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { hiddenField } from '../../text/hidden.ts'
import { type HandoverDocument, importFileVersion, missing } from './handover-document.ts'

/** Every character that can be seen has a form in JSON. Errors: TEXT_NOT_ENCODABLE with the field that holds another. */
export function renderJson(document: HandoverDocument): Result<Uint8Array> {
  const { eligibility } = document
  // Earlier doses and what a questionnaire says are for the doctor, not for a receipt computer.
  const { patient, answers, asOf, fetchedAt, source } = eligibility
  // The hub's own handle of the person stays inside: a receipt computer matches by name, kana and birth date.
  const { ref: _ref, ...person } = patient
  const content = {
    formatVersion: importFileVersion,
    deliveryId: document.deliveryId,
    visitId: document.visitId,
    visitNumber: document.visitNumber,
    visitDay: document.visitDay,
    confirmedAt: document.confirmedAt,
    training: document.training,
    patientNumber: document.patientNumber,
    asOf,
    fetchedAt,
    source,
    // Every name can be written: it is the source's own, or what the clinic has confirmed for it.
    patient: { ...person, ...(document.nameForm === 'confirmed' && { nameForm: document.nameForm }) },
    answers: {
      medicalSubsidy: { ...subsidyOf(document.handed), ...leftOutOf(document) },
      vaccination: vouchersOf(ofToday(answers.vaccination)),
      checkup: vouchersOf(ofToday(answers.checkup)),
    },
  }
  const field = hiddenField(content)
  if (field !== null) return fail('TEXT_NOT_ENCODABLE', { field })
  return ok(new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`))
}

function subsidyOf({ state, endedOn, items: handed }: Handed) {
  const items = handed.map(({ benefit, basis, endedOn: itemEndedOn }) => ({ ...benefit, basis, endedOn: itemEndedOn }))
  if (state === 'ended') return { state, endedOn, items }
  return state === 'present' ? { state, items } : { state }
}

function leftOutOf(document: HandoverDocument) {
  const { named, byHand } = missing(document)
  return { byHand, leftOut: named.map(({ benefit, reason }) => ({ ...benefit, reason })) }
}

/** What an earlier visit has left in the cache helps at the counter, but is never handed over. */
const ofToday = <A extends { readonly state: string }>(answer: A) =>
  answer.state === 'unreachable' ? { state: answer.state } : answer

const vouchersOf = <A extends { readonly state: string; readonly items?: readonly HandedVoucher[] }>(answer: A) =>
  answer.items ? { ...answer, items: answer.items.map(handedVoucher) } : answer

type HandedVoucher = Pick<VaccinationVoucher, 'id' | 'name' | 'municipality' | 'validFrom' | 'validTo'>
const handedVoucher = ({ id, name, municipality, validFrom, validTo }: HandedVoucher): HandedVoucher => ({
  id,
  name,
  municipality,
  validFrom,
  validTo,
})
