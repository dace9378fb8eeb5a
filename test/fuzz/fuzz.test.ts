// Every target on the inputs that are kept, and on a few hundred that are made of them: what `npm run test:long` does a million times.
import { expect, test } from 'vitest'
import { randomFrom } from '../random.ts'
import { inputsOf } from './corpus.ts'
import { createMutator } from './mutate.ts'
import { tryInput } from './target.ts'
import { openTarget, targetNames } from './targets.ts'

/** FUZZ_RUNS=100000 for a quiet hour; the seed is that of the day on which it was chosen. */
const runs = Number(process.env.FUZZ_RUNS ?? 150)

test.each(targetNames)(
  '%s holds for every kept input, and for what is made of them',
  { timeout: 300_000 + runs * 100 },
  async (name) => {
    const target = await openTarget(name)
    const beginning = [...target.seeds, ...inputsOf(name)]
    let taken = 0
    for (const input of beginning) if ((await tryInput(target, input)).isTaken) taken++
    expect(taken).toBeGreaterThan(0)
    const random = randomFrom(20_261_130)
    const mutator = createMutator(target, random)
    for (let count = 0; count < (target.isSlow ? runs / 15 : runs); count++) {
      const input = mutator.next(beginning[Math.floor(random() * beginning.length)] ?? new Uint8Array(), beginning)
      await tryInput(target, input)
    }
    await target.close?.()
  },
)
