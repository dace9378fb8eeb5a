// The lines of the log as they may go out of the house. The log is an allow-list itself; here it is read back from a disk on
// which anybody may have written, so that each field has to be what it says it is, or it is left out.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { SupportLogLine } from '../contract/support-bundle.ts'
import { dayMs } from '../ground/clock.ts'
import { failureCodeSchema, referenceSchema } from '../ground/failures.ts'
import { logEvents } from '../ground/log.ts'
import { referenceOf } from '../ground/reference.ts'
import { settingSchema } from '../ground/setting-change.ts'
import { deliveryStateSchema, registrationStateSchema, visitStateSchema } from '../ground/states.ts'
import { logFiles } from '../settings/file-log.ts'
import { placeOf, plainField } from './plain.ts'

export interface LogSource {
  readonly folder: string
  /** YYYY-MM-DD: of a day after it, or long before, no file is one of ours. */
  readonly today: string
  /** Ids in the order of the settings. */
  readonly destinations: readonly string[]
  /** Whether a file of this name is one of the program's own. */
  readonly isOwnFile: (name: string) => boolean
}

export interface ReadLog {
  readonly lines: readonly SupportLogLine[]
  readonly refused: number
  readonly older: number
}

/** What else than a visit, a file or a registration a line may say the state of. */
const otherStates = [
  ...['unknown', 'up', 'down', 'waits', 'face', 'trash', 'req', 'res'],
  ...['certificates', 'cards', 'cardStates', 'confirmed', 'unconfirmed', 'off', 'ahead', 'behind'],
  // As Electron says why a page has gone.
  ...['abnormal-exit', 'killed', 'crashed', 'oom', 'launch-failed', 'integrity-failure'],
]
const states = new Set<string>([
  ...visitStateSchema.options,
  ...deliveryStateSchema.options,
  ...registrationStateSchema.options,
  ...otherStates,
])

const faults = /^(?:Error|TypeError|RangeError|ReferenceError|SyntaxError|ZodError|AbortError|Refusal)$/

const rawSchema = z.looseObject({ at: z.iso.datetime({ offset: true }), event: z.enum(logEvents) })
type Raw = z.infer<typeof rawSchema>

/** A clinic keeps two weeks of days with work: a file of a day long before is none of ours, and the day may be somebody's. */
const oldestDays = 400

export function isOurDay(day: string, today: string): boolean {
  const oldest = new Date(Date.parse(`${today}T00:00:00Z`) - oldestDays * dayMs).toISOString().slice(0, 10)
  return day <= today && day >= oldest
}

/** The newest `most` lines of all files, the oldest first; `reference`: only those under this number. */
export function readLog(source: LogSource, most: number, reference: string | null = null): ReadLog {
  const lines: SupportLogLine[] = []
  let refused = 0
  for (const { day, path } of logFiles(source.folder)) {
    if (!isOurDay(day, source.today)) continue
    for (const text of textOf(path).split('\n')) {
      if (text === '') continue
      const line = plainLine(text, day, source)
      if (line === null) refused++
      else if (reference === null || line.reference === reference) lines.push(line)
    }
  }
  return { lines: lines.slice(-most), refused, older: Math.max(0, lines.length - most) }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** null: it is none of ours. */
function plainLine(text: string, day: string, source: LogSource): SupportLogLine | null {
  const parsed = rawSchema.safeParse(parse(text))
  if (!parsed.success || !parsed.data.at.startsWith(day)) return null
  const raw = parsed.data
  const known: { [K in keyof SupportLogLine]: SupportLogLine[K] | undefined } = {
    at: raw.at.replace(/\.\d+/, ''),
    event: raw.event,
    reference: referenceIn(raw),
    state: wordIn(raw.state, (word) => states.has(word)),
    code: failureCodeSchema.safeParse(raw.code).data,
    door: z.enum(['desk', 'patient', 'kiosk', 'commandLine', 'system']).safeParse(raw.door).data,
    destination:
      typeof raw.destination === 'string' ? Number(placeOf(raw.destination, source.destinations)) : undefined,
    ms: roundIn(raw.ms),
    count: roundIn(raw.count),
    times: roundIn(raw.times),
    setting: settingSchema.safeParse(raw.setting).data,
    field: wordIn(raw.field, (word) => plainField(word) !== null),
    line: roundIn(raw.line),
    apdus: listIn(raw.apdus, apduOf),
    where: listIn(raw.where, (frame) => placeIn(frame, source)),
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as SupportLogLine
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Lines from before there were numbers have one as well. */
function referenceIn({ reference, deliveryId, visitId }: Raw): string | undefined {
  const own = referenceSchema.safeParse(reference)
  if (own.success) return own.data
  const id = z.uuid().safeParse(deliveryId ?? visitId)
  return id.success ? referenceOf(id.data) : undefined
}

const wordIn = (value: unknown, isKnown: (word: string) => boolean): string | undefined =>
  typeof value === 'string' && isKnown(value) ? value : undefined

/** Two digits that count: what is measured needs no more, and nobody's number has so few. */
function roundIn(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 1e9) return undefined
  return Number(value.toPrecision(2))
}

function listIn(value: unknown, plain: (text: string) => string | null): string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const texts = value.slice(0, 100).flatMap((each) => (typeof each === 'string' ? (plain(each) ?? []) : []))
  return texts.length > 0 ? texts : undefined
}

/** As card/apdu.ts notes a command: instruction, lengths, and the status word or the failure in its place. */
function apduOf(text: string): string | null {
  const [, answer] = /^[0-9A-F]{2} \d{1,3}>(?:\d{1,5} [69][0-9A-F]{3}|([A-Z_]{1,30}))$/.exec(text) ?? [null, '']
  return answer === undefined || failureCodeSchema.safeParse(answer).success ? text : null
}

/** Of a stack: the class, and places in our own files, without the folder they lie in (it names who uses the computer). */
function placeIn(frame: string, { isOwnFile }: LogSource): string | null {
  if (faults.test(frame)) return frame
  const [, name, line, column] = /([\w.-]{1,60}):(\d{1,5}):(\d{1,5})\)?$/.exec(frame) ?? []
  return name !== undefined && isOwnFile(name) ? `${name}:${line}:${column}` : null
}
