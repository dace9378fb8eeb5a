// The agent's own log: one JSON object a line in logs/agent-YYYY-MM-DD.jsonl, the newest files kept. Written line by line
// and synchronously, because the last lines before a crash are the ones support needs; the volume is a few lines a visit.
import { closeSync, constants, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, clinicDay, clinicMoment } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import { makeFolder } from '../ground/make-folder.ts'

/** Files, not days: a clinic that was closed for a month still has the two weeks before. */
const keptFiles = 14

/** Never through a link: the folder may have been made by somebody else. Windows knows no such flag. */
const append = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0)

/** A log that cannot be written (disk full, folder gone) never stops the desk: the entry is dropped. */
export function openFileLog(folder: string, clock: Clock): Log {
  let day = ''
  return {
    write(entry) {
      const now = clock.now()
      try {
        if (clinicDay(now) !== day) makeFolder(folder)
        day = clinicDay(now)
        const file = openSync(join(folder, `agent-${day}.jsonl`), append, 0o600)
        try {
          writeSync(file, `${JSON.stringify({ at: clinicMoment(now), ...entry })}\n`)
        } finally {
          closeSync(file)
        }
      } catch {
        // See above: losing a log line is better than losing a check-in.
      }
    },
    tidy(today) {
      try {
        const names = readdirSync(folder).filter((name) => /^agent-\d{4}-\d\d-\d\d\.jsonl$/.test(name))
        // Files of days to come are of a clock that was wrong; they do not push out those of real days.
        const past = names.filter((name) => name <= `agent-${today}.jsonl`).sort()
        for (const name of past.slice(0, -keptFiles)) rmSync(join(folder, name), { force: true })
      } catch {
        // The next day will do.
      }
    },
  }
}
