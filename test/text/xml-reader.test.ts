import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeCp932 } from '../../src-main/text/cp932.ts'
import { readXml } from '../../src-main/text/xml-reader.ts'
import { outside } from '../outside.ts'

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const cp932 = (text: string) => {
  const bytes = encodeCp932(text)
  if (!bytes.ok) throw new Error(text)
  return bytes.value
}
const flawOf = (bytes: Uint8Array) => {
  const reading = readXml(bytes)
  return 'flaw' in reading ? reading.flaw : null
}
const textOf = (bytes: Uint8Array) => {
  const reading = readXml(bytes)
  return 'root' in reading ? reading.root.text : null
}

describe('XML in the encoding it declares', () => {
  test.each<[string, Uint8Array]>([
    ['CP932 under its usual name', cp932('<?xml version="1.0" encoding="Shift_JIS"?><a>髙﨑①ｱ</a>')],
    ['CP932 under its own name', cp932('<?xml version="1.0" encoding="Windows-31J"?><a>髙﨑①ｱ</a>')],
    ...['shift_jis', 'Shift-JIS', 'SJIS', 'MS932', 'CP932', 'x-sjis', 'csShiftJIS'].map(
      (name): [string, Uint8Array] => [
        `CP932 as ${name}`,
        cp932(`<?xml version="1.0" encoding="${name}"?><a>髙﨑①ｱ</a>`),
      ],
    ),
    ['UTF-8', utf8('<?xml version="1.0" encoding="UTF-8"?><a>髙﨑①ｱ</a>')],
    ['UTF-8 with its mark', utf8('\ufeff<?xml version="1.0" encoding="UTF-8"?><a>髙﨑①ｱ</a>')],
    ['UTF-8 that declares nothing', utf8('<a>髙﨑①ｱ</a>')],
  ])('%s is read', (_name, bytes) => {
    expect(textOf(bytes)).toBe('髙﨑①ｱ')
  })

  test.each([
    ['UTF-8 that says it is Shift_JIS', utf8('<?xml version="1.0" encoding="Shift_JIS"?><a>髙橋</a>')],
    ['Shift_JIS that says it is UTF-8', cp932('<?xml version="1.0" encoding="UTF-8"?><a>高橋</a>')],
    ['an encoding nobody expects', utf8('<?xml version="1.0" encoding="EUC-JP"?><a>x</a>')],
    ['UTF-16', Buffer.from('\ufeff<a>x</a>', 'utf16le')],
    [
      'Shift_JIS behind the mark of UTF-8',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), cp932('<?xml version="1.0" encoding="Shift_JIS"?><a>高</a>')]),
    ],
  ])('%s is refused, never guessed', (_name, bytes) => {
    expect(flawOf(bytes)).toBe('encoding')
  })
})

describe('hostile XML', () => {
  test.each([
    ['a document type', '<!DOCTYPE a><a/>', 'form'],
    ['entities that grow', '<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;&x;</a>', 'form'],
    ['an entity of a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'form'],
    ['an unknown entity', '<a>&x;</a>', 'form'],
    ['the same attribute twice', '<a b="1" b="2"/>', 'form'],
    ['elements that overlap', '<a><b></a></b>', 'form'],
    ['two roots', '<a/><b/>', 'form'],
    ['an end that is missing', '<a><b></b>', 'form'],
    ['nothing', '', 'form'],
    ['an element too deep', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, 'size'],
    ['too many elements', `<a>${'<b/>'.repeat(60_000)}</a>`, 'size'],
    ['too many attributes', `<a ${Array.from({ length: 50 }, (_, index) => `b${index}="1"`).join(' ')}/>`, 'size'],
    ['too many bytes', `<a>${'x'.repeat(4 * 1024 * 1024)}</a>`, 'size'],
  ])('with %s is refused', (_name, text, flaw) => {
    expect(flawOf(utf8(text))).toBe(flaw)
  })
})

test('what is taken, a second parser takes as well', () => {
  const xmllint = outside('xmllint')
  const isTakenByXmllint = (bytes: Uint8Array) => {
    try {
      execFileSync(xmllint, ['--noout', '--nonet', '-'], { input: bytes, stdio: ['pipe', 'ignore', 'ignore'] })
      return true
    } catch {
      return false
    }
  }
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<b x="1">',
    '</b>',
    '<c/>',
    'x',
    '&amp;',
    '&#x41;',
    '<!-- -->',
    ']]>',
    '<![CDATA[x]]>',
    '<',
    '&',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const bytes = utf8(`<r>${pieces.join('')}</r>`)
      if (flawOf(bytes) === null) expect(isTakenByXmllint(bytes)).toBe(true)
    }),
    { numRuns: 60 },
  )
})
