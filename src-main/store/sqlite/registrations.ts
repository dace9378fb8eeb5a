// What is registered at the hub; its table and the hub call it records.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { registrationRules } from '../../ground/states.ts'
import type { Registrations } from '../registrations.ts'
import { read } from './database.ts'
import { registrationRow, registrationStateRow } from './rows.ts'
import { failureText, type Topic } from './topic.ts'

export function registrations({ sql, ledger }: Topic): Registrations {
  return {
    async saveRegistration({ name, change, reason, ...registration }) {
      const saved = ledger.write((): Result<void> => {
        const { id, state } = registration
        const from = registrationStateRow.optional().parse(sql.stateOfRegistration.get(id))?.state ?? state
        if (from !== state && !registrationRules.mayMove(from, state)) return fail('VISIT_NOT_CURRENT')
        sql.saveRegistration.run({
          ...registration,
          body: JSON.stringify({ name, change, reason }),
          failure: failureText(registration.failure),
          handle: registration.handle && JSON.stringify(registration.handle),
        })
        return ok(undefined)
      })
      return saved.ok ? saved.value : saved
    },
    async registration(id) {
      return read(() => registrationRow.optional().parse(sql.registration.get(id)) ?? null)
    },
    async queuedRegistrations() {
      return read(() => z.array(registrationRow).parse(sql.queuedRegistrations.all()))
    },
  }
}
