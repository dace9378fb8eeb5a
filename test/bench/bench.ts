// `npm run bench`: every figure as a median of many runs, each against a floor or a peer measured in the same run where
// there is one.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endingSignal, endWithStarter, exitCodeOf, runChild } from '../../scripts/child.mjs'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { type Figures, round, toldByPart } from './measure.ts'
import { optionsOf } from './options.ts'
import { parts } from './parts.ts'

const say = (text: string) => process.stderr.write(`${text}\n`)
/** Longer than nearly all take: what hangs loses its own figures only. */
const partLimitMs = 420_000

/**
 * A part that fails takes only its own figures away: it is told on stderr and among the figures, the others are still
 * measured, and the exit code says that something is missing.
 */
async function measurePart(name: string, place: string): Promise<Figures> {
  say(`${parts[name]?.says} …`)
  const dataDir = join(place, name)
  cpSync(join(place, 'certificates'), join(dataDir, 'training'), { recursive: true })
  let said: unknown = null
  let isLate = false
  const limitMs = parts[name]?.limitMs ?? partLimitMs
  const program = [join(import.meta.dirname, 'part-process.ts'), name, dataDir]
  const { code, signal } = await runChild(process.execPath, program, {
    // What it prints is for whoever waits; its figures come by the channel.
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
    tellsAll: true,
    onStart(child) {
      child.on('message', (message) => {
        said = message
      })
      const limit = setTimeout(() => {
        isLate = true
        child.kill('SIGKILL')
      }, limitMs)
      child.once('exit', () => clearTimeout(limit))
    },
  })
  rmSync(dataDir, { recursive: true, force: true })
  const told = toldByPart.safeParse(said).data ?? { failure: `it ended with ${signal ?? code}` }
  if ('figures' in told) return told.figures
  const reason = isLate ? `not measured within ${limitMs / 60_000} minutes` : told.failure
  say(`!! ${name}: ${reason}`)
  process.exitCode = 1
  return { [`failed: ${name}`]: reason }
}

/** Flat names with their medians, as they have always been, and the range of each beside them. */
function asOneObject(measured: Figures) {
  const entries = Object.entries(measured)
  const flat = entries.map(([name, value]) => [name, typeof value === 'object' ? value.median : value] as const)
  const ranges = entries.flatMap(([name, value]) => {
    if (typeof value !== 'object') return []
    const { median: _median, low, high, runs } = value
    return [[name, { low: round(low), high: round(high), runs }] as const]
  })
  const rounded = flat.map(([name, value]) => [name, typeof value === 'number' ? round(value) : value] as const)
  return { ...Object.fromEntries(rounded), ranges: Object.fromEntries(ranges) }
}

function printed(measured: Figures): string {
  return Object.entries(measured)
    .map(([name, value]) => {
      if (typeof value !== 'object') return `${name.padEnd(36)} ${typeof value === 'number' ? round(value) : value}\n`
      return `${name.padEnd(36)} ${String(round(value.median)).padEnd(10)} ${round(value.low)} to ${round(value.high)}, ${value.runs} runs\n`
    })
    .join('')
}

const options = optionsOf(process.argv.slice(2))
if ('text' in options) {
  const { text, exitCode } = options
  ;(exitCode === 0 ? process.stdout : process.stderr).write(text)
  process.exit(exitCode)
}
endWithStarter()
const place = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
try {
  await openTrainingPki(join(place, 'certificates'), new Date())
  let measured: Figures = {}
  for (const name of options.only) {
    if (endingSignal() === null) measured = { ...measured, ...(await measurePart(name, place)) }
  }
  process.stdout.write(options.json ? `${JSON.stringify(asOneObject(measured))}\n` : printed(measured))
} finally {
  rmSync(place, { recursive: true, force: true })
}
const ending = endingSignal()
if (ending) process.exitCode = exitCodeOf(ending)
