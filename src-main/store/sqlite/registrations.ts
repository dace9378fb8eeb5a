// What is registered at the hub; its table and the hub call it records.
import { z } from 'zod'
import type { Registrations } from '../registrations.ts'
import { read } from './database.ts'
import { registrationRow } from './rows.ts'
import { failureText, type Topic } from './topic.ts'

export function registrations({ sql, ledger }: Topic): Registrations {
  return {
    async saveRegistration({ name, change, ...registration }) {
      return ledger.write(() => {
        sql.saveRegistration.run({
          ...registration,
          body: JSON.stringify({ name, change }),
          failure: failureText(registration.failure),
          handle: registration.handle && JSON.stringify(registration.handle),
        })
      })
    },
    async registration(id) {
      return read(() => registrationRow.optional().parse(sql.registration.get(id)) ?? null)
    },
    async queuedRegistrations() {
      return read(() => z.array(registrationRow).parse(sql.queuedRegistrations.all()))
    },
  }
}
