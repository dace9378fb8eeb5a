// What is registered at the hub; its table and the hub call it records.
import { z } from 'zod'
import type { AuditEvent } from '../../contract/audit-events.ts'
import { fail, ok } from '../../ground/result.ts'
import { type RegistrationState, registrationRules } from '../../ground/states.ts'
import type { Registrations } from '../registrations.ts'
import { registrationRow, registrationStateRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import { failureText, type Topic } from './topic.ts'

/** What the hub has made of it; what staff do is told by their call. */
const outcomes: Partial<Record<RegistrationState, AuditEvent>> = {
  registered: 'registrationTaken',
  refused: 'registrationRefused',
}

export function registrations({ ledger, among }: Topic): Registrations {
  return {
    async saveRegistration({ name, change, reason, ...registration }, lease = null) {
      return ledger.judge(function* () {
        if (!(yield* among.holds(lease))) return fail('LEASE_LOST')
        const { id, state } = registration
        const from = registrationStateRow.optional().parse(yield* sql.stateOfRegistration.get(id))?.state ?? state
        if (from !== state && !registrationRules.mayMove(from, state)) return fail('VISIT_NOT_CURRENT')
        yield* sql.saveRegistration.run({
          ...registration,
          body: JSON.stringify({ name, change, reason }),
          failure: failureText(registration.failure),
          handle: registration.handle && JSON.stringify(registration.handle),
        })
        const event = from === state ? undefined : outcomes[state]
        const { visitId, updatedAt: at, failure } = registration
        if (event) yield* ledger.addAudit(visitId, null, { at, event, ...(failure && { code: failure.code }) })
        return ok(undefined)
      })
    },
    async registration(id) {
      return ledger.read(function* () {
        return registrationRow.optional().parse(yield* sql.registration.get(id)) ?? null
      })
    },
    async queuedRegistrations() {
      return ledger.readKept(function* () {
        return z.array(registrationRow).parse(yield* sql.queuedRegistrations.all())
      })
    },
  }
}
