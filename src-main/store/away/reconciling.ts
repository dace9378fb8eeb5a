// What may be changed at both sides, brought to the site: where the site's row is as it was when the desk went away, the desk's comes in
// its place; where both have made the same of it there is nothing to do; where they differ the site's stays, and a person is told what the
// desk had. Never is a card said to bring a number that its desk has not linked.
import { z } from 'zod'
import type { Conflict } from '../../contract/conflicts.ts'
import { combinationOf } from '../../eligibility/order.ts'
import type { ChainedRow } from '../sql/audit-chain.ts'
import type { Keys } from '../sql/keys.ts'
import { answerRow, numberedRow, numberRow, type TableRow, tableRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import { atOnce, each, statement, type Work } from '../sql/work.ts'
import type { CapAdded, Changed, Written } from './differences.ts'

/** What a person has to look at, as far as the rows say: the rest is the same for all. */
export type Differing = Pick<Conflict, 'content' | 'at' | 'staffId' | 'visitId'>

const text = z.string()
const noText = z.string().nullable()

const isSame = (columns: readonly string[], one: TableRow | null, other: TableRow | null) =>
  one === null || other === null ? one === other : columns.every((name) => one[name] === other[name])

/** Each changed row with what the site has now. */
function* withSite(changed: readonly Changed[], table: string, key: string) {
  const get = statement(`SELECT * FROM "${table}" WHERE ${key} = ?`)
  return yield* atOnce(changed, function* (row) {
    return { ...row, site: tableRow.optional().parse(yield* get.get(row.key)) ?? null }
  })
}

/** When it was done at the desk, by whom, in which visit: by the last row of its trail that says so. */
function doneBy({ trail, about }: Written, isIt: (row: ChainedRow) => boolean): Omit<Differing, 'content'> {
  const row = trail.findLast(isIt)
  return { at: row?.at ?? about.since ?? about.as_of, staffId: row?.staffId ?? null, visitId: row?.visitId || null }
}

const numberColumns = ['patient_ref', 'number', 'confirmed_name', 'confirmed_of']
const numberEvents = ['patientNumberLinked', 'patientNumberUnlinked', 'nameConfirmed', 'nameUnconfirmed']
const dropNumber = statement('DELETE FROM patient_numbers WHERE patient_key = ?')
const holderOf = statement(
  'SELECT patient_key FROM patient_numbers WHERE number_key = @numberKey AND patient_key <> @patient',
)
const holderRow = z.object({ patient_key: z.string() }).optional()
const putNumber = statement(`
  INSERT INTO patient_numbers (patient_key, patient_ref, person_key, number, number_key, stale_since, confirmed_name, confirmed_of)
  VALUES (@patient_key, @patient_ref, @person_key, @number, @numberKey, @stale_since, @confirmed_name, @confirmed_of)
  ON CONFLICT (patient_key) DO UPDATE SET patient_ref = excluded.patient_ref, person_key = excluded.person_key,
    number = excluded.number, number_key = excluded.number_key, stale_since = excluded.stale_since,
    confirmed_name = excluded.confirmed_name, confirmed_of = excluded.confirmed_of`)

const told = (row: TableRow | null) => row && { number: text.parse(row.number), name: noText.parse(row.confirmed_name) }

/** 診察券番号. Returns whose was not taken over, too. */
export function* bringNumbers(
  keys: Pick<Keys, 'numbers'>,
  written: Written,
): Work<{ readonly differing: readonly Differing[]; readonly patients: ReadonlySet<string> }> {
  const all = yield* withSite(written.changed.get('patient_numbers') ?? [], 'patient_numbers', 'patient_key')
  const differing: Differing[] = []
  const patients = new Set<string>()
  const differs = (key: string, here: TableRow | null, site: TableRow | null, holder: string | null) => {
    patients.add(key)
    const done = doneBy(written, ({ event, patient }) => numberEvents.includes(event) && patient === key)
    differing.push({ ...done, content: { kind: 'number', here: told(here), site: told(site), holder } })
  }
  const isUntouched = (row: (typeof all)[number]) => isSame(numberColumns, row.site, row.base)
  const mine = all.filter(({ here, base }) => !isSame(numberColumns, here, base))
  for (const row of mine) {
    if (!isUntouched(row) && !isSame(numberColumns, row.site, row.here)) differs(row.key, row.here, row.site, null)
  }
  // First what goes: its number may be somebody else's here.
  for (const row of mine) if (row.here === null && row.site && isUntouched(row)) yield* dropNumber.tell(row.key)
  for (const row of mine) {
    if (row.here === null || !isUntouched(row)) continue
    const { numberKey } = keys.numbers(text.parse(row.here.number))
    const holder = holderRow.parse(yield* holderOf.get({ numberKey, patient: row.key }))
    if (holder) differs(row.key, row.here, row.site, yield* nameOf(holder.patient_key))
    else yield* putNumber.tell({ ...row.here, numberKey })
  }
  // Only that it needs a person (another card has come): where nobody has looked at it since.
  for (const { here, base, site } of all) {
    if (!here || !site || !isSame(numberColumns, here, base) || !isSame([...numberColumns, 'stale_since'], site, base))
      continue
    yield* putNumber.tell({ ...here, numberKey: site.number_key ?? null })
  }
  return { differing, patients }
}

/** '': nothing is kept of them. */
function* nameOf(patientKey: string): Work<string> {
  return answerRow.optional().parse(yield* sql.answersOfPatient.get(patientKey))?.body.patient.name ?? ''
}

const cardColumns = ['patient_key', 'expires_on', 'brings_number', 'certificate_ends_on']
const putCard = statement(`
  INSERT INTO card_links (card_key, patient_key, expires_on, brings_number, certificate_ends_on)
  VALUES (@card_key, @patient_key, @expires_on, @brings, @certificate_ends_on)
  ON CONFLICT (card_key) DO UPDATE SET patient_key = excluded.patient_key, expires_on = excluded.expires_on,
    brings_number = excluded.brings_number, certificate_ends_on = excluded.certificate_ends_on`)

/** Whose which card is. `patients`: whose number was not taken over. */
export function* bringCards(written: Written, patients: ReadonlySet<string>): Work<readonly Differing[]> {
  const all = yield* withSite(written.changed.get('card_links') ?? [], 'card_links', 'card_key')
  const answers = written.rows.get('answers') ?? []
  return (yield* each(all, function* ({ here, base, site }): Work<readonly Differing[]> {
    if (here === null) return []
    if (isSame(cardColumns, site, base)) {
      const isDoubtful = patients.has(text.parse(here.patient_key))
      const before = site?.patient_key === here.patient_key ? site?.brings_number : 0
      yield* putCard.tell({ ...here, brings: isDoubtful ? (before ?? 0) : (here.brings_number ?? 0) })
      return []
    }
    if (site === null || site.patient_key === here.patient_key || here.patient_key === base?.patient_key) return []
    const visitId = noText.parse(
      answers.findLast((answer) => answer.patient_key === here.patient_key)?.visit_id ?? null,
    )
    const done = doneBy(written, (row) => row.visitId === visitId)
    return [{ ...done, visitId, content: { kind: 'card' } }]
  })).flat()
}

const listOf = z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json)))
const helpsOf = z.string().transform((json) => z.object({ used: z.array(z.string()) }).parse(JSON.parse(json)).used)
const choices = {
  claim_orders: { column: 'sequence', kind: 'claimOrder', content: listOf },
  chosen_helps: { column: 'choice', kind: 'chosenHelps', content: helpsOf },
} as const

