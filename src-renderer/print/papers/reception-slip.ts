// 受付票: what a patient holds while waiting: the number, and what the counter still wants to see. Others may see it too, so
// no scheme and no illness stands on it.
import type { VisitView } from '../../../src-main/contract/reception.ts'
import { isCapped } from '../../../src-main/eligibility/cap/capped.ts'
import { adviceKind } from '../../../src-main/words/eligibility.ts'
import { paperText, paperWords, slipWords as words } from '../../../src-main/words/papers.ts'
import { ageOn, clinicTime, eraDate } from '../../format.ts'
import type { Paper } from '../paper.ts'
import { nameOf } from './person.ts'

export function receptionSlip(visit: VisitView, clinicName: string | null): Paper {
  const name = nameOf(visit)
  const { patientNumber } = visit
  return {
    name: 'receptionSlip',
    title: paperText.receptionSlip,
    head: '',
    blocks: [
      { kind: 'large', text: words.number(visit.number) },
      {
        kind: 'facts',
        rows: [
          { label: paperWords.receivedAt, value: `${eraDate(visit.day)}　${clinicTime(visit.startedAt)}` },
          ...(name === null ? [] : [{ label: paperWords.name, value: paperWords.person(name) }]),
          ...(patientNumber === null ? [] : [{ label: paperWords.patientNumber, value: patientNumber }]),
        ],
      },
      { kind: 'heading', text: words.bring, keepsNext: true },
      { kind: 'ticks', items: toBring(visit) },
      { kind: 'text', text: words.call },
      ...(clinicName === null ? [] : [{ kind: 'text' as const, text: clinicName, look: 'strong' as const }]),
    ],
  }
}

/** What the counter wants to see of this visit, the 診察券 first. */
function toBring(visit: VisitView): string[] {
  const { answers, patient, day } = visit
  const isOpen = (category: 'vaccination' | 'checkup') => answers?.[category].state === 'present'
  const isChild = patient !== null && ageOn(day, patient.birthDate) < 20
  const hasHandbook = isOpen('checkup') || (isOpen('vaccination') && isChild)
  return [
    words.card,
    ...(wantsPaper(visit) ? [words.certificate] : []),
    ...(assessedNow(visit).some(({ benefit, ...assessed }) => isCapped(benefit, assessed)) ? [words.capSheet] : []),
    ...(hasHandbook ? [words.handbook] : []),
    ...(isUnanswered(visit) ? [words.questionnaire] : []),
  ]
}

/** The certificates that count today, with what is said about each. */
const assessedNow = ({ assessment, handed }: VisitView) => {
  const all = handed
    ? handed.items.map(({ benefit }, at) => ({ benefit, ...(handed.assessed[at] ?? nothingSaid) }))
    : (assessment?.benefits ?? [])
  return all.filter(({ benefit }) => benefit.validity === 'valid')
}
const nothingSaid = { advice: [], saidSince: null, local: null }

/** Nothing was said for certain, something is to be compared with the paper, or typed from it. */
function wantsPaper(visit: VisitView): boolean {
  const { assessment, handed, answers } = visit
  if (!assessment || answers?.medicalSubsidy.state !== 'present') return true
  if (handed && (handed.state !== 'present' || handed.leftOut.length > 0)) return true
  return assessment.benefits.some(({ benefit, advice }) => {
    return benefit.validity === 'over' || advice.some(({ code }) => adviceKind(code).weight === 'look')
  })
}

/** A 接種券 whose 予診票 nobody has answered. */
function isUnanswered({ answers }: VisitView): boolean {
  const vaccination = answers?.vaccination
  return vaccination?.state === 'present' && vaccination.items.some(({ questionnaire }) => questionnaire === null)
}
