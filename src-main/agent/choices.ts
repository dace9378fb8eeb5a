// What the clinic has chosen on its screens: kept in settings.json or the store, and in force at once.
import { type Clock, clinicMoment } from '../contract/clock.ts'
import { ok, type Result } from '../contract/result.ts'
import type { ChosenOrder } from '../eligibility/order.ts'
import { type Settings, saveChoice } from '../settings/settings.ts'
import type { Store } from '../store/store.ts'

interface InForce extends Pick<Settings, 'chosenReader' | 'bookingColumns' | 'substitutions'> {
  /** The orders on the claim that the clinic has set for certain schemes together. */
  readonly claimOrders: readonly ChosenOrder[]
}

/** Errors of every change: SETTINGS_INVALID (the file has been damaged since the start), STORE_ codes. */
export interface Choices {
  now(): InForce
  /** The reader cards are taken from while it is plugged in; null: any. */
  chooseReader(name: string | null): Promise<Result<void>>
  /** From now on `substitute` may stand for `character` where a file cannot hold it. */
  approveSubstitute(character: string, substitute: string): Promise<Result<void>>
  rememberColumns(columns: NonNullable<Settings['bookingColumns']>): Promise<Result<void>>
  orderOnClaim(order: ChosenOrder): Promise<Result<void>>
}

export async function openChoices(options: {
  readonly dataDir: string
  readonly settings: Settings
  readonly store: Store
  readonly clock: Clock
}): Promise<Choices> {
  const { dataDir, store, clock } = options
  const { chosenReader, bookingColumns, substitutions } = options.settings
  let inForce: InForce = { chosenReader, bookingColumns, substitutions, claimOrders: await store.claimOrders() }

  const choose = async (choice: Partial<Omit<InForce, 'claimOrders'>>): Promise<Result<void>> => {
    const saved = await saveChoice(dataDir, choice)
    if (saved.ok) inForce = { ...inForce, ...choice }
    return saved
  }

  return {
    now: () => inForce,
    chooseReader: (name) => choose({ chosenReader: name }),
    approveSubstitute: (character, substitute) =>
      choose({ substitutions: { ...inForce.substitutions, [character]: substitute } }),
    rememberColumns: (columns) => choose({ bookingColumns: columns }),
    async orderOnClaim(order) {
      const saved = await store.saveClaimOrder(order, clinicMoment(clock.now()))
      if (!saved.ok) return saved
      inForce = { ...inForce, claimOrders: await store.claimOrders() }
      return ok(undefined)
    },
  }
}
