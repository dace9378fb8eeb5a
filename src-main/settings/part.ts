// What the clinic has set: what it has chosen on its screens, in force at once, and the account of what could not be used and what was changed.
import type { PartWith } from '../contract/part.ts'
import type { Clock } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { type Failure, fail, type Result } from '../ground/result.ts'
import { faultsIn } from '../ground/setting-fault.ts'
import type { Audit } from '../store/audit.ts'
import type { ClaimOrders } from '../store/claim-orders.ts'
import { isOfClinic, mayBeginFirstRun } from './first-run.ts'
import { type LiveSettings, watchSettings } from './live-settings.ts'
import { isPractice, isPracticeNext, wishPractice } from './practice.ts'
import { openScreenSettings } from './screen-settings.ts'
import { createSettingChanges } from './setting-changes.ts'
import { watchSettingFaults } from './setting-faults.ts'
import { keepLastGood, type Settings } from './settings.ts'
import { renewSchema } from './write-settings.ts'

export interface SettingsPorts {
  readonly dataDir: string
  readonly settings: LiveSettings
  readonly store: ClaimOrders & Audit
  readonly clock: Clock
  readonly log: Log
  readonly news: News
  /** Why the hub cannot be asked with these settings; null: it can. */
  readonly hubFailure: Failure | null
  /** What else clinic IT should know: how the stored data are kept. */
  readonly keeping: () => readonly Failure[]
}

export async function openSettings(ports: SettingsPorts) {
  const { dataDir, settings, log, news, hubFailure, keeping } = ports
  const faults = await watchSettingFaults({ settings, dataDir, hub: hubFailure })
  faults.onChange(news.tell)
  const changes = createSettingChanges(ports)
  const screenSettings = await openScreenSettings({ ...ports, changes })
  const { fallback } = settings
  let taken: () => Promise<void> = async () => undefined
  const watch = await watchSettings({
    dataDir,
    running: settings,
    log: changes,
    isNoted: changes.isNoted,
    async taken(next) {
      screenSettings.take(next)
      settings.take(next)
      await taken()
      news.tell()
    },
    told(fault) {
      if (fault) log.write({ event: 'settingsFallback', ...wrongSetting(fault) })
      news.tell()
    },
  })
  changes.onWrote(watch.look)
  const wasUnset = await mayBeginFirstRun(dataDir, settings.sources)
  const isNow = isPractice(dataDir)
  let isNext = isPracticeNext(dataDir)
  const practise = async (isWanted: boolean): Promise<Result<void>> => {
    if (settings.mode !== 'live' || isWanted === isNext) return fail('REQUEST_INVALID', { field: 'isWanted' })
    const [before, after] = isWanted ? ['live', 'practice'] : ['practice', 'live']
    const change = { setting: 'mode', before, after } as const
    const noted = await changes.note(change)
    if (!noted.ok) return noted
    const wished = wishPractice(dataDir, isWanted)
    if (wished.ok) isNext = isWanted
    else await changes.failed(change)
    news.tell()
    return wished
  }
  return {
    screenSettings,
    changes,
    follows: { claimOrders: screenSettings.readChoices, chosenHelps: screenSettings.readChoices },
    fault: watch.fault,
    forLanes: {
      substitutions: () => screenSettings.now().substitutions,
      /** Other destinations are in force: whoever works by them is told. */
      onTaken(listener: () => Promise<void>) {
        taken = listener
      },
    },
    substitutions: () => screenSettings.now().substitutions,
    /** The agent has come so far that these settings are worth keeping. */
    async haveStarted() {
      if (fallback) log.write({ event: 'settingsFallback', ...wrongSetting(fallback) })
      else await keepLastGood(dataDir, settings.sources)
      renewSchema(dataDir)
    },
    calls: {
      rememberPaper: ({ paper, format }) => screenSettings.rememberPaper(paper, format),
      practiseNext: ({ isWanted }) => practise(isWanted),
      async setSignals({ signals }) {
        const saved = await screenSettings.setSignals(signals)
        news.tell()
        return saved
      },
    },
    pages: { signals: { view: async () => ({ name: 'signals' }) } },
    view: () => ({
      mode: settings.mode,
      pinEntry: { side: settings.pinEntry.side, isShuffled: settings.pinEntry.shuffledKeys },
      hideAfterMin: screenSettings.now().hideScreenAfterMin,
      papers: { clinicName: screenSettings.now().clinic?.names[0] ?? null, formats: screenSettings.now().papers },
      signals: screenSettings.now().signals,
      settings: {
        fallback: watch.fault(),
        failures: [...faults.failures(), ...keeping()],
        changed: changes.changed(),
        mayBeginFirstRun: wasUnset && !changes.changed().some(({ setting }) => isOfClinic(setting)),
        practice: practiceState(settings.mode, isNow, isNext),
      },
    }),
    async close() {
      faults.close()
      watch.close()
    },
  } satisfies PartWith
}

const practiceState = (mode: Settings['mode'], isNow: boolean, isNext: boolean) =>
  mode === 'live' ? (isNext ? 'next' : 'may') : isNow ? 'now' : 'none'

function wrongSetting(failure: Failure) {
  const { code, detail } = failure
  const [fault] = faultsIn(failure)
  return {
    code,
    ...(detail?.field && { field: detail.field }),
    ...(detail?.line && { line: detail.line }),
    ...(fault && { reason: fault.reason }),
  }
}
