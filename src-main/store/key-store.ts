// The database key at rest: a file that only its owner can read, or one in which the operating system has wrapped it for
// its user (shell/headless-key-store.ts, shell/electron-key-store.ts). The key never appears in an error or a log.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { writeDurably } from '../ground/durable-write.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { systemCode } from '../ground/system-error.ts'

export interface KeyStore {
  /** The 32 key bytes, null when none was ever made. Errors: STORE_KEY_WRONG (unreadable or not a key). */
  load(): Promise<Result<Uint8Array | null>>
  /** Makes and keeps a new key, where there is none. Errors: STORE_UNWRITABLE. */
  create(): Promise<Result<Uint8Array>>
}

const keyBytes = 32

/** The key as it is in a file of mode 0600. `create` never replaces: a key made in between by another agent is the key. */
export function createKeyFile(file: string): KeyStore {
  const load = async (): Promise<Result<Uint8Array | null>> => {
    const content = await readKeyFile(file)
    if (!content.ok || content.value === null) return content
    return content.value.length === keyBytes ? content : fail('STORE_KEY_WRONG')
  }
  return {
    load,
    async create() {
      const key = new Uint8Array(randomBytes(keyBytes))
      const written = writeNewKeyFile(file, key)
      if (written.ok) return ok(key)
      const other = await load()
      return other.ok && other.value ? ok(other.value) : written
    },
  }
}

/** How a system wraps a key for its user. Both throw where it does not. */
export interface KeyWrapping {
  wrap(key: Uint8Array): Promise<Uint8Array>
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>
}

/**
 * The key wrapped in a file. `keep`: a key that is known already. Errors besides: STORE_KEY_WRONG where it was wrapped for
 * another user or computer.
 */
export function createWrappedKeyFile(
  file: string,
  { wrap, unwrap }: KeyWrapping,
): KeyStore & { keep(key: Uint8Array): Promise<Result<Uint8Array>> } {
  const load = async (): Promise<Result<Uint8Array | null>> => {
    const content = await readKeyFile(file)
    if (!content.ok || content.value === null) return content
    const key = await unwrap(content.value).catch(() => null)
    return key?.length === keyBytes ? ok(key) : fail('STORE_KEY_WRONG')
  }
  const keep = async (key: Uint8Array): Promise<Result<Uint8Array>> => {
    const wrapped = await wrap(key).catch(() => null)
    if (!wrapped) return fail('STORE_UNWRITABLE')
    const written = writeNewKeyFile(file, wrapped)
    if (written.ok) return ok(key)
    const other = await load()
    return other.ok && other.value ? ok(other.value) : written
  }
  return { load, keep, create: () => keep(new Uint8Array(randomBytes(keyBytes))) }
}

/** Content of a key file, null when there is none. Errors: STORE_KEY_WRONG. */
export async function readKeyFile(file: string): Promise<Result<Uint8Array | null>> {
  try {
    return ok(new Uint8Array(await readFile(file)))
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? ok(null) : fail('STORE_KEY_WRONG')
  }
}

/** Writes or replaces a key file, whole or not at all. Errors: STORE_UNWRITABLE. */
export const writeKeyFile = (file: string, content: Uint8Array): Result<void> => putKey(file, content, 'replace')

/** Makes a key file where there is none. Errors: STORE_UNWRITABLE, also where there is one. */
export const writeNewKeyFile = (file: string, content: Uint8Array): Result<void> => putKey(file, content, 'new')

/** Onto the disk before anybody relies on it: a database whose key was lost with the power is lost too. */
function putKey(file: string, content: Uint8Array, place: 'replace' | 'new'): Result<void> {
  try {
    writeDurably(file, content, { mode: 0o600, place })
    return ok(undefined)
  } catch {
    return fail('STORE_UNWRITABLE')
  }
}
