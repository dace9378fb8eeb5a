// Everything the house can say about one patient's 医療費助成 and vouchers on the day of a visit, in one pure step: advice per
// certificate, what has changed, the order on the claim, the name on it, and since when the source has been saying so.
// Here, and nowhere else, a registered certificate is judged: with the clinic's own master, for the day asked about. What
// comes of it is what is shown, confirmed and written.
import { advice, adviseBenefit, type ClinicIdentity, isSameCertificate, isSameContent } from './advice.ts'
import type { Advice, Assessed, Assessment } from './assessment.ts'
import { judgeBenefit } from './benefit.ts'
import { judgeCheckup } from './checkup/judge.ts'
import type { Confirmation } from './confirmation.ts'
import { differencesOf } from './difference.ts'
import { protectedAs } from './effect.ts'
import type { Handed } from './handed.ts'
import { limitCategories } from './insurance.ts'
import { judgeLocal, type LocalSchemes } from './local/judge.ts'
import { ticketBenefits } from './medical-tickets.ts'
import type { Benefit, Eligibility, RegisteredBenefit } from './model.ts'
import { adviseName } from './name-advice.ts'
import { type ChosenOrder, orderBenefits } from './order.ts'
import type { SchemeMaster } from './schemes.ts'
import type { ChosenHelps } from './together.ts'
import { checkChildhood } from './vaccination/childhood.ts'
import { judgeVaccination } from './vaccination/judge.ts'
import type { VoucherJudgement } from './voucher-advice.ts'

/** What the clinic brings to a judgement. */
export interface ClinicContext {
  readonly master: SchemeMaster
  /** The national master of local schemes; null: none was imported. */
  readonly localSchemes: LocalSchemes | null
  readonly identity: ClinicIdentity | null
  /** Municipalities the clinic has a contract with for 予防接種 and 健診, as vouchers name them; empty: nobody has said. */
  readonly municipalities: readonly string[]
  readonly chosenOrders: readonly ChosenOrder[]
  readonly chosenHelps: readonly ChosenHelps[]
  /** Places for 公費 at each destination. */
  readonly places: readonly { readonly destination: string; readonly places: number }[]
  readonly approvedSubstitutes: Readonly<Record<string, string>>
  /** Whether every destination's encoding holds a text. */
  readonly canWrite: (text: string) => boolean
}

/** `versions`: earlier answers for this patient, newest first. `confirmation`: what the clinic holds, null for nobody known. */
export function assess(
  today: Eligibility,
  known: {
    readonly versions: readonly Eligibility[]
    readonly confirmation: Pick<Confirmation, 'held' | 'decided'> | null
  },
  clinic: ClinicContext,
): Assessment {
  // What was cached, or is held from earlier, is judged for today as well.
  const judged = (benefit: RegisteredBenefit) => judgeBenefit(benefit, today.asOf, clinic.master)
  const said = saidBenefits(today)
  // What differs is looked for among the registered ones only: their places come first.
  const benefits = [...said, ...ticketBenefits(today)].map(judged)
  const earlier = known.versions.map((version) => ({ version, said: saidBenefits(version) }))
  return {
    benefits: benefits.map((benefit) => ({
      benefit,
      ...assessedOf(benefit, benefits, today.asOf, clinic),
      saidSince: saidSince(benefit, earlier),
    })),
    patient: patientAdvice(today, benefits),
    order: orderBenefits(benefits, {
      master: clinic.master,
      chosen: clinic.chosenOrders,
      helps: clinic.chosenHelps,
      places: clinic.places,
    }),
    vouchers: judgeVouchers(today, clinic.municipalities),
    childhood: childhoodOf(today),
    differences: differencesOf(known.confirmation, today).map(({ confirmed, ...found }) => ({
      ...found,
      confirmed: confirmed && judged(protectedAs(confirmed, said[found.benefit ?? -1])),
    })),
    name: adviseName(today.patient, { approved: clinic.approvedSubstitutes, canWrite: clinic.canWrite }),
    masterVersion: clinic.master.version,
  }
}

/**
 * What there is to say about what is handed over, as it was judged then, beside `said`: the answer it comes from, about
 * `day`; and the order in which the clinic would put it on a claim from now on.
 */
