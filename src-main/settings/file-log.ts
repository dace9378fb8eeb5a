// The agent's own log: one JSON object a line in logs/agent-YYYY-MM-DD.jsonl, kept for two weeks. Written line by line
// and synchronously, because the last lines before a crash are the ones support needs; the volume is a few lines a visit.
import { closeSync, constants, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, clinicDay, clinicMoment } from '../contract/clock.ts'
import type { Log } from '../contract/log.ts'
import { makeFolder } from '../ground/make-folder.ts'

const keptDays = 14

/** Never through a link: the folder may have been made by somebody else. Windows knows no such flag. */
const append = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0)

/** A log that cannot be written (disk full, folder gone) never stops the desk: the entry is dropped. */
export function openFileLog(folder: string, clock: Clock): Log {
  let day = ''
  const startDay = (today: string) => {
    day = today
    makeFolder(folder)
    const oldest = `agent-${clinicDay(new Date(clock.now().getTime() - keptDays * 86_400_000))}.jsonl`
    for (const name of readdirSync(folder)) {
      if (/^agent-\d{4}-\d\d-\d\d\.jsonl$/.test(name) && name < oldest) rmSync(join(folder, name), { force: true })
    }
  }
  return {
    write(entry) {
      const now = clock.now()
      try {
        if (clinicDay(now) !== day) startDay(clinicDay(now))
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
  }
}
