// `npm run test:postgres -- --chaos [--visits N] [--desks N] [--seed N] [--minutes N] [--json]`: the long run, by hand; after so many
// minutes no visit is begun any more. What happens is told while it happens, on standard error; one summary at the end, as text or as
// one JSON object. Ends with 1 where anything was found.
import { parseArgs } from 'node:util'
import { keepFilesPrivate } from '../../../src-main/ground/modes.ts'
import { type ChaosReport, chaos } from './chaos.ts'

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '20000' },
    desks: { type: 'string', default: '50' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const numberOf = (name: 'visits' | 'desks' | 'minutes', text: string): number => {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  process.stderr.write(`--${name}: a whole number, please\n`)
  process.exit(2)
}

/** Desks that are killed and put to sleep together. */
const desksEach = 5

function textOf(report: ChaosReport): string {
  const { unclear, disturbances, takeOverMs, findings } = report
  const sorted = takeOverMs.toSorted((a, b) => a - b)
  const seconds = (ms: number | undefined) => `${((ms ?? 0) / 1_000).toFixed(1)} s`
  const takenOver =
    sorted.length === 0
      ? 'no lane was taken over'
      : `${sorted.length} lanes taken over after a dead desk: median ${seconds(sorted[sorted.length >> 1])}, slowest ${seconds(sorted.at(-1))}`
  return [
    `seed ${report.seed}: ${report.visits} visits of ${report.desks} desks, ${report.confirmed} confirmed, ${report.files} files, ${report.seconds} s`,
    Object.entries(disturbances)
      .map(([kind, times]) => `${kind} ${times}`)
      .join(', '),
    `${report.commitsBroken} commits broken by aim; steps of which nobody knew: ${unclear.steps}; asked again, ${unclear.counted} had counted, ${unclear.notCounted} had not; files: ${unclear.files}`,
    `server away, and nothing written: ${report.unreachable}; refused under an old lease: ${report.fenced}`,
    `a person was asked about ${report.askedPerson} files, and sent ${report.sentAgain} of them again`,
    takenOver,
    ...findings.slice(0, 50).map(({ what, which }) => `!! ${what}: ${which}`),
    findings.length === 0 ? 'nothing lost, nothing doubled, no gap' : `${findings.length} findings`,
  ].join('\n')
}

keepFilesPrivate()
const desks = numberOf('desks', values.desks)
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
process.stderr.write(`seed ${seed}\n`)
const report = await chaos({
  visits: numberOf('visits', values.visits),
  desks,
  processes: Math.max(2, Math.ceil(desks / desksEach)),
  seed,
  length: 'long',
  atMostMs: values.minutes === undefined ? Number.POSITIVE_INFINITY : numberOf('minutes', values.minutes) * 60_000,
  say: (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`),
})
process.stdout.write(`${values.json ? JSON.stringify(report) : textOf(report)}\n`)
process.exitCode = report.findings.length === 0 ? 0 : 1
