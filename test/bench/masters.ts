// The master of local schemes at its full size: importing the file against reading it barely, finding numbers that nobody has
// asked for yet against looking for one that is not there, and what a running agent needs more of memory.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src-main/ground/clock.ts'
import { createLocalSchemeBook } from '../../src-main/masters/book.ts'
import { changesOf, takeOver } from '../../src-main/masters/importing.ts'
import { createMasterReader } from '../../src-main/masters/reading.ts'
import { sampleMaster } from '../../src-main/stand-ins/masters/sample-master.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { must } from '../support.ts'
import { type Figures, median, spread } from './measure.ts'

const root = join(import.meta.dirname, '../..')
const migrationsDir = join(root, 'migrations')
const imports = 5
const lookups = 5_000

function read(file: string) {
  const reader = createMasterReader()
  const bytes = readFileSync(file)
  for (let at = 0; at < bytes.length; at += 262_144) reader.add(bytes.subarray(at, at + 262_144))
  return must(reader.end())
}

/**
 * In microseconds, for each number the best of three: on a busy computer a hundredth of all calls is interrupted by another
 * program, which says nothing about the store. More numbers lie between two times of one than the store keeps pages of.
 */
function timesOf(numbers: readonly string[], look: (number: string, day: string) => void): readonly number[] {
  const best = numbers.map(() => Number.POSITIVE_INFINITY)
  // A day each, because what was asked lately is kept at hand.
  for (const day of ['2026-11-21', '2026-11-22', '2026-11-23']) {
    for (const [place, number] of numbers.entries()) {
      const start = performance.now()
      look(number, day)
      best[place] = Math.min(best[place] ?? 0, (performance.now() - start) * 1_000)
    }
  }
  return best.sort((one, other) => one - other)
}

const part = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN

export async function benchMasters(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-masters-'))
  try {
    const file = join(folder, 'm_regional_publicly_funded_all_20260803.csv')
    writeFileSync(file, [...sampleMaster()].join(''))
    const times = { import: [] as number[], bare: [] as number[] }
    const place = { file: '', key: new Uint8Array(randomBytes(32)), migrationsDir }
    for (let run = 0; run < imports; run++) {
      place.file = join(folder, `${run}.db`)
      const store = must(openStore(place))
      const start = performance.now()
      const master = read(file)
      must(await changesOf(store, master, '2026-08-03', true))
      must(await takeOver(store, master, '2026-08-03', systemClock))
      const between = performance.now()
      readFileSync(file, 'utf8')
        .split('\n')
        .forEach((line) => void line.split(','))
      times.import.push(between - start)
      times.bare.push(performance.now() - between)
      store.close()
    }
    const numbers = [...new Set(read(file).rows.map(({ payerNumber }) => payerNumber))]
      .sort((one, other) => one.slice(4).localeCompare(other.slice(4)))
      .slice(0, lookups)
    const store = must(openStore(place))
    const { find } = createLocalSchemeBook(store, 'assumed')
    // The first ones teach the engine, not the store: they are asked about a day that counts for nothing.
    for (const number of numbers.slice(0, 500)) find(number, '2027-01-01')
    const found = timesOf(numbers, find)
    const absent = timesOf(numbers, (number, day) => find(number.replace(/.$/, 'x'), day))
    store.close()
    return {
      'masters.importMs': spread(times.import),
      'masters.importToBareRead': median(times.import) / median(times.bare),
      'masters.lookupUs': part(found, 0.5),
      'masters.lookupP99Us': part(found, 0.99),
      'masters.lookupP99ToAbsent': part(found, 0.99) / part(absent, 0.99),
      ...(process.platform === 'linux' && { 'masters.agentMemoryMb': await moreMemory(folder, file) }),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What an agent that has a master needs more, once it is ready. */
async function moreMemory(folder: string, file: string): Promise<number> {
  const [without, having] = [join(folder, 'without'), join(folder, 'having')]
  // Certificates, key and database are made by the first start.
  for (const dataDir of [without, having]) await residentMb(dataDir)
  const keyStore = createKeyFile(join(having, 'database.key'))
  const { store } = must(await openData({ dataDir: having, keyStore, migrationsDir }))
  must(await takeOver(store, read(file), '2026-08-03', systemClock))
  store.close()
  const pairs: number[] = []
  for (let run = 0; run < 5; run++) pairs.push((await residentMb(having)) - (await residentMb(without)))
  return median(pairs)
}

async function residentMb(dataDir: string): Promise<number> {
  const agent = spawn(process.execPath, [join(root, 'dist/main/headless.js'), '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(agent.stdout, 'data')
  const status = readFileSync(`/proc/${agent.pid}/status`, 'utf8')
  agent.kill('SIGTERM')
  await once(agent, 'exit')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024
}
