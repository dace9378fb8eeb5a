// The self-test by command: what a start would open is looked at, beside a running agent or where none can start, so that it
// also says why there is none. It changes nothing that is stored.
import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { createPcscReaders } from '../card/pcsc-readers.ts'
import type { CheckLine } from '../contract/self-test.ts'
import { fail, type Result } from '../ground/result.ts'
import type { HubWay } from '../hub/pmh/inspection.ts'
import { type SelfTestPorts, selfTestChecks } from '../self-test/checks.ts'
import { runChecks } from '../self-test/run.ts'
import { readHubAccess } from '../settings/hub-access.ts'
import { ownFileOnly } from '../settings/layers.ts'
import { waitingForNextStart } from '../settings/next-start.ts'
import type { Settings } from '../settings/settings.ts'
import { settingsFile } from '../settings/settings-file.ts'
import { databaseOf, openData } from '../store/data-folder.ts'
import { checkData } from '../store/maintenance.ts'
import { claimTerminal } from './outside.ts'
import { commonPorts, inspectTerminal, once, triedDestinations } from './self-test.ts'
import type { AgentOptions } from './terms.ts'

export interface DoctorOptions
  extends Pick<
    AgentOptions,
    | 'dataDir'
    | 'keyStore'
    | 'migrationsDir'
    | 'site'
    | 'entries'
    | 'startReaderHost'
    | 'systemProxy'
    | 'clock'
    | 'log'
    | 'version'
  > {
  /** As the start would read them. */
  readonly settings: Result<Settings>
  /** What of the computer a test may stand in for. */
  readonly computer?: Partial<Pick<SelfTestPorts, 'devices' | 'isInNetwork' | 'room' | 'application'>>
}

/** The same for the command line, beside a running agent or where none can run. Throws on a bug. */
export async function runDoctor(
  options: DoctorOptions,
  onChange: (lines: readonly CheckLine[]) => void = () => undefined,
): Promise<readonly CheckLine[]> {
  const { settings, dataDir } = options
  const known = settings.ok ? settings.value : null
  const isFirstStart = known?.mode === 'training' && !existsSync(databaseOf(dataDir))
  // What a rehearsal plays with in the data folder is made by its first start.
  const isMadeAtStart = (path: string) => isFirstStart && path.startsWith(join(dataDir, sep)) && !existsSync(path)
  const terminal = known?.terminal && !isMadeAtStart(known.terminal.face) ? known.terminal : null
  const destinations = (known?.destinations ?? []).filter((each) => !('folder' in each && isMadeAtStart(each.folder)))
  const readers =
    known?.reader === 'training' || !known
      ? null
      : createPcscReaders({ hostEntry: options.entries.readerHost, ...options, startHost: options.startReaderHost })
  const stored = once(() => standingOf(options))
  try {
    const checks = selfTestChecks({
      ...commonPorts(options),
      ...options.computer,
      version: options.version,
      settings: async () =>
        settings.ok
          ? {
              fallback: settings.value.fallback,
              mode: settings.value.mode,
              isFile: existsSync(settingsFile(dataDir)),
              nextStart: await waitingForNextStart(dataDir, settings.value.sources),
            }
          : { failure: settings.error },
      stored,
      async service() {
        await readers?.ready()
        return readers?.service() ?? null
      },
      readers: () => readers?.list() ?? [],
      chosenReader: () => known?.chosenReader ?? null,
      connect: async (reader) => readers?.connect(reader) ?? fail('READER_UNAVAILABLE'),
      onReaders: (listener) => readers?.onChange(listener) ?? (() => undefined),
      // An agent that runs minds the cards itself.
      aside: async (work) => ((await stored()).isHeld ? null : work()),
      cardWaitMs: 0,
      hub: () => hubOf(options),
      async terminal() {
        // A desk that runs here has its folders itself; any other one that has them is why none can start.
        const claimed = (await stored()).isHeld ? null : await claimTerminal(terminal)
        if (claimed && !claimed.ok) return claimed
        await claimed?.value.release()
        return inspectTerminal(terminal, options)
      },
      destinations: triedDestinations({ destinations, sources: known?.sources ?? ownFileOnly }, options),
      isMadeAtStart: isFirstStart && destinations.length < (known?.destinations.length ?? 0),
      masterDay: () => masterDayOf(options, stored),
    })
    return await runChecks(checks, onChange)
  } finally {
    await readers?.close()
  }
}

/** An agent that runs keeps its database: it is no reason to wait long. */
const lockWaitMs = 1_000

async function standingOf(options: DoctorOptions): Promise<Awaited<ReturnType<SelfTestPorts['stored']>>> {
  if (!existsSync(options.dataDir)) return { failure: null, isNew: true, isHeld: false }
  const backupFolder = options.settings.ok ? options.settings.value.backupFolder : null
  const checked = await checkData({ ...options, lockWaitMs, backupFolder })
  if (!checked.ok) return { failure: null, isNew: false, isHeld: true }
  const { failure, isNew } = checked.value
  if (failure || isNew || !options.settings.ok) return { failure, isNew, isHeld: false }
  const data = await openData({ ...options, lockWaitMs })
  if (!data.ok) return { failure: data.error, isNew, isHeld: false }
  const { store, isLeftHere } = data.value
  const may = await store.mayWriteFor(options.settings.value.mode)
  store.close()
  return { failure: may.ok ? null : may.error, isNew, isHeld: false, isLeftHere }
}

/** null: a rehearsal's hub runs with the agent only. */
async function hubOf({ settings, systemProxy = null }: DoctorOptions): Promise<Result<HubWay> | null> {
  if (!settings.ok || settings.value.mode === 'training') return null
  const { hub, sources } = settings.value
  if (!hub) return fail('SETTINGS_INVALID', { field: 'hub' })
  return readHubAccess(hub, { environment: sources.environment, system: systemProxy })
}

async function masterDayOf(
  options: DoctorOptions,
  stored: SelfTestPorts['stored'],
): Promise<string | null | undefined> {
  const { isNew, isHeld } = await stored()
  if (isNew) return null
  const data = isHeld ? fail('AGENT_ALREADY_RUNNING') : await openData({ ...options, lockWaitMs })
  if (!data.ok) return undefined
  const [issue] = await data.value.store.masterIssues()
  data.value.store.close()
  return issue?.issuedOn ?? null
}
