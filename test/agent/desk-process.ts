// A desk in a process of its own, so that a test can kill and stop it: `node desk-process.ts DATA COMPUTER GONE_MS`. It tells
// over its channel who takes the results, and of whom it has visits; what it is sent are calls.

import { join } from 'node:path'
import { z } from 'zod'
import { startAgent } from '../../src-main/agent.ts'
import { systemClock } from '../../src-main/ground/clock.ts'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { atDesk } from '../at-desk.ts'
import { siteOf } from '../site.ts'
import { entries } from './entries.ts'

keepFilesPrivate()
const root = join(import.meta.dirname, '../..')
const [dataDir = '', computer = '', goneMs = ''] = process.argv.slice(2)
const settings = await loadSettings(dataDir)
if (!settings.ok) throw new Error(settings.error.code)
const agent = await startAgent({
  dataDir,
  settings: settings.value,
  keyStore: openHeadlessKey(dataDir),
  migrationsDir: join(root, 'migrations'),
  entries,
  clock: systemClock,
  log: { write: () => undefined },
  version: 'test',
  ...siteOf(dataDir),
  computer,
  deskTiming: { beatMs: 100, quietMs: Number(goneMs) / 2, goneMs: Number(goneMs) },
})
if (!agent.ok) throw new Error(agent.error.code)

const tell = () => {
  const { terminal, visits, today } = agent.value.reception()
  process.send?.({
    otherDesk: terminal?.otherDesk?.name ?? null,
    today,
    people: visits.map(({ name }) => name ?? ''),
  })
}
agent.value.onReception(tell)
tell()
process.on('message', (message) => void agent.value.call(atDesk, z.string().parse(message), {}))
process.on('disconnect', () => process.exit())
