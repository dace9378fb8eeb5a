// The clinic's own orders on the claim and the helps it uses; a change of one is a change of a setting, with its row in the audit trail.
import { z } from 'zod'
import { combinationOf } from '../../eligibility/order.ts'
import type { ClaimOrders } from '../claim-orders.ts'
import { read } from './database.ts'
import { chosenHelpsRow, claimOrderRow } from './rows.ts'
import type { Topic } from './topic.ts'

export function claimOrders({ sql, ledger }: Topic): ClaimOrders {
  return {
    async claimOrders() {
      return read(() => {
        return z
          .array(claimOrderRow)
          .parse(sql.claimOrders.all())
          .map(({ sequence }) => sequence)
      })
    },
    async saveClaimOrder(order, { at }) {
      return ledger.write(() => {
        const combination = combinationOf(order)
        const before = claimOrderRow.optional().parse(sql.claimOrder.get(combination))?.sequence ?? null
        sql.saveClaimOrder.run(combination, JSON.stringify(order), at)
        const change = { setting: 'claimOrder', before, after: order } as const
        ledger.addAudit('', null, { at, event: 'settingChanged', change })
      })
    },
    async dropClaimOrder(schemes, { at }) {
      return ledger.write(() => {
        const combination = combinationOf(schemes)
        const before = claimOrderRow.optional().parse(sql.claimOrder.get(combination))?.sequence
        if (!before) return
        sql.dropClaimOrder.run(combination)
        ledger.addAudit('', null, {
          at,
          event: 'settingChanged',
          change: { setting: 'claimOrder', before, after: null },
        })
      })
    },
    async chosenHelps() {
      return read(() => {
        return z
          .array(chosenHelpsRow)
          .parse(sql.chosenHelps.all())
          .map(({ choice }) => choice)
      })
    },
    async saveChosenHelps(helps, { at }) {
      return ledger.write(() => {
        const combination = combinationOf(helps.of)
        const before = chosenHelpsRow.optional().parse(sql.chosenHelpsOf.get(combination))?.choice ?? null
        sql.saveChosenHelps.run(combination, JSON.stringify(helps), at)
        const change = { setting: 'chosenHelps', before, after: helps } as const
        ledger.addAudit('', null, { at, event: 'settingChanged', change })
      })
    },
    async dropChosenHelps(schemes, { at }) {
      return ledger.write(() => {
        const combination = combinationOf(schemes)
        const before = chosenHelpsRow.optional().parse(sql.chosenHelpsOf.get(combination))?.choice
        if (!before) return
        sql.dropChosenHelps.run(combination)
        ledger.addAudit('', null, {
          at,
          event: 'settingChanged',
          change: { setting: 'chosenHelps', before, after: null },
        })
      })
    },
  }
}
