// The composition root: settings and ports in, a running agent out. It reads as the table of contents of the house, from top
// to bottom: a part stands on those above it. The two shells (Electron, headless) carry its one contract to a screen.
import { createCalls } from './agent/calls.ts'
import { createClinic } from './agent/clinic.ts'
import { createClinicDay } from './agent/clinic-day.ts'
import { createErrands } from './agent/errands.ts'
import { createFirstRun } from './agent/first-run.ts'
import { followOthers } from './agent/following.ts'
import { createLookingBack } from './agent/looking-back.ts'
import { openDeliveries } from './agent/outbox.ts'
import { openOutside } from './agent/outside.ts'
import { callsOf, closeAll, inTurn, pagesOf, viewOf } from './agent/parts.ts'
import { openSiteServerPart } from './agent/site-server-part.ts'
import { openStaffHere } from './agent/staff.ts'
import { openCare } from './agent/support.ts'
import type { AgentOptions, StandingAgent } from './agent/terms.ts'
import { openBackground } from './background/part.ts'
import { openTime } from './background/time-part.ts'
import { createAskingPart } from './checkin/asking-part.ts'
import { createCapPart } from './checkin/cap-part.ts'
import { createNotes } from './checkin/notes-part.ts'
import { createNumbers } from './checkin/numbers-part.ts'
import { createPapers } from './checkin/papers-part.ts'
import { openCounter } from './checkin/part.ts'
import { createTakingBack } from './checkin/taking-back.ts'
import { openTerminalCorner } from './checkin/terminal/part.ts'
import { takeBackMs } from './contract/calls.ts'
import { createNews } from './ground/news.ts'
import { ok, type Result } from './ground/result.ts'
import { openHub } from './hub/part.ts'
import { openMasters } from './masters/part.ts'
import { createLookedAt } from './screen/looked-at.ts'
import { openRoster } from './screen/roster.ts'
import { createScreen } from './screen/screen.ts'
import { createDestinations } from './settings/destinations-part.ts'
import { liveSettings } from './settings/live-settings.ts'
import { openSettings } from './settings/part.ts'
import { createSettingsPage } from './settings/settings-page.ts'
import { siteServerOf } from './settings/store-access.ts'
import { openStorePart } from './store/part.ts'

export type { Agent, AgentOptions } from './agent/terms.ts'
export type { StartHost } from './card/reader-host-process.ts'

/** Loaded only where they are asked for. */
const samples = async (now: Date) => (await import('./stand-ins/people/samples.ts')).samplesOn(now)

/**
 * Errors: every STORE_ code (STORE_UNWRITABLE also for a data folder that cannot be made), DATA_FOLDER_FOREIGN,
 * AGENT_ALREADY_RUNNING, LOOPBACK_UNAVAILABLE. Throws a Refusal where what is stored opens and cannot be read: then the
 * process has to end.
 */
