// Laws that hold for any history of answers and any decisions: an order that is total and stable, no difference between
// equal versions, and nothing held that ends without a source that named an end with a day.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSameContent } from '../../src-main/eligibility/advice.ts'
import { assess } from '../../src-main/eligibility/assess.ts'
import { type Assessment, assessmentSchema } from '../../src-main/eligibility/assessment.ts'
import { judgeBenefit } from '../../src-main/eligibility/benefit.ts'
import {
  type Confirmation,
  confirm,
  confirmationSchema,
  type Decision,
} from '../../src-main/eligibility/confirmation.ts'
import { undecided } from '../../src-main/eligibility/difference.ts'
import { handedSchema } from '../../src-main/eligibility/handed.ts'
import type { Answers, Benefit, Eligibility, RegisteredBenefit } from '../../src-main/eligibility/model.ts'
import { orderBenefits } from '../../src-main/eligibility/order.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { clinicContext, day, eligibilityOf, registered } from './samples.ts'

const numRuns = Number(process.env.FUZZ_RUNS ?? 200)

const anyDay = fc.constantFrom(
  '2025-10-01',
  '2026-01-01',
  '2026-06-01',
  '2026-06-15',
  '2026-06-30',
  '2026-09-30',
  '2027-03-31',
)

const anyRegistered: fc.Arbitrary<RegisteredBenefit> = fc.record({
  certificateTypeId: fc.constantFrom('NANBYO54', 'KODOMO88', 'KOSEI15', 'X'),
  certificateSubKey: fc.constantFrom(null, '01'),
  certificateName: fc.constantFrom('受給者証', '医療証'),
  payerNumber: fc.constantFrom(null, '54136015', '88138243', '88131248', '15138019', '78136017', '１２３'),
  recipientNumber: fc.constantFrom(null, '5401609', 'A-1'),
  validFrom: anyDay,
  validTo: anyDay,
  monthlyCapYen: fc.constantFrom(null, 0, 5000),
  alwaysReimbursed: fc.boolean(),
  undisclosed: fc.boolean(),
  segment: fc.constantFrom(null, '1割'),
  incomeSegment: fc.constantFrom(null, '一般'),
  additionalConditions: fc.constantFrom(null, '01-02', ';;'),
  designatedInstitutions: fc.constantFrom<string[]>([], ['まどぐち内科クリニック'], ['ほか']),
  details: fc.constantFrom<RegisteredBenefit['details']>([], [{ label: '疾病名', value: '○' }]),
  historyKey: fc.constantFrom('1', '2', '3'),
})

const judge = (registered: RegisteredBenefit) => judgeBenefit(registered, day, shippedMaster)

const asText = (value: unknown) => JSON.stringify(value)

const anyBenefits = fc.array(anyRegistered.map(judge), { maxLength: 6 })

const anyAnswer: fc.Arbitrary<Answers['medicalSubsidy']> = fc.oneof(
  fc.array(anyRegistered, { minLength: 1, maxLength: 6 }).map((items) => ({ state: 'present' as const, items })),
  fc.constantFrom({ state: 'absent' as const }, { state: 'withheld' as const }),
  fc.record({
    state: fc.constant('ended' as const),
    endedOn: anyDay,
    items: fc.array(anyRegistered, { maxLength: 6 }),
  }),
)

const anyVisit = fc.record({
  answer: anyAnswer,
  withdrawn: fc.array(fc.record({ benefit: anyRegistered, withdrawnOn: fc.option(anyDay) }), { maxLength: 2 }),
  choices: fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
})

/** One visit after another, every question answered with one of the choices offered. */
function visit(
  before: Confirmation | null,
  {
    answer,
    withdrawn,
    choices,
  }: { answer: Answers['medicalSubsidy']; withdrawn: Eligibility['withdrawn']; choices: number[] },
): { today: Eligibility; assessment: Assessment; decisions: Decision[]; after: Confirmation } {
  const today: Eligibility = { ...eligibilityOf(answer), withdrawn }
  const assessment = assess(today, { versions: [], confirmation: before }, clinicContext)
  const decisions = undecided(assessment.differences, []).map((difference, index): Decision => {
    const open = difference.choices.flatMap((choice) => (choice === 'askAgain' ? [] : [choice]))
    return { key: difference.key, choice: open[(choices[index] ?? 0) % open.length] ?? 'leave', at: today.fetchedAt }
  })
  const after = confirm({ before, today, assessment, decisions, at: today.fetchedAt, clinic: clinicContext })
  return { today, assessment, decisions, after }
}

