// What is there at the end of a chaos run, read from the server itself and not through the store that is being tried; and the watch
// that is kept meanwhile: triggers of the server's administrator note who moved a file when whose lease counted, and who took which
// lease from whom. Every desk has a user of its own for that, by which the server knows it.
import { z } from 'zod'
import { deliveryStateSchema, visitStateSchema } from '../../../src-main/ground/states.ts'
import type { TrailStanding } from '../../../src-main/ground/trail.ts'
import { type ServerAccess, schemaOf } from '../../../src-main/store/postgres/access.ts'
import { administratorOf, type PostgresPlace } from '../server.ts'
import type { JournalLine } from './journal.ts'
import type { Files } from './receipt-computer.ts'

const count = z.coerce.number()
const moment = z.coerce.number()

const visitRows = z.array(
  z.object({
    id: z.string(),
    day: z.string(),
    number: count,
    state: visitStateSchema,
    answers: count,
    confirmations: count,
  }),
)
const deliveryRows = z.array(
  z.object({
    ...{ id: z.string(), visit: z.string(), destination: z.string(), file: z.string(), sha256: z.string() },
    state: deliveryStateSchema,
  }),
)
const givenRows = z.array(z.object({ day: z.string(), kind: z.string(), last: count }))
const trailRows = z.array(
  z.object({ visit: z.string(), delivery: z.string().nullable(), event: z.string(), times: count }),
)
const leaseRows = z.array(z.object({ what: z.string(), desk: z.string(), until: moment }))
const moveRows = z.array(
  z.object({
    ...{ at: moment, desk: z.string(), delivery: z.string(), destination: z.string() },
    ...{ was: deliveryStateSchema, became: deliveryStateSchema },
    /** Whose the lease was, and whether it had lapsed before the move was begun. */
    ...{ holder: z.string().nullable(), lapsed: z.boolean().nullable() },
  }),
)
const takingRows = z.array(
  z.object({ what: z.string(), desk: z.string(), from: z.string(), lasted: z.boolean(), at: moment }),
)

export interface Evidence {
  readonly visits: z.infer<typeof visitRows>
  readonly deliveries: z.infer<typeof deliveryRows>
  readonly given: z.infer<typeof givenRows>
  /** How often an event stands in the trail. */
  readonly trail: z.infer<typeof trailRows>
  readonly standing: TrailStanding
  /** Moments in milliseconds of the server's clock. */
  readonly leases: z.infer<typeof leaseRows>
  readonly moves: z.infer<typeof moveRows>
  readonly takings: z.infer<typeof takingRows>
  /** In the order in which they were written, by the runs of each process. */
  readonly journal: readonly JournalLine[]
  /** By destination. */
  readonly files: Readonly<Record<string, Files>>
  readonly unfinished: readonly string[]
  /** Deliveries that a person has sent again. */
  readonly sentAgain: ReadonlySet<string>
  /** Since when desks are dead for good, and when all others had ended in order. */
  readonly dead: ReadonlyMap<string, number>
  readonly endedAt: number
  /** As whom a person does what no lane does. */
  readonly person: string
  /** Visits of which a desk that only listened was told; null: at some moment it was told to read everything anew. */
  readonly heard: ReadonlySet<string> | null
  /** What went wrong with the run itself: a desk that ended by itself, one that no more goes on. */
  readonly faults: readonly string[]
}

const watch = 'madoguchi_chaos'
const millis = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

/** Begins to watch a site. */
export async function startWatch(place: PostgresPlace, site: ServerAccess): Promise<void> {
  const schema = schemaOf(site)
  const administrator = await administratorOf(place)
  await administrator.query(`
    CREATE SCHEMA ${watch};
    CREATE TABLE ${watch}.moves (
      n bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT clock_timestamp(), desk text, delivery text, destination text,
      was text, became text, holder text, lapsed boolean);
    CREATE TABLE ${watch}.takings (
      n bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT clock_timestamp(), what text, desk text, "from" text, lasted boolean);
    CREATE FUNCTION ${watch}.note_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      INSERT INTO ${watch}.moves (desk, delivery, destination, was, became, holder, lapsed)
      SELECT session_user, NEW.id, NEW.destination, OLD.state, NEW.state, leases.desk, leases.until <= now()
      FROM (SELECT 1) AS one LEFT JOIN "${schema}".leases ON what = 'destination ' || NEW.destination;
      RETURN NULL;
    END $$;
    CREATE FUNCTION ${watch}.note_taking() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      INSERT INTO ${watch}.takings (what, desk, "from", lasted) VALUES (NEW.what, NEW.desk, OLD.desk, OLD.until > clock_timestamp());
      RETURN NULL;
    END $$;
    CREATE TRIGGER watched AFTER UPDATE ON "${schema}".deliveries
      FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION ${watch}.note_move();
    CREATE TRIGGER watched AFTER UPDATE ON "${schema}".leases
      FOR EACH ROW WHEN (OLD.fence <> NEW.fence) EXECUTE FUNCTION ${watch}.note_taking();`)
  await administrator.end()
}

/** What is on the server. */
export async function readServer(
  place: PostgresPlace,
  site: ServerAccess,
): Promise<Pick<Evidence, 'visits' | 'deliveries' | 'given' | 'trail' | 'leases' | 'moves' | 'takings'>> {
  const administrator = await administratorOf(place)
  await administrator.query(`SET search_path TO "${schemaOf(site)}"`)
  const rows = async <T>(schema: z.ZodType<T>, text: string): Promise<T> =>
    schema.parse((await administrator.query(text)).rows)
  try {
    return {
      visits: await rows(
        visitRows,
        `SELECT id, day, number, state, (SELECT count(*) FROM answers WHERE visit_id = visits.id) AS answers,
        (SELECT count(*) FROM confirmations WHERE visit_id = visits.id) AS confirmations FROM visits`,
      ),
      deliveries: await rows(
        deliveryRows,
        'SELECT id, visit_id AS visit, destination, file_name AS file, sha256, state FROM deliveries ORDER BY seq',
      ),
      given: await rows(givenRows, 'SELECT day, kind, last FROM given_numbers'),
      trail: await rows(
        trailRows,
        `SELECT visit_id AS visit, delivery_id AS delivery, event, count(*) AS times FROM audit
        WHERE visit_id <> '' GROUP BY visit_id, delivery_id, event`,
      ),
      leases: await rows(leaseRows, `SELECT what, desk, ${millis('until')} AS until FROM leases`),
      moves: await rows(
        moveRows,
        `SELECT ${millis('at')} AS at, desk, delivery, destination, was, became, holder, lapsed FROM ${watch}.moves ORDER BY n`,
      ),
      takings: await rows(
        takingRows,
        `SELECT ${millis('at')} AS at, what, desk, "from", lasted FROM ${watch}.takings ORDER BY n`,
      ),
    }
  } finally {
    await administrator.end()
  }
}
