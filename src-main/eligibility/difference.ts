// What has changed against what the clinic confirmed: certificate by certificate, field by field. Only a source that
// names an end with a day can offer to end anything; an answer that merely lacks a certificate offers to look at the
// paper, to ask again, or to keep what is there.
import { isDuplicate, isSameCertificate, isSameRegistration, sameValue } from './advice.ts'
import { type Choice, contentFields, type FoundDifference } from './assessment.ts'
import type { Confirmation, Decision } from './confirmation.ts'
import { isStillValid } from './effect.ts'
import type { Eligibility, RegisteredBenefit } from './model.ts'

/** A person has to decide before anything is applied. */
export const isQuestion = ({ choices: open, decided }: FoundDifference): boolean => open.length > 0 && decided === null

/** Which differences still wait for a decision, or got one that was not offered. */
export const undecided = <D extends FoundDifference>(
  differences: readonly D[],
  decisions: readonly Decision[],
): readonly D[] =>
  differences.filter((difference) => {
    if (!isQuestion(difference)) return false
    const decision = decisions.find(({ key }) => key === difference.key)
    return !decision || !difference.choices.includes(decision.choice)
  })

/** What the clinic holds against what the source says today. `confirmation` null: nothing confirmed before. */
export function differencesOf(
  confirmation: Pick<Confirmation, 'held' | 'decided'> | null,
  today: Omit<Eligibility, 'patient'>,
): FoundDifference[] {
  const answer = today.answers.medicalSubsidy
  // Nobody was reached, so nothing was said.
  if (answer.state === 'unreachable') return []
  const known = confirmation?.held ?? []
  const held = known.map(({ benefit }) => benefit)
  /** What one of the two sources never says is no difference between them. */
  const unsaidBy = (before: RegisteredBenefit) => {
    const source = known.find(({ benefit }) => benefit === before)?.source ?? today.source
    return today.source === source ? unsaid[source] : [...new Set([...unsaid[today.source], ...unsaid[source]])]
  }
  const said = answer.state === 'present' ? answer.items : []
  const mentioned = said.filter((benefit) => !isDuplicate(benefit, said))
  const { pairs, alone, missing } = matched(held, mentioned)
  const lines: readonly Line[] = [
    ...pairs.map(([before, after]) => compared(before, after, said.indexOf(after), unsaidBy(before), today.asOf)),
    ...alone.map((benefit) => line('new', { benefit: said.indexOf(benefit), subject: benefit })),
    ...missing.map((benefit) => notMentioned(benefit, mentioned, today)),
  ]
  return withOwnKeys(lines).map((each) => ({
    ...each,
    held: each.confirmed && held.indexOf(each.confirmed),
    decided: decidedBefore(each, confirmation?.decided ?? [], today.asOf),
  }))
}

/** Registrations that differ in nothing that a key holds are numbered. */
function withOwnKeys(lines: readonly Line[]): readonly Line[] {
  const seen = new Map<string, number>()
  return lines.map((each) => {
    const count = (seen.get(each.key) ?? 0) + 1
    seen.set(each.key, count)
    return count === 1 ? each : { ...each, key: `${each.key} ${count}` }
  })
}

type Line = Omit<FoundDifference, 'decided' | 'held'>

function line(
  kind: FoundDifference['kind'],
  what: { readonly subject: RegisteredBenefit } & Partial<Omit<Line, 'kind' | 'key'>>,
): Line {
  const { subject, ...rest } = what
  const details = { benefit: null, confirmed: null, fields: [], notCompared: [], endedOn: null, choices: [], ...rest }
  const { certificateTypeId, certificateSubKey, payerNumber, validFrom } = subject
  // 不開示 takes effect at once, so that tomorrow it is no part of the same difference any more.
  const after = details.fields.filter(not(isProtection)).map(({ field, after: value }) => [field, value])
  const key = JSON.stringify([
    kind,
    certificateTypeId,
    certificateSubKey,
    payerNumber,
    validFrom,
    details.confirmed?.historyKey ?? null,
    details.endedOn,
    after,
  ])
  return { kind, key, ...details }
}

type ContentField = (typeof contentFields)[number]

/** What a source never says cannot have changed by its silence: the terminal's XML has no element for these. */
const unsaid: Record<Eligibility['source'], readonly ContentField[]> = {
  pmh: [],
  terminal: ['designatedInstitutions', 'details'],
}

/** 不開示 that the source adds: it protects a person, and nobody at the counter can refuse it. */
const isProtection = ({ field, after }: FoundDifference['fields'][number]): boolean =>
  field === 'undisclosed' && after === true

const not =
  <T>(is: (value: T) => boolean) =>
  (value: T) =>
    !is(value)