/** The order on the claim, and the helps, that the clinic chose for a combination. */
export function* bringChoices(written: Written, table: keyof typeof choices): Work<readonly Differing[]> {
  const { column, kind, content } = choices[table]
  const drop = statement(`DELETE FROM ${table} WHERE combination = ?`)
  const put = statement(`
    INSERT INTO ${table} (combination, ${column}, chosen_at) VALUES (?, ?, ?)
    ON CONFLICT (combination) DO UPDATE SET ${column} = excluded.${column}, chosen_at = excluded.chosen_at`)
  const all = yield* withSite(written.changed.get(table) ?? [], table, 'combination')
  return (yield* each(all, function* ({ key, here, base, site }): Work<readonly Differing[]> {
    if (isSame([column], here, base) || isSame([column], here, site)) return []
    if (isSame([column], site, base)) {
      if (here) yield* put.tell(key, here[column], here.chosen_at)
      else yield* drop.tell(key)
      return []
    }
    const of = (row: TableRow | null) => row && content.parse(row[column])
    const done = doneBy(written, ({ detail }) => isAbout(detail, kind, key))
    return [{ ...done, content: { kind, here: of(here), site: of(site) } }]
  })).flat()
}

const orderDetail = z.object({ setting: z.string(), before: z.unknown(), after: z.unknown() })
const schemes = z.union([z.array(z.string()), z.object({ of: z.array(z.string()) }).transform(({ of }) => of)])

