// What says who somebody is, or what about them, leaves the desk sealed: whoever looks after the database, reads its disk or has a
// copy of it sees bytes. AES-256-GCM under a key made from the site's key, with a random nonce for every value.
//
// Bound to a sealed value: its version, and the site that it is of. Not bound: the row and the column it stands in, which nobody
// knows of a parameter. So whoever may write to the database cannot read or make up a value, but could put one in the place of
// another; what was done by the product stands in the audit trail, whose rows are chained. Its length is not hidden.
//
// A random nonce is good for 2^32 values under one key: 500 desks with 400,000 values a day come there after 29 years.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Refusal } from '../../ground/result.ts'

/** A column of it holds text (JSON, a name) or bytes (a file): each comes back as what it was. */
type Open = string | Uint8Array

export interface Seal {
  seal(value: Open): Uint8Array
  /** Throws a Refusal with STORE_DAMAGED: it is not what was sealed here, or was sealed with another key. */
  open(sealed: Uint8Array): Open
}

const version = 1
const nonceBytes = 12
const tagBytes = 16
const algorithm = 'aes-256-gcm'
/** What the sealed content begins with. */
const kinds = { text: 0, bytes: 1 } as const

/** `siteKey`: 32 bytes; `site`: its name. Nothing else than sealing is done with the key that is made of it. */
export function createSeal(siteKey: Uint8Array, site: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', siteKey, Buffer.alloc(0), 'madoguchi sealed columns', 32))
  const bound = Buffer.from(`${version} ${site}`, 'utf8')
  return {
    seal(value) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(bound)
      const isText = typeof value === 'string'
      const kind = cipher.update(Buffer.of(isText ? kinds.text : kinds.bytes))
      const content = isText ? cipher.update(value, 'utf8') : cipher.update(value)
      return Buffer.concat([Buffer.of(version), nonce, kind, content, cipher.final(), cipher.getAuthTag()])
    },
    open(sealed) {
      const nonceEnd = 1 + nonceBytes
      const tagStart = sealed.length - tagBytes
      if (sealed[0] !== version || tagStart <= nonceEnd) throw new Refusal({ code: 'STORE_DAMAGED' })
      const nonce = sealed.subarray(1, nonceEnd)
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
        .setAAD(bound)
        .setAuthTag(sealed.subarray(tagStart))
      const [kind, content] = opened(decipher, sealed.subarray(nonceEnd, tagStart))
      return kind === kinds.text ? content.toString('utf8') : new Uint8Array(content)
    },
  }
}

function opened(decipher: ReturnType<typeof createDecipheriv>, sealed: Uint8Array): readonly [number, Buffer] {
  try {
    const content = Buffer.concat([decipher.update(sealed), decipher.final()])
    return [content[0] ?? kinds.bytes, content.subarray(1)]
  } catch {
    // Node's own message says nothing that could be told.
    throw new Refusal({ code: 'STORE_DAMAGED' })
  }
}
