// A hospital in which everything goes wrong: desks on one site that check in without pause while desks are killed (`kill -9`) and put to
// sleep, the server is killed and started again, and the lines between are cut, frozen, slowed down and taken away, also in the very
// commit. What happens next is thrown by dice with a seed. At the end all that is left goes on undisturbed until it is through, and what
// then stands there is held against what the desks were told (findings.ts).
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { confirmedStates, isIn } from '../../../src-main/ground/states.ts'
import type { ServerAccess } from '../../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../../src-main/store/postgres/store.ts'
import { newSigning } from '../../../src-main/store/signing.ts'
import { administratorOf, newSite, startPostgres, type TestPostgres } from '../server.ts'
import { read } from './check-in.ts'
import { createDice, type Dice } from './dice.ts'
import { type Disturbance, disturbanceKinds, openDisturbances } from './disturbances.ts'
import { type Evidence, readServer, startWatch } from './evidence.ts'
import { type Finding, findingsIn } from './findings.ts'
import { type Group, openGroup } from './group.ts'
import { openListener } from './listener.ts'
import { openPerson } from './person.ts'
import { filesIn, startReceiptComputer, unfinishedIn } from './receipt-computer.ts'
import { takeOvers } from './take-overs.ts'

export interface ChaosPlan {
  readonly visits: number
  readonly desks: number
  readonly processes: number
  readonly seed: number
  /** As in a life, by weight and for seconds; or each once and for a moment, as a test has time. */
  readonly length: 'long' | 'short'
  /** After so long no visit is begun any more; Infinity: there is time. In milliseconds. */
  readonly atMostMs: number
  readonly say: (text: string) => void
}

export interface ChaosReport {
  readonly seed: number
  readonly seconds: number
  readonly desks: number
  readonly visits: number
  readonly confirmed: number
  readonly files: number
  /** How often each happened. */
  readonly disturbances: Readonly<Record<string, number>>
  /** How many commits did not arrive, or their answer did not. */
  readonly commitsBroken: number
  /**
   * How often a desk was told of a step that nobody knows, how often it had counted when it was asked again, and had not (one that was
   * killed before is in neither); and of how many files its lane was told so, which it looks for by itself.
   */
  readonly unclear: {
    readonly steps: number
    readonly counted: number
    readonly notCounted: number
    readonly files: number
  }
  /** How often a desk was told that the server is away, and nothing written. */
  readonly unreachable: number
  /** Writes under a lease that did not count any more, and were refused. */
  readonly fenced: number
  /** Files about which a person was asked, and how many of them they had to send again. */
  readonly askedPerson: number
  readonly sentAgain: number
  /** In milliseconds. */
  readonly takeOverMs: readonly number[]
  readonly findings: readonly Finding[]
}

const migrationsDir = join(import.meta.dirname, '../../../migrations/postgres')
const key = Buffer.alloc(32, 9)
const connections = 3
const destinations = ['taken', 'lying'] as const
const visitsADay = 2_000
/** One disturbance for so many visits, and one after so long in any case. */
const visitsBetween = { long: 25, short: 0 }
const longestBetweenMs = 15_000
/** Nothing goes on any more. */
const stuckMs = 180_000

