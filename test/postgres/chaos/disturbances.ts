// What happens to a hospital, and its undoing: each disturbance hits whom the dice say, lasts as long as they say, and others may
// happen meanwhile. Only the server is killed one time after the other.
import { setTimeout as pause } from 'node:timers/promises'
import { type ServerAccess, schemaOf } from '../../../src-main/store/postgres/access.ts'
import { administratorOf, type TestPostgres } from '../server.ts'
import type { Dice } from './dice.ts'
import type { DeskLine, Group } from './group.ts'

/** How often each happens in the long run, beside the others. */
const weights = {
  /** `kill -9`, and begun again. */
  kill: 6,
  /** The same, and away for so long that others take over what it did. */
  killAway: 6,
  /** Stopped in the middle of whatever it does, and woken. */
  sleep: 5,
  /** `kill -9` of all processes of PostgreSQL, and begun again. */
  server: 6,
  cut: 8,
  cutAll: 3,
  freeze: 5,
  slow: 4,
  unreachable: 4,
  /** The next commit of a desk does not arrive. */
  commitLost: 5,
  /** It arrives, and its answer does not. */
  answerLost: 8,
  /** The same two, and then the server cannot be asked either: nobody knows. */
  commitLostAndAway: 4,
  answerLostAndAway: 6,
  /** Whoever has a lease seems to have been silent for an hour, and every file to be as old. */
  timePasses: 2,
} as const
export type Disturbance = keyof typeof weights
export const disturbanceKinds = Object.keys(weights) as Disturbance[]

/** How long each lasts, in milliseconds, from and to. */
const lengths = {
  long: {
    ...{
      kill: [0, 5_000],
      killAway: [15_000, 30_000],
      sleep: [500, 20_000],
      server: [100, 8_000],
      freeze: [500, 20_000],
    },
    ...{
      slow: [2_000, 15_000],
      unreachable: [500, 20_000],
      answerLostAndAway: [500, 8_000],
      commitLostAndAway: [500, 8_000],
    },
  },
  short: {
    ...{ kill: [0, 100], killAway: [200, 400], sleep: [200, 400], server: [50, 150], freeze: [100, 300] },
    ...{ slow: [200, 400], unreachable: [100, 300], answerLostAndAway: [100, 300], commitLostAndAway: [100, 300] },
  },
} as const satisfies Record<string, Partial<Record<Disturbance, readonly [number, number]>>>

/** Of desks that stay away. */
export interface Kill {
  readonly at: number
  readonly desks: readonly string[]
  /** What they had leases for. */
  readonly had: readonly string[]
}

export interface DisturbancesPorts {
  readonly server: TestPostgres
  readonly site: ServerAccess
  /** Those that there are; more may come. */
  readonly groups: readonly Group[]
  readonly dice: Dice
  readonly length: 'long' | 'short'
}

