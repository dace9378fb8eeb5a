// JIS X 0208 as glibc's iconv knows it, character by character: the other party in every test here.
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { isInJisX0208 } from '../../src-main/eligibility/characters.ts'
import proposals from '../../src-main/eligibility/substitutes.json' with { type: 'json' }
import { outside } from '../outside.ts'

/**
 * What ISO-2022-JP can write in its two-byte JIS X 0208 set (ESC $ B), by iconv: of all characters of the BMP. Each stands
 * on a line of its own; `-c` leaves out what cannot be written.
 */
function jisX0208ByIconv(): Set<string> {
  const all: string[] = []
  for (let code = 0x80; code <= 0xffff; code++) {
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    if (!isSurrogate && !(code >= 0xe000 && code <= 0xf8ff)) all.push(String.fromCharCode(code))
  }
  const bytes = execFileSync(outside('iconv'), ['-c', '-f', 'UTF-8', '-t', 'ISO-2022-JP'], {
    input: all.join('\n'),
    maxBuffer: 1 << 24,
  })
  const lines = bytes.toString('latin1').split('\n')
  expect(lines.length).toBe(all.length)
  return new Set(all.filter((_character, index) => lines[index]?.startsWith('\u001b$B')))
}

describe('JIS X 0208', () => {
  test('holds 6879 characters, the same as iconv, and seven more names for seven of them', () => {
    const known = jisX0208ByIconv()
    expect(known.size).toBe(6879)
    const differing: string[] = []
    for (let code = 0x80; code <= 0xffff; code++) {
      const character = String.fromCharCode(code)
      if (isInJisX0208(character) !== known.has(character)) differing.push(character)
    }
    // One character each under the name that glibc does not use: Windows' for six, Unicode's em dash for 1-29.
    expect(differing).toEqual(['—', '∥', '－', '～', '￠', '￡', '￢'])
  })

  test('does not hold what claims are returned for', () => {
    for (const character of ['髙', '﨑', '德', '濵', '①', 'Ⅲ', '㈱', '𠮷', '\u{e0100}', '\ue000', 'a', 'ｱ']) {
      expect(isInJisX0208(character), character).toBe(false)
    }
  })

  test('holds every proposed substitute and none of the characters it stands for', () => {
    for (const [character, substitute] of Object.entries(proposals.pairs)) {
      expect([isInJisX0208(character), isInJisX0208(substitute)], character).toEqual([false, true])
    }
  })
})
