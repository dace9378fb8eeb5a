// What an issue of the master would change against the newest one, and its taking over. The day as of which it is stands in
// the name under which the publisher gives it out.
import type { MasterChanges } from '../contract/local-master.ts'
import { placeOfScheme, schemesOf } from '../eligibility/local/row.ts'
import { dateSchema } from '../eligibility/model.ts'
import { type Clock, clinicDay, clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { LocalMasters } from '../store/local-masters.ts'
import { csvCells } from '../text/csv-rows.ts'
import type { ReadMaster } from './reading.ts'

/**
 * `m_regional_publicly_funded_all_20260803.csv`, also as a browser names a second one (` (1)`) or Windows a copy; else the day
 * on which it is looked at.
 */
export function issueDay(fileName: string, clock: Clock): string {
  const [, year, month, date] = /(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/.exec(fileName) ?? []
  const named = dateSchema.safeParse(`${year}-${month}-${date}`)
  return named.success ? named.data : clinicDay(clock.now())
}

const mostExamples = 50

/** `isRehearsal`: patients are invented. Errors: MASTER_OLDER, MASTER_IS_SAMPLE (and no rehearsal). */
export async function changesOf(
  store: Pick<LocalMasters, 'masterIssues' | 'masterStanding'>,
  read: ReadMaster,
  issuedOn: string,
  isRehearsal: boolean,
): Promise<Result<MasterChanges>> {
  if (read.isSample && !isRehearsal) return fail('MASTER_IS_SAMPLE')
  const [newest] = await store.masterIssues()
  if (newest && issuedOn < newest.issuedOn) return fail('MASTER_OLDER')
  const before = Map.groupBy(await store.masterStanding(), ({ scheme }) => scheme)
  const now = Map.groupBy(read.rows, ({ scheme }) => scheme)
  const counts = { new: 0, changed: 0, ended: 0, same: 0 }
  const examples: MasterChanges['examples'] = []
  const note = (change: MasterChanges['examples'][number]['change'], scheme: string, content: string | null) => {
    counts[change]++
    if (examples.length >= mostExamples) return
    const cells = content === null ? null : csvCells(content)
    const name = (cells && schemesOf([cells], 'confirmed')[0]?.name) ?? null
    examples.push({ change, ...placeOfScheme(scheme), name })
  }
  for (const [scheme, rows] of now) {
    const known = new Set(before.get(scheme)?.map(({ digest }) => digest))
    const other = rows.find(({ digest }) => !known.has(digest))
    if (known.size === 0) note('new', scheme, rows[0]?.content ?? null)
    else if (other || known.size !== rows.length) note('changed', scheme, (other ?? rows[0])?.content ?? null)
    else counts.same++
  }
  for (const scheme of before.keys()) if (!now.has(scheme)) note('ended', scheme, null)
  const { count: rows, withoutNumber } = read
  return ok({ issuedOn, before: newest?.issuedOn ?? null, rows, withoutNumber, counts, examples })
}

/** Takes it over at once. Errors: STORE_ codes; then the one before counts on. */
export function takeOver(
  store: Pick<LocalMasters, 'importMaster'>,
  read: ReadMaster,
  issuedOn: string,
  clock: Clock,
): Promise<Result<void>> {
  const at = clinicMoment(clock.now())
  return store.importMaster({ issuedOn, importedAt: at, count: read.count, isSample: read.isSample }, read.rows, { at })
}
