// The sheet of a cap as a place to which one comes back: which it is, in one word without a space.
import type { z } from 'zod'
import { type CapSheetView, capSheetOfSchema } from '../../src-main/contract/cap-sheet.ts'

type Sheet = z.infer<typeof capSheetOfSchema>

export const capPlace = ({ visitId, certificate, month }: Sheet | CapSheetView): string =>
  ['cap', visitId, certificate.payerNumber, certificate.recipientNumber, month].map(encodeURIComponent).join('/')

/** null: it is another place. */
export function sheetOfPlace(place: string): Sheet | null {
  const [kind, visitId, payerNumber, recipientNumber, month] = place.split('/').map(decodeURIComponent)
  if (kind !== 'cap') return null
  return capSheetOfSchema.safeParse({ visitId, certificate: { payerNumber, recipientNumber }, month }).data ?? null
}
