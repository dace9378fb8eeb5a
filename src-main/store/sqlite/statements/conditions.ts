// What several statements ask in the same words.

export const list = (states: readonly string[]) => states.map((state) => `'${state}'`).join(', ')

/** A file or a registration that is still on its way keeps its visit: a folder away over the holidays must not cost the file. */
export const nothingUnderWay = `NOT EXISTS
      (SELECT 1 FROM deliveries WHERE visit_id = visits.id AND state IN ('queued', 'publishing'))
      AND NOT EXISTS (SELECT 1 FROM records WHERE visit_id = visits.id AND state = 'queued')`

/** Of visits: what has expired is not shown and not used, also before it is deleted. */
export const isShown = 'kept_from >= (SELECT shown_from FROM clock WHERE id = 1)'
/** The same for what hangs on a visit. */
export const isOfShownVisit = `EXISTS (SELECT 1 FROM visits WHERE visits.id = visit_id AND ${isShown})`
export const endedBefore = '(SELECT ended_before FROM clock WHERE id = 1)'
/** The day that is believed, whatever the computer's clock says; `day` where no time has been believed yet. */
export const believedDay = (day: string) =>
  `(SELECT iif(seen_at = '', ${day}, substr(seen_at, 1, 10)) FROM clock WHERE id = 1)`