/** Whether a row of the trail is about the choice for this combination. */
function isAbout(detail: string | null, setting: string, combination: string): boolean {
  if (detail === null) return false
  const change = orderDetail.safeParse(JSON.parse(detail)).data
  const of = schemes.safeParse(change?.after ?? change?.before).data
  return change?.setting === setting && of !== undefined && combinationOf(of) === combination
}

const countRows = statement('SELECT count(*) AS value FROM cap_rows WHERE sheet_id = ?')

/** Rows of the sheets of monthly caps are money: all of them come, behind those that the site has; where both wrote, a person looks. */
export function* bringCaps(written: Written): Work<readonly Differing[]> {
  const sheets = Map.groupBy(written.caps, (row) => JSON.stringify([row.patient_key, row.certificate_key, row.month]))
  return (yield* each(sheets.values(), function* (rows: readonly CapAdded[]): Work<readonly Differing[]> {
    const [first] = rows
    if (!first) return []
    const { patient_key: patient, certificate_key: certificate, month, kept_from: keptFrom } = first
    const sheet = numberedRow.parse(yield* sql.openCapSheet.get({ patient, certificate, month, keptFrom })).id
    const before = numberRow.parse(yield* countRows.get(sheet)).value
    for (const [index, { body }] of rows.entries()) {
      yield* sql.addCapRow.tell({ sheet, place: before + index + 1, body })
    }
    if (before === first.place - 1) return []
    const done = doneBy(written, (row) => row.event.startsWith('cap') && row.patient === patient)
    return [{ ...done, content: { kind: 'cap', month } }]
  })).flat()
}

const signIns = statement(`
  UPDATE staff SET last_step = CASE WHEN last_step IS NULL OR last_step < @step THEN @step ELSE last_step END,
    signed_in_at = CASE WHEN signed_in_at IS NULL OR signed_in_at < @at THEN @at ELSE signed_in_at END WHERE id = @id`)
const putTries = statement(`
  INSERT INTO sign_in_tries (code, failures, tried_at) VALUES (@code, @failures, @at)
  ON CONFLICT (code) DO UPDATE SET failures = sign_in_tries.failures + excluded.failures, tried_at = excluded.tried_at`)
const forgetTries = statement('DELETE FROM sign_in_tries WHERE code = ? AND failures <= ?')
const count = (row: TableRow | null) => z.number().parse(row?.failures ?? 0)

/** Who signed in, and who tried: no code of an authenticator is taken twice, and what was tried counts together. */
export function* bringSignIns({ changed }: Written): Work<void> {
  for (const { key, here } of changed.get('staff') ?? []) {
    if (here) yield* signIns.tell({ id: key, step: here.last_step, at: here.signed_in_at })
  }
  for (const { key, here, base } of changed.get('sign_in_tries') ?? []) {
    const more = count(here) - count(base)
    if (here === null) yield* forgetTries.tell(key, count(base))
    else if (more > 0) yield* putTries.tell({ code: key, failures: more, at: here.tried_at })
  }
}
