// What the receptionist needs to do or know about one certificate, and why. A warning of the certificate alone becomes
// advice here, in the light of the visit's day, the patient's other certificates and this clinic.
import { type Advice, type AdviceCode, contentFields } from './assessment.ts'
import type { LocalFinding } from './local/judge.ts'
import { isMedicalTicket } from './medical-tickets.ts'
import type { Benefit, RegisteredBenefit } from './model.ts'
import { conditionText, findScheme, type SchemeMaster } from './schemes.ts'
import { isMunicipal } from './together.ts'
import { endsInWave, endsOnTownDay, overlap } from './validity.ts'

export const advice = (code: AdviceCode, values: Advice['values'] = {}): Advice => ({ code, values })

/** How this clinic appears in 指定医療機関: names as registered, and the ten-digit 医療機関コード. */
export interface ClinicIdentity {
  readonly names: readonly string[]
  readonly institutionCode: string | null
}

/** The same certificate in every registered respect, whatever its version is called. */
export const isSameContent = (one: RegisteredBenefit, other: RegisteredBenefit): boolean =>
  one.certificateTypeId === other.certificateTypeId &&
  one.certificateSubKey === other.certificateSubKey &&
  contentFields.every((field) => sameValue(one[field], other[field]))

const isCompound = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Values of an answer: text, numbers and flags, and lists and records of them. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isCompound(one) || !isCompound(other)) return false
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => sameValue(one[name], other[name]))
}

/** One certificate of one person under one number: two of them cannot both count on one day. */
export const isSameCertificate = (one: RegisteredBenefit, other: RegisteredBenefit): boolean =>
  one.certificateTypeId === other.certificateTypeId &&
  one.certificateSubKey === other.certificateSubKey &&
  one.payerNumber === other.payerNumber

/** One registration, perhaps in another version. */
export const isSameRegistration = (one: RegisteredBenefit, other: RegisteredBenefit): boolean =>
  isSameCertificate(one, other) && (one.historyKey === other.historyKey || one.validFrom === other.validFrom)

/** Said twice: another one of the same content has the later version, or comes first. */
export const isDuplicate = (benefit: RegisteredBenefit, all: readonly RegisteredBenefit[]): boolean =>
  all.some(
    (other, at) =>
      other !== benefit &&
      isSameContent(other, benefit) &&
      (other.historyKey > benefit.historyKey || (other.historyKey === benefit.historyKey && at < all.indexOf(benefit))),
  )

/** Everything to say about `benefit` (already judged for the day), one of `all`. `clinic` null: not told in the settings. */
export function adviseBenefit(
  benefit: Benefit,
  all: readonly Benefit[],
  context: {
    readonly master: SchemeMaster
    readonly clinic: ClinicIdentity | null
    readonly local: LocalFinding | null
  },
): Advice[] {
  const others = all.filter((other) => other !== benefit)
  return [
    ...numberAdvice(benefit, context.master, context.local),
    ...periodAdvice(benefit, others),
    ...togetherAdvice(benefit, all, context.master),
    ...localAdvice(benefit, context.local),
    ...paymentAdvice(benefit, context.master),
    ...designationAdvice(benefit, context),
    ...conditionAdvice(benefit, context.master),
    ...(benefit.undisclosed ? [advice('UNDISCLOSED')] : []),
  ]
}

/** Warnings that are said with more than their code elsewhere. */
const saidElsewhere = ['NOT_YET_VALID', 'ENDS_SOON', 'PERIOD_OVER', 'MONTHLY_CAP_ON_PAPER', 'UNDISCLOSED']

function numberAdvice(benefit: Benefit, master: SchemeMaster, local: LocalFinding | null): Advice[] {
  const said = benefit.warnings.filter((code) => !saidElsewhere.includes(code) && code !== 'ALWAYS_REIMBURSED')
  const isUnlisted =
    benefit.scheme.kind === 'local' &&
    !local?.schemes.length &&
    !findScheme(benefit.payerNumber, benefit.validFrom, master).local
  return [...said.map((code) => advice(code)), ...(isUnlisted ? [advice('SCHEME_UNLISTED')] : [])]
}

function periodAdvice(benefit: Benefit, others: readonly Benefit[]): Advice[] {
  if (benefit.validity === 'notYet') return [advice('NOT_YET_VALID', { date: benefit.validFrom })]
  if (benefit.validity === 'over') return [advice('PERIOD_OVER', { date: benefit.validTo })]
  if (!benefit.warnings.includes('ENDS_SOON')) return []
  const next = others.find((other) => isSameCertificate(benefit, other) && other.validFrom > benefit.validTo)
  if (next) return [advice('RENEWAL_REGISTERED', { date: next.validFrom })]
  return [advice(renewalOf(benefit), { date: benefit.validTo })]
}

