import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeCp932 } from '../../src-main/text/cp932.ts'
import { outside } from '../outside.ts'

const decoder = new TextDecoder('shift_jis', { fatal: true })
const encode = (text: string): Uint8Array | null => {
  const encoded = encodeCp932(text)
  return encoded.ok ? encoded.value : null
}
const hex = (text: string) => {
  const bytes = encode(text)
  return bytes && Buffer.from(bytes).toString('hex').toUpperCase()
}

/** glibc's converter; what it cannot convert is left out. */
const iconv = (from: string, to: string, input: Uint8Array): Buffer => {
  const { stdout, error } = spawnSync(outside('iconv'), ['-c', '-f', from, '-t', to], { input, maxBuffer: 1 << 24 })
  if (error) throw error
  return stdout
}

const isUserDefined = (code: number) => code >= 0xe000 && code <= 0xf8ff

describe('every character of the Basic Multilingual Plane', () => {
  const characters = Array.from({ length: 0xffff - 0x20 + 1 }, (_, index) => index + 0x20)
    .filter((code) => code !== 0x7f && !(code >= 0xd800 && code <= 0xdfff))
    .map((code) => String.fromCharCode(code))

  test('gets the bytes that iconv gives it, or is refused where iconv has none', () => {
    const expected = iconv('UTF-8', 'CP932', Buffer.from(`${characters.join('\n')}\n`))
      .toString('latin1')
      .split('\n')
      .map((bytes) => Buffer.from(bytes, 'latin1').toString('hex').toUpperCase())
    const differences = characters.filter((character, index) => (hex(character) ?? '') !== expected[index])
    // What is different on every computer, and two that would turn into another ASCII character.
    expect(differences.filter((character) => !isUserDefined(character.charCodeAt(0)))).toEqual(['¥', '‾'])
    expect(differences.map(encode).filter((bytes) => bytes !== null)).toEqual([])
  })

  test('comes back as itself, seven JIS aliases as the character that Windows has in the same cell', () => {
    const changed = characters.flatMap((character) => {
      const bytes = encode(character)
      const back = bytes && decoder.decode(bytes)
      return back && back !== character ? [[character, back]] : []
    })
    expect(changed).toEqual([
      ['¢', '￠'],
      ['£', '￡'],
      ['¬', '￢'],
      ['—', '―'],
      ['‖', '∥'],
      ['−', '－'],
      ['〜', '～'],
    ])
  })
})

test('every byte pair that iconv can read outside the user-defined area decodes and encodes to the same character', () => {
  const pairs: Buffer[] = []
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if ((lead >= 0xa0 && lead <= 0xdf) || (lead >= 0xf0 && lead <= 0xf9)) continue
    for (let trail = 0x40; trail <= 0xfc; trail++) if (trail !== 0x7f) pairs.push(Buffer.of(lead, trail))
  }
  const lines = iconv('CP932', 'UTF-8', Buffer.concat(pairs.flatMap((pair) => [pair, Buffer.of(0x0a)])))
    .toString('utf8')
    .split('\n')
  // An unassigned pair loses its lead byte in iconv; what is left is ASCII, half-width kana or nothing.
  const assigned = pairs.flatMap((pair, index) => {
    const character = lines[index] ?? ''
    return /^[^\0-\x7f｡-ﾟ]$/u.test(character) ? [{ pair, character }] : []
  })
  expect(assigned.length).toBeGreaterThan(7600)
  const wrong = assigned.filter(({ pair, character }) => {
    const bytes = encode(character)
    return decoder.decode(pair) !== character || !bytes || decoder.decode(bytes) !== character
  })
  expect(wrong).toEqual([])
})

test('of several byte pairs the one that Windows writes is chosen', () => {
  const chosen = ['髙', '﨑', '纊', '∵', '∪', '≒', '￢', '㈱', '№', 'Ⅰ', 'ⅰ', '德', '①', 'ｱ', '～']
  expect(Object.fromEntries(chosen.map((character) => [character, hex(character)]))).toEqual({
    髙: 'FBFC',
    﨑: 'FAB1',
    纊: 'FA5C',
    '∵': '81E6',
    '∪': '81BE',
    '≒': '81E0',
    '￢': '81CA',
    '㈱': '878A',
    '№': '8782',
    Ⅰ: '8754',
    ⅰ: 'FA40',
    德: 'FABA',
    '①': '8740',
    ｱ: 'B1',
    '～': '8160',
  })
})

test('what has no bytes is refused, wherever it stands: nothing is replaced', () => {
  for (const text of ['𠮷田', '田中😀', 'é', '\u0000', '\u0080', '\ue000', '\ud842', '葛\u{e0100}飾', '한']) {
    expect(encodeCp932(text)).toEqual({ ok: false, error: { code: 'TEXT_NOT_ENCODABLE' } })
  }
})

test('any text is either refused or comes back unchanged but for the aliases', () => {
  const aliases: Record<string, string> = { '¢': '￠', '£': '￡', '¬': '￢', '—': '―', '‖': '∥', '−': '－', '〜': '～' }
  const unit = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'髙﨑〜－ｱa,"\\~あ亜①\r\n') }),
  )
  fc.assert(
    fc.property(unit, (text) => {
      const bytes = encode(text)
      return bytes === null || decoder.decode(bytes) === text.replaceAll(/[¢£¬—‖−〜]/g, (one) => aliases[one] ?? one)
    }),
  )
})
