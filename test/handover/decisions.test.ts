// Every decision × every answer × every format: what the file holds, what the screen says, and that both are the same. The
// files are read back as a receipt computer reads them; the screen's side is the very view that the page draws.
import fc from 'fast-check'
import { Fhir } from 'fhir'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Destination } from '../../src-main/contract/destination.ts'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { assess, type ClinicContext } from '../../src-main/eligibility/assess.ts'
import type { Difference } from '../../src-main/eligibility/assessment.ts'
import { type Confirmation, confirm, type Decision } from '../../src-main/eligibility/confirmation.ts'
import { undecided } from '../../src-main/eligibility/difference.ts'
import type { Decided } from '../../src-main/eligibility/effect.ts'
import type { Handed } from '../../src-main/eligibility/handed.ts'
import type { Answers, Benefit, Eligibility, RegisteredBenefit } from '../../src-main/eligibility/model.ts'
import { readOrcaVisit } from '../../src-main/handover/formats/orca-visit.ts'
import { renderDelivery } from '../../src-main/handover/formats/render.ts'
import { createVisitsView } from '../../src-main/screen/visits-view.ts'
import type { NewDelivery } from '../../src-main/store/deliveries.ts'
import { readXml } from '../../src-main/text/xml-reader.ts'
import { consequenceText } from '../../src-main/words/eligibility.ts'
import { clinicContext, day, eligibilityOf, handedOf, registered as registeredBenefit } from '../eligibility/samples.ts'
import { newVisit } from '../store/new-visit.ts'
import { destinationOf } from './destination-of.ts'
import { orcaDestination } from './orca/lane.ts'

const registered = (number: string, changes: Partial<RegisteredBenefit> = {}): RegisteredBenefit =>
  registeredBenefit({
    certificateTypeId: `TYPE${number.slice(0, 2)}`,
    certificateName: `受給者証${number.slice(0, 2)}`,
    payerNumber: number,
    ...changes,
  })

const child = registered('88138243')
const parent = registered('81136244')
const newChild = registered('88138243', { recipientNumber: '7654321', historyKey: '2' })
const past = registered('88138243', { validTo: '2026-06-10' })
const newPast = registered('88138243', { recipientNumber: '7654321', validTo: '2026-12-31', historyKey: '2' })

const destinations: readonly Destination[] = [
  destinationOf('csv', { id: 'csv' }),
  destinationOf('json', { id: 'json' }),
  destinationOf('xml', { id: 'xml', institutionCode: '1310000001' }),
  destinationOf('fhir', { id: 'fhir' }),
  destinationOf('receipt', { id: 'receipt' }),
  { ...orcaDestination(), id: 'orca' },
]

/** What is read out of a file: a certificate by both its numbers. */
interface Read {
  readonly state: string | null
  /** Counting today, in order, with the basis where the format tells it. */
  readonly counting: readonly string[]
  readonly ended: readonly string[]
  readonly leftOut: readonly string[]
  readonly byHand: number | null
}

const nameOf = ({ payerNumber, recipientNumber }: Pick<Benefit, 'payerNumber' | 'recipientNumber'>) =>
  `${payerNumber} ${recipientNumber}`

const jsonSchema = z.object({
  answers: z.object({
    medicalSubsidy: z.object({
      state: z.string(),
      byHand: z.number(),
      items: z
        .array(
          z.object({
            payerNumber: z.string().nullable(),
            recipientNumber: z.string().nullable(),
            basis: z.string(),
            validity: z.string(),
            alwaysReimbursed: z.boolean(),
            endedOn: z.string().nullable(),
          }),
        )
        .default([]),
      leftOut: z.array(
        z.object({ payerNumber: z.string().nullable(), recipientNumber: z.string().nullable(), reason: z.string() }),
      ),
    }),
  }),
})

function readJson(payload: Uint8Array): Read {
  const { state, byHand, items, leftOut } = jsonSchema.parse(JSON.parse(Buffer.from(payload).toString())).answers
    .medicalSubsidy
  const isCounting = ({ validity, alwaysReimbursed }: (typeof items)[number]) =>
    validity === 'valid' && !alwaysReimbursed
  return {
    state,
    byHand,
    counting: items.filter(isCounting).map((item) => `${nameOf(item)} ${item.basis}`),
    ended: items.filter(({ endedOn }) => endedOn !== null).map((item) => `${nameOf(item)} ${item.endedOn}`),
    leftOut: leftOut.map((item) => `${nameOf(item)} ${item.reason}`),
  }
}

