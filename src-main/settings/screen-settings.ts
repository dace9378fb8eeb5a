// What the clinic has chosen on its screens: kept in settings.json or the store, and in force at once.
import type { PaperFormat, PaperName } from '../contract/papers.ts'
import type { ChosenOrder } from '../eligibility/order.ts'
import type { ChosenHelps } from '../eligibility/together.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { ok, type Result } from '../ground/result.ts'
import type { Stamp } from '../store/audit.ts'
import type { ClaimOrders } from '../store/claim-orders.ts'
import { changeSettings } from './change.ts'
import type { SettingChanges } from './setting-changes.ts'
import type { Settings } from './settings.ts'

type Chosen = Pick<Settings, 'chosenReader' | 'bookingColumns' | 'substitutions' | 'papers' | 'signals'>

interface InForce extends Chosen, Pick<Settings, 'hideScreenAfterMin' | 'clinic'> {
  /** The orders on the claim that the clinic has set for certain schemes together. */
  readonly claimOrders: readonly ChosenOrder[]
  /** Which of several helps it uses. */
  readonly chosenHelps: readonly ChosenHelps[]
}

/** Errors of every change: SETTINGS_INVALID (the file has been damaged since the start), STORE_ codes. */
export interface ScreenSettings {
  now(): InForce
  /** Another desk may have chosen otherwise, where it is the store that knows. */
  readChoices(): Promise<void>
  /** The reader cards are taken from while it is plugged in; null: any. */
  chooseReader(name: string | null): Promise<Result<void>>
  /** From now on `substitute` may stand for `character` where a file cannot hold it. */
  approveSubstitute(character: string, substitute: string): Promise<Result<void>>
  /** It may not, after all. */
  revokeSubstitute(character: string): Promise<Result<void>>
  rememberColumns(columns: NonNullable<Settings['bookingColumns']>): Promise<Result<void>>
  /** The paper's size and printer. */
  rememberPaper(paper: PaperName, format: PaperFormat): Promise<Result<void>>
  setSignals(signals: Settings['signals']): Promise<Result<void>>
  orderOnClaim(order: ChosenOrder): Promise<Result<void>>
  /** Its own order for these schemes is forgotten: the proposal counts again. */
  proposeOrder(schemes: readonly string[]): Promise<Result<void>>
  rememberHelps(helps: ChosenHelps): Promise<Result<void>>
  /** Which of these helps it uses is asked again. */
  askAboutHelps(schemes: readonly string[]): Promise<Result<void>>
  /** What the files say now, where it counts at once. */
  take(next: Settings): void
  /** In settings.json what `make` gives of what stands there; what counts at once does, the rest from the next start. */
  changeFile(
    make: (content: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
  ): Promise<Result<void>>
}

export async function openScreenSettings(options: {
  readonly dataDir: string
  readonly settings: Settings
  readonly store: ClaimOrders
  readonly clock: Clock
  readonly changes: SettingChanges
}): Promise<ScreenSettings> {
  const { dataDir, store, clock, changes } = options
  const { sources } = options.settings
  const { chosenReader, bookingColumns, substitutions, papers, signals, hideScreenAfterMin, clinic } = options.settings
  let inForce: InForce = {
    chosenReader,
    bookingColumns,
    substitutions,
    papers,
    signals,
    hideScreenAfterMin,
    clinic,
    claimOrders: await store.claimOrders(),
    chosenHelps: await store.chosenHelps(),
  }

  /** In the file what it makes of what stands there; in force once that is on the disk. */
  const choose = async (make: (now: Chosen) => Partial<Chosen>): Promise<Result<void>> => {
    const saved = await changeSettings(dataDir, async (now) => ok(make(now)), changes, sources)
    if (saved.ok) inForce = { ...inForce, ...make(inForce) }
    return saved
  }

  const readChoices = async () => {
    inForce = { ...inForce, claimOrders: await store.claimOrders(), chosenHelps: await store.chosenHelps() }
  }

  /** In the store; in force once that is on the disk. */
  const keep = async (
    setting: 'claimOrder' | 'chosenHelps',
    save: (stamp: Stamp) => Promise<Result<void>>,
  ): Promise<Result<void>> => {
    const saved = await save({ at: clinicMoment(clock.now()) })
    if (!saved.ok) return saved
    changes.made(setting)
    await readChoices()
    return ok(undefined)
  }

  return {
    now: () => inForce,
    readChoices,
    chooseReader: (name) => choose(() => ({ chosenReader: name })),
    approveSubstitute: (character, substitute) =>
      choose(({ substitutions }) => ({ substitutions: { ...substitutions, [character]: substitute } })),
    rememberPaper: (paper, format) => choose(({ papers }) => ({ papers: { ...papers, [paper]: format } })),
    revokeSubstitute: (character) =>
      choose(({ substitutions }) => ({
        substitutions: Object.fromEntries(Object.entries(substitutions).filter(([each]) => each !== character)),
      })),
    rememberColumns: (columns) => choose(() => ({ bookingColumns: columns })),
    setSignals: (signals) => choose(() => ({ signals })),
    orderOnClaim: (order) => keep('claimOrder', (stamp) => store.saveClaimOrder(order, stamp)),
    proposeOrder: (schemes) => keep('claimOrder', (stamp) => store.dropClaimOrder(schemes, stamp)),
    rememberHelps: (helps) => keep('chosenHelps', (stamp) => store.saveChosenHelps(helps, stamp)),
    askAboutHelps: (schemes) => keep('chosenHelps', (stamp) => store.dropChosenHelps(schemes, stamp)),
    take({ chosenReader, bookingColumns, substitutions, papers, signals, hideScreenAfterMin, clinic }) {
      const now = { chosenReader, bookingColumns, substitutions, papers, signals, hideScreenAfterMin, clinic }
      inForce = { ...inForce, ...now }
    },
    async changeFile(make) {
      return changeSettings(dataDir, async (_now, content) => ok(make(content)), changes, sources)
    },
  }
}
