// What a chaos run must not have left behind. Nothing here knows how the store does its work: what desks were told, what is on the
// server, what lies in the folders and what was watched meanwhile are held against each other.
import {
  confirmedStates,
  isIn,
  type VisitState,
  visitRules,
  visitStateSchema,
  writtenStates,
} from '../../../src-main/ground/states.ts'
import { silentMs } from '../../../src-main/store/leases.ts'
import type { Evidence } from './evidence.ts'
import type { Told } from './journal.ts'

export type Finding = { readonly what: FindingKind; readonly which: string }

/** Closed: each with a test that shows it being found (findings.test.ts). */
export type FindingKind =
  // A desk was told ok.
  | 'visit lost'
  | 'step lost'
  | 'told another number'
  | 'said to be unwritten, but written'
  | 'refused for no reason'
  // What stands there.
  | 'number given twice'
  | 'gap in the numbers'
  | 'half a visit'
  | 'trail broken'
  | 'step twice in the trail'
  // Files.
  | 'file of a visit missing'
  | 'file not brought'
  | 'file brought twice'
  | 'file not whole'
  | 'file of no visit'
  | 'unfinished file left'
  // Leases.
  | 'lease of the dead'
  | 'lease taken from a desk that is heard of'
  | 'moved without a lease'
  // The run.
  | 'change unheard'
  | 'fault'

const found =
  (what: FindingKind) =>
  (which: string): Finding => ({ what, which })

export const findingsIn = (evidence: Evidence): readonly Finding[] => [
  ...ofVisits(evidence),
  ...ofNumbers(evidence),
  ...ofTrail(evidence),
  ...ofFiles(evidence),
  ...ofLeases(evidence),
  ...(evidence.heard === null
    ? []
    : evidence.visits.filter(({ id }) => !evidence.heard?.has(id)).map(({ id }) => found('change unheard')(id))),
  ...evidence.faults.map(found('fault')),
]

/** Every state that some way leads to. */
function reachable(from: VisitState): ReadonlySet<VisitState> {
  const states = new Set([from])
  for (const state of states) {
    for (const next of visitStateSchema.options) if (visitRules.mayMove(state, next)) states.add(next)
  }
  return states
}
const ways = new Map(visitStateSchema.options.map((state) => [state, reachable(state)]))

/** A later step may have been written and not been heard of; one that was heard of stays. */
function mayStand({ state, goesBack }: Told, stored: VisitState): boolean {
  if (isIn(confirmedStates, state) && !goesBack) return isIn(confirmedStates, stored)
  return ways.get(state)?.has(stored) ?? false
}

function ofVisits({ visits, deliveries, journal }: Evidence): readonly Finding[] {
  const stored = new Map(visits.map((visit) => [visit.id, visit]))
  const rows = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  const last = new Map<string, Told>()
  const findings: Finding[] = []
  for (const line of journal) {
    if (line.kind === 'told') {
      last.set(line.visit, line)
      if (stored.get(line.visit)?.number !== line.number && stored.has(line.visit)) {
        findings.push(found('told another number')(line.visit))
      }
    }
    if (line.kind === 'untrue') findings.push(found('said to be unwritten, but written')(`${line.visit} ${line.state}`))
    if (line.kind === 'refused') findings.push(found('refused for no reason')(line.code))
    if (line.kind === 'fault') findings.push(found('fault')(`${line.desk}: ${line.where.join(' ')}`))
  }
  for (const told of last.values()) {
    const visit = stored.get(told.visit)
    if (!visit) findings.push(found('visit lost')(told.visit))
    else if (!mayStand(told, visit.state))
      findings.push(found('step lost')(`${told.visit} ${told.state} ${visit.state}`))
    for (const file of told.files ?? []) {
      const row = rows.get(file.id)
      if (!row || row.sha256 !== file.sha256) findings.push(found('file of a visit missing')(file.id))
    }
  }
  const ofVisit = Map.groupBy(deliveries, ({ visit }) => visit)
  for (const { id, state, answers, confirmations } of visits) {
    const isConfirmed = isIn(confirmedStates, state)
    const files = ofVisit.get(id) ?? []
    const isWhole = isConfirmed
      ? answers > 0 && confirmations === 1 && files.length > 0
      : confirmations === 0 && files.length === 0
    if (!isWhole) findings.push(found('half a visit')(id))
    if (state === 'confirmed' && files.every((file) => isIn(writtenStates, file.state))) {
      findings.push(found('half a visit')(id))
    }
  }
  return findings
}

