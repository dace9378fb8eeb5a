// What stands in the form while it is being filled in: the fields of the settings file, whether they fit yet or not.
import { type Destination, type DestinationFormat, destinationSchema } from '../../src-main/contract/destination.ts'
import type { DestinationField } from '../../src-main/words/destinations.ts'

export type Draft = Readonly<Record<string, unknown>>

/** What every field is given. */
export interface FieldProps {
  readonly name: DestinationField
  readonly draft: Draft
  /** Fields that do not fit. */
  readonly wrong: ReadonlySet<unknown>
  readonly change: (fields: Draft) => void
}

/** Its columns, which a file may leave out, stand there. */
export const draftOf = (destination: Destination): Draft => ({ ...destination })

/** A new one of a format as the settings file would have it by default; `id` and `folder` are kept. */
export function newDraft(format: DestinationFormat, { id = '', folder = '' }: Draft = {}): Draft {
  const asked = toBeAsked[format]
  const defaults = destinationSchema.parse({ id: 'new', format, ...asked })
  const open = Object.fromEntries(Object.keys(asked).map((name) => [name, '']))
  return { ...defaults, ...open, ...('folder' in asked && { folder }), id }
}

const filed = { folder: '-' }
/** What has no default, with something that fits in its place. */
const toBeAsked: Record<DestinationFormat, Readonly<Record<string, string>>> = {
  csv: filed,
  json: filed,
  xml: { ...filed, institutionCode: '0000000000' },
  fhir: filed,
  receipt: filed,
  orca: { url: 'https://orca.example', user: '-', passwordFile: '-' },
}
