// The desks of a site and their leases, by the server's clock. Leases are given and looked at under the site's lock, so that
// none is taken between a look and what is written on its strength; for the same reason nothing has to be skipped that another
// desk has locked. A desk is heard of beside the lock: whoever writes for long must not make the others look silent.
import { z } from 'zod'
import { ok, type Result } from '../../ground/result.ts'
import { type Lease, type Leases, type SharedWork, sharedWorkSchema, silentMs } from '../leases.ts'
import { type Statement, statement, type Work } from '../sql/work.ts'
import type { Runner } from './runner.ts'

/** Which desk of the site opens the store. */
export interface SiteDesk {
  /** The same after every restart, and no other desk's. */
  readonly id: string
  /** How people call its computer. */
  readonly name: string
  /** Of the program. */
  readonly version: string
}

/** Often enough that one beat may get lost, and seldom enough for fifty desks. */
const beatMs = 2_000

const fromNow = `clock_timestamp() + interval '${silentMs} milliseconds'`
/** Of this run of this desk. */
const isOurs = 'desk = @desk AND generation = @generation'
const lasts = 'until > clock_timestamp()'
const silent = `interval '${silentMs} milliseconds'`
/** Of a row of desks. */
export const isHeard = (desk: string) => `${desk}.seen_at > clock_timestamp() - ${silent}`

const makeKnown = statement(`
  INSERT INTO desks (id, name, version, generation, seen_at) VALUES (@id, @name, @version, 0, clock_timestamp())
  ON CONFLICT (id) DO NOTHING`)

export const leaseStatements = {
  beginRun: statement(`
    UPDATE desks SET name = @name, version = @version, generation = generation + 1, seen_at = clock_timestamp()
    WHERE id = @id RETURNING generation`),
  isHere: statement('SELECT 1 AS value FROM desks WHERE id = @desk AND generation = @generation'),
  // Also what an earlier run of this desk has: it has ended, for its data folder is open here.
  lease: statement(`
    INSERT INTO leases (what, fence, desk, generation, until) VALUES (@what, 1, @desk, @generation, ${fromNow})
    ON CONFLICT (what) DO UPDATE SET fence = leases.fence + 1, desk = excluded.desk, generation = excluded.generation,
      until = excluded.until
    WHERE leases.desk = excluded.desk OR NOT leases.${lasts}
    RETURNING fence`),
  seizeLease: statement(`
    INSERT INTO leases (what, fence, desk, generation, until) VALUES (@what, 1, @desk, @generation, ${fromNow})
    ON CONFLICT (what) DO UPDATE SET fence = leases.fence + 1, desk = excluded.desk, generation = excluded.generation,
      until = excluded.until
    RETURNING fence`),
  holdsLease: statement(`
    SELECT 1 AS value FROM leases WHERE what = @what AND fence = @fence AND ${isOurs} AND ${lasts}`),
  giveUpLease: statement(`
    UPDATE leases SET until = clock_timestamp() WHERE what = @what AND fence = @fence AND ${isOurs} AND ${lasts}`),
  giveUpLeases: statement(`UPDATE leases SET until = clock_timestamp() WHERE ${isOurs} AND ${lasts}`),
  isGone: statement(`
    UPDATE desks SET seen_at = clock_timestamp() - ${silent}
    WHERE id = @desk AND generation = @generation`),
  isSeen: statement('UPDATE desks SET seen_at = clock_timestamp() WHERE id = @desk AND generation = @generation'),
  keepLeases: statement(`UPDATE leases SET until = ${fromNow} WHERE ${isOurs} AND ${lasts} RETURNING what, fence`),
  leasesElsewhere: statement(`
    SELECT what, (extract(epoch FROM until - clock_timestamp()) * 1000)::bigint AS ms FROM leases
    WHERE NOT (${isOurs}) AND ${lasts} ORDER BY until`),
  desksOfSite: statement(`
    SELECT id, name, ${isHeard('desks')} AS is_heard,
      (extract(epoch FROM seen_at - clock_timestamp() + ${silent}) * 1000)::bigint AS ms
    FROM desks ORDER BY id`),
}
const sql = leaseStatements

