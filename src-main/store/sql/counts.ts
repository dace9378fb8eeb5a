// What is counted of visits: written with the visit, in its transaction, and kept as mere numbers when it goes.
import { z } from 'zod'
import type { Confirmation } from '../../eligibility/confirmation.ts'
import { byHand, type Handed } from '../../eligibility/handed.ts'
import type { Eligibility } from '../../eligibility/model.ts'
import { confirmedStates, isIn } from '../../ground/states.ts'
import { type Count, type CountKind, type Counts, countKinds } from '../counts.ts'
import type { VisitRow } from '../visits.ts'
import type { Keys } from './keys.ts'
import { numberRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import { each, type Work } from './work.ts'

const countRow = z.object({ kind: z.enum(countKinds), key: z.string(), n: z.number() })
/** Besides what a port's reader is told: the people, who have a method of their own. */
const keptRow = countRow.extend({ kind: z.enum([...countKinds, 'cardUsers']) })
const stateRow = z.object({ state: z.string(), code: z.string().nullable() })
const statesRow = z.object({ state: z.string(), n: z.number() })
const dayRow = z.object({ day: z.string().nullable() })
const monthRow = z.object({ month: z.string() })
const claimsRow = z.object({ month: z.string(), count: z.number() })

/** A visit that was answered after a card was read: an attempt that was cancelled or failed used none. */
const used = ['answered', ...confirmedStates] as const

export function counts({ ledger }: Topic): Counts {
  return {
    async countsOfDay(day) {
      return ledger.read(function* () {
        const states = z.array(statesRow).parse(yield* sql.statesOfDay.all(day))
        const files = z.array(stateRow).parse(yield* sql.unwrittenOfDay.all(day))
        const failures = [...z.array(stateRow).parse(yield* sql.failuresOfDay.all(day)), ...files]
        const visits = states.reduce((sum, { n }) => sum + n, 0)
        return together([
          ...z.array(countRow).parse(yield* sql.talliesOfDay.all(day)),
          ...(visits > 0 ? [{ kind: 'day' as const, key: day, n: visits }] : []),
          ...states.map(({ state, n }) => ({ kind: 'visit' as const, key: state, n })),
          ...files.map(({ state }) => ({ kind: 'undelivered' as const, key: state, n: 1 })),
          ...failures.flatMap(({ code }) => (code === null ? [] : [{ kind: 'failure' as const, key: code, n: 1 }])),
        ])
      })
    },
    async keptCounts(month) {
      return ledger.read(function* () {
        return z
          .array(keptRow)
          .parse(yield* sql.keptCounts.all(month))
          .flatMap(({ kind, key, n }) => (kind === 'cardUsers' ? [] : [{ kind, key, n }]))
      })
    },
    async cardUsers(month) {
      return ledger.read(function* () {
        return (yield* usersOf(month)) + numberRow.parse(yield* sql.keptUsers.get(month)).value
      })
    },
    async countedSince() {
      return ledger.read(function* () {
        const days = yield* each([sql.firstDay, sql.firstKeptDay], function* (first) {
          return dayRow.parse(yield* first.get()).day ?? []
        })
        return days.flat().sort()[0] ?? null
      })
    },
    async claims() {
      return ledger.read(function* () {
        return z.array(claimsRow).parse(yield* sql.claims.all())
      })
    },
    async saveClaims(claims, at) {
      return ledger.write(function* () {
        for (const { month, count } of claims) {
          if (count === null) yield* sql.dropClaims.run(month)
          else yield* sql.saveClaims.run({ month, count, at })
        }
      })
    },
  }
}

/** Each kind and key once. */
function together(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const count of counts) {
    const name = `${count.kind} ${count.key}`
    sums.set(name, { ...count, n: count.n + (sums.get(name)?.n ?? 0) })
  }
  return [...sums.values()]
}

function* usersOf(month: string): Work<number> {
  return numberRow.parse(yield* sql.usersOfMonth.get(month)).value
}

function* tally({ id, day }: VisitRow, kind: CountKind, keys: readonly string[]): Work<void> {
  yield* sql.dropTally.tell({ id, kind })
  for (const key of keys) yield* sql.addTally.tell({ id, day, kind, key })
}

