// Runs the checks of a self-test one after the other, each with a limit. A check whose ground has failed is not run: it says
// so instead of failing, so that the first line that failed is the cause.
import type { CheckLine, CheckName, Finding } from '../contract/self-test.ts'

/** What a check says: how it is, and why. */
export interface Found {
  readonly state: 'ok' | 'warning' | 'failed' | 'unknown' | 'unused'
  readonly finding: Finding
  /** It failed, and what stands on it can be looked at all the same. */
  readonly carriesOn?: boolean
}

export interface Check {
  readonly name: CheckName
  /** As CheckLine.of. */
  readonly of?: string
  /** The checks it stands on: when one of these failed, or could not be run itself, nothing can be said. */
  readonly after?: readonly CheckName[]
  /** Where it waits for a person: in milliseconds, instead of the usual limit. */
  readonly limitMs?: number
  /** Expected failures are what it finds; only bugs throw. */
  readonly run: () => Promise<Found>
}

/** A share, a reader or a hub that does not answer in this time is told as too slow, in milliseconds. */
const limitMs = 20_000

/** `onChange` is told all lines whenever one is another one. Throws on a bug in a check, when the others have run. */
export async function runChecks(
  checks: readonly Check[],
  onChange: (lines: readonly CheckLine[]) => void,
  limit = limitMs,
): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = checks.map(({ name, of = null }) => ({ check: name, of, state: 'waiting', finding: null }))
  const put = (index: number, line: Pick<CheckLine, 'state' | 'finding'>) => {
    const before = lines[index]
    if (before) lines[index] = { ...before, ...line }
    onChange([...lines])
  }
  /** What has to be mended first before anything can be said about what stands on a check. */
  const causes = new Map<CheckName, CheckName>()
  for (const [index, check] of checks.entries()) {
    const cause = check.after?.map((name) => causes.get(name)).find((name) => name !== undefined)
    if (cause) {
      causes.set(check.name, cause)
      put(index, { state: 'unknown', finding: { code: 'because', check: cause } })
      continue
    }
    put(index, { state: 'running', finding: null })
    const { state, finding, carriesOn = false } = await withinLimit(check, limit)
    if (state === 'failed' && !carriesOn) causes.set(check.name, check.name)
    put(index, { state, finding })
  }
  return lines
}

function withinLimit(check: Check, limit: number): Promise<Found> {
  const { promise: late, resolve } = Promise.withResolvers<Found>()
  const timer = setTimeout(() => resolve({ state: 'failed', finding: { code: 'tooSlow' } }), check.limitMs ?? limit)
  return Promise.race([check.run(), late]).finally(() => clearTimeout(timer))
}
