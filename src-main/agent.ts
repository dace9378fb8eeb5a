// The composition root: settings and ports in, a running agent out. It reads as the table of contents of the house.
// The two shells (Electron, headless) start it and carry its one contract to a screen.
import { join, sep } from 'node:path'
import { createClinicDay } from './agent/clinic-day.ts'
import { createHandlers } from './agent/handlers.ts'
import { createLeftFilesWatch } from './agent/left-files.ts'
import { openOutbox } from './agent/outbox.ts'
import { openBookings } from './background/bookings/bookings.ts'
import { createOwedAnswers } from './background/owed-answers.ts'
import { createRegistrationQueue } from './background/registrations.ts'
import { createRetentionRun } from './background/retention-run.ts'
import { openTrustedTime } from './background/trusted-time.ts'
import { createPcscReaders } from './card/pcsc-readers.ts'
import { createPhotoDecoder } from './card/photo.ts'
import type { ReaderStatus } from './card/reader.ts'
import type { StartHost } from './card/reader-host-process.ts'
import type { VisitTimings } from './checkin/attempt.ts'
import { createDesk } from './checkin/desk.ts'
import { interruptVisits } from './checkin/interrupted.ts'
import { createPatientNumbers } from './checkin/patient-numbers.ts'
import { createTerminalQuestions } from './checkin/terminal/questions.ts'
import { openTerminalVisits } from './checkin/terminal/visits.ts'
import type { CallAnswer, CallName } from './contract/calls.ts'
import type { Reception } from './contract/reception.ts'
import type { ClinicContext } from './eligibility/assess.ts'
import { shippedMaster, updatedMaster } from './eligibility/schemes.ts'
import { type Clock, clinicDay } from './ground/clock.ts'
import type { PauseMs } from './ground/growing-pause.ts'
import { type Log, stackOf } from './ground/log.ts'
import { type Failure, fail, failureOf, ok, type Result } from './ground/result.ts'
import { isIn, openVisitStates } from './ground/states.ts'
import { encode } from './handover/formats/encoding.ts'
import type { ConfirmedVisit } from './handover/formats/handover-document.ts'
import { encodingOf, renderDelivery } from './handover/formats/render.ts'
import type { PmhLimits } from './hub/pmh/calls.ts'
import { createPmhSource } from './hub/pmh/client.ts'
import { createSchemeBook } from './hub/scheme-book.ts'
import { openTerminal } from './hub/terminal/terminal.ts'
import { createReceptionView, terminalView } from './screen/reception-view.ts'
import { openRoster } from './screen/roster.ts'
import { clockView, createScreen } from './screen/screen.ts'
import { trainingFolders } from './settings/allowed.ts'
import { createDestinationSetup } from './settings/destination-setup.ts'
import { type HubAccess, readHubAccess } from './settings/hub-access.ts'
import type { SystemProxy } from './settings/proxy.ts'
import { openSavedDestinations } from './settings/saved-destinations.ts'
import { openScreenSettings } from './settings/screen-settings.ts'
import { createSettingChanges } from './settings/setting-changes.ts'
import { watchSettingFaults } from './settings/setting-faults.ts'
import type { Settings } from './settings/settings.ts'
import { keepLastGood } from './settings/settings-file.ts'
import { onDisk, openData } from './store/data-folder.ts'
import type { KeyStore } from './store/key-store.ts'
import { copiesOf, createSafekeeping } from './store/safekeeping.ts'
import type { TrainingClinic } from './training/clinic.ts'

export type { StartHost } from './card/reader-host-process.ts'

