// The row of a call in the trail: by itself, or with what the call changes (store/row-of-call.ts), for every engine.
import { z } from 'zod'
import type { Subject } from '../../contract/call-kinds.ts'
import { type CallRow, owedRow } from '../row-of-call.ts'
import type { Keys } from './keys.ts'
import { linkedPatientRow, namedRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Ledger } from './topic.ts'
import type { Answered, Asked, Work } from './work.ts'

/** What is needed to write one. */
export interface RowTopic {
  readonly ledger: Pick<Ledger, 'addAudit'>
  readonly keys: Pick<Keys, 'person' | 'numbers'>
}

/** Whom a number or a name leads to: everybody whose data come of it. */
export function* refsOf(
  { keys }: Pick<RowTopic, 'keys'>,
  { patientRef, patientNumber, person }: Pick<Subject, 'patientRef' | 'patientNumber' | 'person'>,
): Work<readonly string[]> {
  if (patientRef !== null) return [patientRef]
  if (patientNumber !== null) {
    const linked = z.array(linkedPatientRow).parse(yield* sql.linkedPatient.all(keys.numbers(patientNumber)))
    return linked.map((row) => row.patient_ref)
  }
  const key = person && keys.person(person)
  const rows = key === null ? [] : z.array(namedRow).parse(yield* sql.patientsOfPerson.all(key))
  return [...new Set(rows.flatMap(({ patient }) => patient?.ref ?? []))]
}

/** Inside a transaction. A row for each patient whom the call is about, else one about a visit or nobody. */
export function* addCall(topic: RowTopic, { event, subject, at }: CallRow): Work<void> {
  const { ledger } = topic
  const { visitId, deliveryId, about } = subject
  const entry = { at, event, ...(about !== null && { about }) }
  const refs = visitId === null ? yield* refsOf(topic, subject) : []
  if (refs.length === 0) yield* ledger.addAudit(visitId ?? '', deliveryId, entry)
  for (const patientRef of refs) yield* ledger.addAudit('', deliveryId, { ...entry, patientRef })
}

/** For whoever makes a transaction of a work: with the row that is owed, where the work changes something and writes none. */
export function* withItsRow<T>(topic: RowTopic, work: () => Work<T>): Work<T> {
  if (!owedRow()) return yield* work()
  const running = work()
  let hasChanged = false
  let step = running.next()
  while (!step.done) {
    // Where the row hangs on whether something changes, that is waited for.
    const asked: readonly Asked[] = owedRow() && !hasChanged ? step.value.map(waitedFor) : step.value
    const answered = yield asked
    hasChanged ||= asked.some((each, at) => changes(each, answered[at]))
    step = running.next(answered)
  }
  const row = owedRow()
  if (row && hasChanged) yield* addCall(topic, row)
  return step.value
}

const waitedFor = ({ isTold, ...asked }: Asked): Asked => asked
const nothing: Answered = { rows: [], changes: 0 }

/** A statement that tells its own rows tells those that it has changed. */
const changes = ({ text }: Asked, { rows, changes: count }: Answered = nothing): boolean =>
  count > 0 || (rows.length > 0 && !/^\s*(SELECT|WITH)\b/i.test(text))