export async function startAgent(options: AgentOptions): Promise<Result<StandingAgent>> {
  const { dataDir, clock, log, entries, asOf, hubPauseMs: pauseMs, handedOn } = options
  const data = await openStorePart({ ...options, site: options.site ?? siteServerOf(options.settings, dataDir) })
  if (!data.ok) return data
  const { store, dutyOf, desks, firstStart, isCopy } = data.value
  const opened = await openOutside(options)
  if (!opened.ok) {
    await data.value.close()
    return opened
  }
  const outside = opened.value
  const { isTraining: training, readers } = outside
  const news = createNews()
  const settings = liveSettings(options.settings)
  const common = { dataDir, settings, store, dutyOf, desks, clock, log, training, news, asOf, pauseMs, isCopy }
  const chosen = await openSettings({ ...common, hubFailure: outside.hubFailure, keeping: data.value.failures })
  const { screenSettings, substitutions, changes } = chosen
  const hub = openHub({ ...common, access: outside.hub, hubLimits: options.hubLimits, master: outside.master })
  const { source, schemes } = hub
  const clockwork = await openTime({ ...common, source })
  const { time, holds } = clockwork
  const takingBack = createTakingBack({ forMs: options.takeBackMs ?? takeBackMs, isOver: () => outbox.wake() })
  const deliveries = openDeliveries({ ...common, ...chosen.forLanes, entries, holds, isWaiting: takingBack.isOpen })
  const { outbox, left } = deliveries
  const masters = await openMasters({ ...common, holds, meanwhile: outside.localSchemes })
  const clinic = createClinic(common.settings, schemes, screenSettings, masters.localSchemes)
  const answering = { ...common, ...clinic, ...clockwork.forVisits, source, takingBack, wakeHandover: outbox.wake }
  const lookedAt = createLookedAt()
  const staff = await openStaffHere(options, { ...common, lookedAt, screenSettings })
  const { presence } = staff
  const counter = await openCounter({ ...answering, ...entries, readers, screenSettings, lookedAt, presence, handedOn })
  const { desk } = counter
  const day = createClinicDay(clock)
  const roster = await openRoster(store, day.today(), () => desk.current()?.visit.id, outbox.asTried)
  const ofTerminal = { folders: common.settings.terminal, entry: entries.folderThread, among: outside.among }
  const terminal = await openTerminalCorner({ ...answering, ...ofTerminal, counter, lookedAt })
  const numbers = createNumbers({ ...common, desk, takingBack, resend: outbox.retry, numbered: terminal.numbered })
  const asking = createAskingPart({ ...options, ...common, roster, counter, lookedAt, takingBack })
  const clinicName = () => screenSettings.now().clinic?.names[0] ?? null
  const caps = createCapPart({ ...common, lookedAt, takingBack, holds, clinicName })
  const background = await openBackground({
    ...common,
    ...clinic,
    source,
    onOffline: counter.onOffline,
    settle: desk.settleLate,
    holds,
    columns: () => screenSettings.now().bookingColumns,
    rememberColumns: screenSettings.rememberColumns,
  })
  const past = createLookingBack({ ...common, today: day.today, lookedAt })
  const destinations = createDestinations({ ...common, ...clinic, substitutions, changes, samples, left })
  data.value.keepSafe({
    ...common,
    otherFolder: common.settings.backupFolder,
    isIdle: counter.isIdle,
    changed: news.tell,
    pauseMs: options.safekeepingPauseMs,
  })

  const errands = createErrands({
    ...common,
    ...clinic,
    day,
    time,
    source,
    schemes,
    outbox,
    desk,
    roster,
    terminal,
    masters,
    left,
    background,
    putAway: () => lookedAt.keepOnly((visitId) => roster.find(visitId) !== undefined),
  })
  const beneath = [data.value, outside, chosen, hub, clockwork, deliveries, masters, staff] as const
  const looksAt = { outside, data: data.value, counter, chosen, terminal }
  const care = openCare({ ...options, settings: common.settings }, looksAt, news)
  const setUp = [createFirstRun(options, changes, news), createSettingsPage({ ...common, screenSettings })] as const
  const written = [createNotes(common), createPapers(common), caps] as const
  const atCounter = [counter, roster, terminal, numbers, ...written, asking] as const
  const siteServer = await openSiteServerPart(options, data.value, { ...common, ...clinic, roster })
  const besides = [siteServer, background, ...past, destinations, ...setUp, ...care] as const
  const parts = [...beneath, ...atCounter, ...besides, errands] as const
  const shown = { desk, roster, lookedAt, candidates: terminal.candidates, deskOf: asking.deskOf }
  const screen = createScreen({
    ...common,
    version: options.version,
    today: day.today,
    ...clinic,
    ...shown,
    paidBefore: caps.paidBefore,
    view: viewOf(parts),
    pages: pagesOf(parts),
    keepDay: errands.keepDay,
  })
  screen.onReception((reception) => outside.isLearnt(reception) && news.tell())
  const following = followOthers(common, parts)
  log.write({ event: 'agentStarted' })
  await chosen.haveStarted()
  await errands.begin()
  return ok({
    firstStart,
    reception: screen.reception,
    onReception: screen.onReception,
    call: createCalls({ ...common, parts: callsOf([...parts, screen]), screen, keepDay: errands.keepDay, presence }),
    training: outside.clinic,
    timings: () => desk.current()?.timings ?? null,
    settled: () => inTurn(terminal.settled, outbox.settled, screen.publish),
    atCounter: counter.atCounter,
    hasCopy: data.value.hasCopy,
    handOn: () => ({ staff: presence.handOver(), isLocked: counter.isLocked(), asking: asking.handOn() }),
    async stop(isCutOff = false) {
      if (isCutOff) store.cutOff()
      await closeAll([...parts, screen, following])
      log.write({ event: 'agentStopped' })
    },
  })
}
