// What stands in the form while it is being filled in: the fields of the settings file, whether they fit yet or not.
import { type Destination, type DestinationFormat, destinationSchema } from '../../src-main/contract/destination.ts'
import type { DestinationField } from '../../src-main/contract/ja-destinations.ts'

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
export function newDraft(format: Exclude<DestinationFormat, 'orca'>, { id = '', folder = '' }: Draft = {}): Draft {
  const asked = format === 'xml' ? { institutionCode: '0000000000' } : {}
  const defaults = destinationSchema.parse({ id: 'new', format, folder: '-', ...asked })
  return { ...defaults, ...(format === 'xml' && { institutionCode: '' }), id, folder }
}
