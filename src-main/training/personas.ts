// The sample patients of the training clinic: who they are, and the state of their virtual card. What the sandbox hub
// knows about them is in hub/records.ts. All are invented; their number and address are not even modelled.
import type { Sex } from '../eligibility/model.ts'

export interface Persona {
  /** Stable id, used by `--card` and in the store of card states. */
  readonly id: string
  /** What trainees read on the card picker. */
  readonly label: string
  readonly name: string
  /** Full-width katakana with a full-width space, as the hub answers it. */
  readonly nameKana: string
  readonly birthDate: string
  readonly sex: Sex
  readonly pin: string
  /** PIN tries of a new card; JPKI starts with 3. */
  readonly triesLeft: 0 | 1 | 2 | 3
  readonly certificate: 'valid' | 'expired'
}

const person = (
  id: string,
  label: string,
  name: string,
  nameKana: string,
  birthDate: string,
  sex: Sex,
  card: Partial<Pick<Persona, 'triesLeft' | 'certificate'>> = {},
): Persona => ({
  id,
  label,
  name,
  nameKana,
  birthDate,
  sex,
  pin: '1234',
  triesLeft: 3,
  certificate: 'valid',
  ...card,
})

export const personas: readonly Persona[] = [
  person('nanbyo', '難病（月額上限あり）', '佐藤　美咲', 'サトウ　ミサキ', '1979-04-12', 'female'),
  person('kodomo', 'こども医療費（八王子市）', '田中　陽翔', 'タナカ　ハルト', '2021-02-28', 'male'),
  person('kosei-hitorioya', '更生医療とひとり親の併用', '鈴木　恵子', 'スズキ　ケイコ', '1988-11-03', 'female'),
  person('none', '助成なし（情報なし）', '高橋　健一', 'タカハシ　ケンイチ', '1965-07-30', 'male'),
  person('withheld', '提供に同意していない', '伊藤　さくら', 'イトウ　サクラ', '1994-01-09', 'female'),
  person('ended', '資格が終了している', '渡辺　修', 'ワタナベ　オサム', '1957-12-24', 'male'),
  person('gaiji', 'レセコンで使えない文字の氏名', '𠮷田　直子', 'ヨシダ　ナオコ', '1972-03-15', 'female'),
  person('last-try', '暗証番号はあと1回', '山本　浩二', 'ヤマモト　コウジ', '1983-09-21', 'male', { triesLeft: 1 }),
  person('blocked', '暗証番号がロックされている', '中村　文子', 'ナカムラ　フミコ', '1948-05-05', 'female', {
    triesLeft: 0,
  }),
  person('expired', '電子証明書の期限切れ', '小林　誠', 'コバヤシ　マコト', '1990-08-17', 'male', {
    certificate: 'expired',
  }),
]

export const personaById = (id: string): Persona | undefined => personas.find((persona) => persona.id === id)
