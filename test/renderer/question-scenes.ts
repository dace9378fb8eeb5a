// What a person decides about an answer, and what the decision did.
import type { Reception } from '../../src-main/contract/reception.ts'
import { insuranceSchema } from '../../src-main/eligibility/insurance.ts'
import { at, placed } from './scene-desk.ts'
import { answered, benefit, child, nothing, oneParent } from './scene-parts.ts'

function enteredByHand(): Reception {
  const given = at(
    { ...answered, answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child] } } },
    { held: [child, oneParent], choices: ['leave'] },
  )
  const { current } = given
  if (!current?.handed) throw new Error('nothing is handed over')
  const visit = { ...current, handed: { ...current.handed, enteredAt: '2026-11-23T09:20:00.000+09:00' } }
  return placed({ ...visit, deliveries: visit.deliveries.map((each) => ({ ...each, byHand: 0 })) })
}

function orderedLater(): Reception {
  const given = at({
    ...answered,
    answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child, oneParent] } },
  })
  const { current } = given
  if (!current?.handed) throw new Error('nothing is handed over')
  const { next } = current.handed
  const steps = next.steps.toReversed().map(({ benefit }) => ({ benefit, rule: 'CLINIC' as const }))
  return {
    ...given,
    current: { ...current, handed: { ...current.handed, next: { ...next, steps, decidedBy: 'clinic' } } },
  }
}

export const questionScenes = {
  question: at(
    {
      ...answered,
      state: 'answered',
      deliveries: [],
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, monthlyCapYen: 20_000 }, child] },
      },
    },
    { held: [benefit, child, oneParent] },
  ),
  /** The number is another one, what is written of the illness has changed, and the earlier answer was PMH's. */
  changedNumbers: at(
    {
      ...answered,
      state: 'answered',
      deliveries: [],
      answers: {
        ...nothing,
        medicalSubsidy: {
          state: 'present',
          items: [
            {
              ...benefit,
              recipientNumber: '5401610',
              validTo: '2027-12-31',
              undisclosed: true,
              details: [{ label: '疾病名', value: 'クローン病' }],
            },
            child,
          ],
        },
      },
    },
    { held: [{ ...benefit, details: [{ label: '疾病名', value: '潰瘍性大腸炎' }] }, child] },
  ),
  /** Two helps of municipalities, and nobody has said which one is used. */
  helps: at({
    ...answered,
    state: 'answered',
    deliveries: [],
    answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child, oneParent] } },
  }),
  /** The same beside a certificate that has changed. */
  helpsAndQuestion: at(
    {
      ...answered,
      state: 'answered',
      deliveries: [],
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, monthlyCapYen: 20_000 }, child, oneParent] },
      },
    },
    { held: [benefit, child, oneParent] },
  ),
  /** A change that nobody took over, and a certificate without an answer that nobody has seen. */
  decidedByHand: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, monthlyCapYen: 20_000 }, child] },
      },
    },
    { held: [benefit, child, oneParent], choices: ['leave', 'leave'] },
  ),
  decidedAsBefore: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, recipientNumber: '5401610', undisclosed: true }] },
      },
    },
    { held: [benefit, oneParent], choices: ['keep', 'paper'] },
  ),
  enteredByHand: enteredByHand(),
  nothingAccepted: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, recipientNumber: '5401610' }] },
      },
    },
    { held: [benefit], choices: ['leave'] },
  ),
  decided: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: {
          state: 'present',
          items: [{ ...benefit, validFrom: '2027-01-01', validTo: '2027-12-31' }, child],
        },
      },
    },
    { held: [benefit, child] },
  ),
  claimOrder: at(
    {
      ...answered,
      answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child, benefit, oneParent] } },
    },
    { insurance: insuranceSchema.parse({ limitCategory: 'A03' }) },
  ),
  /** The clinic has chosen another order after the file went out. */
  orderedLater: orderedLater(),
} as const satisfies Record<string, Reception>
