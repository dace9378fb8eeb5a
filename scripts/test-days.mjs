// `npm run test:days`: the tests that have to do with days, on twelve days other than today: one drawn from each of the next ten
// years, one around midnight in Japan, one February 29; on computers whose time zone is Japan's, the world's and those of two edges
// of it, in turn. The system's clock is moved by libfaketime, for every process that a test starts as well, and the tests' own
// (test/clock.ts) with it. The moments are printed; `TZ=Asia/Tokyo FAKE_DAY=2031-11-23T10:15+09:00 npm run test:days` repeats one,
// `DAYS=1` draws one of the twelve, `SHARD=1/3` runs the first third of the files. Chromium hangs under libfaketime: tests in it are
// left out.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from './behind-door.mjs'
import { clinicMoment, drawnDays, zones } from './drawn-days.mjs'
import { root } from './place.mjs'
import { testsOfDays } from './tests-of-days.mjs'

/** What cannot be understood is refused: no run with fewer days than were meant, or with none, may pass. */
function refuse(text) {
  process.stderr.write(`${text}\n`)
  process.exit(2)
}

const { FAKE_DAY: given, DAYS: count = '12', TZ: ownZone, SHARD: shard = '1/1' } = process.env
if (!/^([1-9]|1[0-2])$/.test(count)) refuse(`DAYS is how many of the twelve days are drawn, 1 to 12: ${count}`)
const [, place, of] = /^([1-9])\/([1-9])$/.exec(shard) ?? []
if (place === undefined || place > of) refuse(`SHARD is which part of the files of how many, 1/3: ${shard}`)
const moments =
  given === undefined ? drawnDays(Date.now(), Math.random) : [{ moment: Date.parse(given), zone: ownZone ?? zones[0] }]
if (moments.some(({ moment }) => Number.isNaN(moment))) refuse(`FAKE_DAY is no moment: ${given}`)
// A zone that is given is the one for all of them.
if (ownZone) for (const each of moments) each.zone = ownZone
while (moments.length > Number(count)) moments.splice(Math.floor(Math.random() * moments.length), 1)

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

for (const { moment, zone } of moments) {
  const told = clinicMoment(moment)
  process.stderr.write(`\nOn ${told}, ${zone} (again: TZ=${zone} FAKE_DAY=${told} SHARD=${shard} npm run test:days)\n`)
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
    TZ: zone,
  }
  Object.assign(process.env, environment)
  // The embedded store: a server cannot be told of another day.
  await step(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'house',
    `--shard=${shard}`,
    ...tests.filter((file) => !terminal.includes(file)),
  )
  for (const name of Object.keys(environment)) delete process.env[name]
}
