// The gallery of cases: sample patients whose certificates show, one by one, everything the judgement can say. From a data
// file, with periods in days around the visit so that none goes stale. A case with a past has two cards for one patient:
// the answer of the earlier visit, then that of today.
import { z } from 'zod'
import { addDays } from '../../eligibility/calendar.ts'
import type { SchemeUpdate } from '../../eligibility/schemes.ts'
import type { WireCertificate } from '../../hub/pmh/wire.ts'
import data from './gallery.json' with { type: 'json' }
import { type Category, type Holdings, noHoldings } from './holdings.ts'
import type { Persona } from './persona.ts'

const fields = {
  typeId: z.string(),
  name: z.string(),
  payer: z.string().nullable(),
  recipient: z.string().nullable(),
  cap: z.int().nullable(),
  institutions: z.array(z.string()),
  conditions: z.string(),
  reimbursed: z.boolean(),
  undisclosed: z.boolean(),
  version: z.string(),
  /** Days before (negative) or after the day of the visit. */
  from: z.int(),
  to: z.int(),
  openEnd: z.boolean(),
  deleted: z.boolean(),
  /** From which day the deletion counts, in days around the visit. */
  deletedOn: z.int(),
}
const partial = z.strictObject(fields).partial()
const templateSchema = partial.required({ typeId: true, name: true, payer: true, recipient: true })

const gallerySchema = z.object({
  source: z.string(),
  certificates: z.record(z.string(), templateSchema),
  /** What 追加条件 means, by payer number and code. */
  conditions: z.record(z.string(), z.string()),
  samples: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      /** The same for the cards of one patient. */
      patient: z.string().optional(),
      name: z.string().optional(),
      kana: z.string().optional(),
      withheld: z.boolean().optional(),
      certificates: z.array(partial.extend({ certificate: z.string() })),
    }),
  ),
})

const gallery = gallerySchema.parse(data)

/** A card of the gallery; `patient` is the same for the two cards of one patient. */
export type GalleryPersona = Persona & { readonly patient: string }

export const galleryPersonas: readonly GalleryPersona[] = gallery.samples.map((sample, index) => ({
  id: sample.id,
  patient: sample.patient ?? sample.id,
  label: sample.label,
  name: sample.name ?? '練習　花子',
  nameKana: sample.kana ?? 'レンシュウ　ハナコ',
  birthDate: '1990-05-15',
  sex: 'female',
  pin: '1234',
  address: '東京都八王子市元本郷町三丁目２４番１号',
  printed: { birth: '020515', expiryYear: '2033', securityCode: String(1000 + index) },
  triesLeft: 3,
  certificate: 'valid',
}))

/** What is registered for a card of the gallery on a day (YYYY-MM-DD); nothing for any other id. */
export function galleryHoldings(id: string, day: string): Holdings {
  const sample = gallery.samples.find((candidate) => candidate.id === id)
  if (!sample) return noHoldings
  return { ...noHoldings, certificates: sample.certificates.map((each) => certificateOf(each, day)) }
}

function certificateOf(
  { certificate, ...changes }: z.infer<typeof gallerySchema>['samples'][number]['certificates'][number],
  day: string,
): WireCertificate {
  const template = gallery.certificates[certificate]
  if (!template) throw new Error(`the gallery has no certificate ${certificate}`)
  const all = { ...template, ...changes }
  return {
    orgSpecificCertificateTypeId: all.typeId,
    certificationName: all.name,
    isNotDisclosed: all.undisclosed ?? false,
    ...(all.payer !== null && { medicalSubsidyInsurerNumber: all.payer }),
    ...(all.recipient !== null && { medicalSubsidyRecipientNumber: all.recipient }),
    ...(typeof all.cap === 'number' && { maxCopaymentAmount: { monthly: all.cap } }),
    ...(all.institutions && { designatedMedicalInstitutions: all.institutions }),
    ...(all.conditions && { additionalConditions: all.conditions }),
    isAlwaysReimbursement: all.reimbursed ? '1' : '0',
    validFrom: addDays(day, all.from ?? -100),
    validTo: all.openEnd ? '9999-12-31' : addDays(day, all.to ?? 200),
    historyKey: `${all.typeId}-${all.version ?? '1'}`,
    isDeleted: all.deleted ?? all.deletedOn !== undefined,
    ...(all.deletedOn !== undefined && { deletedOn: addDays(day, all.deletedOn) }),
    certificationDetail: [],
  }
}

export const galleryWithheld = (id: string): readonly Category[] =>
  gallery.samples.some((sample) => sample.id === id && sample.withheld) ? ['medicalSubsidy'] : []

/** What the training clinic's scheme master says besides: the meaning of the gallery's 追加条件. */
export const trainingMaster: SchemeUpdate = {
  version: 'training',
  sources: { training: { title: gallery.source, date: '2026-11-01', confirmed: true } },
  national: [],
  precedence: { source: 'training', codes: [] },
  local: [],
  conditions: Object.entries(gallery.conditions).map(([key, text]) => {
    const [payerNumber = '', code = ''] = key.split(' ')
    return { payerNumber, code, text, source: 'training' }
  }),
}
