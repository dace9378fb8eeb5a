// The sample patients of the training clinic: who they are, and the state of their virtual card. What the sandbox hub
// knows about them is in sample-holdings.ts. All are invented, their addresses are those of
// public offices; their 12-digit numbers are not even modelled. The child would outgrow the vouchers: in every school year
// it is another child, in the last year before school, with a card of its own.
import { fiscalYearOf } from '../../eligibility/calendar.ts'
import { galleryPersonas } from './gallery.ts'
import type { Persona } from './persona.ts'

const person = (
  persona: Pick<Persona, 'id' | 'label' | 'name' | 'nameKana' | 'birthDate' | 'sex' | 'address' | 'printed'> &
    Partial<Persona>,
): Persona => ({ pin: '1234', triesLeft: 3, certificate: 'valid', ...persona })

/** The child's birth date on a day: in the last year before school, the voucher for MR2 and the checkup are for this age. */
const childBirthYear = (day: string) => fiscalYearOf(day) - 5
/** 令和 */
const eraYear = (year: number) => String(year - 2018).padStart(2, '0')

/** The sample patients as they are on a day (YYYY-MM-DD). */
export const personasOn = (day: string): readonly Persona[] => [
  person({
    id: 'nanbyo',
    label: '難病（月額上限あり）',
    name: '佐藤　美咲',
    nameKana: 'サトウ　ミサキ',
    birthDate: '1979-04-12',
    sex: 'female',
    address: '東京都八王子市元本郷町三丁目２４番１号',
    printed: { birth: '540412', expiryYear: '2031', securityCode: '4821' },
  }),
  person({
    id: 'kodomo',
    label: 'こども医療費（八王子市）',
    name: '田中　陽翔',
    nameKana: 'タナカ　ハルト',
    birthDate: `${childBirthYear(day)}-02-28`,
    sex: 'male',
    address: '東京都八王子市子安町四丁目７番５－３０２号',
    printed: {
      birth: `${eraYear(childBirthYear(day))}0228`,
      expiryYear: String(childBirthYear(day) + 9),
      securityCode: '1057',
    },
  }),
  person({
    id: 'kosei-hitorioya',
    label: '更生医療とひとり親の併用',
    name: '鈴木　恵子',
    nameKana: 'スズキ　ケイコ',
    birthDate: '1988-11-03',
    sex: 'female',
    address: '神奈川県川崎市川崎区宮本町１番地',
    printed: { birth: '631103', expiryYear: '2029', securityCode: '7730' },
  }),
  person({
    id: 'none',
    label: '助成なし（情報なし）',
    name: '高橋　健一',
    nameKana: 'タカハシ　ケンイチ',
    birthDate: '1965-07-30',
    sex: 'male',
    address: '大阪府大阪市北区中之島一丁目３番２０号',
    printed: { birth: '400730', expiryYear: '2033', securityCode: '2946' },
  }),
  person({
    id: 'withheld',
    label: '提供に同意していない',
    name: '伊藤　さくら',
    nameKana: 'イトウ　サクラ',
    birthDate: '1994-01-09',
    sex: 'female',
    address: '千葉県市川市八幡一丁目１番１号',
    printed: { birth: '060109', expiryYear: '2032', securityCode: '8163' },
  }),
  person({
    id: 'ended',
    label: '資格が終了している',
    name: '渡辺　修',
    nameKana: 'ワタナベ　オサム',
    birthDate: '1957-12-24',
    sex: 'male',
    address: '埼玉県さいたま市浦和区常盤六丁目４番４号',
    printed: { birth: '321224', expiryYear: '2028', securityCode: '3502' },
  }),
  person({
    id: 'gaiji',
    label: 'レセコンで使えない文字の氏名',
    name: '𠮷田　直子',
    nameKana: 'ヨシダ　ナオコ',
    birthDate: '1972-03-15',
    sex: 'female',
    address: '福岡県福岡市中央区天神一丁目８番１号',
    printed: { birth: '470315', expiryYear: '2030', securityCode: '6418' },
  }),
  person({
    id: 'last-try',
    label: '暗証番号はあと1回',
    name: '山本　浩二',
    nameKana: 'ヤマモト　コウジ',
    birthDate: '1983-09-21',
    sex: 'male',
    address: '愛知県名古屋市中区三の丸三丁目１番１号',
    printed: { birth: '580921', expiryYear: '2034', securityCode: '5279' },
    triesLeft: 1,
  }),
  person({
    id: 'blocked',
    label: '暗証番号がロックされている',
    name: '中村　文子',
    nameKana: 'ナカムラ　フミコ',
    birthDate: '1948-05-05',
    sex: 'female',
    address: '北海道札幌市中央区北一条西二丁目',
    printed: { birth: '230505', expiryYear: '2027', securityCode: '9684' },
    triesLeft: 0,
  }),
  person({
    id: 'expired',
    label: '電子証明書の期限切れ',
    name: '小林　誠',
    nameKana: 'コバヤシ　マコト',
    birthDate: '1990-08-17',
    sex: 'male',
    address: '宮城県仙台市青葉区国分町三丁目７番１号',
    printed: { birth: '020817', expiryYear: '2031', securityCode: '0391' },
    certificate: 'expired',
  }),
  person({
    id: 'renewal-soon',
    label: '電子証明書の期限が近い',
    name: '加藤　大輔',
    nameKana: 'カトウ　ダイスケ',
    birthDate: '1986-02-14',
    sex: 'male',
    address: '静岡県静岡市葵区追手町５番１号',
    printed: { birth: '610214', expiryYear: '2027', securityCode: '4408' },
    certificate: 'endsSoon',
  }),
  person({
    id: 'grace',
    label: '電子証明書の期限切れから3か月以内',
    name: '吉田　千代',
    nameKana: 'ヨシダ　チヨ',
    birthDate: '1940-10-08',
    sex: 'female',
    address: '京都府京都市中京区寺町通御池上る上本能寺前町４８８番地',
    printed: { birth: '151008', expiryYear: '2027', securityCode: '7125' },
    certificate: 'grace',
  }),
]

export const personaById = (id: string, day: string): Persona | undefined =>
  [...personasOn(day), ...galleryPersonas].find((persona) => persona.id === id)
