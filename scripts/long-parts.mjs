// The long tests: every file that lies directly in test/long is a part of them, a program of its own. What it is given: MINUTES
// (its share of them, a number) and SEED in its environment. What it owes: how it goes on standard error, one line of JSON with
// what it counted on standard output, and the exit code 1 with what repeats it on standard error where it found something.
// A line `// Share of the minutes: 3` at its beginning gives a part three times the minutes of one without it.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runStep } from './behind-door.mjs'

const shareOf = (text) => Number(/^\/\/ Share of the minutes: (\d+)$/m.exec(text)?.[1] ?? 1)

/** Every part, in the order of their names. */
export const partsIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ name }) => ({
      name: basename(name, '.ts'),
      file: join(folder, name),
      share: shareOf(readFileSync(join(folder, name), 'utf8')),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** A part that has still not ended after twice its minutes, and these, hangs: that is a finding. */
const patienceMinutes = 10

/** The last line that is JSON; null where a part has left none. */
function countsIn(output) {
  const [line] = output.trim().split('\n').slice(-1)
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Runs the parts one after the other, all of them whatever one of them finds. `say` is told a line for each. */
export async function runParts({ parts, minutes, seed, say }) {
  const shares = parts.reduce((sum, { share }) => sum + share, 0)
  const reports = []
  for (const { name, file, share } of parts) {
    const own = (minutes * share) / shares
    const repeat = `MINUTES=${own} SEED=${seed} npm run test:long -- --only ${name}`
    const began = performance.now()
    const { code, output } = await runStep(file, [], {
      env: { ...process.env, MINUTES: String(own), SEED: String(seed) },
      limitMs: (2 * own + patienceMinutes) * 60_000,
    })
    const seconds = Math.round((performance.now() - began) / 1_000)
    const counts = countsIn(output)
    // Whoever has counted nothing has proved nothing.
    const isClean = code === 0 && counts !== null
    reports.push({ part: name, isClean, exitCode: code, minutes: own, seconds, counts, ...(!isClean && { repeat }) })
    const found = code === 1 ? 'FOUND SOMETHING' : `ENDED WITH ${code}${counts === null ? ' AND COUNTED NOTHING' : ''}`
    say(`${name}: ${isClean ? 'clean' : `${found}; again: ${repeat}`}, ${seconds} s, ${JSON.stringify(counts)}`)
  }
  return { seed, minutes, isClean: reports.every(({ isClean }) => isClean), parts: reports }
}