function renewalOf(benefit: Benefit): AdviceCode {
  if (endsInWave(benefit)) return 'ENDS_IN_WAVE'
  return benefit.scheme.kind === 'local' && endsOnTownDay(benefit) ? 'LOCAL_RENEWAL_DAY' : 'ENDS_SOON'
}

/** Paid back later where the municipality has registered that: the list cannot say anything else then. */
function localAdvice({ alwaysReimbursed }: Benefit, local: LocalFinding | null): Advice[] {
  if (!local || alwaysReimbursed) return []
  const { standing, schemes } = local
  const count = schemes.reduce((sum, { conditions }) => sum + conditions.length, 0)
  return [advice(localCodes[standing]), ...(count > 1 ? [advice('LOCAL_SEVERAL', { text: String(count) })] : [])]
}

const localCodes = {
  inKind: 'LOCAL_IN_KIND',
  notListed: 'LOCAL_NOT_LISTED',
  otherPrefecture: 'LOCAL_OTHER_PREFECTURE',
} as const satisfies Record<LocalFinding['standing'], AdviceCode>

function togetherAdvice(benefit: Benefit, all: readonly Benefit[], master: SchemeMaster): Advice[] {
  if (isDuplicate(benefit, all)) return [advice('DUPLICATE')]
  const others = all.filter((other) => other !== benefit && !isSameContent(benefit, other))
  const isOverlapping = others.some((other) => isSameCertificate(benefit, other) && overlap(benefit, other))
  const isLocal = ({ scheme, validity }: Benefit) => scheme.kind === 'local' && validity === 'valid'
  // Local schemes belong to where a person lives, and nobody lives in two prefectures.
  const prefecture = ({ payerNumber }: Benefit) => payerNumber?.slice(2, 4)
  const isElsewhere = others.some(
    (other) => isLocal(benefit) && isLocal(other) && prefecture(benefit) !== prefecture(other),
  )
  const isHelp = (other: Benefit) => other.validity === 'valid' && !other.alwaysReimbursed && isMunicipal(other, master)
  const isSecond = isHelp(benefit) && others.some((other) => isHelp(other) && other.payerNumber !== benefit.payerNumber)
  return [
    ...(isOverlapping ? [advice('OVERLAPPING')] : []),
    ...(isElsewhere ? [advice('TWO_PREFECTURES')] : isSecond ? [advice('TWO_HELPS')] : []),
  ]
}

function paymentAdvice(benefit: Benefit, master: SchemeMaster): Advice[] {
  const { monthlyCapYen: yen, alwaysReimbursed } = benefit
  if (alwaysReimbursed) return [advice('ALWAYS_REIMBURSED')]
  if (isMedicalTicket(benefit)) return yen === null ? [] : [advice('MEDICAL_TICKET_SELF_PAY', { yen })]
  if (yen === 0) return [advice('MONTHLY_CAP_ZERO')]
  if (yen !== null) return [advice('MONTHLY_CAP_ON_PAPER', { yen })]
  const { national } = findScheme(benefit.payerNumber, benefit.validFrom, master)
  return national?.hasMonthlyCap ? [advice('MONTHLY_CAP_UNKNOWN')] : []
}

function designationAdvice(
  benefit: Benefit,
  { master, clinic }: { readonly master: SchemeMaster; readonly clinic: ClinicIdentity | null },
): Advice[] {
  const listed = benefit.designatedInstitutions
  if (listed.length === 0) {
    const { national } = findScheme(benefit.payerNumber, benefit.validFrom, master)
    return national?.namesInstitutions ? [advice('DESIGNATION_ON_PAPER')] : []
  }
  if (!clinic || (clinic.names.length === 0 && clinic.institutionCode === null)) return [advice('DESIGNATION_ON_PAPER')]
  return [advice(listed.some((entry) => isClinic(entry, clinic)) ? 'DESIGNATED_HERE' : 'NOT_DESIGNATED_HERE')]
}

/** Spaces, width and the words before a name differ from list to list; a code in the entry is certain. */
function isClinic(entry: string, { names, institutionCode }: ClinicIdentity): boolean {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '')
  if (institutionCode !== null && plain(entry).includes(institutionCode)) return true
  return names.some((name) => name !== '' && plain(entry).endsWith(plain(name)))
}

function conditionAdvice({ additionalConditions, payerNumber }: Benefit, master: SchemeMaster): Advice[] {
  const pairs = (additionalConditions ?? '').split(';').filter((pair) => pair.trim() !== '')
  return pairs.map((pair) => {
    const text = conditionText(payerNumber, pair.trim(), master)
    return text === null ? advice('CONDITION_UNKNOWN', { text: pair.trim() }) : advice('CONDITION', { text })
  })
}
