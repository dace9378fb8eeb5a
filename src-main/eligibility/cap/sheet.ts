// 自己負担上限額管理: what one patient has paid under one certificate in one month of visits, here and elsewhere. What is written
// down is never overwritten: a correction is a row of its own, with who and why, and the sheet is read from all rows. What
// was paid elsewhere stands on the patient's paper (管理票) alone. Until somebody says that it was looked at, the total is only
// what is entered here, and says so. Pure.
import { z } from 'zod'
import { dateSchema, momentSchema, type RegisteredBenefit } from '../model.ts'

/** Yen. More is a slip of the hand. */
const amountSchema = z.int().min(0).max(99_999_999)

/** Of one certificate, as its municipality typed them. */
export const capCertificateSchema = z.object({
  payerNumber: z.string().min(1).max(30),
  recipientNumber: z.string().min(1).max(30),
})
export type CapCertificate = z.infer<typeof capCertificateSchema>

/** YYYY-MM: the month of the visit, whenever it was paid. */
export const capMonthSchema = z.string().regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/)

/** One line of the paper: one visit. */
export const capContentSchema = z.object({
  /** Of the visit. */
  day: dateSchema,
  /** 指定医療機関名, as the paper names it; null: this clinic. */
  institution: z.string().trim().min(1).max(60).nullable(),
  /** 医療費総額 (10割); null: the paper does not say it. */
  totalCostYen: amountSchema.nullable(),
  /** 自己負担額 that was collected under this certificate. */
  paidYen: amountSchema,
})
export type CapContent = z.infer<typeof capContentSchema>

const personSchema = z.string().trim().min(1).max(30)
const reasonSchema = z.string().trim().min(1).max(100)

export const capRowSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('entry'),
    at: momentSchema,
    id: z.uuid(),
    /** The visit here that it is about; null: it was copied from the paper. */
    visitId: z.uuid().nullable(),
    content: capContentSchema,
  }),
  z.object({
    kind: z.literal('correction'),
    at: momentSchema,
    /** The entry. */
    of: z.uuid(),
    /** null: it is struck out. */
    content: capContentSchema.nullable(),
    by: personSchema,
    why: reasonSchema,
  }),
  z.object({
    kind: z.literal('paper'),
    at: momentSchema,
    /** Every line of the paper up to this day is entered; null: that was said by mistake. */
    completeOn: dateSchema.nullable(),
  }),
])
export type CapRow = z.infer<typeof capRowSchema>
type Entry = Extract<CapRow, { kind: 'entry' }>
type Correction = Extract<CapRow, { kind: 'correction' }>

export const correctionReasonSchema = z.object({ by: personSchema, why: reasonSchema })

/** The certificate under which a sheet is kept; null: a number is missing, and nobody could find it again. */
export function capCertificateOf(
  benefit: Pick<RegisteredBenefit, 'payerNumber' | 'recipientNumber'>,
): CapCertificate | null {
  const certificate = capCertificateSchema.safeParse(benefit)
  return certificate.success ? certificate.data : null
}

export const isSameCapCertificate = (one: CapCertificate, other: CapCertificate): boolean =>
  one.payerNumber === other.payerNumber && one.recipientNumber === other.recipientNumber

export const monthOf = (day: string): string => day.slice(0, 7)

/**
 * The cap of a month: that of the certificate under these numbers whose period touches it, the later one where two do.
 * null: nobody says it.
 */
export function capInMonth(
  benefits: readonly RegisteredBenefit[],
  { payerNumber, recipientNumber }: CapCertificate,
  month: string,
): number | null {
  const [latest] = benefits
    .filter((each) => each.payerNumber === payerNumber && each.recipientNumber === recipientNumber)
    .filter(({ validFrom, validTo }) => monthOf(validFrom) <= month && month <= monthOf(validTo))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
  return latest?.monthlyCapYen ?? null
}

/** One entry as it stands now, with how it came to that. */
export interface CapLine {
  readonly id: string
  readonly visitId: string | null
  readonly enteredAt: string
  /** As it was before it was struck out, where it was. */
  readonly content: CapContent
  readonly isStruck: boolean
  /** 自己負担の累積額 after this line, of what is entered; a line that is struck out adds nothing. */
  readonly sumYen: number
  /** Oldest first, each with what stood there before it. */
  readonly corrections: readonly (Pick<Correction, 'at' | 'by' | 'why'> & { readonly before: CapContent })[]
}

