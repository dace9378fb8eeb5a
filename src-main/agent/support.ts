// What the file for the vendor is put together from: by a running agent of what it works with itself, by the command line beside
// one or where none can start.
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SupportBundle } from '../contract/support-bundle.ts'
import { clinicDay, clinicMoment } from '../ground/clock.ts'
import type { News } from '../ground/news.ts'
import type { Failure } from '../ground/result.ts'
import { readSettingsFile, settingsFile } from '../settings/settings-file.ts'
import { databaseOf, dataFiles, openData } from '../store/data-folder.ts'
import { copyDays } from '../store/maintenance.ts'
import type { Stock, Upkeep } from '../store/upkeep.ts'
import { collectBundle, destinationsIn, type SupportPorts } from '../support/collect.ts'
import { type ReadLog, readLog } from '../support/log-lines.ts'
import { createSupport } from '../support/part.ts'
import { type DoctorOptions, runDoctor } from './doctor.ts'
import { type LiveParts, openSelfTest } from './self-test.ts'
import type { AgentOptions } from './terms.ts'

type Place = Pick<AgentOptions, 'dataDir' | 'entries' | 'clock' | 'version'>

/** Files of the program, by their names: only places in these are told of a fault. */
function ownFiles(entries: Place['entries']): (name: string) => boolean {
  let names: Set<string> | null = null
  return (name) => {
    names ??= new Set(
      readdirSync(dirname(entries.deliveryThread), { recursive: true, encoding: 'utf8' }).map(
        (path) => path.split(/[\\/]/).at(-1) ?? '',
      ),
    )
    return names.has(name)
  }
}

/** settings.json as it lies there, and what a start makes of it. */
async function settingsNow(dataDir: string, problem: Failure | null, isFallback: boolean) {
  const content = await readSettingsFile(settingsFile(dataDir))
  const isThere = existsSync(settingsFile(dataDir))
  const from: SupportBundle['settings']['from'] = isFallback
    ? 'lastGood'
    : problem
      ? 'nothing'
      : isThere
        ? 'file'
        : 'none'
  return { content: content.ok ? content.value?.content : undefined, from, problem }
}

/** Self-test and the file for support: the parts of an agent that runs. */
export function openCare(
  options: AgentOptions,
  parts: LiveParts & { readonly data: { readonly store: Pick<Upkeep, 'stock'> } },
  news: News,
) {
  const selfTest = openSelfTest(options, parts, news)
  const support = createSupport({
    ...options,
    settings: () => settingsNow(options.dataDir, options.settings.fallback, options.settings.fallback !== null),
    async selfTest() {
      const { startedAt, isRunning, lines } = await selfTest.pages.selfTest.view()
      return { at: startedAt, lines: isRunning ? [] : lines }
    },
    readers: () => parts.outside.readers.list(),
    stock: () => parts.data.store.stock(),
    parts: dataFiles,
    copies: () => copyDays(options.dataDir),
    isOwnFile: ownFiles(options.entries),
  })
  return [selfTest, support] as const
}

/** Beside a running agent, or where none can run; with a self-test made for it. Throws on a bug. */
export async function bundleFor(options: DoctorOptions): Promise<SupportBundle> {
  const { settings, dataDir, clock } = options
  const ports: SupportPorts = {
    ...options,
    settings: () =>
      settings.ok
        ? settingsNow(dataDir, settings.value.fallback, settings.value.fallback !== null)
        : settingsNow(dataDir, settings.error, false),
    selfTest: async () => ({ at: clinicMoment(clock.now()), lines: await runDoctor(options) }),
    readers: () => null,
    stock: () => stockOf(options),
    parts: dataFiles,
    copies: () => copyDays(dataDir),
    isOwnFile: ownFiles(options.entries),
  }
  return collectBundle(ports)
}

/** The lines of the log under a number of an error screen, the oldest first. */
export async function linesUnder(reference: string, { dataDir, entries, clock }: Place): Promise<ReadLog['lines']> {
  const content = await readSettingsFile(settingsFile(dataDir))
  return readLog(
    {
      folder: join(dataDir, 'logs'),
      today: clinicDay(clock.now()),
      destinations: destinationsIn(content.ok ? content.value?.content : undefined),
      isOwnFile: ownFiles(entries),
    },
    1_000,
    reference,
  ).lines
}

async function stockOf(options: DoctorOptions): Promise<Stock | null> {
  if (!options.site && !existsSync(databaseOf(options.dataDir))) return null
  const data = await openData({ ...options, lockWaitMs: 1_000 })
  if (!data.ok) return null
  try {
    return await data.value.store.stock()
  } finally {
    data.value.store.close()
  }
}
