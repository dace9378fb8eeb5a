// A destination of one format, with the settings it has when the file names none.
import { type DestinationFormat, type DestinationOf, destinationSchema } from '../../src-main/contract/destination.ts'

export function destinationOf<F extends DestinationFormat>(
  format: F,
  settings: Readonly<Record<string, unknown>> = {},
): DestinationOf<F> {
  const place = format === 'orca' ? {} : { folder: '/import' }
  const parsed = destinationSchema.parse({ id: format, format, ...place, ...settings })
  const isOfFormat = (destination: typeof parsed): destination is DestinationOf<F> => destination.format === format
  if (!isOfFormat(parsed)) throw new Error(format)
  return parsed
}
