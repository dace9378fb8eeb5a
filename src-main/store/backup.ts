// A copy when clinic IT wants one, and the drill: that a copy can be gone back to is known only to whoever has done it. The
// drill goes back to a copy by the very way of `restore`, into a folder of its own that is gone afterwards, and looks at
// everything: every page, the audit trail from its first row, and as many rows of every kind as the copy has. The data in use
// are not touched, and an agent may run meanwhile.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { clinicDay } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { databaseOf, onDisk, openData } from './data-folder.ts'
import { checkData, copiesFor, type MaintenanceOptions, restoreData, verifyTrail } from './maintenance.ts'
import { copiesOf, keepCopy } from './safekeeping.ts'
import { countRows, type RowCounts } from './sqlite/row-counts.ts'

/** Errors: AGENT_ALREADY_RUNNING, STORE_ codes; STORE_COPY_MISSING: there are no data yet. */
export async function backupData(options: MaintenanceOptions): Promise<Result<{ readonly copy: string }>> {
  if (!existsSync(databaseOf(options.dataDir))) return fail('STORE_COPY_MISSING')
  const opened = await openData(options)
  if (!opened.ok) return opened
  const { store } = opened.value
  try {
    const checked = await store.check()
    if (!checked.ok) return checked
    const { dataDir, backupFolder, clock } = options
    if (!store.copyTo) return fail('STORE_ON_SERVER')
    const made = await keepCopy(store, store.copyTo, clinicDay(clock.now()), copiesOf(dataDir), backupFolder)
    return made.ok ? ok({ copy: made.value }) : made
  } finally {
    store.close()
  }
}

export interface Drill {
  readonly copy: string
  /** Of every kind, as they came back. */
  readonly rows: RowCounts
  /** Rows of the audit trail that hang together, from the first on. */
  readonly auditRows: number
}

/** `from`: this copy; null: the newest. Errors: STORE_COPY_MISSING, STORE_KEY_MISSING, STORE_KEY_WRONG, STORE_DAMAGED, STORE_FULL, STORE_UNWRITABLE. */
export async function drillRestore(options: MaintenanceOptions, from: string | null): Promise<Result<Drill>> {
  const copy = from ?? copiesFor(options)[0]?.file
  if (copy === undefined || !existsSync(copy)) return fail('STORE_COPY_MISSING')
  const made = await onDisk(async () => mkdtempSync(join(options.dataDir, 'drill-')))
  if (!made.ok) return made
  try {
    return await drillIn({ ...options, dataDir: made.value, backupFolder: null }, copy)
  } finally {
    rmSync(made.value, { recursive: true, force: true })
  }
}

async function drillIn(options: MaintenanceOptions, copy: string): Promise<Result<Drill>> {
  const gone = await restoreData(options, copy)
  if (!gone.ok) return gone
  const standing = await checkData(options)
  if (!standing.ok) return standing
  if (standing.value.failure) return { ok: false, error: standing.value.failure }
  const trail = await verifyTrail(options)
  if (!trail.ok) return trail
  const key = await options.keyStore.load()
  if (!key.ok) return key
  if (!key.value || !trail.value) return fail('STORE_KEY_MISSING')
  const before = countRows(copy, key.value)
  const after = countRows(databaseOf(options.dataDir), key.value)
  if (!before.ok) return before
  if (!after.ok) return after
  const auditRows = trail.value.rows
  const isBack = Object.entries(before.value).every(([kind, count]) =>
    // That it was gone back to, and what waits for a person since, are rows of the trail.
    kind === 'audit' ? (after.value[kind] ?? 0) > count : after.value[kind] === count,
  )
  const isWhole = trail.value.broken === null && auditRows === after.value.audit
  return isBack && isWhole ? ok({ copy, rows: after.value, auditRows }) : fail('STORE_DAMAGED')
}
