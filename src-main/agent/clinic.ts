// What the clinic brings to every judgement and every file, as it is now: its schemes, what it has chosen, and where its
// confirmed visits go.
import type { ClinicContext } from '../eligibility/assess.ts'
import type { LocalSchemes } from '../eligibility/local/judge.ts'
import { encode } from '../handover/formats/encoding.ts'
import type { ConfirmedVisit } from '../handover/formats/handover-document.ts'
import { encodingOf, renderDelivery } from '../handover/formats/render.ts'
import type { SchemeBook } from '../hub/scheme-book.ts'
import type { ScreenSettings } from '../settings/screen-settings.ts'
import type { Settings } from '../settings/settings.ts'
import type { NewDelivery } from '../store/deliveries.ts'

export interface Clinic {
  readonly clinic: () => ClinicContext
  /** How long answers, and the cards they were given for, are kept. */
  readonly retentionDays: () => number
  /** The confirmed visit for every destination that is on. */
  readonly render: (visit: ConfirmedVisit) => readonly NewDelivery[]
}

export function createClinic(
  settings: Settings,
  schemes: Pick<SchemeBook, 'master'>,
  screenSettings: Pick<ScreenSettings, 'now'>,
  localSchemes: () => LocalSchemes | null,
): Clinic {
  // As they are now: what is set while the desk runs counts for the next visit.
  const destinations = () => settings.destinations.filter(({ isOn }) => isOn)
  const canWrite = (text: string) =>
    [...new Set(destinations().map(encodingOf))].every((encoding) => encode(text, encoding).ok)
  return {
    clinic: () => ({
      master: schemes.master(),
      localSchemes: localSchemes(),
      identity: screenSettings.now().clinic,
      municipalities: screenSettings.now().clinic?.municipalities ?? [],
      chosenOrders: screenSettings.now().claimOrders,
      chosenHelps: screenSettings.now().chosenHelps,
      // A reception line (receipt.txt) takes no 公費 at all.
      places: destinations()
        .filter(({ format }) => format !== 'receipt')
        .map(({ id, subsidyPlaces }) => ({ destination: id, places: subsidyPlaces })),
      approvedSubstitutes: screenSettings.now().substitutions,
      canWrite,
    }),
    retentionDays: () => settings.retentionDays,
    render: (visit) =>
      destinations().map((destination) => renderDelivery(visit, destination, screenSettings.now().substitutions)),
  }
}
