import { expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src-main/store/database.ts'
import { openStore } from '../../src-main/store/sqlite-store.ts'
import { prepareStatements } from '../../src-main/store/statements.ts'
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
    Object.entries(prepareStatements(database)).map(([name, { source }]) => [
      name,
      explain(source).map(({ detail }) => detail),
    ]),
  )
  database.close()
  return result
}

test('no statement of the store reads a whole table or sorts', () => {
  const slow = Object.entries(plans()).filter(([, plan]) =>
    // Reading the last row by descending rowid is called a scan too; the partial index holds only open visits, and the
    // clinic's orders are a handful that are wanted all together, as is the one list of bookings.
    plan.some((step) =>
      /SCAN (?!audit$|claim_orders$|bookings$|booking_run$|visits USING INDEX visits_open$)|TEMP B-TREE/.test(step),
    ),
  )
  expect(slow).toEqual([])
})

test('the hot queries use the indexes made for them', () => {
  const {
    answersOfPatient,
    answerOfVisit,
    confirmationOfPatient,
    deliveriesOfVisit,
    openVisits,
    pending,
    visitsOfDay,
  } = plans()
  expect({
    answersOfPatient,
    answerOfVisit,
    confirmationOfPatient,
    deliveriesOfVisit,
    openVisits,
    pending,
    visitsOfDay,
  }).toEqual({
    answersOfPatient: ['SEARCH answers USING INDEX answers_of_patient (patient_key=?)'],
    answerOfVisit: ['SEARCH answers USING INDEX answers_of_visit (visit_id=?)'],
    confirmationOfPatient: ['SEARCH confirmations USING INDEX confirmations_of_patient (patient_key=?)'],
    deliveriesOfVisit: ['SEARCH deliveries USING INDEX deliveries_of_visit (visit_id=?)'],
    openVisits: ['SCAN visits USING INDEX visits_open'],
    pending: ['SEARCH deliveries USING INDEX deliveries_pending (destination=?)'],
    visitsOfDay: ['SEARCH visits USING INDEX sqlite_autoindex_visits_2 (day=?)'],
  })
})
