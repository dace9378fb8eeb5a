// What of the store does not grow with the visits, so that a statement may read it from one end to the other: for the tests of both
// engines' plans. And every file in which a statement is made.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support.ts'

/** Tables, and indexes of a part of a table that grows. */
export const few: Readonly<Record<string, string>> = {
  booking_run: 'there is one list of bookings',
  bookings: 'of one day, and all of them are wanted',
  chosen_helps: 'one for each combination of helps that the clinic has met',
  claim_orders: 'one for each combination of schemes that the clinic has met',
  claims: 'one for each month',
  expiry_marks: 'one for each day of a week',
  master_issues: 'a few in a year',
  staff: 'the clinic’s people',
  written_for: 'one',
  audit_desk_keys: 'one for each desk of a site',
  audit_settings: 'what the clinic has changed of its settings',
  conflicts_open: 'what nobody has looked at',
  deliveries_conflict: 'about which a person has to decide',
  deliveries_pending: 'on their way',
  deliveries_unwritten: 'not through',
  records_queued: 'on their way',
  visits_choosing: 'in which a person has to choose',
  visits_open: 'under way',
}

/** Imports them: what is made a statement there is made. */
export async function makeStatements(...rooms: readonly string[]): Promise<void> {
  for (const room of rooms)
    for (const file of readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.ts')) await import(join(root, room, file))
}

export const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