/** By day, and within a day as they were entered. */
export function capLines(rows: readonly CapRow[]): readonly CapLine[] {
  const lines = rows
    .filter((row) => row.kind === 'entry')
    .map((entry) => lineOf(entry, rows))
    .toSorted((a, b) => (a.content.day < b.content.day ? -1 : a.content.day > b.content.day ? 1 : 0))
  let sumYen = 0
  return lines.map((line) => {
    if (!line.isStruck) sumYen += line.content.paidYen
    return { ...line, sumYen }
  })
}

function lineOf({ id, visitId, at, content }: Entry, rows: readonly CapRow[]): Omit<CapLine, 'sumYen'> {
  let now = content
  let isStruck = false
  const corrections: CapLine['corrections'][number][] = []
  for (const row of rows) {
    if (row.kind !== 'correction' || row.of !== id) continue
    corrections.push({ at: row.at, by: row.by, why: row.why, before: now })
    now = row.content ?? now
    isStruck = row.content === null
  }
  return { id, visitId, enteredAt: at, content: now, isStruck, corrections }
}

/** The day up to which every line of the paper is entered; null: nobody has said so. */
export function paperCompleteOn(rows: readonly CapRow[]): string | null {
  const said = rows.filter((row) => row.kind === 'paper').at(-1)
  return said?.completeOn ?? null
}

/** `free`: the cap is 0; `exceeded`: more was collected than the cap. */
type CapStanding =
  | { readonly state: 'free' | 'unknown' | 'reached' }
  | { readonly state: 'open'; readonly leftYen: number }
  | { readonly state: 'exceeded'; readonly overYen: number }

export interface CapTotal {
  /**
   * `everywhere`: all that stands on the paper is in it; `here`: only what is entered, more may have been paid elsewhere;
   * `unknown`: nothing is entered, and nobody has looked.
   */
  readonly scope: 'everywhere' | 'here' | 'unknown'
  /** Of what is entered: at least so much was paid. */
  readonly yen: number
  /** How much is left is at most so much, unless the total is of everywhere. */
  readonly standing: CapStanding
}

/** As of a day. `capYen` null: nobody says what the cap is. */
export function capTotal(rows: readonly CapRow[], day: string, capYen: number | null): CapTotal {
  const yen = capLines(rows).at(-1)?.sumYen ?? 0
  return { scope: scopeOn(rows, day), yen, standing: standingOf(yen, capYen) }
}

function standingOf(yen: number, capYen: number | null): CapStanding {
  if (capYen === null) return { state: 'unknown' }
  if (yen > capYen) return { state: 'exceeded', overYen: yen - capYen }
  if (capYen === 0) return { state: 'free' }
  return yen === capYen ? { state: 'reached' } : { state: 'open', leftYen: capYen - yen }
}

function scopeOn(rows: readonly CapRow[], day: string): CapTotal['scope'] {
  const completeOn = paperCompleteOn(rows)
  if (completeOn !== null && completeOn >= day) return 'everywhere'
  return rows.some(({ kind }) => kind !== 'paper') ? 'here' : 'unknown'
}

export const paidSoFarSchema = z.object({
  scope: z.enum(['everywhere', 'here', 'unknown']),
  /** Paid under the certificate in the month before this visit: exactly, or (`here`) at least; 0 where unknown. */
  yen: z.int(),
  /** What this clinic has charged of it; null: unknown. */
  here: z
    .object({
      yen: z.int(),
      /** Visits for which something was charged, this one left out. */
      visits: z.int(),
      /** Days with such a visit, the day of this one left out. */
      days: z.int(),
      /** Yen charged on the day of this visit for others. */
      paidToday: z.int(),
    })
    .nullable(),
})
export type PaidSoFar = z.infer<typeof paidSoFarSchema>

/** What came before a visit of `day`, in whatever order things were entered. `visitId`: its own line does not count. */
export function paidSoFar(
  rows: readonly CapRow[],
  { day, visitId }: { readonly day: string; readonly visitId: string | null },
): PaidSoFar {
  const scope = scopeOn(rows, day)
  const isOwn = (line: CapLine) => visitId !== null && line.visitId === visitId
  const before = capLines(rows).filter((line) => !line.isStruck && !isOwn(line) && line.content.day <= day)
  const charged = before.filter(({ content }) => content.institution === null && content.paidYen > 0)
  const today = charged.filter(({ content }) => content.day === day)
  const days = new Set(charged.map(({ content }) => content.day))
  days.delete(day)
  const sum = (lines: readonly CapLine[]) => lines.reduce((yen, { content }) => yen + content.paidYen, 0)
  return {
    scope,
    yen: sum(before),
    here:
      scope === 'unknown'
        ? null
        : { yen: sum(charged), visits: charged.length, days: days.size, paidToday: sum(today) },
  }
}
