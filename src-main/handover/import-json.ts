// Our import file as JSON: the same visit with everything the source said, UTF-8 without BOM. Its shape is
// docs/import-file.schema.json.
import { ok, type Result } from '../contract/result.ts'
import { type HandoverDocument, importFileVersion } from './document.ts'

export function renderJson(document: HandoverDocument): Result<Uint8Array> {
  const { eligibility, deliveryId, ...visit } = document
  const { patient, answers, ...question } = eligibility
  // The hub's own handle of the person stays inside: a receipt computer matches by name, kana and birth date.
  const { ref: _ref, ...person } = patient
  const content = { formatVersion: importFileVersion, deliveryId, ...visit, ...question, patient: person, answers }
  return ok(new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`))
}
