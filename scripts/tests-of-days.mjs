// Which tests have to do with days: those that read a clock, the tests' own or the system's, or start the built product,
// which reads it; themselves or through a file of test/ that they import.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const readsClock =
  /\btestClock\b|\btestDay\b|\bsystemClock\b|\bnew Date\(\)|\bDate\.now\(\)|dist\/main\/|scripts\/run\.mjs/
/**
 * No matter of days, though a clock is in reach: the pcscd of the whole computer, kills and mutations by the hundred, the set-up,
 * PostgreSQL; windows and tray under a stand-in for Electron, around an agent that test/shell starts on other days as well.
 */
const leftOut =
  /^test\/(card\/pcsc|crash|bench|e2e|renderer|house|installer|scripts)\/|^test\/store\/postgres|^test\/shell\/electron-entry|\/mutated-/
const usesChromium = /chromiumPath/

/** Windows' names alike. */
const withSlashes = (file) => file.replaceAll('\\', '/')

/** Paths below `root`, in order. */
export function testsOfDays(root) {
  const texts = new Map()
  const textOf = (file) => {
    if (!texts.has(file)) texts.set(file, readFileSync(join(root, file), 'utf8'))
    return texts.get(file)
  }
  /** The file and everything of test/ below it. */
  const closure = (file, seen = new Set()) => {
    if (seen.has(file)) return seen
    seen.add(file)
    for (const [, target] of textOf(file).matchAll(/from '(\.[^']+)'/g)) {
      const path = withSlashes(relative(root, join(root, dirname(file), target)))
      if (path.startsWith('test/') && existsSync(join(root, path))) closure(path, seen)
    }
    return seen
  }
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => withSlashes(join('test', name)))
    .filter((file) => !leftOut.test(file))
    .filter((file) => {
      const all = [...closure(file)].map(textOf)
      return all.some((text) => readsClock.test(text)) && !all.some((text) => usesChromium.test(text))
    })
    .toSorted()
}
