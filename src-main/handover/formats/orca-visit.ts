// What one visit asks of ORCA, as it lies in the outbox: who, and the certificates that count today. No text of the
// source but the name to search by; the numbers are brought into ORCA's form here, or the row waits for a person.
import { z } from 'zod'
import type { Benefit } from '../../eligibility/model.ts'
import { isPayerNumber } from '../../eligibility/numbers.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { hiddenField } from '../../text/hidden.ts'
import type { HandoverDocument } from './handover-document.ts'

const orcaBenefitSchema = z.object({
  /** 公費負担者番号, eight digits. */
  payerNumber: z.string(),
  /** 公費受給者番号, half-width. */
  recipientNumber: z.string(),
  validFrom: z.string(),
  /** 9999-12-31: without an end. */
  validTo: z.string(),
})
export type OrcaBenefit = z.infer<typeof orcaBenefitSchema>

const orcaVisitSchema = z.object({
  visitDay: z.string(),
  confirmedAt: z.string(),
  /** The patient's number in ORCA, null while the clinic has not linked it. */
  patientNumber: z.string().nullable(),
  name: z.string(),
  nameKana: z.string(),
  birthDate: z.string(),
  benefits: z.array(orcaBenefitSchema),
})
export type OrcaVisit = z.infer<typeof orcaVisitSchema>

/** UTF-8 JSON of an OrcaVisit. Errors: ORCA_TRAINING; ORCA_BENEFIT_INCOMPLETE, TEXT_NOT_ENCODABLE with the field. */
export function renderOrcaVisit(document: HandoverDocument): Result<Uint8Array> {
  // A sample patient may be called like a real one.
  if (document.training) return fail('ORCA_TRAINING')
  const { patient } = document.eligibility
  const { items, onClaim } = document.handed
  const benefits: OrcaBenefit[] = []
  for (const item of items.slice(0, onClaim)) {
    const benefit = inOrcaForm(item.benefit)
    if (!benefit.ok) return benefit
    benefits.push(benefit.value)
  }
  const visit: OrcaVisit = {
    visitDay: document.visitDay,
    confirmedAt: document.confirmedAt,
    patientNumber: document.patientNumber,
    name: patient.name,
    nameKana: patient.nameKana,
    birthDate: patient.birthDate,
    benefits,
  }
  const field = hiddenField(visit)
  if (field !== null) return fail('TEXT_NOT_ENCODABLE', { field })
  return ok(Buffer.from(JSON.stringify(visit)))
}

export const readOrcaVisit = (payload: Uint8Array): OrcaVisit =>
  orcaVisitSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')))

function inOrcaForm({ payerNumber, recipientNumber, validFrom, validTo }: Benefit): Result<OrcaBenefit> {
  const payer = bareNumber(payerNumber ?? '')
  if (!isPayerNumber(payer)) return fail('ORCA_BENEFIT_INCOMPLETE', { field: 'payerNumber' })
  const recipient = bareNumber(recipientNumber ?? '')
  if (!/^[0-9A-Za-z]{1,20}$/.test(recipient)) return fail('ORCA_BENEFIT_INCOMPLETE', { field: 'recipientNumber' })
  return ok({ payerNumber: payer, recipientNumber: recipient, validFrom, validTo })
}

/** A number as it is meant, however it was typed: half-width, without spaces and hyphens. */
export const bareNumber = (text: string): string => text.normalize('NFKC').replace(/[\s\-‐－]/g, '')
