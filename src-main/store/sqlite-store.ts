// The whole life of the database: opened encrypted and alone, migrated, used, closed. SQLCipher format (AES-256-CBC with
// HMAC-SHA-512 on every page, the salt being the only bytes that are not ciphertext), so that the sqlcipher tool can open
// it with the same key. The exclusive lock is what keeps a second agent out: the system lets go of it however we die.
import { createHash, createHmac } from 'node:crypto'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { failureSchema } from '../contract/failures.ts'
import { type Failure, ok, type Result } from '../contract/result.ts'
import { deliveryStateSchema, fileFormatSchema, openVisitStates, visitStateSchema } from '../contract/visit.ts'
import { type Eligibility, eligibilitySchema, patientSchema } from '../eligibility/model.ts'
import { migrate } from './migrations.ts'
import type { AuditEntry, DeliveryRecord, Store, StoredVisit, VisitRecord } from './store.ts'

export interface StoreOptions {
  /** Absolute path of the database file; made if missing. */
  readonly file: string
  /** 32 bytes, used as the raw page key without derivation. */
  readonly key: Uint8Array
  readonly migrationsDir: string
}

const json = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text, context) => {
    const parsed = schema.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
    context.addIssue('stored JSON does not fit its schema')
    return z.NEVER
  })

const visitRow = z
  .object({
    id: z.string(),
    day: z.string(),
    number: z.number(),
    reader: z.string(),
    state: visitStateSchema,
    failure: json(failureSchema).nullable(),
    started_at: z.string(),
    updated_at: z.string(),
    patient: json(patientSchema).nullable(),
  })
  .transform(
    ({ started_at, updated_at, ...row }): VisitRecord => ({
      ...row,
      startedAt: started_at,
      updatedAt: updated_at,
    }),
  )

const deliveryRow = z
  .object({
    id: z.string(),
    visit_id: z.string(),
    destination: z.string(),
    format: fileFormatSchema,
    state: deliveryStateSchema,
    failure: json(failureSchema).nullable(),
    file_name: z.string(),
    sha256: z.string(),
    attempts: z.number(),
    updated_at: z.string(),
  })
  .transform(
    ({ visit_id, file_name, updated_at, ...row }): DeliveryRecord => ({
      ...row,
      visitId: visit_id,
      fileName: file_name,
      updatedAt: updated_at,
    }),
  )

const answerRow = z.object({ body: json(eligibilitySchema) })
const payloadRow = z.object({ payload: z.instanceof(Uint8Array) })
const numberRow = z.object({ value: z.number() })

/**
 * Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_MIGRATION_MISMATCH, STORE_DAMAGED, STORE_FULL, STORE_UNWRITABLE.
 * None of them changes the file.
 */
export function openStore(options: StoreOptions): Result<Store> {
  let database: Database.Database | undefined
  try {
    database = new Database(options.file, { timeout: 0 })
    unlock(database, options.key)
    const migrated = migrate(database, options.migrationsDir)
    if (!migrated.ok) {
      database.close()
      return migrated
    }
    return ok(createStore(database, options.key))
  } catch (error) {
    database?.close()
    return { ok: false, error: storeFailure(error) }
  }
}

function unlock(database: Database.Database, key: Uint8Array): void {
  database.pragma("cipher = 'sqlcipher'")
  database.pragma('legacy = 4')
  database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
  database.pragma('locking_mode = EXCLUSIVE')
  // The first statements that touch the file: a wrong key or a second agent shows here.
  database.pragma('journal_mode = WAL')
  database.exec('BEGIN IMMEDIATE; COMMIT')
  // The default in WAL mode is NORMAL, with which a commit can vanish at power loss.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // What is deleted after its time is overwritten, and sorting never spills to a plain temporary file.
  database.pragma('secure_delete = ON')
  database.pragma('temp_store = MEMORY')
  database.pragma('trusted_schema = OFF')
}

