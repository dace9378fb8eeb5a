// The clinic's own orders on the claim and the helps it uses; a change of one is a change of a setting, with its row in the audit trail.
import { z } from 'zod'
import { combinationOf } from '../../eligibility/order.ts'
import type { ClaimOrders } from '../claim-orders.ts'
import { chosenHelpsRow, claimOrderRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'

export function claimOrders({ ledger }: Topic): ClaimOrders {
  return {
    async claimOrders() {
      return ledger.read(function* () {
        return z
          .array(claimOrderRow)
          .parse(yield* sql.claimOrders.all())
          .map(({ sequence }) => sequence)
      })
    },
    async saveClaimOrder(order, { at }) {
      return ledger.write(function* () {
        const combination = combinationOf(order)
        const before = claimOrderRow.optional().parse(yield* sql.claimOrder.get(combination))?.sequence ?? null
        yield* sql.saveClaimOrder.run(combination, JSON.stringify(order), at)
        const change = { setting: 'claimOrder', before, after: order } as const
        yield* ledger.addAudit('', null, { at, event: 'settingChanged', change })
      })
    },
    async dropClaimOrder(schemes, { at }) {
      return ledger.write(function* () {
        const combination = combinationOf(schemes)
        const before = claimOrderRow.optional().parse(yield* sql.claimOrder.get(combination))?.sequence
        if (!before) return
        yield* sql.dropClaimOrder.run(combination)
        yield* ledger.addAudit('', null, {
          at,
          event: 'settingChanged',
          change: { setting: 'claimOrder', before, after: null },
        })
      })
    },
    async chosenHelps() {
      return ledger.read(function* () {
        return z
          .array(chosenHelpsRow)
          .parse(yield* sql.chosenHelps.all())
          .map(({ choice }) => choice)
      })
    },
    async saveChosenHelps(helps, { at }) {
      return ledger.write(function* () {
        const combination = combinationOf(helps.of)
        const before = chosenHelpsRow.optional().parse(yield* sql.chosenHelpsOf.get(combination))?.choice ?? null
        yield* sql.saveChosenHelps.run(combination, JSON.stringify(helps), at)
        const change = { setting: 'chosenHelps', before, after: helps } as const
        yield* ledger.addAudit('', null, { at, event: 'settingChanged', change })
      })
    },
    async dropChosenHelps(schemes, { at }) {
      return ledger.write(function* () {
        const combination = combinationOf(schemes)
        const before = chosenHelpsRow.optional().parse(yield* sql.chosenHelpsOf.get(combination))?.choice
        if (!before) return
        yield* sql.dropChosenHelps.run(combination)
        yield* ledger.addAudit('', null, {
          at,
          event: 'settingChanged',
          change: { setting: 'chosenHelps', before, after: null },
        })
      })
    },
  }
}
