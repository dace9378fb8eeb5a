// Whom a result is about, among the people the clinic knows: by 照会番号 first, else by birth date and kana. Kanji are
// never compared (● stands in for what a terminal cannot write, and third-level kanji differ between systems), nor is the
// order in which results come. Anything but exactly one person is for staff.
import type { Sex } from './model.ts'

/** What a source says about a person. */
export interface NamedPerson {
  /** 照会番号: the clinic's own patient number, if it is registered at the terminal. */
  readonly referenceNumber: string | null
  /** Any width; may be empty. */
  readonly nameKana: string
  /** YYYY-MM-DD */
  readonly birthDate: string
  /** Not said by a list of bookings. */
  readonly sex?: Sex
}

export interface KnownPerson extends NamedPerson {
  readonly ref: string
}

export type Match<P> =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly person: P }
  /** More than one, or one that only half agrees: a person decides. */
  | { readonly kind: 'many'; readonly people: readonly P[] }

/** The vowel that a long mark after a kana lengthens, by the kana in rows of one vowel. */
const vowelRows: Readonly<Record<string, string>> = {
  ア: 'アカサタナハマヤラワガザダバパ',
  イ: 'イキシチニヒミリヰギジヂビピ',
  ウ: 'ウクスツヌフムユルグズヅブプヴ',
  エ: 'エケセテネヘメレヱゲゼデベペ',
  オ: 'オコソトノホモヨロヲゴゾドボポ',
}
const vowelOf = new Map(Object.entries(vowelRows).flatMap(([vowel, row]) => [...row].map((kana) => [kana, vowel])))

const smallKana = 'ァィゥェォッャュョヮヵヶ'
const largeKana = 'アイウエオツヤユヨワカケ'

/** ー and the dashes that are typed for it. */
const longMarks = /[ー－‐‑–—―−─-]/

/**
 * Kana as they are compared: full-width katakana with composed voiced marks, small kana large, long marks as the vowel
 * they stand for, without spaces and dots.
 */
export function comparableKana(text: string): string {
  const katakana = text
    // The spacing marks ゛ ゜ become those that compose.
    .replaceAll('\u309b', '\u3099')
    .replaceAll('\u309c', '\u309a')
    .normalize('NFKC')
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/[\s・･.．,，、]/g, '')
    .toUpperCase()
  let comparable = ''
  for (const kana of katakana) {
    const large = largeKana[smallKana.indexOf(kana)] ?? kana
    comparable += longMarks.test(kana) ? (vowelOf.get(comparable.at(-1) ?? '') ?? 'ー') : large
  }
  return comparable
}

/** What two results of one person have in common; null where the kana say nothing (empty, or with a ●). */
export function personKey({ birthDate, nameKana }: NamedPerson): string | null {
  const kana = comparableKana(nameKana)
  return kana === '' || kana.includes('●') ? null : `${birthDate} ${kana}`
}

/**
 * Whether what is said of two persons can be said of one: the birth date is the same, and kana and sex do not contradict
 * each other where both sides say them.
 */
export function mayBeOne(one: NamedOnly, other: NamedOnly): boolean {
  const [kana, otherKana] = [one, other].map(({ nameKana }) => comparableKana(nameKana))
  const isSaid = (text = '') => text !== '' && !text.includes('●')
  const isOtherName = isSaid(kana) && isSaid(otherKana) && kana !== otherKana
  return one.birthDate === other.birthDate && !isOtherName && !contradicts(one.sex, other.sex)
}

type NamedOnly = Omit<NamedPerson, 'referenceNumber'>

/** One says male, the other female; anything else says too little. */
const contradicts = (one?: Sex, other?: Sex): boolean =>
  (one === 'male' && other === 'female') || (one === 'female' && other === 'male')

/** `known` may hold one person several times. */
export function matchPerson<P extends KnownPerson>(person: NamedPerson, known: readonly P[]): Match<P> {
  const { referenceNumber } = person
  const byNumber = referenceNumber === null ? [] : known.filter((one) => one.referenceNumber === referenceNumber)
  if (byNumber.length > 0) {
    const [only, ...others] = distinct(byNumber)
    // A 照会番号 that leads to somebody else is registered for the wrong person (a twin, say), or typed wrongly.
    return only && others.length === 0 && mayBeOne(only, person) ? { kind: 'one', person: only } : many(byNumber)
  }
  const key = personKey(person)
  const byKana = key === null ? [] : distinct(known.filter((one) => personKey(one) === key))
  const [only, ...others] = byKana
  if (!only) return { kind: 'none' }
  // Somebody with the same kana and birth date whom the clinic knows under another number.
  const isOther =
    referenceNumber !== null && known.some(({ ref, ...one }) => ref === only.ref && one.referenceNumber !== null)
  return others.length === 0 && !isOther && mayBeOne(only, person) ? { kind: 'one', person: only } : many(byKana)
}

const many = <P extends KnownPerson>(people: readonly P[]): Match<P> => ({ kind: 'many', people: distinct(people) })

/** Each person once, as what comes last about them has it. */
export const distinct = <P extends Pick<KnownPerson, 'ref'>>(people: readonly P[]): P[] => [
  ...new Map(people.map((person) => [person.ref, person])).values(),
]