/** SQLite's result code as one of ours; the message is dropped, because it may quote a statement. */
function storeFailure(error: unknown): Failure {
  const code = error instanceof Database.SqliteError ? error.code : ''
  const isMatch = (...prefixes: string[]) => prefixes.some((prefix) => code.startsWith(prefix))
  if (isMatch('SQLITE_BUSY', 'SQLITE_LOCKED')) return { code: 'AGENT_ALREADY_RUNNING' }
  if (isMatch('SQLITE_NOTADB')) return { code: 'STORE_KEY_WRONG' }
  if (isMatch('SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE')) return { code: 'STORE_FULL' }
  if (isMatch('SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'SQLITE_IOERR')) return { code: 'STORE_UNWRITABLE' }
  if (isMatch('SQLITE_CORRUPT')) return { code: 'STORE_DAMAGED' }
  // better-sqlite3 itself: the folder does not exist.
  if (error instanceof TypeError && error.message.includes('directory')) return { code: 'STORE_UNWRITABLE' }
  throw error
}

/** Everything but the payload, which only the hand-over reads. */
const deliveryColumns = 'id, visit_id, destination, format, state, failure, file_name, sha256, attempts, updated_at'

function createStore(database: Database.Database, key: Uint8Array): Store {
  const indexKey = createHmac('sha256', key).update('madoguchi patient index').digest()
  const patientKey = (ref: string) => createHmac('sha256', indexKey).update(ref).digest('hex')

  const sql = {
    nextNumber: database.prepare('SELECT coalesce(max(number), 0) + 1 AS value FROM visits WHERE day = ?'),
    saveVisit: database.prepare(`
      INSERT INTO visits (id, day, number, reader, state, failure, started_at, updated_at, patient)
      VALUES (@id, @day, @number, @reader, @state, @failure, @startedAt, @updatedAt, @patient)
      ON CONFLICT (id) DO UPDATE SET reader = excluded.reader, state = excluded.state, failure = excluded.failure,
        updated_at = excluded.updated_at, patient = excluded.patient`),
    addAnswer: database.prepare('INSERT INTO answers (visit_id, patient_key, fetched_at, body) VALUES (?, ?, ?, ?)'),
    addDelivery: database.prepare(`
      INSERT INTO deliveries (id, visit_id, destination, format, state, failure, file_name, payload, sha256, updated_at)
      VALUES (@id, @visitId, @destination, @format, @state, @failure, @fileName, @payload, @sha256, @updatedAt)`),
    lastHash: database.prepare('SELECT hash FROM audit ORDER BY id DESC LIMIT 1').pluck(),
    addAudit: database.prepare(
      'INSERT INTO audit (at, visit_id, delivery_id, event, code, hash) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    visitsOfDay: database.prepare('SELECT * FROM visits WHERE day = ? ORDER BY number DESC'),
    visit: database.prepare('SELECT * FROM visits WHERE id = ?'),
    openVisits: database.prepare(
      `SELECT * FROM visits WHERE state IN (${openVisitStates.map((state) => `'${state}'`)}) ORDER BY started_at`,
    ),
    answerOfVisit: database.prepare('SELECT body FROM answers WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
    answerOfPatient: database.prepare('SELECT body FROM answers WHERE patient_key = ? ORDER BY id DESC LIMIT 1'),
    deliveriesOfVisit: database.prepare(`SELECT ${deliveryColumns} FROM deliveries WHERE visit_id = ? ORDER BY seq`),
    delivery: database.prepare(`SELECT ${deliveryColumns} FROM deliveries WHERE id = ?`),
    pending: database.prepare(`
      SELECT ${deliveryColumns} FROM deliveries
      WHERE destination = ? AND state IN ('queued', 'publishing') ORDER BY seq LIMIT ?`),
    payload: database.prepare('SELECT payload FROM deliveries WHERE id = ?'),
    moveDelivery: database.prepare(`
      UPDATE deliveries SET state = @state, failure = @failure, attempts = coalesce(@attempts, attempts), updated_at = @at
      WHERE id = @id`),
    undelivered: database
      .prepare("SELECT count(*) FROM deliveries WHERE visit_id = ? AND state <> 'delivered'")
      .pluck(),
    handOver: database.prepare(
      "UPDATE visits SET state = 'handedOver', updated_at = ? WHERE id = ? AND state = 'confirmed'",
    ),
    purge: database.prepare('DELETE FROM visits WHERE day < ?'),
  }

  let lastHash = z.string().optional().parse(sql.lastHash.get()) ?? ''
  const addAudit = (visitId: string, deliveryId: string | null, entry: AuditEntry, previous: string): string => {
    const content = [entry.at, visitId, deliveryId, entry.event, entry.code ?? null]
    const hash = createHash('sha256')
      .update(JSON.stringify([previous, ...content]))
      .digest('hex')
    sql.addAudit.run(...content, hash)
    return hash
  }

  /** Runs `work` as one durable transaction; the audit chain moves on only with it. */
  const write = <T>(work: (hash: string) => { readonly hash: string; readonly value: T }): Result<T> => {
    try {
      const { hash, value } = database.transaction(work).immediate(lastHash)
      lastHash = hash
      return ok(value)
    } catch (error) {
      return { ok: false, error: storeFailure(error) }
    }
  }

  const failureText = (failure: Failure | null) => failure && JSON.stringify(failure)
  const stored = (visit: VisitRecord): StoredVisit => ({
    visit,
    eligibility: answerRow.optional().parse(sql.answerOfVisit.get(visit.id))?.body ?? null,
    deliveries: z.array(deliveryRow).parse(sql.deliveriesOfVisit.all(visit.id)),
  })

  return {
    async saveVisit(visit, audit, outcome = {}) {
      return write((previous) => {
        const number = visit.number || numberRow.parse(sql.nextNumber.get(visit.day)).value
        const { failure, patient, ...columns } = visit
        sql.saveVisit.run({
          ...columns,
          number,
          failure: failureText(failure),
          patient: patient && JSON.stringify(patient),
        })
        let hash = previous
        for (const entry of audit) hash = addAudit(visit.id, null, entry, hash)
        if (outcome.eligibility) addAnswer(visit.id, outcome.eligibility)
        for (const { id, destination, format, state, fileName, payload, failure: refused } of outcome.deliveries ??
          []) {
          sql.addDelivery.run({
            id,
            visitId: visit.id,
            destination,
            format,
            state,
            failure: failureText(refused),
            fileName,
            payload: Buffer.from(payload),
            sha256: createHash('sha256').update(payload).digest('hex'),
            updatedAt: visit.updatedAt,
          })
          const event = state === 'rejected' ? 'deliveryRejected' : 'deliveryQueued'
          hash = addAudit(visit.id, id, { at: visit.updatedAt, event, ...(refused && { code: refused.code }) }, hash)
        }
        return { hash, value: { ...visit, number } }
      })
    },
    async visitsOfDay(day) {
      return z.array(visitRow).parse(sql.visitsOfDay.all(day)).map(stored)
    },
    async visit(id) {
      const visit = visitRow.optional().parse(sql.visit.get(id))
      return visit ? stored(visit) : null
    },
    async openVisits() {
      return z.array(visitRow).parse(sql.openVisits.all())
    },
    async latestEligibility(patientRef) {
      return answerRow.optional().parse(sql.answerOfPatient.get(patientKey(patientRef)))?.body ?? null
    },
    async pendingDeliveries(destination, limit) {
      return z.array(deliveryRow).parse(sql.pending.all(destination, limit))
    },
    async delivery(id) {
      return deliveryRow.optional().parse(sql.delivery.get(id)) ?? null
    },
    async payload(deliveryId) {
      return payloadRow.optional().parse(sql.payload.get(deliveryId))?.payload ?? null
    },
    async moveDelivery(id, to, event) {
      return write((previous) => {
        const delivery = deliveryRow.parse(sql.delivery.get(id))
        sql.moveDelivery.run({
          id,
          state: to.state,
          failure: failureText(to.failure),
          attempts: to.attempts ?? null,
          at: to.at,
        })
        const code = to.failure ? { code: to.failure.code } : {}
        let hash = event ? addAudit(delivery.visitId, id, { at: to.at, event, ...code }, previous) : previous
        const isLast = to.state === 'delivered' && sql.undelivered.get(delivery.visitId) === 0
        if (isLast && sql.handOver.run(to.at, delivery.visitId).changes > 0) {
          hash = addAudit(delivery.visitId, null, { at: to.at, event: 'handedOver' }, hash)
        }
        return { hash, value: undefined }
      })
    },
    async purge(before) {
      return database.transaction(() => sql.purge.run(before).changes)()
    },
    close() {
      database.close()
    },
  }

  function addAnswer(visitId: string, eligibility: Eligibility): void {
    sql.addAnswer.run(visitId, patientKey(eligibility.patient.ref), eligibility.fetchedAt, JSON.stringify(eligibility))
  }
}
