// The sheets of monthly caps at the desk: what stands on one, what is written on it, and what was paid before a visit. Whose
// it is and what the cap is comes from a visit; nothing is written that cannot be true (eligibility/cap/refusals.ts).
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { CapPaid, CapSheetView, capSheetOfSchema, seenCapSheetSchema } from '../contract/cap-sheet.ts'
import { lastDayOfMonth } from '../eligibility/calendar.ts'
import { type CapRefusal, refuseCorrection, refuseEntry } from '../eligibility/cap/refusals.ts'
import {
  type CapCertificate,
  type CapContent,
  type CapRow,
  capCertificateOf,
  capInMonth,
  capLines,
  capTotal,
  isSameCapCertificate,
  monthOf,
  paidSoFar,
  paperCompleteOn,
} from '../eligibility/cap/sheet.ts'
import type { RegisteredBenefit } from '../eligibility/model.ts'
import { type Clock, clinicDay, clinicMoment } from '../ground/clock.ts'
import type { FailureCode } from '../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { CapLedger } from '../store/cap-ledger.ts'
import type { StoredVisit, Visits } from '../store/visits.ts'

export interface CapSheetsPorts {
  readonly store: CapLedger & Pick<Visits, 'visit'>
  readonly clock: Clock
  /** Why nothing that carries a date is taken now; null: nothing is in the way. */
  readonly holds: () => Failure | null
  /** How this clinic is called on the paper; null: nobody said. */
  readonly clinicName: () => string | null
}

export type SheetOf = z.infer<typeof capSheetOfSchema>
type SeenSheet = z.infer<typeof seenCapSheetSchema>

/** Errors of all: VISIT_NOT_CURRENT (no such visit, or no such certificate in it). */
export interface CapSheets {
  read(sheet: SheetOf): Promise<Result<CapSheetView>>
  /**
   * A line: of the visit it is entered from, where its day and this clinic are meant, else of the paper. Errors of what is
   * written: CAP_ codes, CLOCK_WRONG (today is in doubt), STORE_ codes.
   */
  enter(sheet: SeenSheet, content: CapContent): Promise<Result<void>>
  /** `content` null: strikes it out. */
  correct(
    sheet: SeenSheet,
    correction: { readonly of: string; readonly content: CapContent | null; readonly by: string; readonly why: string },
  ): Promise<Result<void>>
  /** What is known to be paid before a visit under each of its certificates. */
  paidBefore(visit: StoredVisit): Promise<CapPaid[]>
  /** Somebody has looked at the paper, and all of its lines up to today are entered; false: they have not after all. */
  saySeen(sheet: SeenSheet, isSeen: boolean): Promise<Result<void>>
}

const codeOf = {
  DAY: 'CAP_ENTRY_DAY',
  AMOUNT: 'CAP_ENTRY_AMOUNT',
  OVER: 'CAP_ENTRY_OVER',
  REPEATED: 'CAP_ENTRY_REPEATED',
  GONE: 'CAP_ENTRY_GONE',
} as const satisfies Record<CapRefusal, FailureCode>

