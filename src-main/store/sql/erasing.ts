// Everybody whom the store knows, gone at once: in one transaction, from every table but those that are named as staying
// (test/store/erased.test.ts holds that each table is in one of the lists). Asked once or twice in a store's life, so its
// statements are not prepared with the others and may read whole tables.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { type DeliveryStep, writtenStates } from '../../ground/states.ts'
import type { Erasing, Known, WrittenFor } from '../erasing.ts'
import { endMonths, keepCounts } from './counts.ts'
import { dropSamples } from './local-masters.ts'
import { toldKinds } from './retention.ts'
import { numberRow } from './rows.ts'
import { list, underWay } from './statements/conditions.ts'
import type { Topic } from './topic.ts'
import { statement, type Work } from './work.ts'

/** Of patients, each before what it takes along: answers, files, confirmations, registrations, tallies, rows of a sheet. */
export const ofPatients = [
  'conflicts',
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

const everyTable = [...ofPatients, ...ofClinic]
const writtenForRow = statement('SELECT mode FROM written_for')
const forgetWhom = statement('DELETE FROM written_for')
const noteWhom = statement(`
  INSERT INTO written_for (id, mode) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET mode = excluded.mode`)
// What is on its way would keep its visit from being counted: nobody will ever see it arrive.
const giveUp = statement(`UPDATE deliveries SET state = '${unseen}' WHERE ${underWay}`)

function* count(table: string, where = ''): Work<number> {
  return numberRow.parse(yield* statement(`SELECT count(*) AS value FROM ${table} ${where}`).get()).value
}

function* empty(tables: readonly string[]): Work<void> {
  for (const table of tables) yield* statement(`DELETE FROM ${table}`).run()
}

function* known(): Work<Known> {
  return {
    kinds: {
      visits: yield* count('visits'),
      capSheets: yield* count('cap_sheets'),
      cards: yield* count('card_links'),
      numbers: yield* count('patient_numbers'),
      bookings: yield* count('bookings'),
      terminal: (yield* count('terminal_files')) + (yield* count('terminal_requests')),
    },
    undelivered:
      (yield* count('deliveries', `WHERE state NOT IN (${list(writtenStates)})`)) +
      (yield* count('records', `WHERE state IN (${list(['queued', 'refused'])})`)),
  }
}

function* writtenFor(): Work<WrittenFor | null> {
  return modeRow.optional().parse(yield* writtenForRow.get())?.mode ?? null
}

function* isEmpty(): Work<boolean> {
  for (const table of everyTable) if ((yield* count(table)) > 0) return false
  return true
}

function* mayWriteFor(mode: WrittenFor): Work<Result<void>> {
  const isRefused = mode === 'training' && (yield* writtenFor()) === 'live' && !(yield* isEmpty())
  return isRefused ? fail('STORE_IS_LIVE') : ok(undefined)
}

/** `giveBack`: what was deleted is overwritten, and its room is the disk's again. Errors: STORE_ codes. */
export function erasing({ ledger }: Topic, giveBack: () => Result<void> | Promise<Result<void>>): Erasing {
  return {
    mayWriteFor: async (mode) => ledger.read(() => mayWriteFor(mode)),
    async writeFor(mode, { at }) {
      // No transaction for what is as it was at every start but the first.
      if ((await ledger.read(writtenFor)) === mode) return ok(undefined)
      return ledger.judge(function* () {
        const may = yield* mayWriteFor(mode)
        if (!may.ok) return may
        const isOver = (yield* writtenFor()) === 'training'
        const masters = isOver ? yield* dropSamples() : 0
        if (isOver && (masters > 0 || !(yield* isEmpty()))) {
          const about = toldKinds({ ...(yield* known()).kinds, masters })
          yield* empty(everyTable)
          yield* ledger.addAudit('', null, { at, event: 'rehearsalErased', ...(about !== '' && { about }) })
        }
        yield* noteWhom.run(mode)
        return may
      })
    },
    countKnown: async () => ledger.read(known),
    async erase({ at }) {
      const erased = await ledger.write(function* () {
        const gone = yield* known()
        yield* giveUp.run()
        yield* empty(['records'])
        yield* keepCounts(everything, everything, () => empty(['visits']))
        yield* endMonths(everything)
        yield* empty(ofPatients)
        yield* forgetWhom.run()
        const about = toldKinds(gone.kinds)
        yield* ledger.addAudit('', null, { at, event: 'patientsErased', ...(about !== '' && { about }) })
        return gone
      })
      if (!erased.ok) return erased
      const given = await giveBack()
      return given.ok ? erased : given
    },
  }
}
