// `npm run test:days`: the tests that have to do with days, on days other than today: one drawn from the next ten years, one
// around midnight in Japan, one February 29. The system's clock is moved by libfaketime, for every process that a test
// starts as well, and the tests' own (test/clock.ts) with it. The moments are printed; `FAKE_DAY=2031-11-23T10:15+09:00
// npm run test:days` repeats one, `DAYS=1` draws one of the three. Chromium hangs under libfaketime: tests in it are left out.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from './behind-door.mjs'
import { root } from './place.mjs'
import { testsOfDays } from './tests-of-days.mjs'

const dayMs = 86_400_000
const clinicMoment = (ms) => new Date(ms + 9 * 3_600_000).toISOString().replace('.000Z', '+09:00')
const whole = (from, below) => from + Math.floor(Math.random() * (below - from))
/** The beginning, in Japan, of a day of the next ten years. */
const drawnDay = () => Math.floor(Date.now() / dayMs + whole(1, 3_652)) * dayMs - 9 * 3_600_000

function drawnMoments() {
  const minutes = (count) => count * 60_000
  const leapYear = Math.ceil(new Date().getUTCFullYear() / 4 + 0.25) * 4
  const leapDay = Date.parse(`${leapYear + 4 * whole(0, 2)}-02-29T00:00:00+09:00`)
  return [
    drawnDay() + minutes(whole(0, 24 * 60)),
    // Before it in Japan, or after it: then it is still the day before in UTC.
    drawnDay() + minutes(whole(0, 2) === 0 ? 24 * 60 - 3 : 1),
    leapDay + minutes(whole(0, 24 * 60)),
  ]
}

/** What cannot be understood is refused: no run with fewer days than were meant, or with none, may pass. */
function refuse(text) {
  process.stderr.write(`${text}\n`)
  process.exit(2)
}

const { FAKE_DAY: given, DAYS: count = '3' } = process.env
if (!/^[123]$/.test(count)) refuse(`DAYS is how many of the three days are drawn, 1 to 3: ${count}`)
const moments = given === undefined ? drawnMoments() : [Date.parse(given)]
if (moments.some(Number.isNaN)) refuse(`FAKE_DAY is no moment: ${given}`)
while (moments.length > Number(count)) moments.splice(whole(0, moments.length), 1)

const library = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path))
if (!library) {
  refuse(
    '!! libfaketime is missing. To run these tests, type: sudo apt-get install --no-install-recommends libfaketime',
  )
}

const tests = testsOfDays(root)
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-days-'))
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true })
  // What libfaketime keeps there of processes that were killed.
  const left = existsSync('/dev/shm') ? readdirSync('/dev/shm') : []
  for (const name of left) {
    const [, id] = /^(?:sem\.)?faketime_(?:sem|shm)_(\d+)$/.exec(name) ?? []
    if (id !== undefined && !existsSync(`/proc/${id}`)) rmSync(join('/dev/shm', name), { force: true })
  }
})
const shim = join(folder, 'shifted-files.so')
const compiled = spawnSync('gcc', [
  '-shared',
  '-fPIC',
  '-O2',
  '-o',
  shim,
  join(root, 'test/days/shifted-files.c'),
  '-ldl',
])
const terminal = compiled.status === 0 ? [] : tests.filter((file) => file.includes('terminal'))
if (terminal.length > 0) process.stderr.write(`!! LEFT OUT without gcc: ${terminal.join(', ')}\n`)

for (const moment of moments) {
  const told = clinicMoment(moment)
  process.stderr.write(`\nOn ${told} (again: FAKE_DAY=${told} npm run test:days)\n`)
  const seconds = String(Math.round((moment - Date.now()) / 1_000))
  // Set for the tests only: the pinned Node that runs them is started with it.
  const environment = {
    // In this order the shim is set up first, and every process gets a lock of its own.
    LD_PRELOAD: compiled.status === 0 ? `${library}:${shim}` : library,
    FAKETIME: Number(seconds) < 0 ? seconds : `+${seconds}`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
    FILES_SHIFT: seconds,
    TEST_NOW: told,
  }
  Object.assign(process.env, environment)
  // The embedded store: a server cannot be told of another day.
  await step(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'house',
    ...tests.filter((file) => !terminal.includes(file)),
  )
  for (const name of Object.keys(environment)) delete process.env[name]
}
