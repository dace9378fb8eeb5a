// Doses and checkups that clinics registered. Every change is a new version; a dose is never in the book twice, and only
// the clinic that registered it may change it.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { dateSchema } from '../../eligibility/model.ts'
import { type Clock, clinicMoment } from '../../ground/clock.ts'
import type { WireCheckup, WireDose } from '../../hub/pmh/wire.ts'

const code = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)
const common = {
  voucherId: z.string().min(1).max(64).optional(),
  physicianName: z.string().min(1).max(100).optional(),
}
export const doseEntry = z.strictObject({
  ...common,
  vaccineCode: code,
  doseNumber: z.int().min(1).max(20),
  administeredOn: dateSchema,
  lotNumber: z.string().regex(/^[0-9A-Za-z-]{1,20}$/),
  injectionSite: z.enum(['leftUpperArm', 'rightUpperArm', 'leftThigh', 'rightThigh', 'oral', 'other']),
  doseMl: z.number().positive().max(10).optional(),
})
const measurement = z.strictObject({ item: z.string().min(1).max(100), value: z.string().min(1).max(100) })
export const checkupEntry = z.strictObject({
  ...common,
  checkupCode: code,
  performedOn: dateSchema,
  result: z.enum(['noFindings', 'observation', 'furtherExamination', 'treatment']),
  measurements: z.array(measurement).max(50).optional(),
})

/** A dose or a checkup; `name` is what it is called in later answers. */
export type Entry =
  | { readonly kind: 'dose'; readonly name: string; readonly fields: z.infer<typeof doseEntry> }
  | { readonly kind: 'checkup'; readonly name: string; readonly fields: z.infer<typeof checkupEntry> }

interface BookedRecord {
  readonly recordId: string
  readonly clinic: string
  readonly personId: string
  /** Oldest first; the last one counts. */
  readonly versions: Entry[]
  isCancelled: boolean
}

/** What stands in a clinic's hands after a change. `version` counts the changes, a cancellation included. */
interface Receipt {
  readonly recordId: string
  readonly version: number
  readonly state: 'registered' | 'cancelled'
  readonly acceptedAt: string
}

export interface RecordBook {
  register(clinic: string, personId: string, entry: Entry): Receipt
  find(clinic: string, recordId: string): { readonly personId: string; readonly version: number } | null
  correct(recordId: string, entry: Entry): Receipt
  cancel(recordId: string): Receipt
  /** Whether another record than `except` holds this dose or checkup, or used its voucher. */
  holds(personId: string, entry: Entry, except?: string): boolean
  isUsed(personId: string, voucherId: string): boolean
  /** A person's records as later answers tell them: with their handle only to the clinic that may change them. */
  of(clinic: string, personId: string): { readonly doses: WireDose[]; readonly checkups: WireCheckup[] }
}

export function createRecordBook(clock: Clock): RecordBook {
  const book = new Map<string, BookedRecord>()
  const current = (record: BookedRecord) => record.versions.at(-1)
  const versionOf = (record: BookedRecord) => record.versions.length + (record.isCancelled ? 1 : 0)
  const standing = (personId: string) =>
    [...book.values()].filter((record) => record.personId === personId && !record.isCancelled)
  const receipt = (record: BookedRecord): Receipt => ({
    recordId: record.recordId,
    version: versionOf(record),
    state: record.isCancelled ? 'cancelled' : 'registered',
    acceptedAt: clinicMoment(clock.now()),
  })
  const existing = (recordId: string) => {
    const record = book.get(recordId)
    if (!record) throw new Error('no such record')
    return record
  }

  return {
    register(clinic, personId, entry) {
      const record = { recordId: randomUUID(), clinic, personId, versions: [entry], isCancelled: false }
      book.set(record.recordId, record)
      return receipt(record)
    },
    find(clinic, recordId) {
      const record = book.get(recordId)
      if (record?.clinic !== clinic) return null
      // Nothing follows a cancellation: no version of it is the newest.
      return { personId: record.personId, version: record.isCancelled ? 0 : versionOf(record) }
    },
    correct(recordId, entry) {
      const record = existing(recordId)
      record.versions.push(entry)
      return receipt(record)
    },
    cancel(recordId) {
      const record = existing(recordId)
      record.isCancelled = true
      return receipt(record)
    },
    holds: (personId, entry, except) =>
      standing(personId).some((record) => {
        const other = current(record)
        return record.recordId !== except && other !== undefined && isSame(other, entry)
      }),
    isUsed: (personId, voucherId) =>
      standing(personId).some((record) => current(record)?.fields.voucherId === voucherId),
    of(clinic, personId) {
      const told = standing(personId).map((record) => {
        const handle = record.clinic === clinic ? { recordId: record.recordId, version: versionOf(record) } : {}
        return { entry: current(record), handle }
      })
      return {
        doses: told.flatMap(({ entry, handle }): WireDose[] => {
          if (entry?.kind !== 'dose') return []
          const { vaccineCode, doseNumber, administeredOn, lotNumber, injectionSite } = entry.fields
          const dose = { vaccineCode, doseNumber, administeredOn, lotNumber, injectionSite }
          return [{ ...handle, ...dose, vaccineName: entry.name, medium: 'digital' }]
        }),
        checkups: told.flatMap(({ entry, handle }): WireCheckup[] => {
          if (entry?.kind !== 'checkup') return []
          const { checkupCode, performedOn, result } = entry.fields
          return [{ ...handle, checkupCode, performedOn, result, checkupName: entry.name, medium: 'digital' }]
        }),
      }
    },
  }
}

/** One dose of a series is given once; a checkup of one kind takes place once a day; a voucher counts once. */
function isSame(a: Entry, b: Entry): boolean {
  if (a.kind === 'dose' && b.kind === 'dose') {
    const isSameDose = a.fields.vaccineCode === b.fields.vaccineCode && a.fields.doseNumber === b.fields.doseNumber
    if (isSameDose) return true
  }
  if (a.kind === 'checkup' && b.kind === 'checkup') {
    const isSameDay = a.fields.performedOn === b.fields.performedOn
    if (isSameDay && a.fields.checkupCode === b.fields.checkupCode) return true
  }
  return a.fields.voucherId !== undefined && a.fields.voucherId === b.fields.voucherId
}