export function createCapSheets({ store, clock, holds, clinicName }: CapSheetsPorts): CapSheets {
  const find = async ({ visitId, certificate, month }: SheetOf) => {
    const stored = await store.visit(visitId)
    const patient = stored?.visit.patient
    if (!stored || !patient) return null
    const benefits = benefitsOf(stored)
    const named = benefits.find((benefit) => {
      const each = capCertificateOf(benefit)
      return each !== null && isSameCapCertificate(each, certificate)
    })
    if (!named) return null
    const key = { patientRef: patient.ref, certificate, month }
    const terms = { month, today: clinicDay(clock.now()), capYen: capInMonth(benefits, certificate, month) }
    return { visit: stored.visit, patient, named, key, terms, rows: await store.capRows(key) }
  }
  type Found = NonNullable<Awaited<ReturnType<typeof find>>>

  /** `rowOf`: what is written on what stands there, or why nothing is. */
  const write = async (
    sheet: SeenSheet,
    rowOf: (found: Found, at: string) => CapRow | CapRefusal | null,
  ): Promise<Result<void>> => {
    const held = holds()
    if (held) return { ok: false, error: held }
    const found = await find(sheet)
    if (!found) return fail('VISIT_NOT_CURRENT')
    if (found.rows.length !== sheet.seen) return fail('CAP_SHEET_CHANGED')
    const row = rowOf(found, clinicMoment(clock.now()))
    if (row === null) return ok(undefined)
    if (typeof row === 'string') return fail(codeOf[row])
    return store.addCapRow(found.key, row, { visitId: sheet.visitId, seen: sheet.seen })
  }

  return {
    async read(sheet) {
      const found = await find(sheet)
      return found ? ok(viewOf(found, clinicName())) : fail('VISIT_NOT_CURRENT')
    },
    async paidBefore(stored) {
      const { visit } = stored
      const { patient, day } = visit
      if (!patient) return []
      const paid = certificatesOf(stored).map(async (certificate) => {
        const rows = await store.capRows({ patientRef: patient.ref, certificate, month: monthOf(day) })
        return { certificate, ...paidSoFar(rows, { day, visitId: visit.id }) }
      })
      return (await Promise.all(paid)).filter(({ scope }) => scope !== 'unknown')
    },
    enter: (sheet, content) =>
      write(sheet, ({ visit, rows, terms }, at) => {
        const visitId = content.institution === null && content.day === visit.day ? visit.id : null
        const refusal = refuseEntry(rows, { visitId, content }, terms)
        return refusal ?? { kind: 'entry', at, id: randomUUID(), visitId, content }
      }),
    correct: (sheet, { of, content, by, why }) =>
      write(sheet, ({ rows, terms }, at) => {
        const refusal = refuseCorrection(rows, { of, content }, terms)
        return refusal ?? { kind: 'correction', at, of, content, by, why }
      }),
    saySeen: (sheet, isSeen) =>
      write(sheet, ({ terms }, at) => ({ kind: 'paper', at, completeOn: isSeen ? asOf(terms) : null })),
  }
}

/** Up to which day a sheet can be looked at: today, or the last day of a month that is over. */
function asOf({ month, today }: { readonly month: string; readonly today: string }): string {
  return month < monthOf(today) ? lastDayOfMonth(month) : today
}

/** Whatever the visit knows of the patient's certificates: what is handed over first, then what the source said. */
function benefitsOf({ handed, eligibility }: StoredVisit): readonly RegisteredBenefit[] {
  const said = eligibility?.answers.medicalSubsidy
  const answered =
    said?.state === 'unreachable' ? (said.cached?.items ?? []) : said && 'items' in said ? said.items : []
  return [...(handed?.items ?? []).map(({ benefit }) => benefit), ...answered]
}

/** Each once. */
function certificatesOf(stored: StoredVisit): readonly CapCertificate[] {
  const certificates = benefitsOf(stored).flatMap((benefit) => capCertificateOf(benefit) ?? [])
  return certificates.filter(
    (each, place) => certificates.findIndex((other) => isSameCapCertificate(each, other)) === place,
  )
}

function viewOf(
  found: {
    readonly visit: StoredVisit['visit']
    readonly patient: { readonly name: string; readonly nameKana: string }
    readonly named: RegisteredBenefit
    readonly key: Omit<SheetOf, 'visitId'>
    readonly terms: { readonly month: string; readonly today: string; readonly capYen: number | null }
    readonly rows: readonly CapRow[]
  },
  clinicName: string | null,
): CapSheetView {
  const { visit, patient, key, terms, rows } = found
  const lines = capLines(rows)
  const entered = lines.flatMap(({ content }) => content.institution ?? [])
  return {
    visitId: visit.id,
    visitDay: visit.day,
    today: terms.today,
    patient: { name: patient.name, nameKana: patient.nameKana },
    certificate: { ...key.certificate, name: found.named.certificateName },
    month: terms.month,
    capYen: terms.capYen,
    clinicName,
    institutions: [...new Set([...found.named.designatedInstitutions, ...entered])],
    seen: rows.length,
    lines: lines.map(({ visitId: _, corrections, ...line }) => ({ ...line, corrections: [...corrections] })),
    ownLineId: lines.find(({ visitId, isStruck }) => visitId === visit.id && !isStruck)?.id ?? null,
    paperCompleteOn: paperCompleteOn(rows),
    total: capTotal(rows, asOf(terms), terms.capYen),
  }
}
