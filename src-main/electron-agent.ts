// Entry of the agent's own process in the desktop program (a utility process of Electron): apart from the windows, so that
// neither a long commit nor a crash in it touches them. It lives as long as the main process, which ends it in order: what a
// terminal or a log-off tells all processes of a session at once is the main one's to hear.
import { join } from 'node:path'
// First of all: see there.
import './ground/no-eval.ts'
import { startDeskAgent } from './agent/desk-agent.ts'
import { systemClock } from './ground/clock.ts'
import { type Log, stackOf } from './ground/log.ts'
import { keepFilesPrivate } from './ground/modes.ts'
import { openFileLog } from './settings/file-log.ts'
import { ownFileOnly } from './settings/layers.ts'
import { loadSettings } from './settings/settings.ts'
import { serveAgent } from './shell/agent-inside.ts'
import { entriesIn } from './shell/place.ts'
import { settingSources } from './shell/setting-sources.ts'
import { systemProxy } from './shell/system-proxy.ts'

keepFilesPrivate()
const { dirname: here } = import.meta
const { parentPort } = process
let log: Log | null = null

process.on('uncaughtException', (error) => {
  log?.write({ event: 'fault', where: stackOf(error) })
  process.exit(1)
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

serveAgent({
  border: {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => void parentPort.on('message', ({ data, ports }) => listener(data, ports[0])),
  },
  openLog({ dataDir }) {
    log = openFileLog(join(dataDir, 'logs'), systemClock)
    return log
  },
  async start({ dataDir, migrationsDir, settings: from, version }, more) {
    const settings = await loadSettings(dataDir, from ? settingSources(from.program, from.set) : ownFileOnly)
    if (!settings.ok) return settings
    return startDeskAgent({
      dataDir,
      settings: settings.value,
      migrationsDir,
      entries: entriesIn(here),
      systemProxy: await systemProxy(),
      clock: systemClock,
      version,
      ...more,
    })
  },
  end: (code) => process.exit(code),
})
