// Setting destinations up: what one would write for every sample patient, rendered by the very code that writes the real
// files, and the list that the desk runs with: a file that is on its way arrives before another list counts.
import { isDeepStrictEqual } from 'node:util'
import type { Destination } from '../contract/destination.ts'
import type { DestinationChoices, DestinationPreview, DestinationSetupView } from '../contract/destination-setup.ts'
import { assess, type ClinicContext } from '../eligibility/assess.ts'
import { confirm } from '../eligibility/confirmation.ts'
import type { Eligibility } from '../eligibility/model.ts'
import type { Clock } from '../ground/clock.ts'
import { clinicDay, clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { Substitutions } from '../handover/formats/encoding.ts'
import { confirmedVisit } from '../handover/formats/handover-document.ts'
import { encodingOf, renderDelivery } from '../handover/formats/render.ts'

interface Sample {
  readonly id: string
  readonly label: string
  readonly eligibility: Eligibility
}

export interface DestinationSetup {
  /** Reads what is saved. Errors: SETTINGS_INVALID. */
  open(): Promise<Result<void>>
  view(): DestinationSetupView
  /** What `destination` would write, and the text of it for one sample. Errors: REQUEST_INVALID. */
  preview(destination: Destination, sample: string): Promise<Result<void>>
  /**
   * In the place of the one called `replaces`; null: a new one. Errors: REQUEST_INVALID, SETTINGS_INVALID, STORE_ codes,
   * and whatever speaks against it: DESTINATION_ codes.
   */
  save(destination: Destination, replaces: string | null): Promise<Result<void>>
  /** Errors: as above. */
  remove(id: string): Promise<Result<void>>
}

export interface DestinationSetupOptions {
  readonly clock: Clock
  /** Whether files are marked as training ones. */
  readonly training: boolean
  readonly substitutions: () => Substitutions
  /** What the clinic brings to a judgement, as it is now. */
  readonly clinic: () => ClinicContext
  /** Loaded only when somebody wants to see them. */
  readonly samples: (now: Date) => Promise<readonly Sample[]>
  readonly load: () => Promise<Result<Saved>>
  /** Whether what is saved is what the desk works by. */
  readonly isRunning: (saved: readonly Destination[]) => boolean
  /** Saves what `change` makes of the saved ones; `check`: whether the screen may save one in the place of another. */
  readonly store: (
    change: (
      saved: readonly Destination[],
      check: (wanted: Destination, before: Destination | null) => Promise<Result<void>>,
    ) => Promise<Result<readonly Destination[]>>,
  ) => Promise<Result<void>>
}

interface Saved {
  readonly destinations: readonly Destination[]
  readonly choices: DestinationChoices
}

/** Stands where a real delivery has an id of its own. */
const rehearsedId = 'ffffffff-ffff-4fff-8fff-ffffffffffff'
const sampleNumber = '00012345'

export function createDestinationSetup(options: DestinationSetupOptions): DestinationSetup {
  let saved: Saved = { destinations: [], choices: { folders: [], orcaHosts: [], secrets: [] } }
  let preview: DestinationPreview | null = null

  const open = async (): Promise<Result<void>> => {
    const loaded = await options.load()
    if (!loaded.ok) return loaded
    // Read again because a file was laid: what is being looked at stays.
    if (!isDeepStrictEqual(loaded.value.destinations, saved.destinations)) preview = null
    saved = loaded.value
    return ok(undefined)
  }

  const store: DestinationSetupOptions['store'] = async (change) => {
    const stored = await options.store(change)
    return stored.ok ? open() : stored
  }

  return {
    open,
    view: () => ({
      ...saved,
      destinations: [...saved.destinations],
      isForNextStart: !options.isRunning(saved.destinations),
      preview,
    }),
    async preview(destination, sample) {
      const now = options.clock.now()
      const rendered = (await options.samples(now)).map(({ id, label, eligibility }) => ({
        id,
        label,
        ...textOf(eligibility, destination, options, now),
      }))
      const looked = rendered.find(({ id }) => id === sample)
      if (!looked) return fail('REQUEST_INVALID', { field: 'sample' })
      preview = { samples: rendered.map(({ id, label, failure }) => ({ id, label, failure })), file: looked.file }
      return ok(undefined)
    },
    save: (wanted, replaces) =>
      store(async (now, check) => {
        const before = now.find(({ id }) => id === replaces) ?? null
        if (replaces !== null && !before) return fail('REQUEST_INVALID', { field: 'replaces' })
        const checked = await check(wanted, before)
        if (!checked.ok) return checked
        return ok(before ? now.map((each) => (each === before ? wanted : each)) : [...now, wanted])
      }),
    remove: (id) =>
      store(async (now) => {
        // One in use may have files on their way; they get through before it is forgotten.
        const isThere = now.some((each) => each.id === id && !each.isOn)
        return isThere ? ok(now.filter((each) => each.id !== id)) : fail('REQUEST_INVALID', { field: 'destination' })
      }),
  }
}

function textOf(
  eligibility: Eligibility,
  destination: Destination,
  { training, substitutions, clinic }: DestinationSetupOptions,
  now: Date,
): Pick<DestinationPreview, 'file'> & Pick<DestinationPreview['samples'][number], 'failure'> {
  // As at the counter, for somebody who has never been here: nothing to compare, nothing to decide.
  const assessment = assess(eligibility, { versions: [], confirmation: null }, clinic())
  const confirmation = confirm({
    before: null,
    today: eligibility,
    assessment,
    decisions: [],
    at: clinicMoment(now),
    clinic: clinic(),
  })
  const visit = confirmedVisit(
    { id: rehearsedId, number: 1, day: clinicDay(now), patientNumber: sampleNumber, confirmedName: null },
    { eligibility, ...confirmation },
    training,
  )
  const { failure, payload, fileName } = renderDelivery(visit, destination, substitutions(), rehearsedId)
  if (failure) return { failure, file: null }
  // What the platform reads is what a receipt computer reads: a wrong byte would show.
  const decoder = new TextDecoder(encodingOf(destination) === 'cp932' ? 'shift_jis' : 'utf-8')
  return { failure: null, file: { name: fileName, text: decoder.decode(payload) } }
}