export interface AgentOptions {
  /** Absolute path; made if missing. */
  readonly dataDir: string
  readonly settings: Settings
  readonly keyStore: KeyStore
  readonly migrationsDir: string
  /** Entry files (absolute paths) of what runs beside the agent: sources, or what they were built into. */
  readonly entries: {
    /** native/reader-host.ts, in a child process. */
    readonly readerHost: string
    /** handover/folder/delivery-thread.ts */
    readonly deliveryThread: string
    readonly folderThread: string
    /** card/photo-thread.ts */
    readonly photoThread: string
  }
  /** How the shell runs the reader host; as a child of plain Node when not given. */
  readonly startReaderHost?: StartHost | undefined
  /** What the system is set up with, where neither the settings nor the environment name a proxy. */
  readonly systemProxy?: SystemProxy | null | undefined
  readonly clock: Clock
  readonly log: Log
  readonly version: string
  /** Ask the hub about another day than today (rehearsals), YYYY-MM-DD. */
  readonly asOf?: string | undefined
  readonly hubLimits?: Partial<PmhLimits> | undefined
  /** First and longest pause between two looks whether a lost hub is back, or answers what is still owed. */
  readonly hubPauseMs?: PauseMs | undefined
  /** From the start to the first look for a quiet moment to check and copy the store in, and between two. */
  readonly safekeepingPauseMs?: { readonly first: number; readonly between: number } | undefined
}

/** How often it is looked whether the day is over, in milliseconds, where nothing else asks. */
const dayWatchMs = 30_000

/** Links that need a person, as many as anybody works through at once. */
const shownLinks = 200

export interface Agent {
  /** No database was there before: the very first start in this data folder. */
  readonly firstStart: boolean
  reception(): Reception
  onReception(listener: (reception: Reception) => void): () => void
  /** `name` and `request` come from outside and are checked here. Never throws. */
  call(name: string, request: unknown): Promise<CallAnswer>
  /** Resolves once every file of the visit is delivered, or held up with a failure. */
  settled(): Promise<void>
  timings(): VisitTimings | null
  /** Training mode: the stand-ins, which can be told to misbehave. */
  readonly training: TrainingClinic | null
  stop(): Promise<void>
}

/**
 * Errors: every STORE_ code (STORE_UNWRITABLE also for a data folder that cannot be made), DATA_FOLDER_FOREIGN,
 * AGENT_ALREADY_RUNNING, LOOPBACK_UNAVAILABLE. Throws a Refusal where what is stored opens and cannot be read: then the
 * process has to end.
 */
