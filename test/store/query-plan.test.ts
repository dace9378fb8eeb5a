import { expect, test } from 'vitest'
import { z } from 'zod'
import { sql } from '../../src-main/store/sql/statements/statements.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { must } from '../support.ts'
import { storePlace } from './samples.ts'

const planSchema = z.array(z.object({ detail: z.string() }))

function plans(): Record<string, readonly string[]> {
  const place = storePlace()
  must(openStore(place)).close()
  const database = openDatabase(place.file, place.key)
  const explain = (source: string) =>
    planSchema.parse(database.prepare(`EXPLAIN QUERY PLAN ${source.replace(/@\w+|\?/g, '1')}`).all())
  const result = Object.fromEntries(
    Object.entries(sql).map(([name, { text }]) => [name, explain(text).map(({ detail }) => detail)]),
  )
  database.close()
  return result
}

test('no statement of the store reads a whole table or sorts', () => {
  const slow = Object.entries(plans()).filter(([, plan]) =>
    // Reading the last row by descending rowid is called a scan too; the partial indexes hold only visits that wait and changes of settings, the
    // clinic's staff, orders and helps are a handful that are wanted all together, its claims a row a month, files that are not through are few, as are conflicts that nobody has looked at, and so are the one list of bookings, the marks of a week and
    // the issues of the master of local schemes; of the newest one all is wanted, out of its index.
    plan.some((step) =>
      /SCAN (?!CONSTANT ROW$|audit$|audit USING INDEX audit_(settings|desk_keys)$|expiry_marks|staff USING INDEX sqlite_autoindex_staff_2$|claim_orders$|chosen_helps$|claims$|file USING INDEX deliveries_unwritten$|master_issues$|local_schemes USING COVERING INDEX local_schemes_standing$|bookings$|booking_run$|conflicts USING INDEX conflicts_open$|visits USING INDEX visits_(open|choosing)$|deliveries USING COVERING INDEX deliveries_conflict$|records USING INDEX records_queued$)|TEMP B-TREE/.test(
        step,
      ),
    ),
  )
  expect(slow).toEqual([])
})

test('the hot queries use the indexes made for them', () => {
  // After the first step only what has expired is left out.
  const firstSteps = Object.fromEntries(Object.entries(plans()).map(([name, plan]) => [name, plan.slice(0, 1)]))
  expect(firstSteps).toMatchObject({
    answersOfPatient: ['SEARCH answers USING INDEX answers_of_patient (patient_key=?)'],
    answerOfVisit: ['SEARCH answers USING INDEX answers_of_visit (visit_id=?)'],
    confirmationOfPatient: ['SEARCH confirmations USING INDEX confirmations_of_patient (patient_key=?)'],
    deliveriesOfVisit: ['SEARCH deliveries USING INDEX deliveries_of_visit (visit_id=?)'],
    choosingVisits: ['SCAN visits USING INDEX visits_choosing'],
    openVisits: ['SCAN visits USING INDEX visits_open'],
    openVisitsOfSite: ['SCAN visits USING INDEX visits_open'],
    localSchemesOf: ['SEARCH local_schemes USING INDEX local_schemes_of_number (payer_number=?)'],
    keepTallies: ['SEARCH tallies USING COVERING INDEX tallies_of_visit (visit_id=?)'],
    pending: ['SEARCH deliveries USING INDEX deliveries_pending (destination=?)'],
    statesOfDay: ['SEARCH visits USING COVERING INDEX visits_by_state (day=?)'],
    talliesOfDay: ['SEARCH tallies USING PRIMARY KEY (day=?)'],
    terminalFiles: ['SEARCH terminal_files USING PRIMARY KEY (name=?)'],
    usersOfMonth: ['SEARCH card_uses USING COVERING INDEX card_uses_of_month (month=?)'],
    visitsOfPerson: ['SEARCH visits USING INDEX visits_of_person (person_key=?)'],
    visitsOfReference: ['SEARCH visits USING INDEX visits_of_reference (reference_key=?)'],
    visitsOfDay: ['SEARCH visits USING INDEX sqlite_autoindex_visits_2 (day=?)'],
  })
})