function readCsv(payload: Uint8Array): Read {
  const [header = [], ...lines] = new TextDecoder('shift_jis')
    .decode(payload)
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  const rows = lines.map((cells) => new Map(header.map((name, at) => [name, cells[at] ?? ''])))
  const of = (kind: string) => rows.filter((row) => row.get('row_kind') === kind)
  const told = (row: ReadonlyMap<string, string>, column: string) =>
    `${row.get('payer_number')} ${row.get('recipient_number')} ${row.get(column)}`
  const benefits = of('benefit')
  return {
    state: rows[0]?.get('medical_subsidy_state') ?? null,
    byHand: Number(rows[0]?.get('medical_subsidy_by_hand')),
    counting: benefits
      .filter((row) => row.get('validity') === 'valid' && row.get('always_reimbursed') === '0')
      .map((row) => told(row, 'certificate_basis')),
    ended: benefits.filter((row) => row.get('certificate_ended_on')).map((row) => told(row, 'certificate_ended_on')),
    leftOut: of('leftOut').map((row) => told(row, 'left_out_reason')),
  }
}

const dashed = (digits: string) => digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')

function readXmlFile(payload: Uint8Array): Read {
  const reading = readXml(payload)
  if (!('root' in reading)) throw new Error(`no XML: ${reading.flaw}`)
  const { root } = reading
  type Element = typeof root
  const all = (element: Element, name: string): Element[] =>
    element.children.flatMap((inner) => [...(inner.name === name ? [inner] : []), ...all(inner, name)])
  const text = (element: Element, name: string) => all(element, name)[0]?.text.trim() ?? ''
  const told = (element: Element, what: string) =>
    `${text(element, 'PublicPayerNumber')} ${text(element, 'PublicRecipientNumber')} ${what}`
  const items = all(root, 'MedicalSubsidyInfo')
  const last = (item: Element) => dashed(text(item, 'CertificateEndDate'))
  const isCounting = (item: Element) =>
    dashed(text(item, 'CertificateValidDate')) <= day &&
    dashed(text(item, 'CertificateExpirationDate')) >= day &&
    (last(item) === '' || last(item) >= day) &&
    text(item, 'AlwaysReimbursement') === '0'
  return {
    state: text(root, 'MedicalSubsidyAnswerState'),
    byHand: Number(text(root, 'MedicalSubsidyByHand')),
    counting: items.filter(isCounting).map((item) => told(item, text(item, 'CertificateBasis'))),
    ended: items.filter((item) => last(item) !== '').map((item) => told(item, last(item))),
    leftOut: all(root, 'MedicalSubsidyLeftOut').map((item) => told(item, text(item, 'LeftOutReason'))),
  }
}

const fhirSchema = z.object({
  entry: z.array(
    z.object({
      fullUrl: z.string(),
      resource: z.looseObject({
        resourceType: z.string(),
        status: z.string().optional(),
        order: z.number().optional(),
        subscriberId: z.string().optional(),
        identifier: z.array(z.object({ value: z.string() })).optional(),
        payor: z.array(z.object({ reference: z.string() })).optional(),
        period: z.object({ end: z.string() }).optional(),
        meta: z.object({ tag: z.array(z.object({ code: z.string() })).optional() }).optional(),
        issue: z
          .array(
            z.object({
              severity: z.string(),
              diagnostics: z.string(),
              details: z.object({ coding: z.array(z.object({ code: z.string() })), text: z.string() }).optional(),
            }),
          )
          .optional(),
      }),
    }),
  ),
})

