// A desk of a site in a process of its own, so that a test can kill it: `node alone-process.ts DATA ACCESS` (JSON). It tells over its
// channel how it stands with the server, and of which visits; what it is sent are calls.
import { join } from 'node:path'
import { z } from 'zod'
import { startDeskAgent } from '../../src-main/agent/desk-agent.ts'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { ok } from '../../src-main/ground/result.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { atDesk } from '../at-desk.ts'
import { testClock } from '../clock.ts'
import { aloneTiming } from './alone-timing.ts'
import { entries } from './entries.ts'

keepFilesPrivate()
const accessSchema = z.object({
  ...{ host: z.string(), port: z.number(), database: z.string(), user: z.string(), password: z.string() },
  ...{ ca: z.string(), site: z.string(), connections: z.number() },
})
const callSchema = z.object({ name: z.string(), request: z.unknown() })

const [dataDir = '', said = ''] = process.argv.slice(2)
const access = accessSchema.parse(JSON.parse(said))
const settings = await loadSettings(dataDir)
if (!settings.ok) throw new Error(settings.error.code)
const started = await startDeskAgent({
  dataDir,
  settings: settings.value,
  site: async () => ok(access),
  siteTiming: aloneTiming,
  keyStore: openHeadlessKey(dataDir),
  migrationsDir: join(import.meta.dirname, '../../migrations'),
  entries,
  clock: testClock,
  log: { write: () => undefined },
  version: 'test',
  takeBackMs: 0,
})
if (!started.ok) throw new Error(started.error.code)
const agent = started.value
const tell = () => {
  const { siteServer, visits, current } = agent.reception()
  process.send?.({
    server: agent.absence?.now() ? null : (siteServer?.state ?? null),
    visits: visits.map(({ number, state }) => ({ number, state })),
    asksForPin: current?.pin ? current.id : null,
  })
}
agent.onReception(tell)
agent.absence?.onChange(tell)
tell()
process.on('message', (message) => {
  const { name, request } = callSchema.parse(message)
  void agent.call(atDesk, name, request)
})
process.on('disconnect', () => process.exit())
