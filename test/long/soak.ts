// Share of the minutes: 2
// A simulated year at the counter (test/soak), with as many check-ins as fit into the minutes, 20,000 where they are enough. DAYS=40
// is a part of the year, CHECKINS=20000 how many there are at most.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { randomFrom } from '../random.ts'
import { year } from '../soak/year.ts'

const { MINUTES = '30', SEED, DAYS = '365', CHECKINS = '20000' } = process.env
const seed = Number(SEED ?? Date.now() % 1_000_000)
const say = (text: string) => process.stderr.write(`soak: ${text}\n`)

keepFilesPrivate()
const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-soak-'))
const began = performance.now()
const limitMs = Number(MINUTES) * 60_000
/** What a day without patients costs, and a patient, as it was measured so far. */
let left = Number(CHECKINS)
let dayBegan = began
let lastCount = 0
let [dayMs, checkInMs] = [1_000, 100]

/** As many as the time that is left allows, the same number on each day that is still to come. */
function checkInsOf(openDaysLeft: number): number {
  const now = performance.now()
  if (lastCount > 0) checkInMs = 0.8 * checkInMs + 0.2 * Math.max(1, (now - dayBegan - dayMs) / lastCount)
  dayBegan = now
  const forEach = (limitMs - (now - began)) / openDaysLeft - dayMs
  lastCount = Math.max(2, Math.min(Math.ceil(left / openDaysLeft), Math.floor(forEach / checkInMs)))
  left -= lastCount
  return lastCount
}

const report = await year({ dataDir, random: randomFrom(seed), days: Number(DAYS), checkInsOf, say })
rmSync(dataDir, { recursive: true, force: true })
const seconds = Math.round((performance.now() - began) / 1_000)
process.stdout.write(`${JSON.stringify({ seed, seconds, ...report })}\n`)
if (report.findings.length > 0) {
  say(`again: SEED=${seed} DAYS=${DAYS} MINUTES=${MINUTES} npm run test:long -- --only soak`)
  process.exitCode = 1
}
