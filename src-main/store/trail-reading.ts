// The audit trail for clinic IT on the command line, while no agent runs: its rows as they are, patients by what stands for
// them. That it was read is a row of it, written before anything is told.
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { ok, type Result } from '../ground/result.ts'
import type { AuditRow } from './audit.ts'
import { type DataOptions, databaseKey, openData } from './data-folder.ts'

export interface TrailRange {
  /** First and last day, YYYY-MM-DD; null: from the beginning, to the end. */
  readonly from: string | null
  readonly until: string | null
  /** Only the newest; null: all. */
  readonly limit: number | null
}

const sliceRows = 1_000

/** The oldest first. Errors: AGENT_ALREADY_RUNNING, STORE_ codes. */
export async function readTrail(
  options: DataOptions & { readonly clock: Clock },
  { from, until, limit }: TrailRange,
): Promise<Result<readonly AuditRow[]>> {
  const known = await databaseKey(options.dataDir, options.keyStore)
  if (!known.ok) return known
  // Nothing is begun by looking.
  if (!known.value.key && !options.site) return ok([])
  const opened = await openData(options)
  if (!opened.ok) return opened
  const { store } = opened.value
  try {
    const noted = await store.noteCommand('trailRead', { at: clinicMoment(options.clock.now()) })
    if (!noted.ok) return noted
    const rows: AuditRow[] = []
    for (let after = 0; ; ) {
      const slice = await store.auditTrail({ after, limit: sliceRows })
      rows.push(...slice.filter(({ at }) => isWithin(at.slice(0, 10), from, until)))
      if (slice.length < sliceRows) break
      after = slice.at(-1)?.id ?? after
    }
    return ok(limit === null ? rows : rows.slice(-limit))
  } finally {
    store.close()
  }
}

const isWithin = (day: string, from: string | null, until: string | null) =>
  (from === null || day >= from) && (until === null || day <= until)