export function assessHanded(
  { items }: Handed,
  said: Assessment['benefits'],
  day: string,
  clinic: ClinicContext,
): Pick<Assessment, 'order'> & { readonly assessed: Assessed[] } {
  const benefits = items.map(({ benefit }) => benefit)
  const placeOf = (benefit: Benefit) =>
    said.findIndex(({ benefit: other }) => isSameContent(other, benefit) && other.historyKey === benefit.historyKey)
  return {
    assessed: items.map(({ benefit, basis }) => {
      const place = basis === 'source' ? placeOf(benefit) : -1
      const source = said[place]
      if (!source) return { ...assessedOf(benefit, benefits, day, clinic), saidSince: null }
      // A master that has come since then changes nothing about what has gone out.
      const asHanded = { ...source.benefit, scheme: benefit.scheme, warnings: benefit.warnings }
      const all = said.map((each, at) => (at === place ? asHanded : each.benefit))
      return { ...assessedOf(asHanded, all, day, clinic), saidSince: source.saidSince }
    }),
    order: orderBenefits(benefits, {
      master: clinic.master,
      chosen: clinic.chosenOrders,
      helps: clinic.chosenHelps,
      places: clinic.places,
    }),
  }
}

/** What there is to say about a certificate, one of `all`, on a day. */
function assessedOf(benefit: Benefit, all: readonly Benefit[], day: string, clinic: ClinicContext) {
  const { master, identity, localSchemes } = clinic
  const local = judgeLocal(benefit, day, { localSchemes, institutionCode: identity?.institutionCode ?? null })
  return { advice: adviseBenefit(benefit, all, { master, clinic: identity, local }), local }
}

/** Vouchers of today's answer; what was cached is not judged, because doses may have been given since. */
export function judgeVouchers(
  { patient: { birthDate, sex }, asOf: day, answers: { vaccination, checkup }, history }: Eligibility,
  municipalities: readonly string[],
): VoucherJudgement[] {
  const context = { day, birthDate, sex, municipalities }
  const doses = history?.doses ?? null
  const checkups = history?.checkups ?? null
  return [
    ...(vaccination.state === 'present' ? vaccination.items : []).map((voucher) =>
      judgeVaccination(voucher, { ...context, doses }),
    ),
    ...(checkup.state === 'present' ? checkup.items : []).map((voucher) =>
      judgeCheckup(voucher, { ...context, checkups }),
    ),
  ]
}

/** What was ever given, as the source knows it today. */
function childhoodOf({ patient: { birthDate, sex }, asOf: day, history }: Eligibility) {
  const doses = history?.doses ?? []
  return doses.length === 0 ? null : checkChildhood({ birthDate, sex, day, doses })
}

/** The certificates an answer shows, whatever its state. */
export function saidBenefits({ answers: { medicalSubsidy } }: Eligibility): readonly RegisteredBenefit[] {
  if (medicalSubsidy.state === 'unreachable') return medicalSubsidy.cached?.items ?? []
  return 'items' in medicalSubsidy ? medicalSubsidy.items : []
}

function saidSince(
  benefit: Benefit,
  earlier: readonly { readonly version: Eligibility; readonly said: readonly RegisteredBenefit[] }[],
): string | null {
  let since: string | null = null
  for (const { version, said } of earlier) {
    if (!said.some((other) => isSameCertificate(benefit, other) && isSameContent(benefit, other))) break
    since = version.fetchedAt
  }
  return since
}

function patientAdvice({ insurance }: Eligibility, benefits: readonly Benefit[]): Advice[] {
  return [
    ...assistanceAdvice(insurance),
    ...(insurance?.limitCategory
      ? [advice('LIMIT_CATEGORY', { text: limitCategories[insurance.limitCategory] })]
      : benefits.some(lacksLimitCategory)
        ? [advice(insurance?.limitConsent === false ? 'LIMIT_WITHHELD' : 'LIMIT_UNKNOWN')]
        : []),
  ]
}

/** From this day on the certificates of 難病 and 小児慢性 carry no 適用区分; those issued before keep theirs. */
const limitGoneSince = '2026-03-01'

const lacksLimitCategory = ({ scheme: { code }, validity, validFrom }: Benefit): boolean =>
  (code === '54' || code === '52') && validity === 'valid' && validFrom >= limitGoneSince

function assistanceAdvice(insurance: Eligibility['insurance']): Advice[] {
  const tickets = (insurance?.medicalTickets ?? []).filter(({ kind }) => kind !== 'dispensing')
  if (tickets.length === 0) return insurance?.hasAssistance ? [advice('MEDICAL_TICKET_MISSING')] : []
  return tickets.flatMap((ticket) => [
    advice('MEDICAL_ASSISTANCE', {
      ...(ticket.validTo !== null && { date: ticket.validTo }),
      ...(ticket.month !== null && { text: ticket.month }),
      ...(ticket.selfPayYen !== null && { yen: ticket.selfPayYen }),
    }),
    ...(ticket.isElsewhere ? [advice('MEDICAL_TICKET_ELSEWHERE')] : []),
  ])
}
