// A database that one desk has open, and no other one: all work is its own, and nobody has to be told so.
import { fail, ok } from '../../ground/result.ts'
import type { Asking } from '../asking.ts'
import type { Leases } from '../leases.ts'
import type { AmongDesks } from '../sql/topic.ts'

export const onlyDesk: AmongDesks = {
  desk: null,
  // biome-ignore lint/correctness/useYield: it is asked within works, and has nothing to ask itself.
  *holds() {
    return true
  },
}

export const everythingIsOurs: Leases = {
  beatMs: null,
  siteName: null,
  lease: async (what) => ok({ what, fence: 0 }),
  seize: async (what) => ok({ what, fence: 0 }),
  beat: async () => ok({ ours: [], elsewhere: [], soonestMs: null, desks: [] }),
  giveUp: async () => ok(undefined),
  leave: async () => ok(undefined),
}

const isNowhereElse = async () => fail('VISIT_NOT_CURRENT')

export const nobodyToAsk: Asking = {
  askForVisit: isNowhereElse,
  withdrawAsk: isNowhereElse,
  keepVisit: isNowhereElse,
  giveVisit: isNowhereElse,
  takeOverVisit: isNowhereElse,
}
