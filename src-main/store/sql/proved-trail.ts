// The audit trail as a whole, for whoever has to prove that nothing was changed in it, on either engine: whether its rows hang together, which
// desk has signed them, and whether its end is where others have noted that it was.
import type { ChainBreak, ProvedTrail, TrailStanding } from '../../ground/trail.ts'
import type { AuditHead } from '../audit-heads.ts'
import { type Chain, goneOnBehind, rowsBehind, verifyChain } from './audit-chain.ts'
import type { Keys } from './keys.ts'
import { auditDayRow, auditHeadRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import { trailProof } from './trail-signatures.ts'
import type { Work } from './work.ts'

/** `differs`: what else is known of its end, asked where it hangs together up to row `lastId`. */
export function* provedTrail(
  keys: Pick<Keys, 'deskKey'>,
  heads: readonly AuditHead[],
  differs: (lastId: number) => Work<ChainBreak | null>,
): Work<ProvedTrail> {
  const { lastId, broken, ...standing } = yield* verifyTrail(keys)
  const owed = yield* owedHeads(heads)
  return {
    ...standing,
    broken: broken ?? (yield* differs(lastId)) ?? (yield* differsFromNoted(owed, lastId)),
    head: auditHeadRow.optional().parse(yield* sql.lastAudit.get()) ?? null,
    notedOn: owed.reduce<string | null>((newest, { day }) => (day > (newest ?? '') ? day : newest), null),
  }
}

/** What else is known of the end of a trail in use: nothing, it is being written. */
// biome-ignore lint/correctness/useYield: nothing is asked for here
export function* nothingElse(): Work<null> {
  return null
}

/** `lastId`: the last row that hangs together with those before it. */
function* verifyTrail(keys: Pick<Keys, 'deskKey'>): Work<TrailStanding & Pick<Chain, 'lastId'>> {
  const acceptedUpTo = yield* goneOnBehind()
  const proof = trailProof(keys, acceptedUpTo)
  const whole = yield* verifyChain(0, proof.take)
  // Who has signed what stands behind a break is to be known, too.
  if (whole.broken) yield* rowsBehind(whole.lastId, proof.take)
  const isAccepted = whole.broken !== null && whole.broken.id <= acceptedUpTo
  const standing = isAccepted ? yield* verifyChain(acceptedUpTo) : whole
  return { acceptedUpTo, ...standing, proof: proof.end() }
}

/**
 * What was noted outside and has to be there. A head from before somebody went on knowingly with a loss, which is a row of the
 * trail itself, need not be there any more, and proves nothing.
 */
function* owedHeads(heads: readonly AuditHead[]): Work<readonly AuditHead[]> {
  const excusedUpTo = auditDayRow.parse(yield* sql.lastLossDay.get()).day ?? ''
  return heads.filter(({ day }) => day > excusedUpTo)
}

/** Cut off at its end, or written anew as a whole, a chain hangs together: who has noted its end knows where that was. */
function* differsFromNoted(heads: readonly AuditHead[], lastId: number): Work<ChainBreak | null> {
  for (const { id, hash } of heads) {
    const known = auditHeadRow.optional().parse(yield* sql.auditUpTo.get(id))
    if (known?.id === id && known.hash === hash) continue
    if (known?.id === id) return { kind: 'changed', id }
    return { kind: 'missing', id: id + 1, from: Math.min(lastId + 1, id) }
  }
  return null
}
