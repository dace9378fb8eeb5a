// A desk that was away hears what another one has changed meanwhile: how long all of it takes, from when it is back.
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { administratorOf, type PostgresPlace } from '../postgres/server.ts'

/** In milliseconds. `count` visits of a day of their own are left at the site, each changed in a transaction of its own. */
export async function catchUp(
  place: PostgresPlace,
  access: ServerAccess,
  { key, migrationsDir, count }: { readonly key: Uint8Array; readonly migrationsDir: string; readonly count: number },
): Promise<number> {
  // From its opening on nothing is missed; it listens from `watch` on.
  const away = await openSiteStore({ access, key, migrationsDir, desk: { id: 'away', name: 'away', version: '0' } })
  if (!away.ok) throw new Error(away.error.code)
  try {
    const administrator = await administratorOf(place)
    await administrator.query(`SET search_path TO "${schemaOf(access)}"`)
    await administrator.query(`
      DO $$ BEGIN
        FOR n IN 1..${count} LOOP
          INSERT INTO visits (id, day, number, reader, state, started_at, updated_at)
          VALUES ('changed ' || n, '2000-01-01', n, '', 'cancelled', '', '');
          COMMIT;
        END LOOP;
      END $$`)
    await administrator.end()
    const left = new Set(Array.from({ length: count }, (_, at) => `changed ${at + 1}`))
    const { promise: isThrough, resolve, reject } = Promise.withResolvers<void>()
    const start = performance.now()
    away.value.watch(async (heard) => {
      if (heard.kind === 'everything') return reject(new Error('it was not told what had changed'))
      for (const { id } of heard.changes) left.delete(id)
      if (left.size === 0) resolve()
    })
    await isThrough
    return performance.now() - start
  } finally {
    away.value.close()
  }
}
