// The computer on which the bench runs and the programs that it runs with: read, never typed.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, type as systemType, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { chromiumPath } from '../browser.ts'
import { postgresPrograms } from '../postgres/server.ts'

export type Machine = Readonly<Record<string, string>>

const gigabytes = (bytes: number) => `${Math.round(bytes / 1e8) / 10} GB`

/** What a program says of its version; null where there is none. */
function versionOf(program: string | null | undefined): string | null {
  if (!program || !existsSync(program)) return null
  return execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

/** The file system in which a folder lies, and the device below it. */
function diskOf(folder: string): string {
  const { bsize, blocks } = statfsSync(folder)
  const size = gigabytes(bsize * blocks)
  if (!existsSync('/proc/mounts')) return size
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, place = '']) => `${folder}/`.startsWith(place.endsWith('/') ? place : `${place}/`))
    .sort(([, one = ''], [, other = '']) => one.length - other.length)
  const [device, , kind] = mounts.at(-1) ?? []
  return `${kind} on ${device}, ${size}`
}

function distribution(): string | null {
  if (!existsSync('/etc/os-release')) return null
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? null
}

function sqliteVersion(): string {
  const database = new Database(':memory:')
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get())
  database.close()
  return version
}

/** Nothing of it names the computer itself. Electron is known to whoever has run it. */
export function readMachine(): Machine {
  const [cpu] = cpus()
  const bin = postgresPrograms()
  const found: Readonly<Record<string, string | null>> = {
    CPU: cpu?.model.trim() || process.arch,
    cores: String(availableParallelism()),
    memory: gigabytes(totalmem()),
    disk: diskOf(tmpdir()),
    system: distribution(),
    kernel: `${systemType()} ${release()}`,
    'load before the run': loadavg()
      .map((load) => load.toFixed(2))
      .join(', '),
    'Node.js': process.versions.node,
    Chromium: versionOf(chromiumPath),
    SQLite: sqliteVersion(),
    PostgreSQL: versionOf(bin && join(bin, 'postgres')),
  }
  return Object.fromEntries(Object.entries(found).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}
