// One target in a thread of its own, so that whoever started it sees an input that never ends, and one that takes all the memory
// ends this thread and nothing else. What is being run stands in memory that both see.
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { randomFrom } from '../random.ts'
import { inputsOf } from './corpus.ts'
import { loop } from './loop.ts'
import { isTargetName, openTarget, targetNames } from './targets.ts'

const { name, seed, seconds, mostCases, shown } = z
  .object({
    name: z.string().refine(isTargetName),
    seed: z.int(),
    seconds: z.number(),
    mostCases: z.number(),
    shown: z.instanceof(SharedArrayBuffer),
  })
  .parse(workerData)

const state = new Int32Array(shown, 0, 2)
const current = new Uint8Array(shown, 8)
const target = await openTarget(name)
const began = performance.now()
const spent = () => (performance.now() - began) / 1_000
const report = await loop({
  target,
  corpus: inputsOf(name),
  random: randomFrom(seed + targetNames.indexOf(name) * 7_919),
  onCase(input) {
    current.set(input.subarray(0, current.length))
    Atomics.store(state, 1, Math.min(input.length, current.length))
    Atomics.add(state, 0, 1)
  },
  isOver: (cases) => cases >= mostCases || spent() >= seconds,
  isWarm: (cases) => cases >= mostCases / 10 || spent() >= seconds / 10,
})
const spentSeconds = spent()
await target.close?.()
parentPort?.postMessage({ ...report, seconds: spentSeconds })
