// From one confirmed visit to the outbox rows of every destination. A format that refuses gives a rejected row: it
// stays visible at the counter, and the other destinations get their file all the same.
import { randomUUID } from 'node:crypto'
import type { Result } from '../contract/result.ts'
import type { FileFormat } from '../contract/visit.ts'
import type { NewDelivery } from '../store/store.ts'
import type { HandoverDocument } from './document.ts'
import { renderCsv } from './import-csv.ts'
import { renderJson } from './import-json.ts'

const formats: Readonly<Record<FileFormat, (document: HandoverDocument) => Result<Uint8Array>>> = {
  csv: renderCsv,
  json: renderJson,
}

export function renderDeliveries(
  visit: Omit<HandoverDocument, 'deliveryId'>,
  destinations: readonly { readonly id: string; readonly format: FileFormat }[],
): readonly NewDelivery[] {
  return destinations.map(({ id: destination, format }) => {
    const id = randomUUID()
    const rendered = formats[format]({ ...visit, deliveryId: id })
    const common = { id, destination, format, fileName: fileName(visit, id, format) }
    if (rendered.ok) return { ...common, state: 'queued', failure: null, payload: rendered.value }
    const failure = { ...rendered.error, detail: { ...rendered.error.detail, destination } }
    return { ...common, state: 'rejected', failure, payload: new Uint8Array() }
  })
}

/** `madoguchi_20261123_0007_<delivery id>.csv`: sorts by visit, unique for ever, tells nothing about the patient. */
function fileName(visit: Omit<HandoverDocument, 'deliveryId'>, id: string, format: FileFormat): string {
  const day = visit.visitDay.replaceAll('-', '')
  const number = String(visit.visitNumber).padStart(4, '0')
  return `${visit.training ? 'training_' : ''}madoguchi_${day}_${number}_${id}.${format}`
}