export async function startAgent(options: AgentOptions): Promise<Result<Agent>> {
  const { dataDir, settings, clock, log } = options
  const data = await openData(options)
  if (!data.ok) return data
  const { store, firstStart } = data.value

  const opening = await onDisk(() => openTraining(options))
  if (!opening.ok) {
    store.close()
    return opening
  }
  const training = opening.value
  for (const state of training?.renewed ?? []) log.write({ event: 'trainingRenewed', state })
  const hub = training ? ok(training.hub) : await hubAccess(settings, options.systemProxy ?? null)
  let isStopping = false
  /** What nobody waits for: a bug in it is told, and the end of the agent is none. */
  const inBackground = (work: () => Promise<unknown>): void => {
    if (isStopping) return
    work().catch((error: unknown) => {
      if (!isStopping) log.write({ event: 'fault', where: stackOf(error) })
    })
  }
  const faults = await watchSettingFaults({ settings, dataDir, hub: hub.ok ? null : hub.error })
  const changes = createSettingChanges({ store, clock, log })
  const screenSettings = await openScreenSettings({ dataDir, settings, store, clock, changes })
  const substitutions = () => screenSettings.now().substitutions
  const outbox = openOutbox({ ...options, store, substitutions, holds: () => time.holds() })
  const source = createPmhSource({
    ...(hub.ok ? hub.value : { ...noAccess, url: settings.hub?.url ?? noAccess.url }),
    clock,
    limits: options.hubLimits,
    line: options.hubPauseMs && { pauseMs: options.hubPauseMs },
  })
  const time = await openTrustedTime({
    clock,
    store,
    source,
    training: settings.mode === 'training',
    log,
    onCleared: () => outbox.clockWasRight(clinicDay(clock.now())),
    onChange: () =>
      inBackground(async () => {
        outbox.wake()
        await removeExpired()
        await screen.publish()
      }),
  })
  const virtualReader = settings.reader === 'training' ? training : null
  const readers =
    virtualReader?.reader ??
    createPcscReaders({ hostEntry: options.entries.readerHost, startHost: options.startReaderHost, log })

  await interruptVisits({ store, clock, log })
  const schemes = createSchemeBook(source, training ? updatedMaster(shippedMaster, training.master) : shippedMaster)
  const destinations = settings.destinations.filter(({ isOn }) => isOn)
  const encodings = [...new Set(destinations.map(encodingOf))]
  const clinic = (): ClinicContext => ({
    master: schemes.master(),
    identity: settings.clinic,
    municipalities: settings.clinic?.municipalities ?? [],
    chosenOrders: screenSettings.now().claimOrders,
    // A reception line (receipt.txt) takes no 公費 at all.
    places: destinations
      .filter(({ format }) => format !== 'receipt')
      .map(({ id, subsidyPlaces }) => ({ destination: id, places: subsidyPlaces })),
    approvedSubstitutes: substitutions(),
    canWrite: (text) => encodings.every((encoding) => encode(text, encoding).ok),
  })
  const answering = {
    source,
    store,
    clock,
    log,
    training: settings.mode === 'training',
    retentionDays: settings.retentionDays,
    clinic,
    believed: time.believed,
    clockFailure: time.failureOf,
    render: (visit: ConfirmedVisit) =>
      destinations.map((destination) => renderDelivery(visit, destination, substitutions())),
    wakeHandover: () => outbox.wake(),
    ...(options.asOf && { asOf: options.asOf }),
  }
  const desk = createDesk({
    ...answering,
    readers,
    decodePhoto: createPhotoDecoder({ entry: options.entries.photoThread }),
    chosenReader: () => screenSettings.now().chosenReader,
  })
  const roster = await openRoster(store, clinicDay(clock.now()), () => desk.current()?.visit.id)
  const terminalVisits = await openTerminalVisits(answering)
  const terminal =
    settings.terminal &&
    openTerminal({
      folders: settings.terminal,
      entry: options.entries.folderThread,
      training: settings.mode === 'training',
      nextNumber: (day) => store.nextTerminalRequest(day),
      clock,
      log,
      onArrival: terminalVisits.receive,
      onChange: () => screen.tell(),
    })
  const questions =
    terminal?.requests &&
    createTerminalQuestions({
      requests: terminal.requests,
      receive: terminalVisits.receive,
      onVisit(visitId) {
        // Whoever asked looks at the answer, unless a patient has come to the counter meanwhile.
        if (screen.page() === 'terminalQuestion') screen.show(visitId)
      },
      changed: () => screen.tell(),
    })
  const owedAnswers = createOwedAnswers({
    source,
    store,
    clock,
    log,
    settle: desk.settleLate,
    asOf: options.asOf,
    pauseMs: options.hubPauseMs,
  })

  const patientNumbers = createPatientNumbers({ store, clock, desk, resend: (id) => outbox.retry(id) })
  const registrations = createRegistrationQueue({
    source,
    store,
    clock,
    log,
    holds: time.holds,
    pauseMs: options.hubPauseMs,
  })

  const receptionView = createReceptionView({
    mode: settings.mode,
    version: options.version,
    destinations: settings.destinations.map((destination) => ({
      id: destination.id,
      format: destination.format,
      folder: 'folder' in destination ? destination.folder : null,
    })),
    hideAfterMin: settings.hideScreenAfterMin,
    pinEntry: { side: settings.pinEntry.side, isShuffled: settings.pinEntry.shuffledKeys },
    clinic,
  })
  const day = createClinicDay(clock, async (today) => {
    await roster.turnTo(today)
    questions?.dayTurned()
    screen.dayTurned()
    screen.tell()
    inBackground(afterMidnight)
  })
  const keepDay = async () => {
    inBackground(time.look)
    inBackground(desk.keepDay)
    await day.keep()
  }
  const safekeeping = createSafekeeping({
    store,
    folder: copiesOf(dataDir),
    otherFolder: settings.backupFolder,
    clock,
    log,
    isIdle: () => !isIn(openVisitStates, desk.current()?.visit.state),
    changed: () => screen.tell(),
    pauseMs: options.safekeepingPauseMs,
  })
  const left = createLeftFilesWatch(
    outbox.left,
    settings.destinations.map(({ id }) => id),
    () => void screen.publish(),
  )

  const screen = createScreen({
    roster,
    keepDay,
    fault: (error) => log.write({ event: 'fault', where: stackOf(error) }),
    async pageOf(name) {
      if (name === 'counter' || name === 'terminalQuestion') return { name }
      if (name === 'bookings') return { name, ...bookings.view() }
      if (name === 'destinations') return { name, ...setup.view() }
      return { name, links: [...(await store.staleNumbers(shownLinks))] }
    },
    viewOf: (state) =>
      receptionView({
        ...state,
        today: day.today(),
        now: clock.now(),
        line: source.line(),
        clockDoubt: clockView(time, clock.now()),
        readers: readers.list(),
        chosenReader: screenSettings.now().chosenReader,
        settings: {
          fallback: settings.fallback,
          failures: [...faults.failures(), ...safekeeping.failures()],
          changed: changes.changed(),
        },
        current: desk.current(),
        otherCard: desk.otherCard(),
        roster,
        left: left.view(),
        terminal: terminal && terminalView(terminal.status(), terminalVisits.failure(), questions?.view() ?? null),
        candidates: terminalVisits.candidates,
        training: virtualReader && {
          personas: virtualReader.personas,
          gallery: virtualReader.gallery,
          voucherGallery: virtualReader.voucherGallery,
          inserted: virtualReader.inserted(),
          hasTerminal: virtualReader.terminal !== null,
        },
      }),
  })

  const retention = createRetentionRun({ store, clock, time, log, retentionDays: settings.retentionDays })
  const removeExpired = async () => {
    if (!(await retention.run())) return
    await bookings.reload()
    await roster.turnTo(day.today())
    await screen.publish()
  }
  const bookings = await openBookings({
    source,
    store,
    clock,
    log,
    columns: () => screenSettings.now().bookingColumns,
    rememberColumns: screenSettings.rememberColumns,
    changed: () => screen.tell(),
    pauseMs: options.hubPauseMs,
  })

  const setup = createDestinationSetup({
    clock,
    training: settings.mode === 'training',
    substitutions,
    clinic,
    samples: async (now) => (await import('./stand-ins/people/samples.ts')).samplesOn(now),
    ...openSavedDestinations(dataDir, changes),
  })

  let counterId = desk.current()?.visit.id
  desk.onChange((visitId) => {
    // Somebody new stands at the counter: whatever was being looked up makes room.
    if (desk.current()?.visit.id !== counterId) screen.show(null)
    counterId = desk.current()?.visit.id
    if (desk.current()?.visit.state === 'offline') owedAnswers.wake()
    screen.tell(visitId)
  })
  outbox.onChange((visitId) => screen.tell(visitId))
  registrations.onChange((visitId) => screen.tell(visitId))
  terminalVisits.onChange((visitId) => {
    // Nobody else is being attended to: the result of the face reader shows by itself.
    if (!desk.current()) screen.suggest(visitId)
    screen.tell(visitId)
  })
  faults.onChange(() => screen.tell())
  source.onLineChange(() => {
    log.write({ event: 'hubLine', state: source.line().state })
    if (source.line().state === 'up') {
      inBackground(time.look)
      inBackground(renewSchemes)
    }
    screen.tell()
  })
  readers.onChange((list: readonly ReaderStatus[]) => {
    log.write({ event: 'readersChanged', count: list.length })
    screen.tell()
  })
  const renewSchemes = async () => {
    if (await schemes.refresh()) desk.reassess()
  }
  // The connection stands before the first card comes, and the hub's clock is known.
  inBackground(async () => {
    await source.warmUp()
    await time.hubWasAsked()
    await renewSchemes()
  })
  const afterMidnight = async () => {
    await time.look()
    await removeExpired()
    await bookings.reload()
    await renewSchemes()
    await left.look()
    await screen.publish()
  }
  // Where nothing happens the day turns by this alone, and what has lingered since is put away.
  const dayWatch = setInterval(() => inBackground(keepDay), dayWatchMs)
  dayWatch.unref()

  const handlers = createHandlers({
    desk,
    patientNumbers,
    terminalVisits,
    questions: questions ?? null,
    registrations,
    bookings,
    outbox,
    left,
    setup,
    screenSettings,
    screen,
    time,
    store,
    clock,
    virtualReader,
  })
  const isCall = (name: string): name is CallName => Object.hasOwn(handlers, name)

  log.write({ event: 'agentStarted' })
  if (settings.fallback) log.write({ event: 'settingsFallback', ...wrongSetting(settings.fallback) })
  else await keepLastGood(dataDir)
  await time.look()
  outbox.wake()
  inBackground(() => left.look())

  return ok({
    firstStart,
    reception: screen.reception,
    onReception: screen.onReception,
    async call(name, request) {
      try {
        await keepDay()
        const result = isCall(name) ? await handlers[name](request) : fail('REQUEST_INVALID')
        // The screen knows the new state, the tries left above all, before the caller knows the answer.
        await screen.publish()
        if (result.ok) return { ok: true, value: screen.reception() }
        log.write({ event: 'callRefused', code: result.error.code })
        return { ok: false, error: result.error }
      } catch (error) {
        log.write({ event: 'fault', where: stackOf(error) })
        return { ok: false, error: failureOf(error) }
      }
    },
    async settled() {
      await terminalVisits.settled()
      await outbox.settled()
      await screen.publish()
    },
    training,
    timings: () => desk.current()?.timings ?? null,
    async stop() {
      isStopping = true
      clearInterval(dayWatch)
      faults.close()
      await Promise.all([owedAnswers.close(), bookings.close(), registrations.close()])
      terminal?.close()
      await terminalVisits.stop()
      await desk.stop()
      await outbox.close()
      await Promise.all([readers.close(), source.close()])
      await training?.close()
      await safekeeping.close()
      store.close()
      log.write({ event: 'agentStopped' })
    },
  })
}