/** Inside a transaction, after the visit's row. */
export function* countCardUse(keys: Keys, { id, day, state, patient, report }: VisitRow): Work<void> {
  const isByCard = report === null || report.isByCard
  if (patient && isByCard && isIn(used, state)) {
    const user = keys.person(patient) ?? keys.patient(patient.ref)
    yield* sql.noteCardUse.tell({ id, month: day.slice(0, 7), user })
  } else yield* sql.dropCardUse.tell(id)
}

/** Inside a transaction. In the place of an earlier answer; what the terminal was not asked about is none. */
export function* countAnswer(visit: VisitRow, { answers, source }: Eligibility): Work<void> {
  for (const category of ['medicalSubsidy', 'vaccination', 'checkup'] as const) {
    const { state } = answers[category]
    yield* tally(visit, category, source === 'terminal' && state === 'unreachable' ? [] : [state])
  }
}

/** Inside a transaction. `answer`: the visit's. */
export function* countConfirmation(
  visit: VisitRow,
  { handed, confirmedAt }: Pick<Confirmation, 'handed' | 'confirmedAt'>,
  answer: Eligibility | null,
): Work<void> {
  const onClaim = handed.items.slice(0, handed.onClaim)
  const schemes = onClaim.map(({ benefit: { scheme } }) => `${scheme.code ?? ''} ${scheme.name}`)
  yield* tally(visit, 'scheme', schemes)
  yield* countByHand(visit, handed)
  // Nobody stands at the counter for what the terminal brings, or for what is asked after the visit.
  if (visit.report !== null || answer?.askedLater) return
  const seconds = Math.max(0, Math.floor((Date.parse(confirmedAt) - Date.parse(visit.startedAt)) / 1000))
  yield* tally(visit, 'waited', [String(seconds)])
}

/** Inside a transaction. Of a confirmation that was taken back nothing counts. */
export function* dropConfirmationCounts(visitId: string): Work<void> {
  for (const kind of ['scheme', 'byHand', 'waited'] satisfies CountKind[]) {
    yield* sql.dropTally.tell({ id: visitId, kind })
  }
}

/** Inside a transaction. */
export function* countByHand(visit: VisitRow, handed: Handed): Work<void> {
  const key = handed.enteredAt === null ? 'open' : 'entered'
  yield* tally(visit, 'byHand', byHand(handed).length > 0 ? [key] : [])
}

/**
 * Inside the transaction in which `remove` deletes the visits that were kept from days before `before`: what was counted of
 * them stays. A person counts with their last visit of a month, so that nobody has to be remembered for it; only while the
 * month of `today` goes on.
 */
export function* keepCounts<T>(before: string, today: string, remove: () => Work<T>): Work<T> {
  const month = today.slice(0, 7)
  const going = z.array(monthRow).parse(yield* sql.monthsGoing.all({ before }))
  for (const keep of [sql.keepTallies, sql.keepStates, sql.keepDays, sql.keepFailures]) yield* keep.run({ before })
  for (const keep of [sql.keepUnwritten, sql.keepFileFailures]) yield* keep.run({ before })
  return yield* keepUsers(new Set(going.map((each) => each.month)), function* () {
    yield* sql.keepUsersOfMonth.run({ before, month })
    return yield* remove()
  })
}

/** Inside a transaction. Whoever is known by a hash alone is so no longer than to the end of the month. */
export function* endMonths(today: string): Work<void> {
  const over = z.array(monthRow).parse(yield* sql.monthsOver.all(today.slice(0, 7)))
  for (const { month } of over) yield* keepUsers(new Set([month]), () => sql.dropUsersOfMonth.run(month))
}

/** Whoever is not counted any more after `work` is counted as a number. */
function* keepUsers<T>(months: ReadonlySet<string>, work: () => Work<T>): Work<T> {
  const before: (readonly [string, number])[] = []
  for (const month of months) before.push([month, yield* usersOf(month)])
  const done = yield* work()
  for (const [month, users] of before) {
    const n = users - (yield* usersOf(month))
    if (n > 0) yield* sql.keepUsers.run({ month, n })
  }
  return done
}
