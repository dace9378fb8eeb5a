// The way back when the computer that kept the key is gone: a key of its own, on paper, that opens a small file beside the
// copies in which the data's key lies wrapped. The paper alone opens nothing, nor do the copies alone.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clinicMoment } from '../ground/clock.ts'
import { writeDurably } from '../ground/durable-write.ts'
import { makeFolder } from '../ground/make-folder.ts'
import { fail, type Result } from '../ground/result.ts'
import { databaseOf, onDisk, openData } from './data-folder.ts'
import { type GoneOn, type MaintenanceOptions, restoreData } from './maintenance.ts'
import { copiesOf } from './safekeeping.ts'
import { readSiteKey } from './site-key.ts'
import { opensWith } from './sqlite/rekey.ts'
import { unwrapKey, wrapKey } from './wrapped-key.ts'

const wrappedOf = (folder: string): string => join(folder, 'recovery.key')

/** Without what is mistaken for something else on paper: I, L, O, U (Crockford). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretBytes = 20
const groups = /.{4}/g

/** As it stands on paper: 20 bytes as 32 digits and four of a check, nine groups of four. */
function onPaper(secret: Uint8Array): string {
  const bits = BigInt(`0x${Buffer.from(secret).toString('hex')}`)
  const digits = Array.from({ length: 32 }, (_, at) => alphabet[Number((bits >> BigInt(5 * (31 - at))) & 31n)]).join('')
  return (`${digits}${checkOf(digits)}`.match(groups) ?? []).join('-')
}

/** Four digits, so that a mistyped one is told before anything is tried. */
const checkOf = (digits: string): string =>
  [...createHash('sha256').update(`madoguchi recovery ${digits}`).digest().subarray(0, 4)]
    .map((byte) => alphabet[byte % 32])
    .join('')

/** null: mistyped. Small letters, spaces and what looks alike are taken for what they are meant to be. */
export function readPaper(typed: string): Uint8Array | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const [digits, check] = [plain.slice(0, 32), plain.slice(32)]
  const places = [...digits].map((digit) => alphabet.indexOf(digit))
  if (digits.length !== 32 || places.includes(-1) || check !== checkOf(digits)) return null
  const bits = places.reduce((sum, place) => (sum << 5n) | BigInt(place), 0n)
  return new Uint8Array(Buffer.from(bits.toString(16).padStart(2 * secretBytes, '0'), 'hex'))
}

const purpose = 'madoguchi recovery key'

/** A new recovery key, and the file that it opens, in each folder. Throws what the file system says. */
function makeRecovery(key: Uint8Array, folders: readonly string[]): string {
  const secret = randomBytes(secretBytes)
  const content = wrapKey(key, secret, purpose)
  for (const folder of folders) writeDurably(wrappedOf(folder), content, { mode: 0o600 })
  return onPaper(secret)
}

/** Errors: STORE_KEY_MISSING (no such file there), STORE_KEY_WRONG (it is another one's, or damaged). */
export function recoverKey(folder: string, secret: Uint8Array): Result<Uint8Array> {
  try {
    return unwrapKey(readFileSync(wrappedOf(folder)), secret, purpose)
  } catch {
    return fail('STORE_KEY_MISSING')
  }
}

/** A new recovery key: what stands on paper. An earlier one opens nothing any more. Errors: AGENT_ALREADY_RUNNING, STORE_ codes. */
export async function makeSheet(options: MaintenanceOptions): Promise<Result<string>> {
  const { dataDir, backupFolder, keyStore, clock, site } = options
  if (!site && !existsSync(databaseOf(dataDir))) return fail('STORE_KEY_MISSING')
  const opened = await openData(options)
  if (!opened.ok) return opened
  const { store } = opened.value
  try {
    const own = await keyStore.load()
    // Where a server has the data, the key that opens them is the site's.
    const key = own.ok && own.value && site ? readSiteKey(dataDir, own.value) : own
    if (!key.ok) return key
    const known = key.value
    if (!known) return fail('STORE_KEY_MISSING')
    const noted = await store.noteCommand('recoverySheetMade', { at: clinicMoment(clock.now()) })
    if (!noted.ok) return noted
    const folders = [copiesOf(dataDir), ...(backupFolder === null ? [] : [backupFolder])]
    return await onDisk(async () => {
      for (const folder of folders) makeFolder(folder)
      return makeRecovery(known, folders)
    })
  } finally {
    store.close()
  }
}

/**
 * Goes back to a copy on a computer that has no key yet, by what stands on paper. Errors: REQUEST_INVALID (mistyped),
 * STORE_COPY_MISSING, STORE_KEY_MISSING (nothing beside the copy that the paper opens, or the key cannot be kept here),
 * STORE_KEY_WRONG (another paper, or this computer has a key already), those of restoreData.
 */
export async function recoverData(options: MaintenanceOptions, copy: string, typed: string): Promise<Result<GoneOn>> {
  const secret = readPaper(typed)
  if (!secret) return fail('REQUEST_INVALID', { field: '--recovery-key' })
  if (!existsSync(copy)) return fail('STORE_COPY_MISSING')
  const key = recoverKey(dirname(copy), secret)
  if (!key.ok) return key
  if (!opensWith(copy, key.value)) return fail('STORE_KEY_WRONG')
  const { dataDir, keyStore } = options
  const made = await onDisk(async () => makeFolder(dataDir))
  if (!made.ok) return made
  const known = await keyStore.load()
  if (!known.ok) return known
  // Cut short after it was kept, the next try finds the same one.
  if (known.value && !Buffer.from(known.value).equals(key.value)) return fail('STORE_KEY_WRONG')
  if (!known.value) {
    const kept = await keyStore.rotation?.keep(key.value)
    if (!kept) return fail('STORE_KEY_MISSING')
    if (!kept.ok) return kept
  }
  return restoreData(options, copy)
}
