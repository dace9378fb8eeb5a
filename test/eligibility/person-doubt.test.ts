// Who is taken for the person of before, and when a person has to say.
import { describe, expect, test } from 'vitest'
import type { Patient } from '../../src-main/eligibility/model.ts'
import { personDoubt } from '../../src-main/eligibility/person-doubt.ts'

const hanako: Patient = {
  ref: 'ref-1',
  name: '試験　花子',
  nameKana: 'シケン　ハナコ',
  birthDate: '1980-02-03',
  sex: 'female',
}
const byReference = (now: Partial<Patient>) =>
  personDoubt({ ...hanako, ...now }, { ofReference: hanako, ofCard: null })?.by

describe('a reference that was known before', () => {
  test.each<[string, Partial<Patient>]>([
    ['the same', {}],
    ['another kanji of the same name', { name: '試驗　花子' }],
    ['kana of another width, without the space', { nameKana: 'ｼｹﾝﾊﾅｺ' }],
    ['no kana', { nameKana: '' }],
    ['kana that could not be written', { nameKana: 'シケン　●' }],
    ['a sex that is not said', { sex: 'unknown' }],
  ])('is the same person with %s', (_what, now) => {
    expect(byReference(now)).toBeUndefined()
  })

  test.each<[string, Partial<Patient>]>([
    ['another birth date', { birthDate: '1980-03-02' }],
    ['other kana, as after a marriage', { nameKana: 'タナカ　ハナコ' }],
    ['the other sex', { sex: 'male' }],
  ])('is asked about with %s', (_what, now) => {
    expect(byReference(now)).toBe('reference')
  })
})

describe('a card that was known before', () => {
  test('is asked about when it leads to another reference, with whom it led to', () => {
    const other = { ...hanako, ref: 'ref-2' }
    expect(personDoubt(hanako, { ofReference: null, ofCard: other })).toEqual({ by: 'card', before: other })
    expect(personDoubt(hanako, { ofReference: hanako, ofCard: other })?.by).toBe('card')
  })
  test('says nothing more when it leads to the same one', () => {
    expect(personDoubt(hanako, { ofReference: hanako, ofCard: hanako })).toBeNull()
  })
})

test('somebody the clinic has never seen is nobody else', () => {
  expect(personDoubt(hanako, { ofReference: null, ofCard: null })).toBeNull()
})