describe('the order on the claim', () => {
  const context = { master: shippedMaster, chosen: [], helps: [], places: [{ destination: 'a', places: 4 }] }

  test('holds every certificate that counts today exactly once, on the claim or with the reason why not', () => {
    fc.assert(
      fc.property(anyBenefits, (benefits) => {
        const { steps, leftOut } = orderBenefits(benefits, context)
        const onClaim = steps.map(({ benefit }) => benefit)
        const off = leftOut.filter(({ reason }) => reason !== 'places').map(({ benefit }) => benefit)
        const counting = benefits.flatMap(({ validity }, index) => (validity === 'valid' ? [index] : []))
        expect([...onClaim, ...off].toSorted((a, b) => a - b)).toEqual(counting)
        expect(leftOut.filter(({ reason }) => reason === 'places').length).toBe(Math.max(0, onClaim.length - 4))
      }),
      { numRuns },
    )
  })

  test('is the same whatever order the source lists them in', () => {
    const shuffled = anyBenefits.chain((benefits) =>
      fc.tuple(fc.constant(benefits), fc.shuffledSubarray(benefits, { minLength: benefits.length })),
    )
    const claimOf = (benefits: readonly Benefit[]) =>
      orderBenefits(benefits, context).steps.map(({ benefit, rule }) => [rule, benefits[benefit]])
    fc.assert(
      fc.property(shuffled, ([benefits, other]) => {
        expect(claimOf(other)).toEqual(claimOf(benefits))
      }),
      { numRuns },
    )
  })
})

describe('the difference to what was confirmed', () => {
  test('is empty between equal answers, and asks nothing', () => {
    fc.assert(
      fc.property(anyVisit, (first) => {
        const { after } = visit(null, first)
        const again = visit(after, { ...first, withdrawn: [] }).assessment.differences
        expect(again.every(({ kind }) => ['unchanged', 'lapsed', 'absent'].includes(kind))).toBe(true)
        // What the source lists it lists as before.
        expect(again.filter(({ benefit }) => benefit !== null).every(({ kind }) => kind === 'unchanged')).toBe(true)
      }),
      { numRuns },
    )
  })

  test('never ends what is held unless the source named an end with a day and a person accepted it', () => {
    fc.assert(
      fc.property(fc.array(anyVisit, { minLength: 1, maxLength: 5 }), (visits) => {
        let before: Confirmation | null = null
        for (const each of visits) {
          const { assessment, decisions, after }: ReturnType<typeof visit> = visit(before, each)
          const accepted = assessment.differences.filter(
            ({ key, kind, endedOn }) =>
              (kind === 'ended' || kind === 'withdrawn') &&
              endedOn !== null &&
              decisions.some((decision) => decision.key === key && decision.choice === 'accept'),
          )
          // As many as before and the new ones, but for those that ended in the open; what is renewed in good time runs on.
          const isRunningOn = ({ key, kind, confirmed, choices: open }: Assessment['differences'][number]) =>
            kind === 'renewed' &&
            confirmed !== null &&
            confirmed.validTo >= day &&
            (open.length === 0 || decisions.some((one) => one.key === key && one.choice === 'accept'))
          const isNew = assessment.differences.filter((each) => each.kind === 'new' || isRunningOn(each)).length
          expect(after.held.length).toBe((before?.held.length ?? 0) + isNew - accepted.length)
          // An answer that is only empty leaves everything as it was.
          if (each.answer.state === 'absent' && each.withdrawn.length === 0)
            expect(new Set(after.held.map(asText))).toEqual(new Set((before?.held ?? []).map(asText)))
          before = confirmationSchema.parse(after)
        }
      }),
      { numRuns },
    )
  })

  test('offers for a certificate that is not mentioned only the paper, another question, or to leave it open', () => {
    fc.assert(
      fc.property(anyVisit, anyVisit, (first, second) => {
        const { assessment } = visit(visit(null, first).after, second)
        for (const { kind, choices, endedOn } of assessment.differences) {
          if (kind === 'absent') expect(choices).toEqual(['paper', 'askAgain', 'leave'])
          if (endedOn === null && kind === 'withdrawn') expect(choices).toEqual(['paper', 'askAgain', 'leave'])
        }
        assessmentSchema.parse(assessment)
      }),
      { numRuns },
    )
  })
})

describe('what only one of the two sources says', () => {
  const certificate = registered({ designatedInstitutions: ['まどぐち内科クリニック'] })
  const bare = registered()
  const first = { ...eligibilityOf({ state: 'present', items: [certificate] }), source: 'pmh' as const }
  const held = [
    { benefit: certificate, source: 'pmh' as const, fetchedAt: first.fetchedAt, confirmedAt: first.fetchedAt },
  ]
  const differencesBy = (source: 'pmh' | 'terminal', benefit: RegisteredBenefit) => {
    const today = { ...eligibilityOf({ state: 'present', items: [benefit] }), source }
    return assess(today, { versions: [], confirmation: { held, decided: [] } }, clinicContext).differences
  }

  test('is no difference, is named as not compared, and hides none that both can say', () => {
    expect(differencesBy('terminal', bare)).toMatchObject([
      { kind: 'unchanged', fields: [], notCompared: expect.arrayContaining(['designatedInstitutions']) },
    ])
    expect(differencesBy('terminal', { ...bare, recipientNumber: '5401610' })).toMatchObject([
      { kind: 'changed', fields: [{ field: 'recipientNumber' }] },
    ])
  })

  test('is one where the same source says it', () => {
    expect(differencesBy('pmh', bare)).toMatchObject([{ kind: 'changed', notCompared: [] }])
    expect(differencesBy('pmh', certificate)).toMatchObject([{ kind: 'unchanged', notCompared: [] }])
  })
})

