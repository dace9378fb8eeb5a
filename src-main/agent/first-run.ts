// The first set-up in the running agent: each step is looked at by the checks of the self-test as it is entered, with what was
// entered and not with what runs (a rehearsal).
import { createPcscReaders } from '../card/pcsc-readers.ts'
import { destinationSchema } from '../contract/destination.ts'
import type { FirstDraft, FirstEntry, FirstRunView, FirstStep } from '../contract/first-run.ts'
import type { PartWith } from '../contract/part.ts'
import type { CheckName } from '../contract/self-test.ts'
import { stackOf } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { clinicChecks } from '../self-test/clinic-checks.ts'
import { hubChecks } from '../self-test/hub-checks.ts'
import { readerChecks } from '../self-test/reader-checks.ts'
import { type Check, runChecks } from '../self-test/run.ts'
import type { ChangeLog } from '../settings/change.ts'
import {
  goLive,
  hubOfDraft,
  keepFirstEntry,
  makeSecretsFolder,
  mayBeginFirstRun,
  readFirstDraft,
} from '../settings/first-run.ts'
import { readHubAccess } from '../settings/hub-access.ts'
import { absolutePath, located } from '../settings/located.ts'
import { listSecrets, secretsFolder } from '../settings/secrets.ts'
import { terminalFolders } from '../settings/settings.ts'
import { commonPorts, inspectTerminal, triedDestinations } from './self-test.ts'
import type { AgentOptions } from './terms.ts'

/** How long somebody may take to find a card. */
const cardWaitMs = 30_000

export function createFirstRun(options: AgentOptions, changes: ChangeLog, news: News) {
  const { dataDir, log } = options
  const { sources } = options.settings
  let view: FirstRunView = {
    isOpen: false,
    isLiveNext: false,
    draft: { values: {}, skipped: [] },
    secrets: [],
    secretsFolder: secretsFolder(dataDir),
    checking: null,
    lines: {},
  }
  const show = (change: Partial<FirstRunView>) => {
    view = { ...view, ...change }
    news.tell()
  }
  const open = async (): Promise<Result<void>> => {
    const isOpen = await mayBeginFirstRun(dataDir, sources)
    if (isOpen) makeSecretsFolder(dataDir)
    show({
      isOpen,
      draft: await readFirstDraft(dataDir),
      secrets: [...(await listSecrets(dataDir))],
    })
    return ok(undefined)
  }
  const look = async (step: FirstStep, draft: FirstDraft) => {
    show({ checking: step, lines: { ...view.lines, [step]: [] } })
    try {
      await withChecks(step, draft, options, (checks) =>
        runChecks(checks, (lines) => show({ lines: { ...view.lines, [step]: [...lines] } })),
      )
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error) })
    } finally {
      show({ checking: null })
    }
  }

  return {
    calls: {
      async enterFirstStep(entry: FirstEntry) {
        if (view.checking !== null || !(await mayBeginFirstRun(dataDir, sources)))
          return fail('REQUEST_INVALID', { field: 'step' })
        const kept = keepFirstEntry(dataDir, await readFirstDraft(dataDir), entry)
        if (!kept.ok) return kept
        await open()
        // Nobody's call waits for a card.
        if (entry.values) void look(entry.step, kept.value)
        else show({ lines: { ...view.lines, [entry.step]: [] } })
        return ok(undefined)
      },
      async finishFirstRun() {
        if (view.checking !== null) return fail('REQUEST_INVALID', { field: 'step' })
        const done = await goLive(dataDir, await readFirstDraft(dataDir), changes, sources)
        if (done.ok) show({ isOpen: false, isLiveNext: true })
        return done
      },
    },
    pages: { firstRun: { open, view: async () => ({ name: 'firstRun', ...view }) } },
  } satisfies PartWith
}

/** The checks of one step, and the end of what they run on. */
async function withChecks(
  step: FirstStep,
  { values }: FirstDraft,
  options: AgentOptions,
  run: (checks: readonly Check[]) => Promise<unknown>,
): Promise<void> {
  const { dataDir, clock, entries } = options
  if (step === 'reader') {
    const readers = createPcscReaders({
      hostEntry: entries.readerHost,
      startHost: options.startReaderHost,
      log: options.log,
    })
    try {
      await run(
        readerChecks({
          ...commonPorts(options),
          async service() {
            await readers.ready()
            return readers.service()
          },
          readers: readers.list,
          chosenReader: () => null,
          onReaders: readers.onChange,
          connect: readers.connect,
          // These readers are nobody's yet.
          aside: (work) => work(),
          cardWaitMs,
        }),
      )
    } finally {
      await readers.close()
    }
    return
  }
  const { hub, terminal, receipt } = values
  if (step === 'hub' && hub) {
    const named = hubOfDraft(hub)
    const access = Object.fromEntries(
      Object.entries(named).map(([name, value]) => [name, name === 'url' ? value : absolutePath(dataDir, value)]),
    ) as typeof named
    const proxies = { environment: options.settings.sources.environment, system: options.systemProxy ?? null }
    await run(hubChecks({ ...commonPorts(options), hub: () => readHubAccess(access, proxies) }))
  }
  const { application } = commonPorts(options)
  const around = { clock, application, destinations: [], masterDay: async () => null }
  if (step === 'terminal' && terminal) {
    const institutionCode = values.clinic?.institutionCode
    const saved = {
      ...terminal,
      watch: ['face' as const, 'trash' as const],
      encoding: 'cp932' as const,
      institutionCode,
    }
    const folders = terminalFolders(saved, (path) => absolutePath(dataDir, path))
    const checks = clinicChecks({ ...around, terminal: () => inspectTerminal(folders, options) })
    await run(checks.filter(({ name }) => isAboutTerminal(name)))
  }
  if (step === 'receipt' && receipt) {
    const destination = located(destinationSchema.parse({ id: 'receipt', ...receipt }), dataDir)
    const destinations = triedDestinations({ destinations: [destination], sources: options.settings.sources }, options)
    const checks = clinicChecks({ ...around, terminal: async () => null, destinations })
    await run(checks.filter(({ name }) => name === 'destination'))
  }
}

const isAboutTerminal = (name: CheckName): boolean =>
  name === 'terminalFolders' || name === 'terminalApplication' || name === 'terminalFiles'
