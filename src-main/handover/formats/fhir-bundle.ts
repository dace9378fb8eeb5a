// The visit as a FHIR R4 collection Bundle: one Coverage (JP Core 1.2 JP_Coverage) per certificate: those of the claim,
// in its order, then what does not count today; one that has ended is cancelled, with its last day.
// JP Core names identifier systems for 公費 but uses them in no profile, so: the payer number identifies the payor's
// Organization, the recipient number the Coverage. What the answer says besides, and what is left out, stands in an
// OperationOutcome, because a bundle without Coverage must not be read as "the 公費 has ended".
import { createHash } from 'node:crypto'
import type { DestinationOf } from '../../contract/destination.ts'
import { type HandedItem, type HandedState, isByHand } from '../../eligibility/handed.ts'
import type { AnswerState, Benefit, Sex } from '../../eligibility/model.ts'
import { isOpenEnd } from '../../eligibility/validity.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { hiddenField } from '../../text/hidden.ts'
import { type HandoverDocument, missing } from './handover-document.ts'

const core = 'http://jpfhir.jp/fhir/core'
const profile = (name: string) => ({ meta: { profile: [`${core}/StructureDefinition/${name}`] } })
const payerSystem = `${core}/mhlw/IdSystem/PublicPayerNumber`
const recipientSystem = `${core}/mhlw/IdSystem/PublicInsuredPersonNumber`

/** 保険種別コード (厚生労働省 電子処方箋 CDA 記述仕様 別表11), as the official example of a 公費 has it: 8 is 公費. */
const insuranceCategories = 'urn:oid:1.2.392.100495.20.2.61'
const publicExpense = '8'

const genders: Record<Sex, string> = { male: 'male', female: 'female', other: 'other', unknown: 'unknown' }

/** FHIR's issue types for what an answer says about itself. */
const issueTypes: Record<AnswerState | HandedState, string> = {
  present: 'informational',
  absent: 'not-found',
  withheld: 'suppressed',
  ended: 'expired',
  unreachable: 'transient',
  notAccepted: 'incomplete',
}

/** UTF-8 without BOM. Errors: TEXT_NOT_ENCODABLE with the field that holds what nobody can see. */
export function renderFhirBundle(document: HandoverDocument, destination: DestinationOf<'fhir'>): Result<Uint8Array> {
  const { handed, deliveryId } = document
  const id = (name: string) => uuidOf(`${deliveryId} ${name}`)
  const patient = { id: id('patient'), ...patientResource(document, destination.institutionCode) }
  const coverages = handed.items.flatMap((item, index) => {
    const payor = { id: id(`payor ${index}`), ...organizationResource(item.benefit) }
    const order = index < handed.onClaim ? index + 1 : null
    const coverage = { id: id(`coverage ${index}`), ...coverageResource(item, order, patient.id, payor.id) }
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

/** Our own codes, told in docs/import-file.md: on whose word a certificate is here, and why one is not. */
const basisSystem = 'urn:madoguchi:certificate-basis'
const leftOutSystem = 'urn:madoguchi:left-out-reason'

/** Test data, by the word FHIR has for it. */
const securitySystem = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'

/** The numbers of one institution: the system ends in its 医療機関コード (JP Core, JP_Patient). */
const patientSystem = (institutionCode: string) => `urn:oid:1.2.392.100495.20.3.51.1${institutionCode}`

/** JP_Patient asks for an identifier that says whose it is; a patient without one does not claim to be that. */
const patientResource = (
  { eligibility: { patient }, patientNumber }: HandoverDocument,
  institutionCode: string | undefined,
) => ({
  resourceType: 'Patient',
  ...(patientNumber !== null && institutionCode !== undefined && profile('JP_Patient')),
  ...(patientNumber !== null && {
    identifier: [
      {
        use: 'usual',
        ...(institutionCode !== undefined && { system: patientSystem(institutionCode) }),
        value: patientNumber,
      },
    ],
  }),
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

/** `order` null: it stands on no claim. */
const coverageResource = (
  { benefit, basis, endedOn }: HandedItem,
  order: number | null,
  patient: string,
  payor: string,
) => ({
  resourceType: 'Coverage',
  meta: { ...profile('JP_Coverage').meta, tag: [{ system: basisSystem, code: basis }] },
  ...(benefit.recipientNumber !== null && {
    identifier: [{ system: recipientSystem, value: benefit.recipientNumber }],
    subscriberId: benefit.recipientNumber,
  }),
  status: benefit.validity === 'over' ? 'cancelled' : benefit.validity === 'notYet' ? 'draft' : 'active',
  type: { coding: [{ system: insuranceCategories, code: publicExpense }], text: benefit.certificateName },
  beneficiary: { reference: `urn:uuid:${patient}` },
  payor: [{ reference: `urn:uuid:${payor}` }],
  period: periodOf(benefit.validFrom, endedOn ?? benefit.validTo),
  ...(order !== null && { order }),
  ...(benefit.monthlyCapYen !== null && {
    costToBeneficiary: [
      { type: { text: '自己負担上限月額' }, valueMoney: { value: benefit.monthlyCapYen, currency: 'JPY' } },
    ],
  }),
})

/**
 * Without a last day it has no end in FHIR (it goes on). A period that ends before it starts is none; what counts then is its
 * end.
 */
const periodOf = (start: string, end: string) =>
  isOpenEnd({ validTo: end }) ? { start } : start <= end ? { start, end } : { end }

const outcomeResource = (document: HandoverDocument) => {
  const { handed, eligibility } = document
  const { vaccination, checkup } = eligibility.answers
  const states = { medicalSubsidy: handed.state, vaccination: vaccination.state, checkup: checkup.state }
  const { named } = missing(document)
  return {
    resourceType: 'OperationOutcome',
    issue: [
      ...Object.entries(states).map(([category, state]) => ({
        severity: 'information',
        code: issueTypes[state],
        diagnostics: `${category}: ${state}`,
      })),
      ...named.map(({ benefit, reason }) => ({
        severity: isByHand(reason) ? 'warning' : 'information',
        code: 'incomplete',
        details: { coding: [{ system: leftOutSystem, code: reason }], text: certificateText(benefit) },
        diagnostics: `medicalSubsidy left out: ${reason}`,
      })),
    ],
  }
}

const certificateText = ({ certificateName, payerNumber, recipientNumber, validFrom, validTo }: Benefit) =>
  [certificateName, payerNumber, recipientNumber, `${validFrom}/${validTo}`].filter((part) => part !== null).join(' ')

/** A UUID that is the same for the same name (RFC 9562, version 8): the same delivery is the same bundle, byte for byte. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
