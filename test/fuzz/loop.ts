// The loop of one target: an input is changed, run, and kept to go on from where it reached something that none had reached. The
// coverage is looked at after many inputs at once, because a look costs as much as hundreds of them; where it shows something new,
// halves of these are run again until it is known whose it is.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startCoverage } from './coverage.ts'
import { createMutator } from './mutate.ts'
import { Broken, type Target, tryInput } from './target.ts'

export interface Finding {
  /** What did not hold, the same for the same fault. */
  readonly what: string
  readonly input: Uint8Array
}

export interface LoopReport {
  readonly cases: number
  /** Of these, how many were taken: a loop in which nothing is taken tries nothing behind the first door. */
  readonly taken: number
  /** Inputs that each reached something new. */
  readonly kept: readonly Uint8Array[]
  readonly coveredAtFirst: number
  readonly covered: number
  readonly findings: readonly Finding[]
  /** In bytes, after a collection, from a tenth of the time to its end. */
  readonly heapGrowth: number
}

interface LoopOptions {
  readonly target: Target
  readonly corpus: readonly Uint8Array[]
  readonly random: () => number
  /** Told before an input is run: whoever watches knows which one hangs. */
  readonly onCase: (input: Uint8Array) => void
  readonly isOver: (cases: number) => boolean
  /** Whether it is long since the beginning: from there on memory may not grow. */
  readonly isWarm: (cases: number) => boolean
}

const mostKept = 4_000
const mostFindings = 10
/** Of the time, for the looks at the coverage. */
const lookShare = 0.15

const nameOf = (error: unknown): string => {
  if (error instanceof Broken) return error.message
  if (!(error instanceof Error)) return `threw ${typeof error}`
  const place = /at .*?((?:src-main|test)\/[\w/.-]+:\d+)/.exec(error.stack ?? '')?.[1] ?? ''
  return `threw ${error.name} ${'code' in error ? String(error.code) : ''} ${place}`.trim()
}

export async function loop(options: LoopOptions): Promise<LoopReport> {
  const { target, random, onCase, isOver, isWarm } = options
  const mutator = createMutator(target, random)
  const findings = new Map<string, Finding>()
  let cases = 0
  let taken = 0

  const run = async (input: Uint8Array): Promise<void> => {
    onCase(input)
    cases++
    try {
      const verdict = await tryInput(target, input)
      if (verdict.isTaken) taken++
    } catch (error) {
      const what = nameOf(error)
      const known = findings.get(what)
      // The shortest one is the easiest to understand.
      if (known ? known.input.length > input.length : findings.size < mostFindings) {
        findings.set(what, { what, input: Uint8Array.from(input) })
      }
    }
  }

  const beginning = [...target.seeds, ...options.corpus]
  const kept: Uint8Array[] = []
  const pool = [...beginning]
  const coverage = startCoverage(target.covers)
  for (const input of beginning) await run(input)
  coverage.keep()
  const coveredAtFirst = coverage.covered
  taken = 0

  /** Keeps those of `inputs` that reach something new. */
  const seek = async (inputs: readonly Uint8Array[]): Promise<void> => {
    for (const input of inputs) await run(input)
    if (inputs.length === 1) {
      const [input] = inputs
      if (input && coverage.keep() > 0 && pool.length < mostKept) {
        kept.push(Uint8Array.from(input))
        pool.push(Uint8Array.from(input))
      }
      return
    }
    if (coverage.look() === 0) return
    const half = inputs.length >> 1
    await seek(inputs.slice(0, half))
    await seek(inputs.slice(half))
  }

  let together = 8
  let warmHeap: number | null = null
  while (!isOver(cases)) {
    const inputs = Array.from({ length: together }, () => {
      // One that is new is promising; every other one stays in use.
      const fresh =
        kept.length > 0 && random() < 0.3
          ? kept[kept.length - 1 - Math.floor(random() * Math.min(kept.length, 20))]
          : null
      return mutator.next(fresh ?? pool[Math.floor(random() * pool.length)] ?? new Uint8Array(), pool)
    })
    const began = performance.now()
    for (const input of inputs) await run(input)
    const ran = performance.now()
    const isNew = coverage.look() > 0
    const looked = performance.now()
    if (isNew) await seek(inputs)
    const share = (looked - ran) / (looked - began)
    together = Math.max(8, Math.min(20_000, Math.round(together * (share > lookShare ? 1.3 : 0.8))))
    if (warmHeap === null && isWarm(cases)) warmHeap = heapNow()
  }
  const heapGrowth = warmHeap === null ? 0 : heapNow() - warmHeap
  const { covered } = coverage
  coverage.close()
  return { cases, taken, kept, coveredAtFirst, covered, findings: [...findings.values()], heapGrowth }
}

/** After a collection, which this thread was not started to be able to ask for. */
function heapNow(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}
