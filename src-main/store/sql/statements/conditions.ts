// What several statements ask in the same words. States stand in the text, not in parameters: only so does SQLite find the
// indexes that hold nothing but rows in these states, spelt in the same way.
import { type DeliveryState, type RegistrationState, underWayStates, type VisitState } from '../../../ground/states.ts'

type State = VisitState | DeliveryState | RegistrationState

export const list = (states: readonly State[]) => states.map((state) => `'${state}'`).join(', ')
export const stateIs = (state: State) => `state = '${state}'`
/** Of deliveries. */
export const underWay = `state IN (${list(underWayStates)})`

/** A file or a registration that is still on its way keeps its visit: a folder away over the holidays must not cost the file. */
export const nothingUnderWay = `NOT EXISTS
      (SELECT 1 FROM deliveries WHERE visit_id = visits.id AND ${underWay})
      AND NOT EXISTS (SELECT 1 FROM records WHERE visit_id = visits.id AND ${stateIs('queued')})`

/** Of visits: what has expired is not shown and not used, also before it is deleted. */
export const isShown = 'kept_from >= (SELECT shown_from FROM clock WHERE id = 1)'
/** The same for what hangs on a visit. */
export const isOfShownVisit = `EXISTS (SELECT 1 FROM visits WHERE visits.id = visit_id AND ${isShown})`
export const endedBefore = '(SELECT ended_before FROM clock WHERE id = 1)'
/** The day that is believed, whatever the computer's clock says; `day` where no time has been believed yet. */
export const believedDay = (day: string) =>
  `(SELECT CASE WHEN seen_at = '' THEN ${day} ELSE substr(seen_at, 1, 10) END FROM clock WHERE id = 1)`

/** What tells SQLite's planner its way is left out. */
export const withoutHints = (text: string) => text.replace(/ INDEXED BY \w+/g, '').replaceAll('CROSS JOIN', 'JOIN')
