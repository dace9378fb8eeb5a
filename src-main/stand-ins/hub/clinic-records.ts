// POST /v1/records: a clinic registers a dose or a checkup, corrects it or cancels it.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { clinicDay } from '../../ground/clock.ts'
import type { Person } from '../people/person.ts'
import { holderOf } from './door.ts'
import { createIdempotency, type Decision } from './idempotency.ts'
import { checkupEntry, doseEntry, type Entry } from './record-book.ts'
import type { Registry } from './registry.ts'

export const recordRoutes = { records: '/v1/records' } as const

const what = z.union([z.object({ dose: doseEntry }), z.object({ checkup: checkupEntry })])
const known = z.object({ recordId: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/), version: z.int().min(1) })
const exactly = <A extends z.ZodRawShape>(shape: A) =>
  z.union([z.strictObject({ ...shape, dose: doseEntry }), z.strictObject({ ...shape, checkup: checkupEntry })])
const recordRequest = z.union([
  exactly({ action: z.literal('register'), patientReference: z.string().min(1).max(64) }),
  exactly({ action: z.literal('correct'), ...known.shape }),
  z.strictObject({ action: z.literal('cancel'), ...known.shape }),
])

const refused = (status: number, code: string): Decision => ({ status, answer: { code } })
const done = (body: unknown): Decision => ({ status: 201, answer: { body } })

export function addRecords(door: FastifyInstance, registry: Registry): void {
  const { records, people, clock } = registry
  const once = createIdempotency(clock)

  door.post(recordRoutes.records, (request, reply) =>
    once(request, reply, async () => {
      const clinic = holderOf(request.socket)
      const body = recordRequest.safeParse(request.body)
      if (!body.success) return refused(400, 'request_invalid')
      if (body.data.action === 'register') {
        const person = await people.byReference(clinic, body.data.patientReference)
        if (!person) return refused(404, 'patient_unknown')
        const entry = await entryOf(body.data)
        const wrong = entry ? problemOf(person, entry) : refused(400, 'request_invalid')
        return wrong ?? done(entry && records.register(clinic, person.id, entry))
      }
      const { recordId, version } = body.data
      const record = records.find(clinic, recordId)
      if (!record) return refused(404, 'record_unknown')
      if (record.version !== version) return refused(409, 'record_changed')
      if (body.data.action === 'cancel') return done(records.cancel(recordId))
      const person = await people.byId(record.personId)
      const entry = await entryOf(body.data)
      if (!person || !entry) return refused(400, 'request_invalid')
      return problemOf(person, entry, recordId) ?? done(records.correct(recordId, entry))
    }),
  )

  /** Why this dose or checkup cannot stand for the person; `recordId` is the record that it corrects. */
  function problemOf(person: Person, entry: Entry, recordId?: string): Decision | null {
    const day = entry.kind === 'dose' ? entry.fields.administeredOn : entry.fields.performedOn
    if (day > clinicDay(clock.now())) return refused(400, 'request_invalid')
    const held = person.holdings(day)
    const isGivenBefore =
      entry.kind === 'dose' &&
      held.doses?.some(
        ({ vaccineCode, doseNumber }) =>
          vaccineCode === entry.fields.vaccineCode && doseNumber === entry.fields.doseNumber,
      )
    if (isGivenBefore === true || records.holds(person.id, entry, recordId)) return refused(409, 'record_duplicate')
    const { voucherId } = entry.fields
    const fits =
      entry.kind === 'dose'
        ? held.vaccinationVouchers.some(
            (voucher) => voucher.voucherId === voucherId && voucher.vaccineCode === entry.fields.vaccineCode,
          )
        : held.checkupVouchers.some(
            (voucher) => voucher.voucherId === voucherId && voucher.checkupCode === entry.fields.checkupCode,
          )
    return voucherId === undefined || fits ? null : refused(422, 'voucher_unknown')
  }
}

/** null for a vaccine or a checkup that the sandbox does not know. */
async function entryOf(request: z.infer<typeof what>): Promise<Entry | null> {
  const { vaccineNames, checkupNames } = await import('../people/residents.ts')
  if ('dose' in request) {
    const name = vaccineNames.get(request.dose.vaccineCode)
    return name === undefined ? null : { kind: 'dose', name, fields: request.dose }
  }
  const name = checkupNames.get(request.checkup.checkupCode)
  return name === undefined ? null : { kind: 'checkup', name, fields: request.checkup }
}
