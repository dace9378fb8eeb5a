// `npm run bench`: every figure as a median of many runs, each against a floor or a peer measured in the same run where
// there is one.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endingSignal, endWithStarter, exitCodeOf, runChild } from '../../scripts/child.mjs'
import { clinicDay } from '../../src-main/ground/clock.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { compared } from './compare.ts'
import { described } from './figures.ts'
import { asJson, type Kept, keptOf, readKept, renewed } from './kept.ts'
import { readMachine } from './machine.ts'
import { type Measured, toldByPart } from './measure.ts'
import { type Options, optionsOf } from './options.ts'
import { parts } from './parts.ts'
import { writeReport } from './report.ts'

const root = join(import.meta.dirname, '../..')
const say = (text: string) => process.stderr.write(`${text}\n`)
/** Longer than nearly all take: what hangs loses its own figures only. */
const partLimitMs = 420_000

/**
 * A part that fails takes only its own figures away: it is told on stderr and among the figures, the others are still
 * measured, and the exit code says that something is missing.
 */
async function measurePart(name: string, place: string): Promise<Measured> {
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

function printed({ figures, ranges }: Kept): string {
  const lines = Object.entries(figures).map(([name, value]) => {
    const range = ranges[name]
    const unit = described[name]?.unit ?? ''
    const text = `${name.padEnd(36)} ${String(value).padEnd(10)} ${unit}`
    return range ? `${text.padEnd(56)} ${range.low} to ${range.high}, ${range.runs} runs` : text.trimEnd()
  })
  return `${lines.join('\n')}\n`
}

/** Of the one that the desktop program was measured on. */
async function electronVersion({ figures }: Kept): Promise<string | null> {
  if (!Object.keys(figures).some((name) => name.startsWith('desktop.') && described[name])) return null
  const { provideRuntime } = await import('../desktop/runtime.ts')
  const runtime = await provideRuntime(say)
  if (typeof runtime === 'string') return null
  const electron = join(runtime.folder, 'electron')
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  return execFileSync(electron, ['--print', 'process.versions.electron'], { encoding: 'utf8', env }).trim()
}

const kept = (file: string): Kept | null => (existsSync(file) ? readKept(readFileSync(file, 'utf8')) : null)

/** Parts that were measured anew take their place in what is there. */
function writeMeasured(measured: Kept, only: readonly string[]): void {
  const docs = join(root, 'docs')
  const isWhole = only.length === Object.keys(parts).length
  const before = isWhole ? null : kept(join(docs, 'benchmarks/figures.json'))
  writeReport(docs, before ? renewed(before, measured, only) : measured)
  say('docs/benchmarks.md')
}

async function measure({ only }: Options, place: string): Promise<Kept> {
  // Before anything of ours is a load.
  const machine = readMachine()
  await openTrainingPki(join(place, 'certificates'), new Date())
  let measured: Measured = {}
  for (const name of only) {
    if (endingSignal() === null) measured = { ...measured, ...(await measurePart(name, place)) }
  }
  const all = keptOf(measured, machine, clinicDay(new Date()))
  const electron = await electronVersion(all)
  return electron === null ? all : { ...all, machine: { ...all.machine, Electron: electron } }
}

async function run(options: Options): Promise<void> {
  const { json, before, report, only } = options
  if (report !== null && report !== 'measured') return writeReport(join(root, 'docs'), report)
  endWithStarter()
  const place = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
  try {
    const now = await measure(options, place)
    if (report === 'measured') writeMeasured(now, only)
    if (json) process.stdout.write(`${JSON.stringify(asJson(now))}\n`)
    else process.stdout.write(before ? compared(before, now) : printed(now))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  const ending = endingSignal()
  if (ending) process.exitCode = exitCodeOf(ending)
}

const options = optionsOf(process.argv.slice(2))
if ('text' in options) {
  const { text, exitCode } = options
  ;(exitCode === 0 ? process.stdout : process.stderr).write(text)
  process.exitCode = exitCode
} else await run(options)
