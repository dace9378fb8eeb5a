// The agent's own log: one JSON object a line in logs/agent-YYYY-MM-DD.jsonl, those of the newest days kept. Written line by
// line and synchronously, because the last lines before a crash are the ones support needs; the volume is a few lines a visit.
// What goes on failing in the same way is told less and less often, and a day has a limit: its oldest lines go first.
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Clock, clinicDay, clinicMoment } from '../ground/clock.ts'
import type { Log, LogEntry } from '../ground/log.ts'
import { makeFolder } from '../ground/make-folder.ts'
import { referenceOf } from '../ground/reference.ts'

/** Days with a file, not days that passed: a clinic that was closed for a month still has the two weeks before. */
const keptDays = 14

/** Of one file; a day has two of them at most, the one before being the older half. */
const mostBytes = 2_000_000

/** So often on one day the same is told each time; then at every doubling, with how often it has been. */
const plainTimes = 16

/** Different lines that are remembered of a day. */
const rememberedLines = 10_000

/** Never through a link: the folder may have been made by somebody else. Windows knows no such flag. */
const append = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0)

const fileName = /^agent-(\d{4}-\d\d-\d\d)(?:\.1)?\.jsonl$/

/** The log files of a folder with their days, the oldest first; none where it cannot be looked into. */
export function logFiles(folder: string): readonly { readonly day: string; readonly path: string }[] {
  try {
    return (
      readdirSync(folder)
        .flatMap((name) => {
          const [, day] = fileName.exec(name) ?? []
          return day === undefined ? [] : [{ day, path: join(folder, name), name }]
        })
        // The full half of a day before the other: `.1.jsonl` sorts before `.jsonl`.
        .sort((one, other) => (one.name < other.name ? -1 : 1))
    )
  } catch {
    return []
  }
}

/** A log that cannot be written (disk full, folder gone) never stops the desk: the entry is dropped. */
export function openFileLog(folder: string, clock: Clock): Log {
  let day = ''
  const times = new Map<string, number>()
  /** How often the same has been written today; one with a number of its own is another each time. */
  const timesOf = (entry: LogEntry): number => {
    if (entry.reference !== undefined) return 1
    const line = JSON.stringify(entry)
    if (times.size >= rememberedLines) times.clear()
    const nth = (times.get(line) ?? 0) + 1
    times.set(line, nth)
    return nth
  }
  return {
    write(entry) {
      const now = clock.now()
      const isNewDay = clinicDay(now) !== day
      day = clinicDay(now)
      if (isNewDay) times.clear()
      const nth = timesOf(entry)
      if (nth > plainTimes && !Number.isInteger(Math.log2(nth))) return
      const id = entry.deliveryId ?? entry.visitId
      const reference = entry.reference ?? (id === undefined ? undefined : referenceOf(id))
      const line = { at: clinicMoment(now), ...entry, reference, ...(nth > plainTimes && { times: nth }) }
      try {
        // Not only on a new day: somebody may have taken the folder to look into it.
        if (isNewDay || !existsSync(folder)) makeFolder(folder)
        const path = join(folder, `agent-${day}.jsonl`)
        makeRoom(path, join(folder, `agent-${day}.1.jsonl`))
        const file = openSync(path, append, 0o600)
        try {
          writeSync(file, `${JSON.stringify(line)}\n`)
        } finally {
          closeSync(file)
        }
      } catch {
        // See above: losing a log line is better than losing a check-in.
      }
    },
    tidy(today) {
      try {
        // Files of days to come are of a clock that was wrong; they do not push out those of real days.
        const past = logFiles(folder).filter((file) => file.day <= today)
        const gone = new Set([...new Set(past.map((file) => file.day))].slice(0, -keptDays))
        for (const file of past) if (gone.has(file.day)) rmSync(file.path, { force: true })
      } catch {
        // The next day will do.
      }
    },
  }
}

function makeRoom(path: string, older: string): void {
  const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size >= mostBytes) renameSync(path, older)
}