function readFhir(payload: Uint8Array): Read {
  const text = Buffer.from(payload).toString()
  expect(new Fhir().validate(text, { errorOnUnexpected: true }).valid).toBe(true)
  const { entry } = fhirSchema.parse(JSON.parse(text))
  const resources = entry.map(({ resource }) => resource)
  const coverages = resources.filter(({ resourceType }) => resourceType === 'Coverage')
  const told = ({ payor, subscriberId }: (typeof coverages)[number], what: string | undefined) => {
    const payer = entry.find(({ fullUrl }) => fullUrl === payor?.[0]?.reference)?.resource.identifier?.[0]?.value
    return `${payer} ${subscriberId} ${what}`
  }
  const issues = resources.flatMap(({ issue }) => issue ?? [])
  const [, state = null] = /^medicalSubsidy: (\w+)$/.exec(issues[0]?.diagnostics ?? '') ?? []
  const missing = issues.filter(({ details }) => details !== undefined)
  return {
    state,
    byHand: missing.filter(({ severity }) => severity === 'warning').length,
    counting: coverages
      .filter(({ order }) => order !== undefined)
      .toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
      .map((each) => told(each, each.meta?.tag?.[0]?.code)),
    ended: coverages.filter(({ status }) => status === 'cancelled').map((each) => told(each, each.period?.end)),
    leftOut: missing.map(({ details }) => {
      const [, payer = null, recipient = null] = details?.text.split(' ') ?? []
      return `${payer} ${recipient} ${details?.coding[0]?.code}`
    }),
  }
}

/** What the format itself can say; null for what it has no place for. */
function readFile({ format, payload }: NewDelivery): Read | null {
  switch (format) {
    case 'csv':
      return readCsv(payload)
    case 'json':
      return readJson(payload)
    case 'xml':
      return readXmlFile(payload)
    case 'fhir':
      return readFhir(payload)
    case 'orca':
      return {
        state: null,
        byHand: null,
        counting: readOrcaVisit(payload).benefits.map(nameOf),
        ended: [],
        leftOut: [],
      }
    case 'receipt':
      return null
  }
}

const patient = {
  ref: 'p-1',
  name: '佐藤　美咲',
  nameKana: 'サトウ　ミサキ',
  birthDate: '1979-04-12',
  sex: 'female',
} as const

const clinicOf = (places: number): ClinicContext => ({
  ...clinicContext,
  places: destinations.filter(({ format }) => format !== 'receipt').map(({ id }) => ({ destination: id, places })),
})

/** The files of a confirmed visit, and the visit as the page gets it. */
function handOver(today: Eligibility, handed: Handed, places: number) {
  const visit = newVisit({ state: 'handedOver', patient, number: 7, day })
  const files = destinations.map((destination) =>
    renderDelivery(
      {
        visitId: visit.id,
        visitNumber: 7,
        visitDay: day,
        confirmedAt: today.fetchedAt,
        training: false,
        patientNumber: '00123',
        confirmedName: null,
        eligibility: today,
        handed,
      },
      { ...destination, subsidyPlaces: places },
      {},
    ),
  )
  const deliveries = files.map((file) => ({
    ...file,
    visitId: visit.id,
    state: 'delivered' as const,
    place: null,
    sha256: '',
    attempts: 1,
    updatedAt: today.fetchedAt,
  }))
  const stored = {
    visit,
    eligibility: today,
    handed,
    confirmedAt: today.fetchedAt,
    note: null,
    deliveries,
    registrations: [],
    desk: null,
    askedBy: null,
  }
  const view = createVisitsView({
    clinic: () => clinicOf(places),
    roster: { visits: () => [stored], find: () => stored },
    candidates: () => [],
    isCopy: () => false,
    deskOf: () => null,
  })(null, visit.id, new Map())
  if (!view.shown) throw new Error('the visit is not shown')
  return { files, shown: view.shown, listed: view.visits[0] }
}

/** What the page claims for one destination: its cards with a place on the claim, but for those marked 手入力 there. */
function claimed({ handed }: VisitView, destination: string): string[] {
  const places = handed?.places.find((each) => each.destination === destination)?.places ?? 0
  return (handed?.items ?? [])
    .slice(0, Math.min(places, handed?.onClaim ?? 0))
    .map(({ benefit, basis }) => `${nameOf(benefit)} ${basis}`)
}

