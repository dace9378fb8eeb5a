// A headless desk that rehearses on a site's server: the same agent, doors and pages as `npm start`, which never takes a rehearsal
// there. For `npm run hospital`.
import { join } from 'node:path'
import { startDeskAgent } from '../../src-main/agent/desk-agent.ts'
import { usualTiming } from '../../src-main/agent/either-ground.ts'
import { systemClock } from '../../src-main/ground/clock.ts'
import { ok, type Result } from '../../src-main/ground/result.ts'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { deskDoor } from '../../src-main/shell/doors.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { startHeadlessServer } from '../../src-main/shell/headless-server.ts'
import { entriesIn } from '../../src-main/shell/place.ts'
import type { ServerAccess } from '../../src-main/store/postgres/access.ts'

const dist = join(import.meta.dirname, '../../dist')

/** Of a data folder, for whoever opens it. */
export const deskPlace = (dataDir: string, access: ServerAccess, computer: string) => ({
  dataDir,
  computer,
  deskName: computer,
  keyStore: openHeadlessKey(dataDir),
  migrationsDir: join(dist, '../migrations'),
  site: async () => ok(access),
  clock: systemClock,
})

interface RunningDesk {
  /** With its one-time token. */
  readonly address: string
  stop(): Promise<void>
}

/** Sooner than in a hospital: somebody is waiting to see it. */
const aloneAfterMs = 6_000

/** `computer`: its name. */
export async function openDesk(dataDir: string, access: ServerAccess, computer: string): Promise<Result<RunningDesk>> {
  const settings = await loadSettings(dataDir)
  if (!settings.ok) return settings
  const started = await startDeskAgent({
    ...deskPlace(dataDir, access, computer),
    settings: settings.value,
    entries: entriesIn(join(dist, 'main')),
    log: openFileLog(join(dataDir, 'logs'), systemClock),
    version: 'hospital',
    siteTiming: { ...usualTiming, aloneAfterMs },
  })
  if (!started.ok) return started
  const agent = started.value
  const pages = { rendererDir: join(dist, 'renderer'), packedDir: join(dist, 'packed-renderer') }
  const server = await startHeadlessServer({ agent, pages, port: 0, keptKeys: [], onEntered: () => undefined })
  if (!server.ok) {
    await agent.stop()
    return server
  }
  return ok({
    address: server.value.entrance(deskDoor),
    async stop() {
      await server.value.close()
      await agent.stop()
    },
  })
}
