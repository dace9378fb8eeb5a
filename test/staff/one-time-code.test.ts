// The codes of an authenticator, against the test vectors of RFC 6238 (appendix B, SHA-1; its 8 digits cut to our 6).
import { expect, test } from 'vitest'
import { enrolmentLink, newSecret, stepOfCode } from '../../src-main/staff/one-time-code.ts'

/** '12345678901234567890' in Base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const

test.each(vectors)('at second %i the code is %s', (second, code) => {
  expect(stepOfCode(secret, code, new Date(second * 1000))).toBe(Math.floor(second / 30))
})

test('one step of time to either side counts, and tells its own step; two do not', () => {
  const step = Math.floor(1_234_567_890 / 30)
  const at = (steps: number) => stepOfCode(secret, '005924', new Date((1_234_567_890 + steps * 30) * 1000))
  expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, step, step, step, null])
})

test('no code but the right one counts', () => {
  for (const code of ['005925', '000000', '279037']) {
    expect(stepOfCode(secret, code, new Date(1_234_567_890_000))).toBeNull()
  }
})

test('every secret is another one, of 160 bits, and the link says all that an authenticator needs', () => {
  const secrets = new Set(Array.from({ length: 20 }, newSecret))
  expect(secrets.size).toBe(20)
  for (const each of secrets) expect(each).toMatch(/^[A-Z2-7]{32}$/)
  const link = new URL(enrolmentLink(secret, 'A-12'))
  expect([link.protocol, link.host, decodeURIComponent(link.pathname)]).toEqual(['otpauth:', 'totp', '/Madoguchi:A-12'])
  expect(Object.fromEntries(link.searchParams)).toMatchObject({
    secret,
    issuer: 'Madoguchi',
    digits: '6',
    period: '30',
  })
})
