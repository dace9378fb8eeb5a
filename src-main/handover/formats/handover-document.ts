// The one model that every output format is rendered from: a confirmed visit with its answer. Formats add nothing to it.
import { type Handed, isByHand, isNamedInFiles } from '../../eligibility/handed.ts'
import type { Answers, Eligibility } from '../../eligibility/model.ts'
import type { VisitRow } from '../../store/visits.ts'

export interface HandoverDocument {
  /** UUID of the delivery: the row id that lets a repeated import be recognised. */
  readonly deliveryId: string
  readonly visitId: string
  readonly visitNumber: number
  readonly visitDay: string
  readonly confirmedAt: string
  /** Training files say so in name and content, so that none is ever imported for a real patient. */
  readonly training: boolean
  /** The clinic's own number of the patient (診察券番号), null while it is not known. */
  readonly patientNumber: string | null
  /** The spelling that the clinic has confirmed for a name with ●; whether a format uses it, `nameForm` says. */
  readonly confirmedName: string | null
  /** Whether the name is the source's, as the clinic has confirmed it, has characters replaced by the table it approved, or is its kana. */
  readonly nameForm: 'original' | 'confirmed' | 'substituted' | 'kana'
  /** 医療費助成, as it was decided at the counter. */
  readonly handed: Handed
  /** The rest of the answer. What it says about 医療費助成 is not for a format to look at. */
  readonly eligibility: Pick<Eligibility, 'patient' | 'asOf' | 'fetchedAt' | 'source'> & {
    readonly answers: Pick<Answers, 'vaccination' | 'checkup'>
  }
}

/** The certificates that the destination lacks and hears of, and how many of them staff have to enter themselves. */
export function missing({ handed }: Pick<HandoverDocument, 'handed'>) {
  const named = handed.leftOut.filter(({ reason }) => isNamedInFiles(reason))
  return { named, byHand: named.filter(({ reason }) => isByHand(reason)).length }
}

/** A visit as the desk confirms it; each delivery of it gets an id of its own. */
export type ConfirmedVisit = Omit<HandoverDocument, 'deliveryId' | 'nameForm'>

/** The same for the first hand-over, a file that is made anew and a preview. `confirmedAt`: RFC 3339 in clinic time. */
export const confirmedVisit = (
  {
    id,
    number,
    day,
    patientNumber,
    confirmedName,
  }: Pick<VisitRow, 'id' | 'number' | 'day' | 'patientNumber' | 'confirmedName'>,
  { eligibility, handed, confirmedAt }: Pick<ConfirmedVisit, 'eligibility' | 'handed' | 'confirmedAt'>,
  training: boolean,
): ConfirmedVisit => ({
  visitId: id,
  visitNumber: number,
  visitDay: day,
  confirmedAt,
  training,
  patientNumber,
  confirmedName,
  eligibility,
  handed,
})

/** Version of our own import file, CSV and JSON alike. */
export const importFileVersion = 3
