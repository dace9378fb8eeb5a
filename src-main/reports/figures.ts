// What was counted of visits, as a day sheet and a monthly report show it. Pure. A word that an earlier version of the program
// has counted and this one does not know is left out.
import type { Figures } from '../contract/report.ts'
import { failureCodeSchema } from '../ground/failures.ts'
import { deliveryStateSchema, visitStateSchema } from '../ground/states.ts'
import type { Count, CountKind } from '../store/counts.ts'

const answerStates = ['present', 'absent', 'withheld', 'ended', 'unreachable'] as const

/** `counts`: of whatever days; the same kind and key may stand there more than once. */
export function figuresOf(counts: readonly Count[]): Figures {
  const sums = sumsOf(counts)
  const n = (kind: CountKind, key: string) => sums.get(kind)?.get(key) ?? 0
  /** In the order of the list, without what did not happen. */
  const inOrder = <State extends string>(kind: CountKind, states: readonly State[]) =>
    states.map((state) => ({ state, n: n(kind, state) })).filter((each) => each.n > 0)
  const mostFirst = (kind: CountKind) =>
    [...(sums.get(kind) ?? [])].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  return {
    visits: inOrder('visit', visitStateSchema.options),
    answers: {
      medicalSubsidy: inOrder('medicalSubsidy', answerStates),
      vaccination: inOrder('vaccination', answerStates),
      checkup: inOrder('checkup', answerStates),
    },
    schemes: mostFirst('scheme').map(([key, count]) => {
      const gap = key.indexOf(' ')
      return { code: key.slice(0, gap) || null, name: key.slice(gap + 1), n: count }
    }),
    undelivered: inOrder('undelivered', deliveryStateSchema.options),
    byHand: { open: n('byHand', 'open'), entered: n('byHand', 'entered') },
    waiting: waitingOf(sums.get('waited')),
    failures: mostFirst('failure').flatMap(([key, count]) => {
      const code = failureCodeSchema.safeParse(key)
      return code.success ? [{ failure: { code: code.data }, n: count }] : []
    }),
  }
}

function sumsOf(counts: readonly Count[]) {
  const sums = new Map<CountKind, Map<string, number>>()
  for (const { kind, key, n } of counts) {
    const ofKind = sums.get(kind) ?? new Map<string, number>()
    sums.set(kind, ofKind.set(key, (ofKind.get(key) ?? 0) + n))
  }
  return sums
}

/** Of an even number of visits the shorter of the two in the middle: somebody has waited so long. */
function waitingOf(counts: ReadonlyMap<string, number> = new Map()): Figures['waiting'] {
  const waits = [...counts]
    .map(([seconds, n]) => ({ seconds: Number(seconds), n }))
    .sort((a, b) => a.seconds - b.seconds)
  const visits = waits.reduce((sum, { n }) => sum + n, 0)
  const last = waits.at(-1)
  if (!last) return null
  let passed = 0
  const median = waits.find(({ n }) => {
    passed += n
    return passed * 2 >= visits
  })
  return { visits, medianS: median?.seconds ?? last.seconds, longestS: last.seconds }
}