function compared(
  before: RegisteredBenefit,
  after: RegisteredBenefit,
  benefit: number,
  silent: readonly ContentField[],
  day: string,
): Line {
  const notCompared = silent.filter((field) => isSaid(before[field]) || isSaid(after[field]))
  const what = { benefit, confirmed: before, subject: after, notCompared }
  const fields = contentFields
    .filter((field) => !silent.includes(field) && !sameValue(before[field], after[field]))
    .map((field) => ({ field, before: shown(before, field), after: shown(after, field) }))
  if (fields.length === 0) return line('unchanged', what)
  const isNext = after.validFrom > before.validTo
  // The same certificate for the next period is what everybody expects.
  const isExpected = ({ field }: FoundDifference['fields'][number]) =>
    isNext && (field === 'validFrom' || field === 'validTo')
  const isPlain = fields.every((field) => isExpected(field) || isProtection(field))
  const earlier: Choice[] = isStillValid(before, day) ? ['keep'] : []
  // What is renewed in good time goes on as it is, whatever becomes of the next period.
  const open: Choice[] = ['accept', ...earlier, ...(isNext && earlier.length > 0 ? [] : (['leave'] as const))]
  return line(isNext ? 'renewed' : 'changed', { ...what, fields, choices: isPlain ? [] : open })
}

const isSaid = (value: RegisteredBenefit[ContentField]): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null

/** A field as one value to compare by eye. */
function shown(
  benefit: RegisteredBenefit,
  field: (typeof contentFields)[number],
): FoundDifference['fields'][number]['before'] {
  if (field === 'details') return benefit.details.map(({ label, value }) => `${label} ${value}`).join('、') || null
  if (field === 'designatedInstitutions') return benefit.designatedInstitutions.join('、') || null
  return benefit[field]
}

function notMentioned(
  held: RegisteredBenefit,
  mentioned: readonly RegisteredBenefit[],
  today: Omit<Eligibility, 'patient'>,
): Line {
  const what = { confirmed: held, subject: held }
  const answer = today.answers.medicalSubsidy
  if (answer.state === 'ended') {
    const isNamed = answer.items.length === 0 || answer.items.some((item) => isSameRegistration(item, held))
    if (isNamed) return line('ended', { ...what, endedOn: answer.endedOn, choices: ['accept', 'leave'] })
  }
  const withdrawal = today.withdrawn?.find(({ benefit }) => isSameRegistration(benefit, held))
  if (withdrawal) {
    const { withdrawnOn } = withdrawal
    // Without a day nothing can be ended: the paper decides.
    const open: Choice[] = withdrawnOn === null ? ['paper', 'askAgain', 'leave'] : ['accept', 'leave']
    return line('withdrawn', { ...what, endedOn: withdrawnOn, choices: open })
  }
  if (!isStillValid(held, today.asOf)) return line('lapsed', what)
  // The next period is registered: that of today runs to its own end.
  const isNext = (other: RegisteredBenefit) => isSameCertificate(other, held) && other.validFrom > held.validTo
  if (mentioned.some(isNext)) return line('unchanged', what)
  return line('absent', { ...what, choices: ['paper', 'askAgain', 'leave'] })
}

/**
 * Pairs what is held with what is mentioned: first by version, then by number and first day, then by number in the order
 * of the periods. A certificate of another number is another certificate, unless its version says otherwise.
 */
function matched(held: readonly RegisteredBenefit[], mentioned: readonly RegisteredBenefit[]) {
  const byStart = (one: RegisteredBenefit, other: RegisteredBenefit) => (one.validFrom < other.validFrom ? -1 : 1)
  const missing = held.toSorted(byStart)
  const alone = [...mentioned]
  const pairs: (readonly [RegisteredBenefit, RegisteredBenefit])[] = []
  const tiers: readonly ((one: RegisteredBenefit, other: RegisteredBenefit) => boolean)[] = [
    (one, other) =>
      one.certificateTypeId === other.certificateTypeId &&
      one.certificateSubKey === other.certificateSubKey &&
      one.historyKey === other.historyKey,
    (one, other) => isSameCertificate(one, other) && one.validFrom === other.validFrom,
    isSameCertificate,
  ]
  for (const fits of tiers) {
    for (const before of [...missing]) {
      const [after] = alone.filter((candidate) => fits(before, candidate)).sort(byStart)
      if (!after) continue
      pairs.push([before, after])
      missing.splice(missing.indexOf(before), 1)
      alone.splice(alone.indexOf(after), 1)
    }
  }
  const place = ([, after]: readonly [RegisteredBenefit, RegisteredBenefit]) => mentioned.indexOf(after)
  return { pairs: pairs.sort((one, other) => place(one) - place(other)), alone, missing }
}

/** A question is asked once a month: that is how often clinics look at papers anyway. */
function decidedBefore({ key, choices: open }: Line, decided: readonly Decision[], asOf: string) {
  const month = asOf.slice(0, 7)
  const before = decided.find((decision) => decision.key === key && decision.at.slice(0, 7) === month)
  if (!before || before.choice === 'accept' || !open.includes(before.choice)) return null
  return { choice: before.choice, at: before.at }
}