/** Loaded only where it is used: a live clinic never starts the sandbox's server. */
async function openTraining({ settings, dataDir, clock }: AgentOptions): Promise<TrainingClinic | null> {
  if (settings.mode !== 'training') return null
  const { openTrainingClinic } = await import('./training/clinic.ts')
  const folder = join(dataDir, 'training')
  // In folders of the clinic's own nobody plays, not even in training.
  const ownTerminal = join(folder, 'terminal')
  const terminalFolder = settings.terminal?.face === join(ownTerminal, 'face') ? ownTerminal : null
  const importFolders = [
    // What lies elsewhere is the clinic's: a share that is not mounted is not shadowed by a new folder, and held up for.
    ...settings.destinations.flatMap((each) =>
      'folder' in each && each.folder.startsWith(join(dataDir, sep)) ? [each.folder] : [],
    ),
    // What the page of the destinations offers a rehearsal.
    ...trainingFolders.map((name) => join(dataDir, name)),
  ]
  return openTrainingClinic({ folder, importFolders, terminalFolder, clock })
}

const wrongSetting = ({ code, detail }: Failure) => ({
  code,
  ...(detail?.field && { field: detail.field }),
  ...(detail?.line && { line: detail.line }),
})

/** Nobody is talked to without our own certificate and the hub's CA: offline answers, terminal and files go on. */
const noAccess: HubAccess = {
  url: 'https://hub.invalid',
  ca: '-',
  identity: { certificate: '-', key: '-' },
  proxy: null,
}

async function hubAccess({ hub }: Settings, system: SystemProxy | null): Promise<Result<HubAccess>> {
  return hub ? readHubAccess(hub, { environment: process.env, system }) : fail('SETTINGS_INVALID', { field: 'hub' })
}
