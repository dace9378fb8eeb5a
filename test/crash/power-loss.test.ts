// The power fails in the middle of a morning. Of what was not yet put onto the disk nothing may be there, or all, or any part of
// it; what the screen was told has to be. Here at every word to the screen and at some moments between, by dice;
// test/long/power-loss.ts goes through all of them, with a start after each.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomFrom } from '../random.ts'
import { saidWith } from '../support.ts'
import { everything, someOf } from './disk.ts'
import {
  diskOf,
  fail,
  failAfterKill,
  failEverywhere,
  goOn,
  isSame,
  type Recorded,
  recordMorning,
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
    const looks = await saidWith(`seed ${seed}`, failEverywhere(recorded, 20, randomFrom(seed)))
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
      await saidWith(`seed ${seed}, after call ${end}, imports ${imports}`, goOn(recorded, told, taken))
    }
  })

  test('a file that a killed desk has shown is on the disk before the next one says that it is delivered', async (context) => {
    if (!recorded) return context.skip('nothing can be recorded here')
    await saidWith(`seed ${seed}`, failAfterKill(recorded, randomFrom(seed)))
  })
})
