// 公費の一覧, for the doctor's folder: every certificate in the order of the claim, as it was handed over, and what the
// receipt computer does not have. Before the decision it says that nothing was sent; offline, that it is not today's.
import type { VisitView } from '../../../src-main/contract/reception.ts'
import { capCertificateOf, isSameCapCertificate } from '../../../src-main/eligibility/cap/sheet.ts'
import { byHand, type HandedItem } from '../../../src-main/eligibility/handed.ts'
import { isMedicalTicket } from '../../../src-main/eligibility/medical-tickets.ts'
import type { Benefit } from '../../../src-main/eligibility/model.ts'
import { screen } from '../../../src-main/words/desk.ts'
import {
  byHandText,
  certificateBasisText,
  eligibilityScreen,
  leftOutText,
} from '../../../src-main/words/eligibility.ts'
import { paperText, certificatesWords as words } from '../../../src-main/words/papers.ts'
import { answerText } from '../../../src-main/words/states.ts'
import { clinicMoment, eraDate, numberParts, yen } from '../../format.ts'
import type { Block, Fact, Paper } from '../paper.ts'
import { headOf, personFacts } from './person.ts'

export function certificates(visit: VisitView): Paper {
  return {
    name: 'certificates',
    title: paperText.certificates,
    head: headOf(visit),
    blocks: [
      { kind: 'facts', rows: personFacts(visit), isWhole: true },
      ...standing(visit),
      ...(visit.handed ? handedBlocks(visit, visit.handed) : saidBlocks(visit)),
      ...origin(visit),
    ],
  }
}

/** What is true of the whole of it. */
function standing({ answers, handed, assessment }: VisitView): Block[] {
  const said = answers?.medicalSubsidy
  const boxed = (text: string): Block => ({ kind: 'text', text, look: 'boxed' })
  const isUndisclosed = [...(assessment?.benefits ?? []), ...(handed?.items ?? [])].some(
    ({ benefit }) => benefit.undisclosed,
  )
  const undisclosed = isUndisclosed ? [boxed(words.undisclosed)] : []
  if (said?.state === 'unreachable') {
    const { label, meaning } = answerText.unreachable
    const told = said.cached ? words.notToday(clinicMoment(said.cached.fetchedAt)) : `${label}。${meaning}`
    return [...undisclosed, boxed(told)]
  }
  if (!handed) return [...undisclosed, boxed(words.beforeDecision)]
  if (handed.state === 'present') return undisclosed
  const { label, meaning } = answerText[handed.state]
  return [...undisclosed, boxed(`${label}。${meaning}`)]
}

function handedBlocks(visit: VisitView, handed: NonNullable<VisitView['handed']>): Block[] {
  const lacking = byHand(handed)
  const entered = handed.enteredAt === null ? words.toEnter : words.entered(clinicMoment(handed.enteredAt))
  return [
    ...handed.items.flatMap((item, at) =>
      certificate(visit, item.benefit, {
        mark: at < handed.onClaim ? words.place(at + 1) : words.notOnClaim,
        basis: certificateBasisText[item.basis],
        endedOn: item.endedOn,
      }),
    ),
    ...(handed.items.length === 0 && handed.state === 'present'
      ? [{ kind: 'text' as const, text: words.nothing }]
      : []),
    ...(lacking.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: words.notInFile, keepsNext: true },
          { kind: 'text' as const, text: entered, keepsNext: true },
        ]),
    ...lacking.flatMap((each): Block[] => [
      {
        kind: 'facts',
        isWhole: true,
        rows: [
          { label: each.benefit.certificateName, value: byHandText(each) },
          // One that has its place on the claim stands above in full.
          ...(each.reason === 'places' ? [] : numbers(each.benefit)),
        ],
      },
    ]),
  ]
}

/** As the source says it, or said it last, in the order that is proposed. */
function saidBlocks(visit: VisitView): Block[] {
  const { assessment } = visit
  if (!assessment) return []
  const { steps, leftOut } = assessment.order
  const onClaim = steps.map(({ benefit }) => benefit)
  const places = [...onClaim, ...[...assessment.benefits.keys()].filter((place) => !onClaim.includes(place))]
  return places.flatMap((place, at) => {
    const judged = assessment.benefits[place]
    const out = leftOut.find(({ benefit }) => benefit === place)
    return judged
      ? certificate(visit, judged.benefit, {
          mark: at < onClaim.length ? words.place(at + 1) : words.notOnClaim,
          basis: out ? leftOutText(out) : '',
          endedOn: null,
        })
      : []
  })
}

interface Place extends Pick<HandedItem, 'endedOn'> {
  readonly mark: string
  /** On whose word it stands there, or why it is not on the claim; empty: the source's. */
  readonly basis: string
}

function certificate(visit: VisitView, benefit: Benefit, { mark, basis, endedOn }: Place): Block[] {
  const { scheme, monthlyCapYen, segment, incomeSegment, additionalConditions, designatedInstitutions } = benefit
  const code = scheme.code === null ? '' : `　${screen.scheme(scheme.code)}`
  const named = scheme.kind === 'national' ? `　${scheme.name}` : ''
  const told = (label: string, value: string | null): Fact[] => (value === null ? [] : [{ label, value }])
  return [
    { kind: 'heading', text: benefit.certificateName, mark, keepsNext: true },
    {
      kind: 'facts',
      isWhole: true,
      rows: [
        { label: screen.schemeKind[scheme.kind], value: `${code}${named}`.trim() || screen.missing },
        ...numbers(benefit),
        { label: words.period, value: `${periodText(benefit)}　${screen.validity[benefit.validity]}` },
        ...told(screen.validity.over, endedOn && words.endedOn(eraDate(endedOn))),
        ...told(
          isMedicalTicket(benefit) ? screen.ticketSelfPay : screen.monthlyCap,
          monthlyCapYen === null ? null : screen.yen(yen(monthlyCapYen)),
        ),
        ...paidSoFar(visit, benefit),
        ...told(screen.segment, segment),
        ...told(screen.incomeSegment, incomeSegment),
        ...told(screen.conditions, additionalConditions),
        ...told(screen.institutions, designatedInstitutions.join('、') || null),
        ...told(words.basis, basis || null),
      ],
    },
  ]
}

const numbers = ({ payerNumber, recipientNumber }: Benefit): Fact[] =>
  [[screen.payerNumber, payerNumber] as const, [screen.recipientNumber, recipientNumber] as const].map(
    ([label, number]) =>
      number === null
        ? { label, value: screen.missing }
        : { label, value: number, parts: numberParts(number).map(({ text }) => text) },
  )

/** A day that no calendar reaches stands for no end. */
const periodText = ({ validFrom, validTo }: Benefit): string =>
  validTo >= '9000' ? words.openEnd(eraDate(validFrom)) : words.until(eraDate(validFrom), eraDate(validTo))

function paidSoFar({ paid }: VisitView, benefit: Benefit): Fact[] {
  const certificate = capCertificateOf(benefit)
  const known = certificate && paid.find((each) => isSameCapCertificate(each.certificate, certificate))
  if (!known) return []
  return [{ label: words.capSoFar, value: words.capSoFarOf(screen.yen(yen(known.yen)), known.scope === 'everywhere') }]
}

function origin({ source, fetchedAt }: VisitView): Block[] {
  if (source === null || fetchedAt === null) return []
  return [{ kind: 'text', text: words.source(eligibilityScreen.source[source], clinicMoment(fetchedAt)) }]
}
