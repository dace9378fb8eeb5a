// Share of the minutes: 2
// Hostile bytes at every door, each target of test/fuzz for the same time. What is found is laid into test-results/fuzz, to be moved
// into test/corpus together with its mending. TARGET=name tries one target alone, INPUT=file runs one input again, KEEP=1 lays into
// test/corpus what reached further than all that is kept there.
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { corpusFolder, keepInput } from '../fuzz/corpus.ts'
import { tryInput } from '../fuzz/target.ts'
import { isTargetName, openTarget, type TargetName, targetNames } from '../fuzz/targets.ts'
import { type TargetReport, watchTarget } from '../fuzz/watch.ts'
import { root } from '../support.ts'

const { MINUTES, SEED, TARGET, INPUT, KEEP } = process.env
const say = (text: string) => process.stderr.write(`fuzz: ${text}\n`)

function named(name: string): TargetName {
  if (isTargetName(name)) return name
  say(`no target ${name}; there are ${targetNames.join(', ')}`)
  process.exit(2)
}

/** A target that is left with more than so much has kept something of what it was given. */
const mostGrowth = 64 * 1024 * 1024

/** Of so few it is chance; of more it tries nothing behind the first door. */
const fewCases = 2_000

function findingsOf({ target, findings, taken, cases, heapGrowth }: TargetReport): readonly string[] {
  const found = findings.map(({ what, input }) => {
    const file = keepInput(join(root, 'test-results/fuzz', target), input)
    return `${target}: ${what}; again: INPUT=${file} npm run test:long -- --only fuzz`
  })
  if (findings.length === 0 && taken === 0 && cases > fewCases)
    found.push(`${target}: nothing of ${cases} inputs was taken`)
  if (heapGrowth > mostGrowth)
    found.push(`${target}: ${Math.round(heapGrowth / 1_048_576)} MB are left of ${cases} inputs`)
  return found
}

const countsOf = ({ cases, taken, seconds, kept, coveredAtFirst, covered, heapGrowth }: TargetReport) => ({
  cases,
  taken,
  seconds: Math.round(seconds),
  perSecond: Math.round(cases / seconds),
  reachedFurther: kept.length,
  covered: [coveredAtFirst, covered],
  heapGrowthKB: Math.round(heapGrowth / 1_024),
})

async function runAgain(file: string): Promise<void> {
  const target = await openTarget(named(TARGET ?? basename(dirname(file))))
  const { isTaken } = await tryInput(target, new Uint8Array(readFileSync(join(root, file))))
  await target.close?.()
  process.stdout.write(`${JSON.stringify({ cases: 1, taken: isTaken ? 1 : 0 })}\n`)
}

async function tryAll(names: readonly TargetName[]): Promise<void> {
  const seed = Number(SEED ?? Date.now() % 1_000_000)
  const counts: Record<string, ReturnType<typeof countsOf>> = {}
  const findings: string[] = []
  for (const name of names) {
    const report = await watchTarget(name, { seed, seconds: (Number(MINUTES ?? 10) * 60) / names.length })
    counts[name] = countsOf(report)
    const found = findingsOf(report)
    for (const input of KEEP === '1' ? report.kept : []) keepInput(corpusFolder(name), input)
    for (const line of found) say(`!! ${line}`)
    findings.push(...found)
    say(`${name}: ${JSON.stringify(counts[name])}`)
  }
  const cases = Object.values(counts).reduce((sum, each) => sum + each.cases, 0)
  process.stdout.write(`${JSON.stringify({ cases, findings: findings.length, targets: counts })}\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
}

if (INPUT !== undefined) await runAgain(INPUT)
else await tryAll(TARGET === undefined ? targetNames : [named(TARGET)])
