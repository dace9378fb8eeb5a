// What proving the audit trail takes, for 100,000 rows, against its floor in the same run: the same rows read bare, hashed, and their
// signatures checked, with nothing said about them. Of a site's trail, which is signed, and of a desk's that has its store to itself.
import { createHash, createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { newSigning } from '../../src-main/store/signing.ts'
import { auditHash, type ChainedRow } from '../../src-main/store/sql/audit-chain.ts'
import { createKeys, indexKeyOf, type Keys } from '../../src-main/store/sql/keys.ts'
import { createTrailSigner } from '../../src-main/store/sql/trail-signatures.ts'
import type { Work } from '../../src-main/store/sql/work.ts'
import { openCopy } from '../../src-main/store/sqlite/database.ts'
import type { StoreOptions } from '../../src-main/store/sqlite/opening.ts'
import { trailIn } from '../../src-main/store/sqlite/trail.ts'
import { done, fillStore } from './bulk-store.ts'
import { type Figures, spread } from './measure.ts'

const rows = 100_000
/** Of one transaction, which is signed once; a check-in writes its rows in six. */
const rowsAtOnce = 2
const runs = 5
const events = ['reading', 'asking', 'answered', 'confirmed', 'handedOver', 'acknowledged'] as const

function rowAt(index: number, keys: Keys): ChainedRow {
  const visit = Math.floor(index / events.length)
  return {
    at: '2026-11-23T09:12:33.120+09:00',
    visitId: `00000000-0000-4000-8000-${String(visit).padStart(12, '0')}`,
    event: events[index % events.length] ?? 'reading',
    ...{ deliveryId: null, code: null, detail: null, about: null },
    ...{ staffId: '00000000-0000-4000-8000-000000000001', desk: 1 },
    patient: keys.patient(`hub-ref-${visit % 10_000}`),
  }
}

/** The public key by which it is signed; null: it is not. */
function fillTrail(place: StoreOptions, folder: string, isSigned: boolean): string | null {
  const keys = createKeys(indexKeyOf(place.key))
  const signing = isSigned ? newSigning(folder, place.key) : null
  const signer = createTrailSigner(signing, keys, { id: 'desk', name: '受付1' })
  let last = { id: 0, hash: '' }
  function* writeSome(from: number): Work<void> {
    const signed = signer.begin()
    const some = Array.from({ length: rowsAtOnce }, (_, at) => rowAt(from + at, keys))
    const known = yield* signed.registration('2026-11-23T09:00:00.000+09:00')
    for (const row of known ? [known, ...some] : some) {
      last = { id: last.id + 1, hash: auditHash(last.hash, row) }
      yield* signed.add({ ...row, ...last })
    }
    yield* signed.end()
    signed.kept()
  }
  fillStore(place, (runner) => {
    for (let from = 0; from < rows; from += rowsAtOnce) runner.run(writeSome(from))
  })
  return signing?.publicKey ?? null
}

const bareRow = z.custom<{
  readonly id: number
  readonly hash: string
  readonly at: string
  readonly visit_id: string
  readonly delivery_id: string | null
  readonly event: string
  readonly code: string | null
  readonly detail: string | null
  readonly staff_id: string | null
  readonly desk: number | null
  readonly patient: string | null
  readonly about: string | null
  readonly signature: string | null
}>()

/** In milliseconds. Throws where a hash or a signature is not what it was: then less was done than is to be compared with. */
function floorOf({ file, key }: StoreOptions, publicKey: string | null): number {
  const start = performance.now()
  const database = openCopy(file, key)
  const signer: KeyObject | null =
    publicKey === null ? null : createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  let previous = ''
  for (const read of database.prepare('SELECT * FROM audit ORDER BY id').iterate()) {
    const row = bareRow.parse(read)
    const { at, visit_id, delivery_id, event, code, detail, staff_id, desk, patient, about } = row
    const subject = patient !== null ? [{ patient }] : about !== null ? [{ about }] : []
    const parts = [previous, at, visit_id, delivery_id, event, code, detail, staff_id, desk, ...subject]
    previous = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
    if (previous !== row.hash) throw new Error(`row ${row.id} is not hashed as it is here`)
    if (row.signature === null || !signer) continue
    const [, count = '', signature = ''] = row.signature.split(' ')
    const text = `madoguchi trail\n${row.id - Number(count) + 1} ${row.id} ${row.hash}`
    const isTheirs = verify(null, Buffer.from(text), signer, Buffer.from(signature, 'base64url'))
    if (!isTheirs) throw new Error(`row ${row.id} is not signed as it is here`)
  }
  database.close()
  return performance.now() - start
}

function proved(place: StoreOptions): number {
  const start = performance.now()
  const { broken, rows: found } = done(trailIn(place.file, place.key))
  if (broken || found < rows) throw new Error('the trail is not whole')
  return performance.now() - start
}

function measure(isSigned: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-audit-'))
  try {
    const migrationsDir = join(import.meta.dirname, '../../migrations')
    const place = { file: join(folder, 'madoguchi.db'), key: randomBytes(32), migrationsDir }
    const publicKey = fillTrail(place, folder, isSigned)
    const times: { readonly verify: number; readonly floor: number }[] = []
    for (let run = -1; run < runs; run++) {
      const time = { verify: proved(place), floor: floorOf(place, publicKey) }
      if (run >= 0) times.push(time)
    }
    return {
      verify: spread(times.map((time) => time.verify)),
      floor: spread(times.map(({ floor }) => floor)),
      ratio: spread(times.map((time) => time.verify / time.floor)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function benchAudit(): Figures {
  const signed = measure(true)
  const own = measure(false)
  return {
    'audit.verifyPer100kRowsMs': signed.verify,
    'audit.floor.per100kRowsMs': signed.floor,
    'audit.verifyToFloor': signed.ratio,
    'audit.unsigned.verifyPer100kRowsMs': own.verify,
    'audit.unsigned.floor.per100kRowsMs': own.floor,
    'audit.unsigned.verifyToFloor': own.ratio,
  }
}
