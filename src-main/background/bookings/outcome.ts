// What an answer for a day to come means for a booking: against what the clinic has confirmed of the patient, else against
// the last version it holds. The answer itself is not kept; at the visit the source is asked again.
import { isDeepStrictEqual } from 'node:util'
import type { BookingOutcome, CheckReason, Findings, VoucherField } from '../../contract/bookings.ts'
import { saidBenefits } from '../../eligibility/assess.ts'
import { differencesOf } from '../../eligibility/difference.ts'
import type { Answers, Eligibility } from '../../eligibility/model.ts'
import type { RequeryItem } from '../../hub/requeries.ts'
import type { KnownPatient } from '../../store/patients.ts'

export interface Judged {
  readonly outcome: BookingOutcome
  readonly findings: Findings
}

export const toCheck = (reason: CheckReason): Judged => ({ outcome: 'check', findings: { reason, lines: [] } })

export function judgeBooking(item: RequeryItem, known: KnownPatient): Judged {
  if (item.outcome === 'unknown') return toCheck('unknownAtSource')
  const { answer } = item
  const [last] = known.versions
  const lines = [
    ...benefitLines(known, answer),
    ...voucherLines('vaccination', last, answer),
    ...voucherLines('checkup', last, answer),
  ]
  return { outcome: outcomeOf(lines), findings: { reason: null, lines } }
}

/** The most pressing of them. */
function outcomeOf(lines: Findings['lines']): BookingOutcome {
  const kinds = new Set(lines.map(({ kind }) => kind))
  if (kinds.has('absent')) return 'absent'
  const isOnlyNew = kinds.has('new') && kinds.size === 1
  return kinds.size === 0 ? 'same' : isOnlyNew ? 'new' : 'changed'
}

function benefitLines(
  { confirmation, versions }: KnownPatient,
  answer: Omit<Eligibility, 'patient'>,
): Findings['lines'] {
  const said = answer.answers.medicalSubsidy
  const items = 'items' in said ? said.items : []
  return differencesOf(confirmation ?? heldBy(versions[0]), answer)
    .filter(({ kind }) => kind !== 'unchanged')
    .map(({ kind, benefit, confirmed, fields }) => {
      const subject = (benefit === null ? undefined : items[benefit]) ?? confirmed
      const name = subject?.certificateName ?? ''
      return { category: 'medicalSubsidy', kind, name, fields: fields.map(({ field }) => field) }
    })
}

/** The last version as if the clinic had confirmed it. */
function heldBy(last: Eligibility | undefined) {
  if (!last) return null
  const { source, fetchedAt } = last
  const held = saidBenefits(last).map((benefit) => ({ benefit, source, fetchedAt, confirmedAt: fetchedAt }))
  return { held, decided: [] }
}

type Line = Findings['lines'][number]
type VoucherCategory = 'vaccination' | 'checkup'
interface Voucher {
  readonly id: string
  readonly name: string
  readonly validTo: string
}

function voucherLines(
  category: VoucherCategory,
  last: Eligibility | undefined,
  answer: Omit<Eligibility, 'patient'>,
): Findings['lines'] {
  const held = vouchersOf(last?.answers[category])
  const said = vouchersOf(answer.answers[category])
  const line = (kind: Line['kind'], { name }: Voucher, fields: Line['fields'] = []) => ({
    category,
    kind,
    name,
    fields,
  })
  return [
    ...said.flatMap((voucher) => {
      const known = held.find(({ id }) => id === voucher.id)
      if (!known) return [line('new', voucher)]
      return isDeepStrictEqual(asStored(known), asStored(voucher))
        ? []
        : [line('changed', voucher, changedFields(known, voucher))]
    }),
    ...held
      .filter(({ id }) => !said.some((voucher) => voucher.id === id))
      .map((voucher) => line(voucher.validTo < answer.asOf ? 'lapsed' : 'absent', voucher)),
  ]
}

/** In the words of a voucher; its codes say which dose or checkup it is for. */
const fieldOf: Readonly<Record<string, VoucherField>> = {
  name: 'name',
  municipality: 'municipality',
  validFrom: 'validFrom',
  validTo: 'validTo',
  vaccineCode: 'kindOfDose',
  doseNumber: 'kindOfDose',
  checkupCode: 'kindOfDose',
  questionnaire: 'questionnaire',
}

function changedFields(before: Voucher, after: Voucher): Line['fields'] {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const names = Object.keys(fieldOf).filter((name) => !isDeepStrictEqual(one.get(name), other.get(name)))
  return [...new Set(names.flatMap((name) => fieldOf[name] ?? []))]
}

/** What was stored has lost its empty fields. */
const asStored = (voucher: Voucher): unknown => JSON.parse(JSON.stringify(voucher))

const vouchersOf = (answer: Answers[VoucherCategory] | undefined): readonly Voucher[] =>
  answer && 'items' in answer ? answer.items : []
