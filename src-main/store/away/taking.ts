// Reads from a site what a desk keeps of it: all of it into a copy that is made, and then what has changed. In turns: while somebody is at
// the counter nothing is read, but where it is asked for at once.
import { setTimeout as pause } from 'node:timers/promises'
import { changeKinds } from '../../ground/changes.ts'
import { type Clock, clinicMoment } from '../../ground/clock.ts'
import { Refusal } from '../../ground/result.ts'
import { type ChangesPlace, changesBehind, newestChange } from '../postgres/changes.ts'
import type { OfSite } from '../sql/of-site.ts'
import { clockRow, numberRow, type TableRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import { statement, type Work } from '../sql/work.ts'
import { changedPieces, copiedDay, copiedTables, type Page, page } from './copied.ts'
import type { CopyFile } from './copy-file.ts'

/** Between two looks whether somebody is still at the counter. */
const busyMs = 100
/** How many changes are read at once. */
const changesAtOnce = 300
/** How old the moment may be that the copy itself names. */
const momentMs = 60_000

const takeSeries = statement(`
  UPDATE desks SET series = (SELECT coalesce(max(series), 0) + 1 FROM desks) WHERE id = ? AND series IS NULL`)
const seriesOf = statement('SELECT coalesce(series, 0) AS value FROM desks WHERE id = ?')

/** A copy that is open, as far as it has come. */
export interface Kept {
  readonly file: CopyFile
  readonly day: string
  readonly series: number
  place: ChangesPlace
  asOf: string
  /** As the copy itself names it. */
  noted: string
}

export interface Taking {
  /** Into one that is empty. Throws a Refusal where the site cannot be read; null: today is another day there, or something was missed. */
  fill(file: CopyFile, day: string, isForced: boolean): Promise<Kept | null>
  /** Reads what has changed since, until nothing has. Throws as above. */
  catchUp(copy: Kept, isForced: boolean): Promise<CaughtUp>
}

export function taking(
  site: NonNullable<OfSite['site']>,
  {
    clock,
    isBusy,
    isEnding,
  }: { readonly clock: Clock; readonly isBusy: () => boolean; readonly isEnding: () => boolean },
): Taking {
  const free = async (isForced: boolean) => {
    while (!isForced && isBusy() && !isEnding()) await pause(busyMs)
  }
  const read = async <T>(work: () => Work<T>): Promise<T> => {
    if (isEnding()) throw new Refusal({ code: 'STORE_UNREACHABLE' })
    return site.topic.ledger.read(work)
  }

  /** Of this desk, for good. */
  const series = async (): Promise<number> => {
    const { id } = site.desk
    const known = async () => numberRow.parse(await read(() => seriesOf.get(id))).value
    const before = await known()
    if (before > 0) return before
    const taken = await site.topic.ledger.write(() => takeSeries.run(id))
    if (!taken.ok) throw new Refusal(taken.error)
    return known()
  }

  const catchUp = async (copy: Kept, isForced: boolean): Promise<CaughtUp> => {
    const day = copiedDay(copy.day)
    for (;;) {
      await free(isForced)
      const asOf = clinicMoment(clock.now())
      const found = await read(function* () {
        if (!(yield* isDayOf(copy.day))) return 'otherDay'
        const changes = yield* changesBehind(copy.place, changesAtOnce)
        if (changes?.some(({ kind }) => !isKnown(kind)) !== false) return 'unknown'
        const pieces = yield* changedPieces(copy.file.tables, day, changes)
        return pieces ? { changes, pieces } : 'unknown'
      })
      if (typeof found === 'string') return found
      const place = found.changes.at(-1) ?? copy.place
      const isLater = Date.parse(asOf) - Date.parse(copy.noted) >= momentMs
      if (found.changes.length > 0 || isLater) {
        copy.file.put(found.pieces, {
          day: copy.day,
          series: copy.series,
          seq: place.seq,
          stamp: place.stamp,
          as_of: asOf,
        })
        copy.noted = asOf
      }
      copy.place = place
      copy.asOf = asOf
      if (found.changes.length < changesAtOnce) return 'caughtUp'
    }
  }

  const fillTables = async (file: CopyFile, day: string, isForced: boolean) => {
    file.database.prepare('INSERT INTO index_key (id, key) VALUES (1, ?)').run(site.indexKey)
    for (const table of copiedTables) {
      const schema = file.tables.get(table.name)
      if (!schema) throw new Error(`there is no table ${table.name}`)
      let last: TableRow | null = null
      for (let isLast = false; !isLast; ) {
        await free(isForced)
        const behind: TableRow | null = last
        const next: Page = await read(() => page(table, schema, copiedDay(day), behind))
        file.put([{ table, rows: next.rows, ...(table.of === null && !behind && { instead: null }) }], null)
        last = next.rows.at(-1) ?? null
        isLast = next.isLast
      }
    }
  }

  return {
    catchUp,
    async fill(file, day, isForced) {
      const asOf = clinicMoment(clock.now())
      const ofDesk = await series()
      const place = await read(function* () {
        return (yield* isDayOf(day)) ? yield* newestChange() : null
      })
      if (!place) return null
      // Rows come of several states: what hangs on what is right again once all changes since have been taken in.
      file.database.pragma('foreign_keys = OFF')
      await fillTables(file, day, isForced)
      file.database.pragma('foreign_keys = ON')
      const copy: Kept = { file, day, series: ofDesk, place, asOf, noted: '1970-01-01T00:00:00Z' }
      return (await catchUp(copy, isForced)) === 'caughtUp' && file.loose().length === 0 ? copy : null
    },
  }
}

type CaughtUp = 'caughtUp' | 'otherDay' | 'unknown'

/** Whether the newest time that the site's desks have believed is of this day; where none was believed yet nothing contradicts. */
function* isDayOf(day: string): Work<boolean> {
  const { seen_at: seen } = clockRow.parse(yield* sql.clock.get())
  return seen === '' || seen.slice(0, 10) === day
}

/** `begun`: the first one that there ever was. */
const isKnown = (kind: string) => kind === 'begun' || changeKinds.some((known) => known === kind)
