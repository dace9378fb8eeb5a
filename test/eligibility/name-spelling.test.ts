// A confirmed spelling is the source's name with a letter for each ●, and nothing else.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSpellingOf } from '../../src-main/eligibility/name-spelling.ts'

describe('a spelling of a name with ●', () => {
  test.each([
    ['髙田　健', '●田　健'],
    ['葛\u{e0100}西　𠮷子', '●西　●子'],
    ['〇山　々', '●山　●'],
    ['渡辺　バナナ', '渡●　ハ\u3099ナナ'],
    ['渡辺　ハ\u3099ナナ', '渡●　バナナ'],
  ])('%j is one of %j', (confirmed, source) => expect(isSpellingOf(confirmed, source)).toBe(true))

  test.each([
    ['leaves a ●', '●田　健', '●田　健'],
    ['has two letters for one', '髙木田　健', '●田　健'],
    ['has none for one', '田　健', '●田　健'],
    ['is another name elsewhere', '髙山　健', '●田　健'],
    ['has lost the space', '髙田健', '●田　健'],
    ['has a half-width space', '髙田 健', '●田　健'],
    ['is longer', '髙田　健太', '●田　健'],
    ['is empty', '', '●田　健'],
    ['is about a name without ●', '髙田　健', '髙田　健'],
    ['has a control character', '\u0007田　健', '●田　健'],
    ['has a line end', '\n田　健', '●田　健'],
    ['has a mark that turns the direction', '\u202e田　健', '●田　健'],
    ['has a letter that nobody sees', '\u3164田　健', '●田　健'],
    ['has a space', '　田　健', '●田　健'],
    ['has a character of one computer alone', '\ue000田　健', '●田　健'],
    ['has what a spreadsheet calculates', '=田　健', '●田　健'],
    ['has half a surrogate pair', '\ud842田　健', '●田　健'],
    ['has a selector alone', '\u{e0100}田　健', '●田　健'],
  ])('is none that %s', (_, confirmed, source) => expect(isSpellingOf(confirmed, source)).toBe(false))

  test('has a letter for each ●, whichever they are, and is none as soon as anything else differs', () => {
    const letter = fc.constantFrom('髙', '𠮷', '葛\u{e0100}', '田', 'バ', '々')
    const unit = fc.oneof(letter, fc.constantFrom('　', '・', '?'))
    const masked = fc.record({ is: fc.constant('●'), shown: letter })
    const plain = unit.map((one) => ({ is: one, shown: one }))
    const units = fc.array(fc.oneof(masked, plain), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(units, unit, fc.nat(), (name, other, seed) => {
        const source = name.map(({ is }) => is).join('')
        const shown = name.map((each) => each.shown)
        const place = seed % name.length
        const changed = shown.with(place, other).join('')
        expect(isSpellingOf(shown.join(''), source)).toBe(source.includes('●'))
        expect(isSpellingOf(`${shown.join('')}${other}`, source)).toBe(false)
        if (name[place]?.is !== '●' && other !== shown[place]) expect(isSpellingOf(changed, source)).toBe(false)
      }),
    )
  })
})
