import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { looksEncrypted } from '../../../src-main/hub/terminal/encrypted.ts'
import { encodeCp932 } from '../../../src-main/text/cp932.ts'
import { must } from '../../support.ts'
import { insured, terminalFile } from '../../terminal-file.ts'

const plain = terminalFile({ at: '20261123093000' }, [insured, insured])
const key = createHash('sha256').update('key').digest()
const encrypted = (content: Uint8Array) => {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  return Buffer.concat([cipher.update(content), cipher.final()])
}

describe('a file of the terminal that is encrypted', () => {
  test.each([
    ['by a block cipher', encrypted(plain)],
    ['with its salt before it, as openssl writes it', Buffer.concat([Buffer.from('Salted__'), encrypted(plain)])],
    ['and written as base64', Buffer.from(encrypted(plain).toString('base64'))],
    ['and short', encrypted(plain.subarray(0, 200))],
    ['and long', encrypted(randomBytes(300_000))],
  ])('%s is seen', (_name, bytes) => {
    expect(looksEncrypted(bytes)).toBe(true)
  })

  test.each([
    ['as it should be', plain],
    ['cut off', plain.subarray(0, 300)],
    ['of UTF-16', Buffer.from(`\ufeff${Buffer.from(plain).toString('latin1')}`, 'utf16le')],
    ['of zeros after a power cut', new Uint8Array(4_096)],
    ['zipped', Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(2_000)])],
    ['packed', gzipSync(randomBytes(2_000))],
    ['of Japanese text', must(encodeCp932('見本　花子の資格確認の結果は、まだ届いていません。'.repeat(20)))],
    ['of a web page', Buffer.from('Service unavailable. Please try again later.\r\n'.repeat(20))],
    ['too short to tell', randomBytes(100)],
  ])('is not taken for one that is %s', (_name, bytes) => {
    expect(looksEncrypted(bytes)).toBe(false)
  })
})
