// A key wrapped with another one in a small file: the key of a database beside its copies (recovery-key.ts), the key of a site in a
// desk's data folder (site-key.ts).
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { fail, ok, type Result } from '../ground/result.ts'

const mark = Buffer.from('MDG1')

/** `purpose`: so that nothing wrapped for one is opened for another. */
const wrappingKey = (purpose: string, secret: Uint8Array) =>
  createHash('sha256').update(purpose).update(secret).digest()

export function wrapKey(key: Uint8Array, secret: Uint8Array, purpose: string): Uint8Array {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(purpose, secret), nonce)
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([mark, nonce, cipher.getAuthTag(), wrapped])
}

/** Errors: STORE_KEY_WRONG (it is another one's, or damaged). */
export function unwrapKey(content: Uint8Array, secret: Uint8Array, purpose: string): Result<Uint8Array> {
  const bytes = Buffer.from(content)
  if (bytes.length !== 64 || !bytes.subarray(0, 4).equals(mark)) return fail('STORE_KEY_WRONG')
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey(purpose, secret), bytes.subarray(4, 16), {
      authTagLength: 16,
    })
    decipher.setAuthTag(bytes.subarray(16, 32))
    return ok(new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(32)), decipher.final()])))
  } catch {
    return fail('STORE_KEY_WRONG')
  }
}
