// What a desk signs its rows of a site's trail with (Ed25519). The private half never leaves the desk: it lies in the data folder,
// wrapped with the desk's own key, and so as well kept as that one (key-store.ts). The public half is in the trail itself
// (sql/desk-keys.ts). One that cannot be opened is no reason to close a counter: another one is made, and that is a row of the trail.
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../ground/durable-write.ts'
import { unlessMissing } from '../ground/system-error.ts'
import { unwrapKey, wrapKey } from './wrapped-key.ts'

export interface DeskSigning {
  /** Base64url. */
  readonly publicKey: string
  /** Base64url. */
  sign(text: string): string
}

export const signingName = 'desk-signing.key'
const purpose = 'madoguchi desk signing'

/** RFC 8410: what stands before the 32 bytes of such a key in DER. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

function signingOf(seed: Uint8Array): DeskSigning {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new Error('a key for signing without its public half')
  return { publicKey: x, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') }
}

export interface NewSigning extends DeskSigning {
  /** In the place of any other. Throws what the file system says. */
  keep(): void
}

/** One that nobody knows yet; `deskKey`: of the desk's own database. */
export function newSigning(dataDir: string, deskKey: Uint8Array): NewSigning {
  const seed = randomBytes(32)
  return {
    ...signingOf(seed),
    keep: () =>
      writeDurably(join(dataDir, signingName), wrapKey(seed, deskKey, purpose), { mode: 0o600, place: 'replace' }),
  }
}

/** The desk's own, made where there is none that can be opened. Throws what the file system says. */
export function deskSigning(dataDir: string, deskKey: Uint8Array): DeskSigning {
  const wrapped = unlessMissing(() => readFileSync(join(dataDir, signingName)), null)
  const seed = wrapped && unwrapKey(wrapped, deskKey, purpose)
  if (seed?.ok) return signingOf(seed.value)
  const made = newSigning(dataDir, deskKey)
  made.keep()
  return made
}

const publicKeys = new Map<string, KeyObject>()

/** `publicKey` and `signature` as they are in the trail; what is none proves nothing. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.length !== 64) return false
  try {
    const known = publicKeys.get(publicKey)
    const key = known ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    publicKeys.set(publicKey, key)
    return verify(null, Buffer.from(text), key, bytes)
  } catch {
    return false
  }
}
