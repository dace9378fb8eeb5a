// No statement of the store reads a table that grows with the days: asked of SQLite's own plans, for each statement there is.
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { sql } from '../../src-main/store/sql/statements/statements.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { must } from '../support.ts'
import { few, makeStatements, onOneLine } from './few-rows.ts'
import { storePlace } from './samples.ts'

/** Whatever is made a statement anywhere, also where nobody outside the file can name it. */
const made = vi.hoisted(() => new Set<string>())
vi.mock('../../src-main/store/sql/work.ts', async (original) => {
  const work = await original<typeof import('../../src-main/store/sql/work.ts')>()
  const statement: typeof work.statement = (text, ...more) => {
    made.add(text)
    return work.statement(text, ...more)
  }
  return { ...work, statement }
})

const planSchema = z.array(z.object({ detail: z.string() }))

/** Those that are asked often by their names there, the others by their text. */
async function plans(): Promise<ReadonlyMap<string, readonly string[]>> {
  await makeStatements('src-main/store/sql', 'src-main/store/sqlite')
  const place = storePlace()
  must(openStore(place)).close()
  const database = openDatabase(place.file, place.key)
  const namesOf = (text: string) => Object.entries(sql).flatMap(([name, one]) => (one.text === text ? [name] : []))
  const explain = (source: string) =>
    planSchema.parse(database.prepare(`EXPLAIN QUERY PLAN ${source.replace(/@\w+|\?/g, '1')}`).all())
  const result = new Map<string, readonly string[]>()
  for (const text of made) {
    const names = namesOf(text)
    const plan = explain(text).map(({ detail }) => detail)
    for (const name of names.length > 0 ? names : [onOneLine(text)]) result.set(name, plan)
  }
  database.close()
  return result
}

/** What is read from one end to the other although it grows. */
const wanted = {
  lastAudit: 'stops at the first row, from the end',
  firstDay: 'stops at the first one',
  firstKeptDay: 'stops at the first one',
  lastLossDay: 'asked where the whole trail is read for proving it',
  masterStanding: 'all of the newest issue is wanted, out of its index: what another one is compared with',
  'DELETE FROM local_schemes WHERE from_issue = @issue AND until_issue <= @next': 'once, where a rehearsal ends',
  'DELETE FROM local_schemes WHERE from_issue = ?': 'once, where a rehearsal ends',
  'UPDATE local_schemes SET from_issue = @next WHERE from_issue = @issue': 'once, where a rehearsal ends',
  'UPDATE local_schemes SET until_issue = @next WHERE until_issue = @issue': 'once, where a rehearsal ends',
  'SELECT id, visit_id, destination FROM deliveries WHERE state = ?': 'where somebody goes on after a loss, once',
}

/** A step of a plan that goes from one end to the other; also a search that is not for anything. */
const isWhole = (step: string) => /^SCAN (?!CONSTANT ROW)|^SEARCH (?!.*\()|TEMP B-TREE/.test(step)

/** Of the database itself, which knows a handful of tables. */
const isOfSchema = (step: string) => /pragma_|migrations/.test(step)

const fewIn = (step: string) => Object.keys(few).filter((name) => step.split(' ').includes(name))

test('no statement of the store reads a table that grows from one end to the other, or sorts it', async () => {
  const slow = [...(await plans())].flatMap(([name, plan]) => {
    const ofSchema = plan.some((step) => /pragma_/.test(step))
    const steps = plan.filter((step) => isWhole(step) && !isOfSchema(step) && fewIn(step).length === 0)
    return ofSchema || steps.length === 0 || name in wanted ? [] : [[name, steps]]
  })
  expect(slow).toEqual([])
})

test('nothing is excused that is not done', async () => {
  const all = await plans()
  const steps = [...all.values()].flat().filter(isWhole)
  expect(Object.keys(few).filter((name) => !steps.some((step) => fewIn(step).includes(name)))).toEqual([])
  expect(Object.keys(wanted).filter((name) => !all.get(name)?.some(isWhole))).toEqual([])
})

test('the hot queries use the indexes made for them', async () => {
  // After the first step only what has expired is left out.
  const firstSteps = Object.fromEntries([...(await plans())].map(([name, plan]) => [name, plan.slice(0, 1)]))
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
