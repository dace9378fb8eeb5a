// The visit as a FHIR R4 collection Bundle: one Coverage (JP Core 1.2 JP_Coverage) per certificate that counts today.
// JP Core names identifier systems for 公費 but uses them in no profile, so: the payer number identifies the payor's
// Organization, the recipient number the Coverage. What the answer says besides stands in an OperationOutcome, because a
// bundle without Coverage must not be read as "the 公費 has ended".
import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../contract/result.ts'
import type { AnswerState, Benefit, Sex } from '../eligibility/model.ts'
import { hiddenField } from '../text/hidden.ts'
import type { HandoverDocument } from './document.ts'

const core = 'http://jpfhir.jp/fhir/core'
const profile = (name: string) => ({ meta: { profile: [`${core}/StructureDefinition/${name}`] } })
const payerSystem = `${core}/mhlw/IdSystem/PublicPayerNumber`
const recipientSystem = `${core}/mhlw/IdSystem/PublicInsuredPersonNumber`

const genders: Record<Sex, string> = { male: 'male', female: 'female', other: 'other', unknown: 'unknown' }

/** FHIR's issue types for what an answer says about itself. */
const issueTypes: Record<AnswerState, string> = {
  present: 'informational',
  absent: 'not-found',
  withheld: 'suppressed',
  ended: 'expired',
  unreachable: 'transient',
}

/** UTF-8 without BOM. Errors: TEXT_NOT_ENCODABLE with the field that holds what nobody can see. */
export function renderFhirBundle(document: HandoverDocument): Result<Uint8Array> {
  const { eligibility, deliveryId } = document
  const { medicalSubsidy } = eligibility.answers
  const id = (name: string) => uuidOf(`${deliveryId} ${name}`)
  const benefits = medicalSubsidy.state === 'present' ? medicalSubsidy.items : []
  const patient = { id: id('patient'), ...patientResource(document) }
  const coverages = benefits.flatMap((benefit, index) => {
    const payor = { id: id(`payor ${index}`), ...organizationResource(benefit) }
    const coverage = { id: id(`coverage ${index}`), ...coverageResource(benefit, index + 1, patient.id, payor.id) }
    return [payor, coverage]
  })
  const outcome = { id: id('outcome'), ...outcomeResource(document) }
  const bundle = {
    resourceType: 'Bundle',
    id: deliveryId,
    ...(document.training && { meta: { tag: [{ system: securitySystem, code: 'HTEST' }] } }),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${deliveryId}` },
    type: 'collection',
    timestamp: document.confirmedAt,
    entry: [patient, ...coverages, outcome].map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
  }
  const field = hiddenField(bundle)
  if (field !== null) return fail('TEXT_NOT_ENCODABLE', { field })
  return ok(new TextEncoder().encode(`${JSON.stringify(bundle, null, 2)}\n`))
}

/** Test data, by the word FHIR has for it. */
const securitySystem = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'

const patientResource = ({ eligibility: { patient }, patientNumber }: HandoverDocument) => ({
  resourceType: 'Patient',
  ...profile('JP_Patient'),
  ...(patientNumber !== null && { identifier: [{ use: 'usual', value: patientNumber }] }),
  name: [
    { ...representation('IDE'), use: 'official', text: patient.name },
    ...(patient.nameKana === '' ? [] : [{ ...representation('SYL'), use: 'official', text: patient.nameKana }]),
  ],
  gender: genders[patient.sex],
  birthDate: patient.birthDate,
})

/** IDE: as written, in kanji; SYL: as spoken, in kana. */
const representation = (code: 'IDE' | 'SYL') => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: code }],
})

const organizationResource = ({ payerNumber, scheme }: Benefit) => ({
  resourceType: 'Organization',
  ...profile('JP_Organization'),
  ...(payerNumber !== null && { identifier: [{ system: payerSystem, value: payerNumber }] }),
  name: scheme.name,
})

const coverageResource = (benefit: Benefit, order: number, patient: string, payor: string) => ({
  resourceType: 'Coverage',
  ...profile('JP_Coverage'),
  ...(benefit.recipientNumber !== null && {
    identifier: [{ system: recipientSystem, value: benefit.recipientNumber }],
    subscriberId: benefit.recipientNumber,
  }),
  status: benefit.validity === 'over' ? 'cancelled' : benefit.validity === 'notYet' ? 'draft' : 'active',
  type: { text: benefit.certificateName },
  beneficiary: { reference: `urn:uuid:${patient}` },
  payor: [{ reference: `urn:uuid:${payor}` }],
  period: { start: benefit.validFrom, end: benefit.validTo },
  order,
  ...(benefit.monthlyCapYen !== null && {
    costToBeneficiary: [
      { type: { text: '自己負担上限月額' }, valueMoney: { value: benefit.monthlyCapYen, currency: 'JPY' } },
    ],
  }),
})

const outcomeResource = ({ eligibility }: HandoverDocument) => ({
  resourceType: 'OperationOutcome',
  issue: (['medicalSubsidy', 'vaccination', 'checkup'] as const).map((category) => ({
    severity: 'information',
    code: issueTypes[eligibility.answers[category].state],
    diagnostics: `${category}: ${eligibility.answers[category].state}`,
  })),
})

/** A UUID that is the same for the same name (RFC 9562, version 8): the same delivery is the same bundle, byte for byte. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
