// A power failure at every moment of a morning, for MINUTES (not given: 20), in an order by SEED: each disk that may be left is looked
// at, and every fourth gets a desk that starts on it. One line of JSON with how many.
// Share of the minutes: 2
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { someOf, syncedOnly } from '../crash/disk.ts'
import { diskOf, fail, goOn, lookAt, recordMorning, toldOn } from '../crash/power-loss.ts'
import { shareOfTime, tellCounts } from '../crash/share-of-time.ts'

keepFilesPrivate()
const share = shareOfTime(20)
/** Moments that are gone through between two beginnings of the record. */
const atOnce = 200
/** Of so many disks one gets a desk. */
const startsEvery = 4

await tellCounts(share.seed, async () => {
  const recorded = await recordMorning()
  if (!recorded) {
    share.say('!! LEFT OUT: nothing can be recorded here')
    return { looks: 0, starts: 0 }
  }
  const { random } = share
  const counts = { moments: recorded.calls.length, looks: 0, starts: 0 }
  try {
    while (!share.isOver()) {
      const disk = diskOf(recorded)
      for (const [index, call] of recorded.calls.entries()) {
        disk.do(call)
        if (share.isOver()) break
        if (random() > atOnce / recorded.calls.length) continue
        const told = toldOn(disk, recorded)
        const imports = random() < 0.5 ? 'here' : 'share'
        const taken = fail(disk, recorded, random() < 0.3 ? syncedOnly : someOf(random), imports)
        try {
          await lookAt(recorded, told, imports)
          counts.looks += 1
          if (counts.looks % startsEvery === 0) {
            await goOn(recorded, told, taken)
            counts.starts += 1
          }
        } catch (error) {
          throw new Error(`after call ${index}, imports ${imports}`, { cause: error })
        }
      }
      share.say(`${counts.looks} disks looked at, ${counts.starts} desks started`)
    }
  } finally {
    recorded.remove()
  }
  return counts
})
