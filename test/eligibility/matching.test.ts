import { describe, expect, test } from 'vitest'
import { comparableKana, type KnownPerson, matchPerson } from '../../src-main/eligibility/matching.ts'

const known = (ref: string, changes: Partial<KnownPerson> = {}): KnownPerson => ({
  ref,
  referenceNumber: null,
  nameKana: 'サトウ　ミサキ',
  birthDate: '1979-04-12',
  ...changes,
})
const person = { referenceNumber: null, nameKana: 'ｻﾄｳ ﾐｻｷ', birthDate: '1979-04-12' }

describe('kana of one person', () => {
  test.each([
    ['ｻﾄｳ ﾐｻｷ', 'サトウ　ミサキ'],
    ['さとう みさき', 'サトウミサキ'],
    ['ｶﾞﾙｼｱ', 'ガルシア'],
    ['カ゛ルシア', 'ガルシア'],
    ['ｼﾞｮｰｼﾞ', 'ジヨオジ'],
    ['ショウヘイ', 'シヨウヘイ'],
    ['マリー－アン', 'マリイイアン'],
    ['オオノ', 'オーノ'],
    ['サイトウ・ジョン', 'サイトウジヨン'],
  ])('%s is compared like %s', (one, other) => {
    expect(comparableKana(one)).toBe(comparableKana(other))
  })

  test.each([
    ['サトウ', 'サイトウ'],
    ['ハ', 'バ'],
    ['ハ', 'パ'],
    ['タケダ', 'タケタ'],
  ])('%s is not %s', (one, other) => {
    expect(comparableKana(one)).not.toBe(comparableKana(other))
  })
})

describe('a result', () => {
  test('is about the one person with its birth date and kana', () => {
    expect(matchPerson(person, [known('a'), known('b', { birthDate: '1979-04-13' })])).toEqual({
      kind: 'one',
      person: known('a'),
    })
  })

  test('is about nobody when nothing agrees', () => {
    expect(matchPerson(person, [known('b', { nameKana: 'スズキ' })])).toEqual({ kind: 'none' })
  })

  test('that fits two people is for staff, in whatever order they are known', () => {
    for (const people of [
      [known('a'), known('b')],
      [known('b'), known('a')],
    ]) {
      expect(matchPerson(person, people)).toMatchObject({ kind: 'many', people })
    }
  })

  test('follows 照会番号 before kana', () => {
    const numbered = known('a', { referenceNumber: '100', nameKana: 'サ●ウ　ミサキ' })
    expect(matchPerson({ ...person, referenceNumber: '100' }, [numbered, known('b')])).toEqual({
      kind: 'one',
      person: numbered,
    })
  })

  test('whose 照会番号 leads to another birth date is for staff', () => {
    const numbered = known('a', { referenceNumber: '100', birthDate: '1950-01-01' })
    expect(matchPerson({ ...person, referenceNumber: '100' }, [numbered]).kind).toBe('many')
  })

  test.each<[string, Partial<KnownPerson>]>([
    ['other kana, as for a twin or after a marriage', { nameKana: 'サトウ　ミサト' }],
    ['the other sex', { sex: 'male' }],
  ])('whose 照会番号 leads to %s is for staff', (_what, changes) => {
    const numbered = known('a', { referenceNumber: '100', ...changes })
    expect(matchPerson({ ...person, sex: 'female', referenceNumber: '100' }, [numbered]).kind).toBe('many')
  })

  test('about the other sex than the only one with these kana is for staff; a sex that is not said is no contradiction', () => {
    const match = (sex: KnownPerson['sex']) => matchPerson({ ...person, sex: 'female' }, [known('a', { sex })]).kind
    expect([match('female'), match('unknown'), match(undefined), match('male')]).toEqual(['one', 'one', 'one', 'many'])
  })

  test('whose kana say nothing is not matched by them', () => {
    for (const nameKana of ['', 'サ●ウ　ミサキ']) {
      expect(matchPerson({ ...person, nameKana }, [known('a', { nameKana })])).toEqual({ kind: 'none' })
    }
  })

  test('about somebody the clinic knows under another number is for staff', () => {
    const numbered = known('a', { referenceNumber: '200' })
    expect(matchPerson({ ...person, referenceNumber: '100' }, [numbered]).kind).toBe('many')
  })
})