/** File and screen of one visit agree, in every format. */
function expectAgreement(today: Eligibility, handed: Handed, places = 4) {
  const { files, shown, listed } = handOver(today, handed, places)
  for (const file of files) {
    expect(file.failure).toBeNull()
    const read = readFile(file)
    const delivery = shown.deliveries.find(({ destination }) => destination === file.destination)
    if (!read) continue
    const cards = claimed(shown, file.destination)
    const withoutBasis = (text: string) => text.split(' ').slice(0, 2).join(' ')
    expect(read.counting).toEqual(file.format === 'orca' ? cards.map(withoutBasis) : cards)
    if (read.state !== null) expect(read.state).toBe(handed.state)
    if (read.byHand === null) continue
    // No number is green that lacks something, in the file, at the delivery or in the list.
    expect(delivery?.byHand).toBe(read.byHand)
    expect(listed?.byHand).toBe(read.byHand)
    // FHIR has one word for what has ended and what is over; both have their last day.
    const isEnded = ({ benefit, endedOn }: Handed['items'][number]) =>
      file.format === 'fhir' ? benefit.validity === 'over' : endedOn !== null
    expect(read.ended).toEqual(
      handed.items.filter(isEnded).map(({ benefit, endedOn }) => `${nameOf(benefit)} ${endedOn ?? benefit.validTo}`),
    )
  }
  const [csv, json] = files
  return { csv: csv && readFile(csv), json: json && readFile(json), shown }
}

const heldThen = (...benefits: RegisteredBenefit[]): Confirmation => {
  const at = '2026-05-10T10:00:00.000+09:00'
  return {
    held: benefits.map((benefit) => ({ benefit, source: 'pmh' as const, fetchedAt: at, confirmedAt: at })),
    decided: [],
    confirmedAt: at,
    handed: handedOf(eligibilityOf({ state: 'absent' })),
  }
}

function decide(before: Confirmation, today: Eligibility, choiceOf: (difference: Difference) => Decided, places = 4) {
  const clinic = clinicOf(places)
  const assessment = assess(today, { versions: [], confirmation: before }, clinic)
  const { differences } = assessment
  const decisions = undecided(differences, []).map((difference): Decision => {
    return { key: difference.key, choice: choiceOf(difference), at: today.fetchedAt }
  })
  return { differences, confirmation: confirm({ before, today, assessment, decisions, at: today.fetchedAt, clinic }) }
}

type Name = Answers['medicalSubsidy']['state']
const answers: Readonly<Record<Name, Answers['medicalSubsidy']>> = {
  present: { state: 'present', items: [newChild, parent] },
  absent: { state: 'absent' },
  withheld: { state: 'withheld' },
  ended: { state: 'ended', endedOn: '2026-06-10', items: [past] },
  unreachable: { state: 'unreachable', cached: null },
}

interface Row {
  readonly answer: Name
  readonly choice: Decided
  readonly held?: readonly Benefit[]
  /** What the choice is told to do, before and after. */
  readonly says: string | null
  readonly state: string
  readonly counting: readonly string[]
  readonly ended?: readonly string[]
  readonly leftOut?: readonly string[]
  readonly byHand: number
}

const nothing = { state: 'unreachable', counting: [], byHand: 0 }
const table: readonly Row[] = [
  {
    answer: 'present',
    choice: 'accept',
    says: 'レセコンには今回の内容が入ります。',
    state: 'present',
    counting: ['81136244 1234566 source', '88138243 7654321 source'],
    byHand: 0,
  },
  {
    answer: 'present',
    choice: 'keep',
    says: 'レセコンには前回の内容が入ります。今回の内容は入りません。',
    state: 'present',
    counting: ['81136244 1234566 source', '88138243 1234566 earlierConfirmed'],
    leftOut: ['88138243 7654321 earlierKept'],
    byHand: 0,
  },
  {
    answer: 'present',
    choice: 'leave',
    says: 'レセコンには入りません。手で入力してください。',
    state: 'present',
    counting: ['81136244 1234566 source'],
    leftOut: ['88138243 7654321 notAccepted'],
    byHand: 1,
  },
  {
    answer: 'absent',
    choice: 'paper',
    says: 'レセコンには前回の内容が「紙で確認」として入ります。',
    state: 'present',
    counting: ['88138243 1234566 paper'],
    byHand: 0,
  },
  {
    answer: 'absent',
    choice: 'leave',
    says: 'レセコンには入りません。使うときは、手で入力してください。',
    state: 'absent',
    counting: [],
    leftOut: ['88138243 1234566 notConfirmed'],
    byHand: 1,
  },
  {
    answer: 'withheld',
    choice: 'paper',
    says: 'レセコンには前回の内容が「紙で確認」として入ります。',
    state: 'present',
    counting: ['88138243 1234566 paper'],
    byHand: 0,
  },
  {
    answer: 'withheld',
    choice: 'leave',
    says: 'レセコンには入りません。使うときは、手で入力してください。',
    state: 'withheld',
    counting: [],
    leftOut: ['88138243 1234566 notConfirmed'],
    byHand: 1,
  },
  {
    answer: 'ended',
    choice: 'accept',
    says: 'レセコンに終了日を伝えます。公費としては入りません。',
    state: 'ended',
    counting: [],
    ended: ['88138243 1234566 2026-06-10'],
    byHand: 0,
  },
  {
    answer: 'ended',
    choice: 'leave',
    says: 'レセコンには入りません。使うときは、手で入力してください。',
    state: 'notAccepted',
    counting: [],
    leftOut: ['88138243 1234566 endNotAccepted'],
    byHand: 1,
  },
  // Nobody was asked, so there is nothing to decide.
  { answer: 'unreachable', choice: 'leave', says: null, ...nothing },
]

