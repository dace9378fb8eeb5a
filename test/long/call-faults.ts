// Every call by which a check-in changes a file fails, one after the other, for MINUTES (not given: 20), from one on that SEED draws: with
// a broken disk and a full one, once and from there on. One line of JSON with how many.
// Share of the minutes: 2
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { callsOfCheckIn, checkIns, checkInWith, faultKinds } from '../crash/call-faults.ts'
import { shareOfTime, tellCounts } from '../crash/share-of-time.ts'

keepFilesPrivate()
const share = shareOfTime(20)

await tellCounts(share.seed, async () => {
  const counts = { calls: 0, faults: 0 }
  const each = []
  for (const which of checkIns) {
    const calls = await callsOfCheckIn(which)
    if (calls === null) {
      share.say('!! LEFT OUT: nothing can be recorded here')
      return counts
    }
    counts.calls += calls
    each.push({ which, calls, begin: Math.floor(share.random() * calls) })
  }
  const most = Math.max(...each.map(({ calls }) => calls))
  // A step that no factor of a round number has, so that a short run has seen every part of the check-in.
  for (let count = 0; count < most * faultKinds.length; count++) {
    for (const { which, calls, begin } of each) {
      if (share.isOver()) return counts
      const call = 1 + ((begin + count * 37) % calls)
      const kind = faultKinds[Math.floor(count / calls + count) % faultKinds.length]
      if (!kind) continue
      try {
        await checkInWith(which, { call, errno: kind.errno, stays: kind.stays })
      } catch (error) {
        const how = `${kind.code}${kind.stays ? ', as all that follow' : ''}`
        throw new Error(`${which}: call ${call} of ${calls} fails with ${how}`, { cause: error })
      }
      counts.faults += 1
      if (counts.faults % 10 === 0) share.say(`${counts.faults} calls have failed`)
    }
  }
  return counts
})
