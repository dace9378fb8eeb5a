// The key of a site, with which what is about patients is sealed before it leaves a desk: the same at every desk. Here it lies wrapped
// with the desk's own key, and so as well kept as that one (key-store.ts). The first desk of a site makes it; the others get it from a
// recovery sheet (joining.ts). One that was made, and of which nobody knows yet whether it is the site's, lies under a name of its own.
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../ground/durable-write.ts'
import { ok, type Result } from '../ground/result.ts'
import { systemCode } from '../ground/system-error.ts'
import { unwrapKey, wrapKey } from './wrapped-key.ts'

const fileOf = (dataDir: string) => join(dataDir, 'site.key')
const madeOf = (dataDir: string) => join(dataDir, 'site.key.made')
const purpose = 'madoguchi site key'

/** null: this desk has none. Errors: STORE_KEY_WRONG. Throws what the file system says. */
export const readSiteKey = (dataDir: string, deskKey: Uint8Array): Result<Uint8Array | null> =>
  readKey(fileOf(dataDir), deskKey)

/** In the place of any other. Throws what the file system says. */
export function keepSiteKey(dataDir: string, deskKey: Uint8Array, key: Uint8Array): void {
  writeDurably(fileOf(dataDir), wrapKey(key, deskKey, purpose), { mode: 0o600, place: 'replace' })
  rmSync(madeOf(dataDir), { force: true })
}

/** A new one, kept before anything is sealed with it; that of an earlier try where nobody has answered. As above. */
export function makeSiteKey(dataDir: string, deskKey: Uint8Array): Result<Uint8Array> {
  const made = readKey(madeOf(dataDir), deskKey)
  if (made.ok && made.value) return ok(made.value)
  const key = new Uint8Array(randomBytes(32))
  writeDurably(madeOf(dataDir), wrapKey(key, deskKey, purpose), { mode: 0o600, place: 'replace' })
  return ok(key)
}

/** The site has another one: nothing is sealed with what was made. */
export const forgetMade = (dataDir: string): void => rmSync(madeOf(dataDir), { force: true })

function readKey(file: string, deskKey: Uint8Array): Result<Uint8Array | null> {
  try {
    return unwrapKey(readFileSync(file), deskKey, purpose)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return ok(null)
    throw error
  }
}
