// Puts together what a vendor is given: from each part only what the schema of the bundle has a place for. Reading it is all it
// does; what cannot be read is left open, because a bundle is wanted most where something is broken.
import { readdirSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { arch, cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { ReaderStatus } from '../card/reader.ts'
import type { CheckLine } from '../contract/self-test.ts'
import { type SupportBundle, supportBundleSchema } from '../contract/support-bundle.ts'
import { type Clock, clinicDay, clinicMoment } from '../ground/clock.ts'
import type { Failure } from '../ground/result.ts'
import { faultsIn } from '../ground/setting-fault.ts'
import type { Stock } from '../store/upkeep.ts'
import { readerKind } from './kinds.ts'
import { isOurDay, type LogSource, readLog } from './log-lines.ts'
import { placeOf, plainFailure, plainFinding, plainVersion } from './plain.ts'
import { outlineOf } from './settings-outline.ts'

export interface SupportPorts {
  readonly clock: Clock
  readonly dataDir: string
  /** Names of files in it. */
  readonly parts: { readonly database: string; readonly writeAhead: string }
  readonly version: string
  /** settings.json as it lies there; undefined: it is not there, or cannot be read at all. */
  readonly settings: () => Promise<{
    readonly content: unknown
    readonly from: SupportBundle['settings']['from']
    readonly problem: Failure | null
  }>
  /** The newest self-test; `at`: null where none was made. */
  readonly selfTest: () => Promise<{ readonly at: string | null; readonly lines: readonly CheckLine[] }>
  /** null: only the self-test has looked. */
  readonly readers: () => readonly ReaderStatus[] | null
  /** null: somebody else has the database, or it cannot be opened. */
  readonly stock: () => Promise<Stock | null>
  readonly copies: () => readonly { readonly day: string }[]
  readonly isOwnFile: LogSource['isOwnFile']
}

/** About 400 kB of text: what a person can still look through, and a mail carries. */
const mostLines = 3_000

export async function collectBundle(ports: SupportPorts): Promise<SupportBundle> {
  const { clock, dataDir, version } = ports
  const now = clock.now()
  const { content, from, problem } = await ports.settings()
  const destinations = destinationsIn(content)
  const selfTest = await ports.selfTest()
  const outline = outlineOf(content)
  const today = clinicDay(now)
  return supportBundleSchema.parse({
    madeAt: clinicMoment(now).replace(/\.\d+/, ''),
    program: {
      version: plainVersion(version),
      node: plainVersion(process.versions.node),
      isDesktop: process.versions.electron !== undefined,
    },
    system: systemNow(),
    settings: { from, problem: problem && problemOf(problem, destinations), ...outline },
    selfTest: {
      at: selfTest.at,
      lines: selfTest.lines.map(({ check, of, state, finding }) => ({
        check,
        of: of === null ? null : placeOf(of, destinations),
        state,
        finding: finding && plainFinding(finding, destinations),
      })),
    },
    readers: ports.readers()?.map(({ name, state }) => ({ kind: readerKind(name), state })) ?? null,
    store: await ports.stock().catch(() => null),
    sizes: await sizesOf(ports, today),
    log: readLog({ folder: join(dataDir, 'logs'), today, destinations, isOwnFile: ports.isOwnFile }, mostLines),
  })
}

/** Their ids, as far as somebody has written them down as such. */
export function destinationsIn(content: unknown): readonly string[] {
  const list =
    typeof content === 'object' && content !== null && 'destinations' in content ? content.destinations : null
  if (!Array.isArray(list)) return []
  return list.slice(0, 99).map((each: unknown) => {
    const id = typeof each === 'object' && each !== null && 'id' in each ? each.id : null
    return typeof id === 'string' ? id : ''
  })
}

function problemOf(problem: Failure, destinations: readonly string[]) {
  const { code, detail } = plainFailure(problem, destinations)
  const [fault] = faultsIn({ code, detail })
  return {
    code,
    field: detail?.field ?? null,
    line: detail?.line ?? fault?.line ?? null,
    reason: fault?.reason ?? null,
  }
}

function systemNow(): SupportBundle['system'] {
  const { platform } = process
  const machine = arch()
  return {
    platform: platform === 'linux' || platform === 'win32' || platform === 'darwin' ? platform : 'other',
    release: plainVersion(release()),
    arch: machine === 'x64' || machine === 'arm64' ? machine : 'other',
    memoryGb: Math.round(totalmem() / 1e9),
    processors: cpus().length,
    isClinicTime: Intl.DateTimeFormat().resolvedOptions().timeZone === 'Asia/Tokyo',
  }
}

/** Kilobytes. */
const inKb = (bytes: number): number => Math.round(bytes / 1_000)

async function sizesOf(ports: SupportPorts, today: string): Promise<SupportBundle['sizes']> {
  const { dataDir } = ports
  const copies = ports.copies()
  const sizeOf = (name: string) => {
    try {
      return inKb(statSync(join(dataDir, name)).size)
    } catch {
      return null
    }
  }
  const days = copies.map(({ day }) => day).filter((day) => isOurDay(day, today))
  return {
    database: sizeOf(ports.parts.database),
    writeAhead: sizeOf(ports.parts.writeAhead),
    logs: sizeOfAll(join(dataDir, 'logs')),
    copies: { count: copies.length, newest: days.toSorted().at(-1) ?? null },
    free: await statfs(dataDir).then(
      ({ bavail, bsize }) => inKb(bavail * bsize),
      () => null,
    ),
  }
}

function sizeOfAll(folder: string): number | null {
  try {
    return inKb(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0))
  } catch {
    return null
  }
}