describe('what a decision does', () => {
  test.each(table.map((row) => [`${row.answer} × ${row.choice}`, row] as const))(
    '%s: the file of every format and the screen say the same',
    (_name, row) => {
      const today = eligibilityOf(answers[row.answer])
      const before = heldThen(...(row.held ?? [child]))
      const { differences, confirmation } = decide(before, today, () => row.choice)
      const question = differences.find(({ choices }) => choices.length > 0)
      expect(question ? consequenceText(question, row.choice, day) : null).toBe(row.says)
      const { csv } = expectAgreement(today, confirmation.handed)
      expect(csv).toEqual({
        state: row.state,
        counting: row.counting,
        ended: row.ended ?? [],
        leftOut: row.leftOut ?? [],
        byHand: row.byHand,
      })
    },
  )

  test('the table knows every choice that is offered for any of the answers', () => {
    for (const answer of Object.values(answers)) {
      const today = eligibilityOf(answer)
      const { differences } = assess(today, { versions: [], confirmation: heldThen(child) }, clinicOf(4))
      const offered = new Set(differences.flatMap(({ choices }) => choices.filter((choice) => choice !== 'askAgain')))
      const rows = table.filter((row) => row.answer === answer.state && row.says !== null).map(({ choice }) => choice)
      expect(new Set(rows)).toEqual(offered)
    }
  })

  test('all of an answer left is neither absent nor green: it is named, and work for a person', () => {
    const today = eligibilityOf({ state: 'present', items: [newChild] })
    const { confirmation } = decide(heldThen(child), today, () => 'leave')
    const { json, shown } = expectAgreement(today, confirmation.handed)
    expect(json).toMatchObject({ state: 'notAccepted', leftOut: ['88138243 7654321 notAccepted'], byHand: 1 })
    expect(shown.deliveries.map(({ byHand }) => byHand)).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('an earlier certificate that is over by now is not offered to be kept', () => {
    const today = eligibilityOf({ state: 'present', items: [newPast] })
    const { differences } = decide(heldThen(past), today, () => 'leave')
    expect(differences.map(({ choices }) => choices)).toEqual([['accept', 'leave']])
  })

  test('a withdrawn certificate goes out with its last day where a person accepts it, and is named where not', () => {
    const today = {
      ...eligibilityOf({ state: 'absent' as const }),
      withdrawn: [{ benefit: child, withdrawnOn: '2026-06-01' }],
    }
    const accepted = expectAgreement(today, decide(heldThen(child), today, () => 'accept').confirmation.handed)
    // Its registered period goes on, and yet it does not count any more.
    expect(accepted.csv).toMatchObject({ state: 'ended', counting: [], ended: ['88138243 1234566 2026-06-01'] })
    const left = expectAgreement(today, decide(heldThen(child), today, () => 'leave').confirmation.handed)
    expect(left.csv).toMatchObject({ state: 'notAccepted', leftOut: ['88138243 1234566 endNotAccepted'] })
  })

  test('a withdrawal without a day: what the paper shows goes out while it runs, else by hand', () => {
    const today = (benefit: RegisteredBenefit) => ({
      ...eligibilityOf({ state: 'absent' as const }),
      withdrawn: [{ benefit, withdrawnOn: null }],
    })
    const paper = (benefit: RegisteredBenefit) => {
      const { confirmation } = decide(heldThen(benefit), today(benefit), () => 'paper')
      return expectAgreement(today(benefit), confirmation.handed).csv
    }
    expect(paper(child)).toMatchObject({ counting: ['88138243 1234566 paper'], byHand: 0 })
    expect(paper(past)).toMatchObject({ counting: [], leftOut: ['88138243 1234566 paperOver'], byHand: 1 })
  })

  test('不開示 takes effect whatever is chosen, and is no question of its own', () => {
    const shielded = { ...newChild, undisclosed: true }
    const today = eligibilityOf({ state: 'present', items: [shielded] })
    for (const choice of ['accept', 'keep', 'leave'] as const) {
      const { confirmation } = decide(heldThen(child), today, () => choice)
      const { held, handed } = confirmation
      expect(held.map(({ benefit }) => benefit.undisclosed)).toEqual([true])
      expect([...handed.items, ...handed.leftOut].every(({ benefit }) => benefit.undisclosed)).toBe(true)
      expect(handed.items.every(({ benefit }) => benefit.warnings.includes('UNDISCLOSED'))).toBe(true)
      // The same question tomorrow: what was decided about it counts, whatever has become of the flag.
      if (choice !== 'accept') expect(decide(confirmation, today, () => 'accept').confirmation.decided).toHaveLength(1)
    }
    const only = eligibilityOf({ state: 'present', items: [{ ...child, undisclosed: true }] })
    const { differences } = decide(heldThen(child), only, () => 'leave')
    expect(differences).toMatchObject([{ kind: 'changed', choices: [] }])
    // To lift the protection is another matter.
    const lifted = decide(
      heldThen({ ...child, undisclosed: true }),
      eligibilityOf({ state: 'present', items: [child] }),
      () => 'keep',
    )
    expect(lifted.differences).toMatchObject([{ choices: ['accept', 'keep', 'leave'] }])
  })

  test('a certificate of which only the next period is listed runs to its own end', () => {
    const next = registered('88138243', { validFrom: '2027-01-01', validTo: '2027-12-31', historyKey: '2' })
    const today = eligibilityOf({ state: 'present', items: [next] })
    const first = decide(heldThen(child), today, () => 'leave')
    expect(first.differences).toMatchObject([{ kind: 'renewed', choices: [] }])
    expect(expectAgreement(today, first.confirmation.handed).csv?.counting).toEqual([
      '88138243 1234566 earlierConfirmed',
    ])
    // And so at every visit until then, without a question.
    const second = decide(first.confirmation, today, () => 'leave')
    expect(second.differences.every(({ choices }) => choices.length === 0)).toBe(true)
    expect(expectAgreement(today, second.confirmation.handed).csv?.counting).toEqual([
      '88138243 1234566 earlierConfirmed',
    ])
  })

  test('a source that was not asked leaves everything that is held', () => {
    const before = heldThen(child, parent)
    const { confirmation } = decide(before, eligibilityOf({ state: 'unreachable', cached: null }), () => 'leave')
    expect(confirmation.held).toEqual(before.held)
  })
})

describe('two sources', () => {
  const printed = { designatedInstitutions: ['まどぐち内科クリニック'], details: [{ label: '疾病名', value: '○' }] }
  const full = { ...child, ...printed }
  const from = (source: 'pmh' | 'terminal', benefit: RegisteredBenefit): Eligibility => ({
    ...eligibilityOf({ state: 'present', items: [benefit] }),
    source,
  })
  const kinds = (before: Confirmation, today: Eligibility) =>
    decide(before, today, () => 'leave').differences.map(({ kind, fields }) => [kind, fields.map(({ field }) => field)])

  test('are compared only in what both can say', () => {
    const byTerminal = decide(heldThen(), from('terminal', child), () => 'leave').confirmation
    expect(kinds(byTerminal, from('pmh', full))).toEqual([['unchanged', []]])
    const byPmh = decide(byTerminal, from('pmh', full), () => 'leave').confirmation
    expect(kinds(byPmh, from('terminal', child))).toEqual([['unchanged', []]])
    // What the terminal never says is not forgotten on its word: a real change is still seen afterwards.
    const again = decide(byPmh, from('terminal', child), () => 'leave').confirmation
    const moved = { ...full, designatedInstitutions: ['ほかの医院'] }
    expect(kinds(again, from('pmh', moved))).toEqual([['changed', ['designatedInstitutions']]])
  })

  test('differ in what both say as one does alone', () => {
    const byTerminal = decide(heldThen(), from('terminal', child), () => 'leave').confirmation
    expect(kinds(byTerminal, from('pmh', { ...full, recipientNumber: '7654321' }))).toEqual([
      ['changed', ['recipientNumber']],
    ])
  })
})

describe('more certificates than a destination takes', () => {
  const five = ['10136018', '21136015', '15138019', '81136244', '88138243'].map((number) => registered(number))

  test('are named in each file, counted on the screen, and never green', () => {
    const today = eligibilityOf({ state: 'present', items: five })
    const { confirmation } = decide(heldThen(), today, () => 'leave', 2)
    const { csv, shown, json } = expectAgreement(today, confirmation.handed, 2)
    expect(csv).toMatchObject({ counting: ['10136018 1234566 source', '21136015 1234566 source'], byHand: 3 })
    expect(json?.leftOut).toEqual(['15138019', '81136244', '88138243'].map((number) => `${number} 1234566 places`))
    expect(shown.deliveries.find(({ format }) => format === 'csv')?.byHand).toBe(3)
    // A reception line takes none, and claims none.
    expect(shown.deliveries.find(({ format }) => format === 'receipt')?.byHand).toBe(0)
  })

  test('leave no row that looks like one that counts where the file has no column to tell them apart', () => {
    const today = eligibilityOf({ state: 'present', items: five })
    const { handed } = decide(heldThen(), today, () => 'leave', 2).confirmation
    const destination = destinationOf('csv', { id: 'csv', columns: ['payer_number'], header: false, subsidyPlaces: 2 })
    const visit = { visitId: 'v', visitNumber: 1, visitDay: day, confirmedAt: today.fetchedAt, training: false }
    const unknown = { patientNumber: null, confirmedName: null }
    const { payload } = renderDelivery({ ...visit, ...unknown, eligibility: today, handed }, destination, {})
    expect(Buffer.from(payload).toString()).toBe('10136018\r\n21136015\r\n')
  })
})

test('whatever is held, said and decided, no screen shows more than its file, and no number is lost', () => {
  const anyBenefit = fc
    .record({
      number: fc.constantFrom('10136018', '21136015', '54136015', '81136244', '88138243'),
      recipientNumber: fc.constantFrom('1234566', '7654321'),
      validFrom: fc.constantFrom('2026-01-01', '2026-06-15', '2026-07-01'),
      validTo: fc.constantFrom('2026-06-10', '2026-06-30', '2027-12-31'),
      undisclosed: fc.boolean(),
      alwaysReimbursed: fc.boolean(),
      historyKey: fc.constantFrom('1', '2'),
    })
    .map(({ number, ...changes }) => registered(number, changes))
  const list = fc.array(anyBenefit, { maxLength: 5 })
  const anyAnswer: fc.Arbitrary<Answers['medicalSubsidy']> = fc.oneof(
    fc.array(anyBenefit, { minLength: 1, maxLength: 6 }).map((items) => ({ state: 'present' as const, items })),
    fc.constantFrom({ state: 'absent' as const }, { state: 'withheld' as const }),
    fc.constant({ state: 'unreachable' as const, cached: null }),
    list.map((items) => ({ state: 'ended' as const, endedOn: '2026-06-10', items })),
  )
  fc.assert(
    fc.property(
      list,
      anyAnswer,
      fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
      fc.constantFrom(1, 2, 4),
      (held, answer, picks, places) => {
        const today = eligibilityOf(answer)
        let pick = 0
        const { differences, confirmation } = decide(
          heldThen(...held),
          today,
          ({ choices }) => {
            const open = choices.flatMap((choice) => (choice === 'askAgain' ? [] : [choice]))
            return open[(picks[pick++ % picks.length] ?? 0) % open.length] ?? 'leave'
          },
          places,
        )
        const { handed } = confirmation
        expectAgreement(today, handed, places)
        // Every certificate of either side that could count is handed over, ended, or left out with its reason.
        const accounted = [...handed.items, ...handed.leftOut].map(({ benefit }) => nameOf(benefit))
        const said = answer.state === 'present' ? answer.items : []
        for (const benefit of said) expect(accounted).toContain(nameOf(benefit))
        // What the source lists of one that has ended stands for what was held of it.
        const numbers = [...handed.items, ...handed.leftOut].map(({ benefit }) => benefit.payerNumber)
        for (const { benefit, confirmed, kind } of differences) {
          if (benefit === null && confirmed && kind !== 'lapsed') expect(numbers).toContain(confirmed.payerNumber)
        }
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
  )
})