const generationRow = z.object({ generation: z.number() })
const fenceRow = z.object({ fence: z.number() })
const leaseRow = z.object({ what: sharedWorkSchema, fence: z.number() })
const elsewhereRow = z.object({ what: z.string(), ms: z.number() })
const deskRow = z.object({ id: z.string(), name: z.string(), is_heard: z.number(), ms: z.number() })

/** This run of this desk. */
interface DeskRun {
  readonly desk: string
  readonly generation: number
}

/** The site knows of it, so that visits may be its. Whoever only looks (a command, the self-test) is no run of it. */
export const makeDeskKnown = (runner: Runner, desk: SiteDesk): Promise<Result<unknown>> =>
  runner.runBeside(makeKnown.run({ ...desk }))

export interface DeskLeases extends Leases {
  /** Inside a transaction that writes. */
  holds(lease: Lease): Work<boolean>
}

export function leases(runner: Runner, desk: SiteDesk, siteName: string): DeskLeases {
  /** null: it has neither asked for any work yet nor been heard of. */
  let run: DeskRun | null = null
  /** Once, whatever is asked for meanwhile: the leases of a run count for that one alone. */
  let beginning: Promise<Result<DeskRun>> | null = null

  function* begin(): Work<DeskRun> {
    return { desk: desk.id, ...generationRow.parse(yield* sql.beginRun.get({ ...desk })) }
  }
  const begun = async (): Promise<Result<DeskRun>> => {
    if (run) return ok(run)
    beginning ??= runner.runWriting(begin())
    const asked = beginning
    try {
      const began = await asked
      if (began.ok) run = began.value
      return began
    } finally {
      // What failed, or threw, is begun again; somebody else may have done so already.
      if (!run && beginning === asked) beginning = null
    }
  }

  async function take(what: SharedWork, by: Statement): Promise<Result<Lease | null>> {
    const began = await begun()
    if (!began.ok) return began
    const here = began.value
    function* work() {
      if (!(yield* sql.isHere.get(here))) return null
      return fenceRow.optional().parse(yield* by.get({ ...here, what })) ?? null
    }
    const leased = await runner.runWriting(work())
    return leased.ok ? ok(leased.value && { what, fence: leased.value.fence }) : leased
  }

  return {
    beatMs,
    siteName,
    lease: (what) => take(what, sql.lease),
    seize: (what) => take(what, sql.seizeLease),
    async beat() {
      const began = await begun()
      if (!began.ok) return began
      const here = began.value
      function* work() {
        yield* sql.isSeen.run(here)
        const ours = z.array(leaseRow).parse(yield* sql.keepLeases.all(here))
        const elsewhere = z.array(elsewhereRow).parse(yield* sql.leasesElsewhere.all(here))
        const desks = z.array(deskRow).parse(yield* sql.desksOfSite.all())
        const others = desks.filter(({ id, is_heard }) => is_heard && id !== desk.id)
        const lasting = [...elsewhere, ...others].map(({ ms }) => ms)
        return {
          ours,
          elsewhere: elsewhere.map(({ what }) => what),
          soonestMs: lasting.length > 0 ? Math.min(...lasting) : null,
          desks: desks.map(({ id, name, is_heard }) => {
            return { id, name, isHere: id === desk.id, isHeard: is_heard === 1 }
          }),
        }
      }
      return runner.runBeside(work())
    },
    async giveUp({ what, fence }) {
      if (!run) return ok(undefined)
      const given = await runner.runWriting(sql.giveUpLease.run({ ...run, what, fence }))
      return given.ok ? ok(undefined) : given
    },
    async leave() {
      if (!run) return ok(undefined)
      const here = run
      return runner.runWriting(
        (function* () {
          yield* sql.giveUpLeases.run(here)
          yield* sql.isGone.run(here)
        })(),
      )
    },
    *holds({ what, fence }) {
      return run !== null && (yield* sql.holdsLease.get({ ...run, what, fence })) !== undefined
    },
  }
}