export async function chaos(plan: ChaosPlan): Promise<ChaosReport> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-chaos-'))
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    const server = await startPostgres({ isDurable: true, connections: (plan.desks * 2 + 10) * (connections + 1) })
    ends.push(server.stop)
    const site = { ...newSite(server), host: server.folder, connections }
    const desk = { id: 'listener', name: 'listener', version: '0' }
    const opened = await openSiteStore({ access: site, key, migrationsDir, desk, signing: newSigning('', key) })
    if (!opened.ok) throw new Error(opened.error.code)
    const store = opened.value
    ends.push(() => store.close())
    const listener = openListener(store)
    await startWatch(server, site)
    for (const name of destinations) mkdirSync(join(folder, name))
    const receipt = startReceiptComputer(join(folder, 'taken'))
    ends.push(receipt.stop)

    const hospital = await openHospital(plan, { server, site, folder, ends })
    const { groups, faults, disturbances } = hospital
    await hospital.live()
    plan.say(`undisturbed from here on: ${hospital.through()} visits are through`)
    const person = openPerson({ store, server, site, taken: receipt.taken, lying: join(folder, 'lying') })
    // In a test nobody waits until the leases of the dead have lapsed.
    if (plan.length === 'short') await disturbances.timePasses()
    if (!(await settled(person.look))) faults.push('there are files that nobody brings')
    for (const group of groups) await group.end()
    const endedAt = Date.now()
    receipt.stop()
    const left = await readServer(server, site)
    await listener.hears(left.visits.map(({ id }) => id))
    const evidence: Evidence = {
      ...left,
      standing: await read({ againMs: 50 }, () => store.verifyTrail()),
      journal: groups.flatMap((group) => group.journal()),
      files: { taken: receipt.taken, lying: filesIn(join(folder, 'lying')) },
      unfinished: destinations.flatMap((name) => unfinishedIn(join(folder, name))),
      sentAgain: person.sentAgain,
      dead: disturbances.dead,
      endedAt,
      person: site.user,
      heard: listener.heard(),
      faults,
    }
    return reportOf(plan, evidence, {
      seconds: Math.round((performance.now() - began) / 1_000),
      disturbances: disturbances.counts(),
      commitsBroken: disturbances.hits(),
      askedPerson: person.asked(),
      takeOverMs: plan.length === 'long' ? takeOvers(disturbances.kills(), disturbances.leaps(), left.moves) : [],
    })
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

interface HospitalPlace {
  readonly server: TestPostgres
  readonly site: ServerAccess
  readonly folder: string
  readonly ends: (() => unknown)[]
}

/** Its desks, and what happens to them. */
async function openHospital(plan: ChaosPlan, { server, site, folder, ends }: HospitalPlace) {
  const { visits, desks, processes, length, atMostMs, say } = plan
  const dice = createDice(plan.seed)
  const days = Array.from(
    { length: Math.min(28, Math.ceil(visits / visitsADay)) },
    (_, day) => `2026-11-${String(day + 1).padStart(2, '0')}`,
  )
  const faults: string[] = []
  const groups: Group[] = []
  let through = 0
  let progressAt = performance.now()

  const begin = async (name: string, count: number, share: number): Promise<Group> => {
    const ids = Array.from({ length: count }, (_, desk) => `desk_${name}_${desk + 1}`)
    await makeUsers(server, site, ids)
    const task = { key: key.toString('hex'), migrationsDir, folder, seed: dice.whole(1, 1_000_000), days }
    const patience = length === 'long' ? { againMs: 250, longestMs: 30_000 } : { againMs: 20, longestMs: 200 }
    const group = await openGroup({
      ...{ place: server, site, ids, visits: share, journals: join(folder, name), task: { ...task, ...patience } },
      told() {
        through++
        progressAt = performance.now()
      },
      hasFallen: (code) => faults.push(`the desks ${name} have ended by themselves (${code})`),
    })
    ends.push(() => group.kill(), ...group.lines.map((line) => () => line.end()))
    groups.push(group)
    group.start()
    return group
  }

  const part = (whole: number, at: number) =>
    Math.floor(((at + 1) * whole) / processes) - Math.floor((at * whole) / processes)
  for (let at = 0; at < processes; at++) await begin(`${at + 1}`, part(desks, at), part(visits, at))
  const disturbances = openDisturbances({ server, site, groups, dice, length })
  const isOver = () => faults.length > 0 || groups.every((group) => group.isThrough || disturbances.isDead(group))
  const isStuck = () => performance.now() - progressAt > stuckMs

  /** Its computers burn; others are bought, and do what they had still to do. */
  const replace = async (): Promise<void> => {
    while (disturbances.free().length === 0 && faults.length === 0) await pause(20)
    const [first, ...others] = disturbances.free()
    if (!first) return
    const group = dice.of([first, ...others])
    say(`${through}/${visits} for good: ${group.ids.join(' ')}`)
    await disturbances.bury(group)
    await begin('new', group.ids.length, group.left())
  }

  /** `hasTo`: whoever it could hit may be down for a moment, and is waited for. */
  const strike = async (kind: Disturbance, hasTo: boolean): Promise<void> => {
    let hasHappened = disturbances.happen(kind)
    while (hasTo && !hasHappened && faults.length === 0) {
      await pause(20)
      hasHappened = disturbances.happen(kind)
    }
    if (hasHappened) say(`${through}/${visits} ${kind}`)
  }

  /** The next one, once enough is through after the last one. */
  const rest = async (goal: number): Promise<void> => {
    const end = performance.now() + longestBetweenMs
    while (through < goal && performance.now() < end && !isOver()) await pause(20)
  }

  return {
    groups,
    faults,
    disturbances,
    through: () => through,
    /** Until every visit is through. */
    async live(): Promise<void> {
      await begun(groups, faults)
      const kinds = length === 'short' ? shuffled(dice) : null
      const count = kinds?.length ?? Math.ceil(visits / visitsBetween.long)
      const step = visits / (count + 2)
      const end = performance.now() + atMostMs
      const goesOn = (turn: number) =>
        kinds ? turn < count && faults.length === 0 : !isOver() && performance.now() < end && through < visits * 0.98
      for (let turn = 0; goesOn(turn); turn++) {
        await rest(kinds ? (turn + 1) * step : through + visitsBetween.long)
        if (turn === Math.floor(count / 2)) await replace()
        await strike(kinds?.[turn] ?? disturbances.pick(), kinds !== null)
        if (isStuck()) faults.push('nothing goes on')
      }
      if (performance.now() >= end) for (const group of groups) group.enough()
      await disturbances.over()
      while (!isOver()) {
        if (isStuck()) faults.push('nothing goes on')
        await pause(20)
      }
    },
  }
}

