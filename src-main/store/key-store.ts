// The database key at rest: a file that only its owner can read, or one in which the operating system has wrapped it for
// its user (shell/headless-key-store.ts, shell/electron-key-store.ts). The key never appears in an error or a log, and
// whoever is given it wipes it after use.
import { randomFillSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { writeDurably } from '../ground/durable-write.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { systemCode } from '../ground/system-error.ts'

export interface KeyStore {
  /** The 32 key bytes, null when none was ever made. Errors: STORE_KEY_WRONG (unreadable or not a key). */
  load(): Promise<Result<Uint8Array | null>>
  /** Makes and keeps a new key, where there is none. Errors: STORE_UNWRITABLE. */
  create(): Promise<Result<Uint8Array>>
  /** For another key in its place; none where the key is kept by somebody else, who is only asked for it. */
  readonly rotation?: KeyRotation
}

interface KeyRotation {
  /** The key that is to come; null: none is. Errors: STORE_KEY_WRONG. */
  pending(): Promise<Result<Uint8Array | null>>
  /** The key that is to come, made and kept where there is none yet. Errors: STORE_UNWRITABLE. */
  begin(): Promise<Result<Uint8Array>>
  /** Keeps a key that is known already, where there is none. Errors: STORE_UNWRITABLE. */
  keep(key: Uint8Array): Promise<Result<Uint8Array>>
  /** It is the key from now on. Throws what the file system says. */
  takeOver(): Promise<void>
}

/** `next`: the key that is to come, kept in the same way as the one in `file`, beside it. */
function rotationOf(file: string, keep: KeyRotation['keep'], next: Pick<KeyStore, 'load' | 'create'>): KeyRotation {
  return {
    keep,
    pending: next.load,
    async begin() {
      const pending = await next.load()
      if (!pending.ok) return pending
      return pending.value ? ok(pending.value) : next.create()
    },
    async takeOver() {
      writeDurably(file, await readFile(nextOf(file)), { mode: 0o600, place: 'replace' })
      rmSync(nextOf(file))
    },
  }
}

const nextOf = (file: string): string => `${file}.next`

const keyBytes = 32
const newKey = () => randomFillSync(new Uint8Array(keyBytes))

/** The key as it is in a file of mode 0600. `create` never replaces: a key made in between by another agent is the key. */
export function createKeyFile(file: string): KeyStore {
  const keep = async (key: Uint8Array): Promise<Result<Uint8Array>> => {
    const written = putKey(file, key, 'new')
    return written.ok ? ok(key) : written
  }
  return { ...plainKey(file), rotation: rotationOf(file, keep, plainKey(nextOf(file))) }
}

function plainKey(file: string): KeyStore {
  const load = async (): Promise<Result<Uint8Array | null>> => {
    const content = await readKeyFile(file)
    if (!content.ok || content.value === null) return content
    return content.value.length === keyBytes ? content : fail('STORE_KEY_WRONG')
  }
  return {
    load,
    async create() {
      const key = newKey()
      const written = putKey(file, key, 'new')
      if (written.ok) return ok(key)
      const other = await load()
      return other.ok && other.value ? ok(other.value) : written
    },
  }
}

/** How a system wraps a key for its user. Both throw where it does not. */
export interface KeyWrapping {
  wrap(key: Uint8Array): Promise<Uint8Array>
  /** `isOld`: the system would wrap it anew with a newer key of its own. */
  unwrap(wrapped: Uint8Array): Promise<{ readonly key: Uint8Array; readonly isOld: boolean }>
}

/**
 * The key wrapped in a file. `keep`: a key that is known already. Errors besides: STORE_KEY_WRONG where it was wrapped for
 * another user or computer.
 */
export function createWrappedKeyFile(
  file: string,
  wrapping: KeyWrapping,
): KeyStore & { keep(key: Uint8Array): Promise<Result<Uint8Array>> } {
  const own = wrappedKey(file, wrapping)
  return { ...own, rotation: rotationOf(file, own.keep, wrappedKey(nextOf(file), wrapping)) }
}

function wrappedKey(
  file: string,
  { wrap, unwrap }: KeyWrapping,
): KeyStore & { keep(key: Uint8Array): Promise<Result<Uint8Array>> } {
  const load = async (): Promise<Result<Uint8Array | null>> => {
    const content = await readKeyFile(file)
    if (!content.ok || content.value === null) return content
    // The system's message is left out: nothing about a key belongs in an error text.
    const known = await unwrap(content.value).catch(() => null)
    if (known?.key.length !== keyBytes) return fail('STORE_KEY_WRONG')
    if (known.isOld) {
      // Failing to wrap it anew is no reason not to work: the old one still opens.
      const anew = await wrap(known.key).catch(() => null)
      if (anew) putKey(file, anew, 'replace')
    }
    return ok(known.key)
  }
  const keep = async (key: Uint8Array): Promise<Result<Uint8Array>> => {
    const wrapped = await wrap(key).catch(() => null)
    if (!wrapped) return fail('STORE_UNWRITABLE')
    const written = putKey(file, wrapped, 'new')
    if (written.ok) return ok(key)
    const other = await load()
    return other.ok && other.value ? ok(other.value) : written
  }
  return { load, keep, create: () => keep(newKey()) }
}

/** Content of a key file, null when there is none. Errors: STORE_KEY_WRONG. */
async function readKeyFile(file: string): Promise<Result<Uint8Array | null>> {
  try {
    // The very bytes that were read, so that no other ones are left to wipe.
    const { buffer, byteOffset, length } = await readFile(file)
    return ok(new Uint8Array(buffer, byteOffset, length))
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? ok(null) : fail('STORE_KEY_WRONG')
  }
}

/** Onto the disk before anybody relies on it: a database whose key was lost with the power is lost too. Errors: STORE_UNWRITABLE, also for a `new` one where there is one. */
function putKey(file: string, content: Uint8Array, place: 'replace' | 'new'): Result<void> {
  try {
    writeDurably(file, content, { mode: 0o600, place })
    return ok(undefined)
  } catch {
    return fail('STORE_UNWRITABLE')
  }
}
