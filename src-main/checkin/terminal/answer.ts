// What a message of the terminal says: of which day, about whom, and as an answer like that of any other source. Nobody is
// picked where it could be about several. Several results of one file are the insurances of one person (a change of employer,
// 医療扶助 beside an insurance): what counts today is what the one says that the person has today.
import type { Insurance } from '../../eligibility/insurance.ts'
import { comparableKana, mayBeOne, personKey } from '../../eligibility/matching.ts'
import type { Eligibility, Patient } from '../../eligibility/model.ts'
import type { TerminalMessage, TerminalResult } from '../../hub/terminal/message.ts'

export const dayOf = ({ confirmedOn, processedAt }: TerminalMessage) => confirmedOn ?? processedAt.slice(0, 10)

/** What all results of a message say of their one person. */
export interface PersonOfMessage extends Pick<TerminalResult, 'person' | 'referenceNumber' | 'benefits'> {
  readonly insurance: Insurance
}

/**
 * null: nobody, or not certainly one person. Kanji are never compared: ● stands in for what an insurer's system does not
 * have. 照会番号 is registered for each insurance, so that one result may have none yet; two different ones are two people.
 */
export function onePerson(results: readonly TerminalResult[], day: string): PersonOfMessage | null {
  const [first, ...others] = results
  if (!first || others.some((other) => results.some((one) => !isOnePerson(one, other)))) return null
  const numbers = new Set(results.flatMap(({ referenceNumber }) => referenceNumber ?? []))
  if (numbers.size > 1) return null
  const [referenceNumber = null] = numbers
  const leading = byWeight(results, day)[0] ?? first
  return {
    person: {
      ...leading.person,
      name: writable(leading, results).person.name,
      nameKana: results.find(({ person }) => isSaid(person.nameKana))?.person.nameKana ?? leading.person.nameKana,
      sex: results.find(({ person }) => person.sex !== 'unknown')?.person.sex ?? 'unknown',
    },
    referenceNumber,
    benefits: benefitsOf(results),
    insurance: insuranceOf(results, day),
  }
}

function isOnePerson(one: TerminalResult, other: TerminalResult): boolean {
  if (!mayBeOne(one.person, other.person)) return false
  const [key, otherKey] = [one, other].map(({ person }) => personKey({ ...person, referenceNumber: null }))
  // Where one says no kana the name is all there is.
  const isSameName = spaceless(one.person.name) === spaceless(other.person.name)
  return key !== null && otherKey !== null ? key === otherKey : isSameName
}

const spaceless = (name: string) => name.replace(/\s/g, '')

const isSaid = (kana: string) => comparableKana(kana) !== '' && !kana.includes('●')

/** The first whose name can be written, among the same person's names; the one that counts comes first. */
const writable = (leading: TerminalResult, results: readonly TerminalResult[]): TerminalResult =>
  [leading, ...results].find(({ person }) => !person.name.includes('●')) ?? leading

/** What counts on the day before what does not, an insurance before 医療扶助, the later one before the earlier. */
const byWeight = (results: readonly TerminalResult[], day: string): TerminalResult[] =>
  results.toSorted(
    (one, other) =>
      Number(counts(other, day)) - Number(counts(one, day)) ||
      Number(one.insurance.isAssistance) - Number(other.insurance.isAssistance) ||
      (other.insurance.qualifiedOn ?? '').localeCompare(one.insurance.qualifiedOn ?? ''),
  )

/** On 資格喪失年月日 itself it is lost. */
const counts = ({ insurance: { qualifiedOn, disqualifiedOn } }: TerminalResult, day: string): boolean =>
  (qualifiedOn === null || qualifiedOn <= day) && (disqualifiedOn === null || day < disqualifiedOn)

/** The same certificate may stand in each of them. */
function benefitsOf(results: readonly TerminalResult[]): TerminalResult['benefits'] {
  if (results.some(({ benefits }) => benefits === null)) return null
  return [
    ...new Map(results.flatMap(({ benefits }) => benefits ?? []).map((one) => [JSON.stringify(one), one])).values(),
  ]
}

function insuranceOf(results: readonly TerminalResult[], day: string): Insurance {
  const today = byWeight(results, day).filter((result) => counts(result, day))
  const insurance = today.find(({ insurance: { isAssistance } }) => !isAssistance)?.insurance
  const assistances = today.filter(({ insurance: { isAssistance } }) => isAssistance)
  const { limit = null, limitConsent = null, share = null, elderlyShare = null } = insurance ?? {}
  const isOfToday = ({ validFrom, validTo }: NonNullable<typeof limit | typeof elderlyShare>) =>
    (validFrom ?? day) <= day && day <= (validTo ?? day)
  return {
    limitCategory: limit && isOfToday(limit) ? limit.category : null,
    limitConsent,
    sharePercent: elderlyShare && isOfToday(elderlyShare) ? elderlyShare.percent : share,
    hasAssistance: assistances.length > 0,
    medicalTickets: assistances.flatMap(({ insurance: { tickets } }) => tickets),
  }
}

/** The terminal says nothing about vaccinations and checkups: nothing came, and that is all. */
export const answerOf = (
  patient: Patient,
  message: TerminalMessage,
  { benefits, insurance }: PersonOfMessage,
): Eligibility => ({
  patient,
  asOf: dayOf(message),
  fetchedAt: message.processedAt,
  source: 'terminal',
  answers: {
    medicalSubsidy:
      benefits === null ? unread : benefits.length > 0 ? { state: 'present', items: [...benefits] } : nothing,
    vaccination: unread,
    checkup: unread,
  },
  insurance,
})

const nothing = { state: 'absent' } as const
/** Nobody has been asked: that is not the answer that there is none. */
const unread = { state: 'unreachable', cached: null } as const
