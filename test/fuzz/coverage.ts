// What of the sources has ever run, by V8's own block coverage: Node's inspector, no instrumented copy of the code, so that what is
// tried is what runs at the counter (docs/decisions/0087-hostile-bytes-and-a-year.md has why no fuzzing engine from a package).
import { Session } from 'node:inspector'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../support.ts'

export interface Coverage {
  /** How many characters have run since the last time that had never run before. What has run since then is forgotten. */
  look(): number
  /** The same, and these have run from now on. */
  keep(): number
  /** Characters that have ever run. */
  readonly covered: number
  close(): void
}

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}
interface Script {
  readonly url: string
  readonly functions: readonly { readonly ranges: readonly Range[] }[]
}

/** Of this thread. `covers`: beginnings of paths below the root. */
export function startCoverage(covers: readonly string[]): Coverage {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  /** By the script: 1 where a character has run. */
  const seen = new Map<string, Uint8Array>()
  let covered = 0

  const take = (): readonly Script[] => {
    let scripts: readonly Script[] = []
    // Answered before it returns: the session is this thread's own.
    session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error) throw error
      scripts = answer.result
    })
    return scripts.filter(({ url }) => {
      if (!url.startsWith('file:')) return false
      const path = relative(root, fileURLToPath(url)).replaceAll('\\', '/')
      return covers.some((start) => path.startsWith(start))
    })
  }

  const count = (isKept: boolean): number => {
    let found = 0
    for (const { url, functions } of take()) {
      const ran = runIn(functions)
      let known = seen.get(url)
      if (!known || known.length < ran.length) {
        const longer = new Uint8Array(ran.length)
        longer.set(known ?? [])
        known = longer
        seen.set(url, known)
      }
      for (let at = 0; at < ran.length; at++) {
        if (ran[at] !== 1 || known[at] === 1) continue
        found++
        if (isKept) known[at] = 1
      }
    }
    if (isKept) covered += found
    return found
  }

  return {
    look: () => count(false),
    keep: () => count(true),
    get covered() {
      return covered
    },
    close: () => session.disconnect(),
  }
}

/** 1 where a character has run. A function stands within others, and a block within its function: the inner one counts. */
function runIn(functions: Script['functions']): Uint8Array {
  const ranges = functions.flatMap((each) => each.ranges)
  const length = ranges.reduce((most, { endOffset }) => Math.max(most, endOffset), 0)
  const ran = new Uint8Array(length)
  const outerFirst = ranges.toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
  for (const { startOffset, endOffset, count } of outerFirst) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset)
  return ran
}
