// Everybody whom the store knows, gone at once: in one transaction, from every table but those that are named as staying
// (test/store/erased.test.ts holds that each table is in one of the lists). Asked once or twice in a store's life, so its
// statements are not prepared with the others and may read whole tables.
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { type DeliveryStep, writtenStates } from '../../ground/states.ts'
import type { Erasing, Known, WrittenFor } from '../erasing.ts'
import { endMonths, keepCounts } from './counts.ts'
import { openCopy, read, storeFailure } from './database.ts'
import type { OpenDatabase } from './opening.ts'
import { toldKinds } from './retention.ts'
import { countRows } from './row-counts.ts'
import { numberRow } from './rows.ts'
import { list, underWay } from './statements/conditions.ts'

/** Of patients, each before what it takes along: answers, files, confirmations, registrations, tallies, rows of a sheet. */
export const ofPatients = [
  'visits',
  'cap_sheets',
  'card_uses',
  'card_links',
  'patient_numbers',
  'bookings',
  'booking_run',
  'terminal_files',
  'terminal_requests',
  // Its reason is typed, and may name somebody.
  'broken_glass',
] as const

/** What goes with one of them. */
export const along = ['answers', 'cap_rows', 'confirmations', 'deliveries', 'records', 'tallies'] as const

/** What was counted and chosen: a clinic's own, but not where it was done about invented people. */
export const ofClinic = ['month_counts', 'claims', 'claim_orders', 'chosen_helps'] as const

/** Later than any day and any month. */
const everything = '9999-12-31'

const unseen: DeliveryStep['to'] = 'conflict'

const modeRow = z.object({ mode: z.enum(['training', 'live']) })

export function erasing({ database, sql, ledger }: OpenDatabase): Erasing {
  const count = (table: string, where = '') =>
    numberRow.parse(database.prepare(`SELECT count(*) AS value FROM ${table} ${where}`).get()).value
  const empty = (tables: readonly string[]) => {
    for (const table of tables) database.prepare(`DELETE FROM ${table}`).run()
  }
  const known = (): Known => ({
    kinds: {
      visits: count('visits'),
      capSheets: count('cap_sheets'),
      cards: count('card_links'),
      numbers: count('patient_numbers'),
      bookings: count('bookings'),
      terminal: count('terminal_files') + count('terminal_requests'),
    },
    undelivered:
      count('deliveries', `WHERE state NOT IN (${list(writtenStates)})`) +
      count('records', `WHERE state IN (${list(['queued', 'refused'])})`),
  })
  const writtenFor = () =>
    modeRow.optional().parse(database.prepare('SELECT mode FROM written_for').get())?.mode ?? null

  const isEmpty = () => [...ofPatients, ...ofClinic].every((table) => count(table) === 0)
  const mayWriteFor = (mode: WrittenFor): Result<void> =>
    mode === 'training' && writtenFor() === 'live' && !isEmpty() ? fail('STORE_IS_LIVE') : ok(undefined)

  return {
    mayWriteFor: async (mode) => read(() => mayWriteFor(mode)),
    async writeFor(mode, { at }) {
      if (read(writtenFor) === mode) return ok(undefined)
      const written = ledger.write(() => {
        const may = mayWriteFor(mode)
        if (!may.ok) return may
        if (writtenFor() === 'training' && !isEmpty()) {
          const about = toldKinds(known().kinds)
          empty([...ofPatients, ...ofClinic])
          ledger.addAudit('', null, { at, event: 'rehearsalErased', ...(about !== '' && { about }) })
        }
        database.prepare('INSERT OR REPLACE INTO written_for (id, mode) VALUES (1, ?)').run(mode)
        return may
      })
      return written.ok ? written.value : written
    },
    countKnown: async () => read(known),
    async erase({ at }) {
      const erased = ledger.write(() => {
        const gone = known()
        // What is on its way would keep its visit from being counted: nobody will ever see it arrive.
        database.prepare(`UPDATE deliveries SET state = '${unseen}' WHERE ${underWay}`).run()
        empty(['records'])
        keepCounts({ sql }, everything, everything, () => empty(['visits']))
        endMonths({ sql }, everything)
        empty(ofPatients)
        database.prepare('DELETE FROM written_for').run()
        const about = toldKinds(gone.kinds)
        ledger.addAudit('', null, { at, event: 'patientsErased', ...(about !== '' && { about }) })
        return gone
      })
      if (!erased.ok) return erased
      try {
        database.exec('VACUUM')
        database.pragma('wal_checkpoint(TRUNCATE)')
        return erased
      } catch (error) {
        return { ok: false, error: storeFailure(error) }
      }
    },
  }
}

export interface Left {
  /** Of patients. */
  readonly rows: number
  /** That were given up by what they held, and lie in the file. */
  readonly freePages: number
}

/** What is left of patients in a database that nobody has open, by a connection that cannot write. Errors: STORE_ codes. */
export function leftIn(file: string, key: Uint8Array): Result<Left> {
  const counted = countRows(file, key)
  if (!counted.ok) return counted
  const rows = [...ofPatients, ...along].reduce((sum, table) => sum + (counted.value[table] ?? 0), 0)
  let database: Database.Database | undefined
  try {
    database = openCopy(file, key)
    return ok({ rows, freePages: z.number().parse(database.pragma('freelist_count', { simple: true })) })
  } catch (error) {
    return { ok: false, error: storeFailure(error) }
  } finally {
    database?.close()
  }
}
