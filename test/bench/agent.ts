// The agent under measurement: built processes, as a clinic runs them, and a wait for what its screen is told.
import { join } from 'node:path'
import { type Agent, type AgentOptions, startAgent } from '../../src-main/agent.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { systemClock } from '../../src-main/ground/clock.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { silentLog } from '../support.ts'

const root = join(import.meta.dirname, '../..')

export const entries: AgentOptions['entries'] = {
  readerHost: join(root, 'dist/main/reader-host.js'),
  deliveryThread: join(root, 'dist/main/delivery-thread.js'),
  folderThread: join(root, 'dist/main/folder-thread.js'),
  photoThread: join(root, 'dist/main/photo-thread.js'),
}

export async function openAgent(
  dataDir: string,
  reader: 'training' | 'pcsc',
  options: Partial<AgentOptions> = {},
): Promise<Agent> {
  const settings = await loadSettings(dataDir)
  if (!settings.ok) throw new Error(settings.error.code)
  const started = await startAgent({
    dataDir,
    settings: { ...settings.value, reader },
    keyStore: createKeyFile(join(dataDir, 'database.key')),
    migrationsDir: join(root, 'migrations'),
    entries,
    clock: systemClock,
    log: silentLog,
    version: 'bench',
    ...options,
  })
  if (!started.ok) throw new Error(started.error.code)
  return started.value
}

export function until(agent: Agent, fits: (reception: Reception) => boolean): Promise<Reception> {
  const now = agent.reception()
  if (fits(now)) return Promise.resolve(now)
  return new Promise((resolve) => {
    const unsubscribe = agent.onReception((reception) => {
      if (!fits(reception)) return
      unsubscribe()
      resolve(reception)
    })
  })
}
