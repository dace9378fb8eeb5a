// The power fails in the middle of a morning. Of what was not yet put onto the disk nothing may be there, or all, or any part of
// it; what the screen was told has to be. Here at every word to the screen and at some moments between, by dice;
// test/long/power-loss.ts goes through all of them, with a start after each.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomFrom } from '../random.ts'
import { type Call, everything, someOf, syncedOnly } from './disk.ts'
import {
  diskOf,
  fail,
  goOn,
  goThrough,
  isSame,
  lookAt,
  type Recorded,
  recordMorning,
  recordNext,
  toldOn,
} from './power-loss.ts'

const seed = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000)

let recorded: Recorded | null = null
beforeAll(async () => {
  recorded = await recordMorning()
}, 600_000)
afterAll(() => recorded?.remove())

describe('the power fails', { timeout: 600_000 }, () => {
  test('the record of a morning knows every file that it has left, byte for byte', (context) => {
    if (!recorded) return context.skip('nothing can be recorded here')
    const disk = diskOf(recorded)
    for (const call of recorded.calls) disk.do(call)
    fail(disk, recorded, everything, 'here')
    isSame(recorded.root, recorded.end)
  })

  test('whenever it does, what the screen was told is there, and no file is torn', async (context) => {
    if (!recorded) return context.skip('nothing can be recorded here')
    const place = recorded
    const random = randomFrom(seed)
    const { calls } = place
    const disk = diskOf(place)
    let looks = 0
    await goThrough(place, { disk, calls, between: 20, random }, async (told, { index, isTold }) => {
      fail(disk, place, isTold ? syncedOnly : someOf(random), 'here')
      await expect(lookAt(place, told, 'here'), `seed ${seed}, after call ${index}`).resolves.toBeUndefined()
      looks++
    })
    expect(looks).toBeGreaterThan(30)
  })

  test('a desk that starts afterwards brings everything to its end, once, and attends to the next patient', async (context) => {
    if (!recorded) return context.skip('nothing can be recorded here')
    const random = randomFrom(seed)
    for (const imports of ['here', 'share'] as const) {
      const end = Math.floor(random() * recorded.calls.length)
      const disk = diskOf(recorded)
      for (const call of recorded.calls.slice(0, end)) disk.do(call)
      const told = toldOn(disk, recorded)
      const taken = fail(disk, recorded, someOf(random), imports)
      const holds = expect(goOn(recorded, told, taken), `seed ${seed}, after call ${end}, imports ${imports}`)
      await holds.resolves.toBeUndefined()
    }
  })

  test('a file that a killed desk has shown is on the disk before the next one says that it is delivered', async (context) => {
    if (!recorded) return context.skip('nothing can be recorded here')
    const place = recorded
    const disk = diskOf(place)
    const isShown = (call: Call) => call.call === 'rename' && call.to.startsWith(`${place.importDir}/csv/`)
    for (const call of place.calls.slice(0, place.calls.findIndex(isShown) + 1)) disk.do(call)
    const calls = await recordNext(place, disk)
    await goThrough(place, { disk, calls, between: 0, random: randomFrom(seed) }, async (told, { index }) => {
      fail(disk, place, syncedOnly, 'here')
      await expect(lookAt(place, told, 'here'), `after call ${index} of the next desk`).resolves.toBeUndefined()
    })
  })
})