export function openDisturbances({ server, site, groups, dice, length }: DisturbancesPorts) {
  const running = new Set<Promise<void>>()
  const counts = Object.fromEntries(disturbanceKinds.map((kind) => [kind, 0]))
  const kills: Kill[] = []
  const leaps: number[] = []
  const dead = new Map<string, number>()
  let serverWork: Promise<void> = Promise.resolve()

  let isEnding = false
  let hits = 0
  const isDead = ({ ids: [id = ''] }: Group) => dead.has(id)

  const lasting = (kind: keyof (typeof lengths)['long']) => {
    const [from, to] = lengths[length][kind]
    return dice.whole(from, to)
  }

  /** Nothing where the server is away itself. */
  const atServer = async <T>(work: (run: (text: string) => Promise<readonly unknown[]>) => Promise<T>) => {
    const administrator = await administratorOf(server).catch(() => null)
    if (!administrator) return null
    administrator.on('error', () => undefined)
    try {
      await administrator.query(`SET search_path TO "${schemaOf(site)}"`)
      return await work(async (text) => (await administrator.query(text)).rows)
    } catch {
      return null
    } finally {
      await administrator.end().catch(() => undefined)
    }
  }

  /** Under locks, so that nobody is in the middle between a look at a lease and what is written on its strength. */
  const timePasses = async () => {
    leaps.push(Date.now())
    const earlier = (table: string, column: string, lock: string) =>
      atServer((run) =>
        run(
          `BEGIN; LOCK TABLE ${table} IN ${lock} MODE; UPDATE ${table} SET ${column} = ${column} - interval '1 hour'; COMMIT`,
        ),
      )
    await earlier('leases', 'until', 'ACCESS EXCLUSIVE')
    await earlier('deliveries', 'added_at', 'SHARE ROW EXCLUSIVE')
  }

  const note = async (group: Group): Promise<void> => {
    const at = Date.now()
    const ids = group.ids.map((id) => `'${id}'`).join(', ')
    const rows = await atServer((run) =>
      run(`SELECT what FROM leases WHERE until > clock_timestamp() AND desk IN (${ids})`),
    )
    const had = (rows ?? []).flatMap((row) =>
      typeof row === 'object' && row && 'what' in row && typeof row.what === 'string' ? [row.what] : [],
    )
    kills.push({ at, desks: group.ids, had })
  }

  const during = async (ms: number, undo: () => unknown) => {
    await pause(ms)
    await undo()
  }

  /** Over once a commit has met it, or no more can; `awayMs`: and then there is no other way for so long. */
  const aimed = async (line: DeskLine, group: Group, at: 'commit' | 'answer', awayMs: number) => {
    let isHit = false
    line.aim({
      at,
      isAwayAfter: awayMs > 0,
      isHit: () => {
        isHit = true
      },
    })
    while (!isHit && !isEnding && !group.isThrough && !isDead(group)) await pause(10)
    if (isHit) hits++
    if (!isHit) line.aim(null)
    else if (awayMs > 0) await during(awayMs, () => line.refuse(false))
  }

  const onLine: Partial<Record<Disturbance, (line: DeskLine, group: Group) => Promise<void>>> = {
    cut: async (line) => line.cut(),
    freeze(line) {
      line.freeze()
      return during(lasting('freeze'), () => line.thaw())
    },
    slow(line) {
      line.delay(length === 'long' ? dice.whole(20, 300) : 20)
      return during(lasting('slow'), () => line.delay(0))
    },
    unreachable(line) {
      line.refuse(true)
      line.cut()
      return during(lasting('unreachable'), () => line.refuse(false))
    },
    commitLost: (line, group) => aimed(line, group, 'commit', 0),
    answerLost: (line, group) => aimed(line, group, 'answer', 0),
    commitLostAndAway: (line, group) => aimed(line, group, 'commit', lasting('commitLostAndAway')),
    answerLostAndAway: (line, group) => aimed(line, group, 'answer', lasting('answerLostAndAway')),
  }

  const onGroup: Partial<Record<Disturbance, (group: Group) => Promise<void>>> = {
    async kill(group) {
      const ms = lasting('kill')
      await group.kill()
      await during(ms, () => group.start())
    },
    async killAway(group) {
      const ms = lasting('killAway')
      await group.kill()
      await note(group)
      await during(ms, () => group.start())
    },
    async sleep(group) {
      const ms = lasting('sleep')
      group.stop()
      // In a test nobody sleeps for eight seconds: its leases have lapsed when it wakes all the same.
      if (length === 'short') await timePasses()
      await during(ms, () => group.goOn())
    },
    cutAll: async (group) => {
      for (const line of group.lines) line.cut()
    },
  }

  const restart = async () => {
    const ms = lasting('server')
    const before = serverWork
    serverWork = (async () => {
      await before
      await server.kill()
      await during(ms, () => server.start())
    })()
    await serverWork
  }

  const free = (): readonly Group[] => groups.filter((group) => group.state === 'up' && !isDead(group))

  /** null: nobody is there whom it could hit. */
  const begin = (kind: Disturbance): Promise<void> | null => {
    if (kind === 'server') return restart()
    if (kind === 'timePasses') return timePasses()
    const [first, ...others] = free()
    if (!first) return null
    const group = dice.of([first, ...others])
    // The last one that is up goes on, so that there is work to be disturbed.
    if (others.length === 0 && kind !== 'cutAll' && onGroup[kind]) return null
    return onGroup[kind]?.(group) ?? onLine[kind]?.(dice.of(group.lines), group) ?? null
  }

  return {
    dead: dead as ReadonlyMap<string, number>,
    isDead,
    /** Who can be hit. */
    free,
    kills: (): readonly Kill[] => kills,
    leaps: (): readonly number[] => leaps,
    counts: (): Readonly<Record<string, number>> => counts,
    /** How many commits were met. */
    hits: () => hits,
    timePasses,
    pick: () => dice.weighed(weights),
    happen(kind: Disturbance): boolean {
      const work = begin(kind)
      if (!work) return false
      counts[kind] = (counts[kind] ?? 0) + 1
      running.add(work)
      void work.finally(() => running.delete(work))
      return true
    },
    /** For good: nobody begins it again. */
    async bury(group: Group): Promise<void> {
      await group.kill()
      for (const id of group.ids) dead.set(id, Date.now())
      counts.forGood = (counts.forGood ?? 0) + 1
      await note(group)
    },
    /** All that has begun is undone. */
    async over(): Promise<void> {
      isEnding = true
      while (running.size > 0) await Promise.all(running)
    },
  }
}
