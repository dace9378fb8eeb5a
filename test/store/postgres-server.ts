// What the tests of the server's ground open, and a few works of their own beside the rules.
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import type { ServerAccess } from '../../src-main/store/postgres/access.ts'
import { usualLimits } from '../../src-main/store/postgres/connection.ts'
import type { SiteDesk } from '../../src-main/store/postgres/leases.ts'
import { type OpenServer, openServer } from '../../src-main/store/postgres/opening.ts'
import { statement, type Work } from '../../src-main/store/sql/work.ts'
import type { PostgresPlace } from '../postgres/server.ts'
import { must, root } from '../support.ts'

export const serverMigrations = join(root, 'migrations/postgres')
export const siteKey = Buffer.alloc(32, 7)
export const siteDesk: SiteDesk = { id: 'desk', name: '受付1', version: '0' }

/** Of the server for all tests; throws where there is none, which a test is skipped for. */
export function postgres(): PostgresPlace {
  const place = inject('postgres')
  if (!place) throw new Error('there is no PostgreSQL here')
  return place
}

export const hasPostgres = () => inject('postgres') !== null

export interface Wanted {
  readonly key?: Uint8Array
  readonly migrationsDir?: string
  readonly silentMs?: number
}

export const tryServer = (
  access: ServerAccess,
  { key = siteKey, migrationsDir = serverMigrations, ...more }: Wanted = {},
) =>
  openServer({
    access,
    key,
    migrationsDir,
    texts: Object.values(works).map(({ text }) => text),
    limits: { ...usualLimits, ...more },
  })

export async function openTestServer(access: ServerAccess, wanted?: Wanted): Promise<OpenServer> {
  const server = must(await tryServer(access, wanted))
  onTestFinished(() => server.close())
  return server
}

export const works = {
  addVisit: statement(`
    INSERT INTO visits (id, day, number, reader, state, started_at, updated_at, patient, note)
    VALUES (@id, '2026-11-23', @number, '@reader?', 'reading', '', '', @patient, @note)`),
  visits: statement('SELECT * FROM visits ORDER BY number'),
  newest: statement('SELECT coalesce(max(number), 0) AS value FROM visits WHERE day = ?'),
  ordered: statement('SELECT id, id = ? AS is_it FROM visits ORDER BY id'),
  /** How far the server's log has come, on the disk or not yet. */
  inLog: statement('SELECT pg_current_wal_insert_lsn()::text AS value'),
  setting: statement('SELECT current_setting(?) AS value'),
  addFile: statement(`
    INSERT INTO deliveries (id, visit_id, destination, format, state, file_name, payload, sha256, updated_at)
    VALUES (@id, @id, '', '', 'queued', '', @payload, '', '')`),
  file: statement('SELECT payload FROM deliveries WHERE id = ?'),
  noteVisit: statement('UPDATE visits SET note = @note WHERE id = @id'),
}

export const visit = (number: number, more: Record<string, unknown> = {}) => ({
  id: `visit ${number}`,
  number,
  patient: null,
  note: null,
  ...more,
})

/** Looks, and writes what comes after it. */
export function* addNext(): Work<number> {
  const [row] = yield* works.newest.all('2026-11-23')
  const { value } = row as { value: number }
  yield* works.addVisit.tell(visit(value + 1))
  return value + 1
}

export function* all(): Work<readonly unknown[]> {
  return yield* works.visits.all()
}
