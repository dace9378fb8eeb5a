// The away store's files, from the copy to what is brought. Names say how far it is, and a name changes in one step:
// - copy.db: kept while the line stands (keeping.ts).
// - base.db: the copy, as the desk went on with it; nobody writes to it any more. Alone it is a beginning that was cut short.
// - away.db: what the desk goes on in. Its base is merging.db where there is one, else base.db.
// - merging.db: what was written, being brought; nobody writes to it any more, and only the site knows whether it has come (merging.ts).
//   Where the server is gone again before that is known, the desk goes on in another away.db, with this one as its base.
import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync } from 'node:fs'
import { z } from 'zod'
import { type Clock, clinicDay, clinicMoment } from '../../ground/clock.ts'
import { takeName } from '../../ground/durable-write.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { clockRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import { openLedger } from '../sqlite/opening.ts'
import { openStoreOn } from '../sqlite/store.ts'
import type { Store } from '../store.ts'
import { alone } from './alone.ts'
import { type About, awayFiles, openWholeCopy, removeFile } from './copy-file.ts'

interface Place {
  readonly dataDir: string
  readonly migrationsDir: string
  readonly clock: Clock
  /** The desk's own. */
  readonly key: Uint8Array
}

export interface Begun {
  readonly store: Store
  readonly day: string
  readonly since: string
  readonly asOf: string
  readonly copies: ReadonlySet<string>
}

const idRows = z.array(z.object({ id: z.string() }))

/** Whether this may be gone on with now: on its own day alone, by this computer's clock and by the newest time that was believed. */
function isOfToday(file: string, { key, migrationsDir, clock }: Place): Result<About | null> {
  const opened = openWholeCopy(file, key, migrationsDir)
  if (!opened.ok || opened.value === null) return opened.ok ? ok(null) : opened
  const { database, about, close } = opened.value
  const standing = about()
  const { seen_at: seen } = clockRow.parse(database.prepare(sql.clock.text).get())
  close()
  const day = standing?.day
  const isToday = day === clinicDay(clock.now()) && (seen === '' || seen.slice(0, 10) === day)
  return ok(isToday ? standing : null)
}

/** A store of its own out of one at rest: with another id to be brought under, and all visits so far as copies. */
function branch(from: string, { making, away }: ReturnType<typeof awayFiles>, place: Place): Result<void> {
  removeFile(making)
  copyFileSync(from, making)
  const opened = openWholeCopy(making, place.key, place.migrationsDir)
  if (!opened.ok) return opened
  if (!opened.value) return fail('STORE_DAMAGED')
  const { database, close } = opened.value
  database.transaction(() => {
    database.prepare('UPDATE about_copy SET since = ?, merge_id = ?').run(clinicMoment(place.clock.now()), randomUUID())
    database.exec('INSERT OR IGNORE INTO copied_visits SELECT id FROM visits')
    // It has no anchor yet.
    database.exec('UPDATE progress SET commits = 0')
  })()
  close()
  removeFile(away)
  takeName(making, away)
  return ok(undefined)
}

/** There is an away.db of today that may be gone on with. Errors: AWAY_NOT_READY, STORE_ codes, AGENT_ALREADY_RUNNING. */
function ready(files: ReturnType<typeof awayFiles>, place: Place): Result<void> {
  if (existsSync(files.away)) {
    const away = isOfToday(files.away, place)
    if (!away.ok) return away
    return away.value ? ok(undefined) : fail('AWAY_NOT_READY')
  }
  const from = [files.merging, files.copy, files.base].find((file) => existsSync(file))
  if (!from) return fail('AWAY_NOT_READY')
  const standing = isOfToday(from, place)
  if (!standing.ok) return standing
  if (!standing.value) {
    // Nothing in it is only here.
    if (from !== files.merging) removeFile(from)
    return fail('AWAY_NOT_READY')
  }
  // A base by itself is older: a beginning that was cut short, and then the line was back.
  if (from === files.copy) takeName(files.copy, files.base)
  return branch(from === files.copy ? files.base : from, files, place)
}

/** Errors: AWAY_NOT_READY, those of openLedger. Throws what the file system says. */
export function beginAlone(place: Place): Result<Begun> {
  const files = awayFiles(place.dataDir)
  const made = ready(files, place)
  if (!made.ok) return made
  const looked = openWholeCopy(files.away, place.key, place.migrationsDir)
  if (!looked.ok) return looked
  const standing = looked.value?.about()
  looked.value?.close()
  if (!standing?.since) return fail('STORE_DAMAGED')
  const options = { file: files.away, key: place.key, migrationsDir: place.migrationsDir, series: standing.series }
  const opened = openLedger(options)
  if (!opened.ok) return opened
  const { database } = opened.value
  const copies = new Set(idRows.parse(database.prepare('SELECT id FROM copied_visits').all()).map(({ id }) => id))
  const { day, since, as_of: asOf } = standing
  const store = alone(openStoreOn(opened.value, place.key), opened.value, { day, copies })
  return ok({ store, day, since, asOf, copies })
}