describe('what is handed over', () => {
  test('holds what the source says, or what was confirmed earlier and still runs where a person chose it', () => {
    fc.assert(
      fc.property(anyVisit, anyVisit, (first, second) => {
        const before = visit(null, first).after
        const { after, assessment, decisions } = visit(before, second)
        const said = assessment.benefits.map(({ benefit }) => benefit)
        const choiceOf = (key: string) => decisions.find((decision) => decision.key === key)?.choice
        const isIn = (list: readonly RegisteredBenefit[], one: Benefit) =>
          list.some((other) => isSameContent(one, other))
        const held = before.held.map(({ benefit }) => benefit)
        for (const { benefit, basis, endedOn } of after.handed.items) {
          const unprotected = { ...benefit, undisclosed: false }
          if (basis === 'source') expect(isIn([...said, ...held], benefit)).toBe(true)
          else expect(isIn([...held, ...held.map((one) => ({ ...one, undisclosed: true }))], benefit)).toBe(true)
          if (basis !== 'source') expect([unprotected.validTo >= day, endedOn]).toEqual([true, null])
        }
        const chosen = new Set(decisions.map(({ choice }) => choice))
        if (after.handed.items.some(({ basis }) => basis === 'paper')) expect(chosen).toContain('paper')
        for (const { key, benefit } of assessment.differences) {
          const choice = choiceOf(key)
          const refused = benefit === null || choice === undefined || choice === 'accept' ? null : said[benefit]
          if (refused) {
            expect(after.handed.items.some(({ benefit: given }) => asText(given) === asText(refused))).toBe(
              said.filter((other) => asText(other) === asText(refused)).length > 1,
            )
          }
        }
      }),
      { numRuns },
    )
  })

  test('never says absent where the source said something', () => {
    fc.assert(
      fc.property(anyVisit, anyVisit, (first, second) => {
        const { after, today } = visit(visit(null, first).after, second)
        const { state } = today.answers.medicalSubsidy
        if (state === 'present' || state === 'ended') expect(after.handed.state).not.toBe('absent')
        if (after.handed.state === 'notAccepted') expect(after.handed.leftOut.length).toBeGreaterThan(0)
        handedSchema.parse(after.handed)
      }),
      { numRuns },
    )
  })

  test('lists the certificates in the order of the claim', () => {
    const national = { ...sample, payerNumber: '54136015', certificateTypeId: 'A' }
    const local = { ...sample, payerNumber: '88138243', certificateTypeId: 'B' }
    const { after } = visit(null, {
      answer: { state: 'present', items: [local, national] },
      withdrawn: [],
      choices: [],
    })
    expect(after.handed.items.map(({ benefit }) => benefit.payerNumber)).toEqual(['54136015', '88138243'])
  })
})

const sample = registered()

test('content is compared without the version and the judgement of the day', () => {
  const one = judge(sample)
  const other: Benefit = { ...one, historyKey: '2', validity: 'over', warnings: [] }
  expect(isSameContent(one, other)).toBe(true)
  expect(isSameContent(one, { ...one, recipientNumber: '１２３４５６６' })).toBe(false)
})

describe('since when the source says so', () => {
  const version = (fetchedAt: string, ...items: RegisteredBenefit[]): Eligibility => ({
    ...eligibilityOf(items.length === 0 ? { state: 'absent' } : { state: 'present', items }),
    fetchedAt,
  })
  const one = sample
  const changed = { ...sample, recipientNumber: 'B' }
  const since = (...versions: Eligibility[]) =>
    assess(eligibilityOf({ state: 'present', items: [one] }), { versions, confirmation: null }, clinicContext)
      .benefits[0]?.saidSince

  test('is the oldest version that said exactly this, without a gap', () => {
    const [newest, older, oldest] = [
      '2026-06-01T09:00:00.000+09:00',
      '2026-05-01T09:00:00.000+09:00',
      '2026-04-01T09:00:00.000+09:00',
    ]
    expect(since()).toBeNull()
    expect(since(version(newest, one), version(older, one))).toBe(older)
    expect(since(version(newest, one), version(older, changed), version(oldest, one))).toBe(newest)
    expect(since(version(newest), version(older, one))).toBeNull()
  })
})