function ofNumbers({ visits, given, journal }: Evidence): readonly Finding[] {
  const findings: Finding[] = []
  for (const [day, ofDay] of Map.groupBy(visits, ({ day }) => day)) {
    const numbers = new Set(ofDay.map(({ number }) => number))
    if (numbers.size < ofDay.length) findings.push(found('number given twice')(day))
    const last = given.find((each) => each.day === day && each.kind === 'visit')?.last ?? 0
    for (let number = 1; number <= Math.max(last, ...numbers); number++) {
      if (!numbers.has(number)) findings.push(found('gap in the numbers')(`${day} ${number}`))
    }
  }
  const holders = new Map<string, string>()
  for (const line of journal) {
    if (line.kind === 'told') {
      const place = `${line.day} ${line.number}`
      const holder = holders.get(place) ?? line.visit
      if (holder !== line.visit) findings.push(found('number given twice')(place))
      holders.set(place, holder)
    }
    if (line.kind === 'request') {
      const place = `request ${line.day} ${line.number}`
      if (holders.has(place)) findings.push(found('number given twice')(place))
      holders.set(place, '')
    }
  }
  return findings
}

function ofTrail({ visits, trail, standing, sentAgain }: Evidence): readonly Finding[] {
  const findings: Finding[] = []
  if (standing.broken) findings.push(found('trail broken')(`${standing.broken.kind} ${standing.broken.id}`))
  // Also where desks were killed in the middle of it, each row is somebody's.
  findings.push(...standing.proof.unproved.map(({ why, from }) => found('trail broken')(`${why} ${from}`)))
  if (standing.rows < trail.reduce((sum, { times }) => sum + times, 0)) findings.push(found('trail broken')('its end'))
  const ofVisit = Map.groupBy(trail, ({ visit }) => visit)
  for (const { id, state } of visits) {
    const rows = ofVisit.get(id) ?? []
    const times = (event: string) => rows.find((row) => row.event === event && row.delivery === null)?.times ?? 0
    const confirmed = times('confirmed') - times('takenBack')
    if (confirmed !== (isIn(confirmedStates, state) ? 1 : 0)) findings.push(found('step twice in the trail')(id))
  }
  for (const { event, delivery, times } of trail) {
    if (event !== 'deliveryDelivered' || delivery === null || sentAgain.has(delivery)) continue
    if (times > 1) findings.push(found('step twice in the trail')(delivery))
  }
  return findings
}

function ofFiles({ deliveries, files, unfinished }: Evidence): readonly Finding[] {
  const findings = unfinished.map(found('unfinished file left'))
  const wanted = new Set(deliveries.map(({ file }) => file))
  for (const { file, destination, sha256, state } of deliveries) {
    const came = files[destination]?.get(file) ?? []
    if (came.length === 0 || !isIn(writtenStates, state)) findings.push(found('file not brought')(`${file} ${state}`))
    if (came.length > 1) findings.push(found('file brought twice')(file))
    if (came.some((each) => each !== sha256)) findings.push(found('file not whole')(file))
  }
  for (const [, lying] of Object.entries(files)) {
    for (const name of lying.keys()) if (!wanted.has(name)) findings.push(found('file of no visit')(name))
  }
  return findings
}

/** A desk that ended in order has given up everything; one that was killed has nothing longer than it may be silent. */
function ofLeases({ leases, moves, takings, dead, endedAt, person }: Evidence): readonly Finding[] {
  const ofDead = leases.filter(({ desk, until }) => until > (deadSince(dead, desk) ?? endedAt))
  const stolen = takings.filter(({ lasted, desk, from }) => lasted && desk !== from)
  const bare = moves.filter(({ desk, holder, lapsed }) => desk !== person && (holder !== desk || lapsed !== false))
  return [
    ...ofDead.map(({ what, desk }) => found('lease of the dead')(`${what} ${desk}`)),
    ...stolen.map(({ what, desk, from }) =>
      found('lease taken from a desk that is heard of')(`${what} ${from} ${desk}`),
    ),
    ...bare.map(({ delivery, desk, became }) => found('moved without a lease')(`${delivery} ${desk} ${became}`)),
  ]
}

function deadSince(dead: Evidence['dead'], desk: string): number | null {
  const since = dead.get(desk)
  return since === undefined ? null : since + silentMs
}
