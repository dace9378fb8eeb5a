// From one confirmed visit to the outbox rows of every destination. A format that refuses gives a rejected row: it
// stays visible at the counter, and the other destinations get their file all the same.
import { randomUUID } from 'node:crypto'
import type { Destination } from '../../contract/destination.ts'
import { handedAt } from '../../eligibility/handed.ts'
import type { Encoding } from '../../ground/encodings.ts'
import type { Result } from '../../ground/result.ts'
import type { NewDelivery } from '../../store/deliveries.ts'
import { renderEligibilityXml } from './eligibility-xml.ts'
import { inConfirmedSpelling, inWritableText, type Substitutions } from './encoding.ts'
import { renderFhirBundle } from './fhir-bundle.ts'
import type { ConfirmedVisit, HandoverDocument } from './handover-document.ts'
import { renderCsv } from './import-csv.ts'
import { renderJson } from './import-json.ts'
import { renderOrcaVisit } from './orca-visit.ts'
import { receiptFileName, renderReceiptLine } from './receipt-line.ts'

/** `id`: of an earlier delivery that is rendered anew. */
export function renderDelivery(
  visit: ConfirmedVisit,
  destination: Destination,
  substitutions: Substitutions,
  id: string = randomUUID(),
): NewDelivery {
  const { format } = destination
  const rendered = render(
    { ...visit, handed: handedAt(visit.handed, destination.subsidyPlaces), deliveryId: id, nameForm: 'original' },
    destination,
    substitutions,
  )
  const common = { id, destination: destination.id, format, fileName: fileName(visit, id, destination) }
  if (rendered.ok) return { ...common, state: 'queued', failure: null, payload: rendered.value }
  const failure = { ...rendered.error, detail: { ...rendered.error.detail, destination: destination.id } }
  return { ...common, state: 'rejected', failure, payload: new Uint8Array() }
}

/** The characters a destination's file can hold. */
export const encodingOf = (destination: Destination): Encoding =>
  'encoding' in destination ? destination.encoding : destination.format === 'receipt' ? 'cp932' : 'utf-8'

/** Errors: those of the format. */
function render(
  document: HandoverDocument,
  destination: Destination,
  substitutions: Substitutions,
): Result<Uint8Array> {
  const spelt = inConfirmedSpelling(document, encodingOf(destination))
  const writable = (of: HandoverDocument, rules: { readonly unwritable: 'hold' | 'kana' }) =>
    inWritableText(of, { ...rules, encoding: encodingOf(destination), substitutions })
  switch (destination.format) {
    case 'csv':
      return renderCsv(writable(spelt, destination), destination)
    case 'json':
      return renderJson(spelt)
    case 'xml':
      return renderEligibilityXml(writable(spelt, destination), destination)
    case 'fhir':
      return renderFhirBundle(document, destination)
    case 'receipt':
      return renderReceiptLine(writable(document, destination), destination)
    case 'orca':
      return renderOrcaVisit(document)
  }
}

/** `madoguchi_20261123_0007_<delivery id>.csv`: sorts by visit, unique for ever, tells nothing about the patient. */
function fileName(visit: ConfirmedVisit, id: string, destination: Destination): string {
  const training = visit.training ? 'training_' : ''
  if (destination.format === 'receipt') return `${training}${receiptFileName}`
  const parts: Readonly<Record<string, string>> = {
    day: visit.visitDay.replaceAll('-', ''),
    number: String(visit.visitNumber).padStart(4, '0'),
    time: /T(\d{2}):(\d{2}):(\d{2})/.exec(visit.confirmedAt)?.slice(1).join('') ?? '',
    id,
  }
  // Never a file: the row's name in the outbox.
  if (destination.format === 'orca') return `orca_${parts.day}_${parts.number}_${id}`
  const name = destination.fileName.replace(/\{(\w+)\}/g, (_all, part: string) => parts[part] ?? '')
  return `${training}${name}.${destination.extension}`
}