/** They need a desk that is sure to write once more. */
const early: readonly Disturbance[] = ['commitLostAndAway', 'answerLostAndAway']

/** Everything once, in the order of the dice. */
function shuffled(dice: Dice): readonly Disturbance[] {
  const left = disturbanceKinds.filter((kind) => !early.includes(kind))
  const others = [...left].flatMap(() => left.splice(dice.whole(0, left.length - 1), 1))
  return [...early, ...others]
}

/** What comes before all desks have their store is only a start. */
async function begun(groups: readonly Group[], faults: readonly string[]): Promise<void> {
  while (faults.length === 0 && !groups.every(({ isOpen, isThrough }) => isOpen || isThrough)) await pause(20)
}

async function makeUsers(server: TestPostgres, site: ServerAccess, ids: readonly string[]): Promise<void> {
  for (;;) {
    const administrator = await administratorOf(server).catch(() => null)
    try {
      for (const id of ids) {
        if (!administrator) throw new Error('the server is away')
        const known = await administrator.query(`SELECT 1 FROM pg_roles WHERE rolname = '${id}'`)
        if (known.rows.length > 0) continue
        await administrator.query(`CREATE ROLE ${id} LOGIN PASSWORD '${site.password}' IN ROLE ${site.user}`)
      }
      return
    } catch {
      await pause(50)
    } finally {
      await administrator?.end().catch(() => undefined)
    }
  }
}

/** Whether all files are brought in the end. `look`: how many are not. */
async function settled(look: () => Promise<number>): Promise<boolean> {
  let least = Number.POSITIVE_INFINITY
  for (let at = performance.now(); performance.now() - at < stuckMs; ) {
    const left = await look()
    if (left === 0) return true
    if (left < least) at = performance.now()
    least = Math.min(least, left)
    await pause(50)
  }
  return false
}

function reportOf(
  { seed, desks }: ChaosPlan,
  evidence: Evidence,
  more: Pick<ChaosReport, 'seconds' | 'disturbances' | 'commitsBroken' | 'askedPerson' | 'takeOverMs'>,
): ChaosReport {
  const { visits, deliveries, journal, sentAgain } = evidence
  const times = (kind: string) => journal.filter((line) => line.kind === kind).length
  const unclear = (of: 'step' | 'file') => journal.filter((line) => line.kind === 'unclear' && line.of === of).length
  const cleared = journal.flatMap((line) => (line.kind === 'cleared' ? [line.counted] : []))
  return {
    seed,
    desks,
    ...more,
    visits: visits.length,
    confirmed: visits.filter(({ state }) => isIn(confirmedStates, state)).length,
    files: deliveries.length,
    unclear: {
      steps: unclear('step'),
      counted: cleared.filter((counted) => counted).length,
      notCounted: cleared.filter((counted) => !counted).length,
      files: unclear('file'),
    },
    unreachable: times('unreachable'),
    fenced: times('fenced'),
    sentAgain: sentAgain.size,
    findings: findingsIn(evidence),
  }
}
