// Which visits of the list somebody wants to see: those of a pile, and of it those that a few typed characters mean. Kana is
// compared as it sounds, not as it is written: half or full width, hiragana or katakana, with small or large letters.

import type { ListedVisit } from '../../src-main/contract/reception.ts'
import { numberText } from '../../src-main/contract/visit-number.ts'
import { needsPerson } from '../../src-main/ground/states.ts'
import { plainNumber } from '../format.ts'

export const piles = ['all', 'needsPerson', 'unsent'] as const
export type Pile = (typeof piles)[number]

const belongs: Record<Pile, (visit: ListedVisit) => boolean> = {
  all: () => true,
  needsPerson,
  // The receipt computer has nothing of it yet.
  unsent: ({ state, isHeldUp }) => isHeldUp || state === 'confirmed' || state === 'offline',
}

export const ofPile = (visits: readonly ListedVisit[], pile: Pile): readonly ListedVisit[] =>
  pile === 'all' ? visits : visits.filter(belongs[pile])

const smallKana = 'ァィゥェォッャュョヮ'
const largeKana = 'アイウエオツヤユヨワ'

const folded = (text: string): string =>
  plainNumber(text)
    .replace(/[ぁ-ゖ]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x60))
    .replace(/[ァィゥェォッャュョヮ]/g, (letter) => largeKana[smallKana.indexOf(letter)] ?? letter)
    .replace(/[ー・]/g, '-')
    .toUpperCase()

/** A row stays the same object while nothing of it changes; what it is found by is made once for it. */
const textsOf = new WeakMap<ListedVisit, readonly string[]>()

function foundBy(visit: ListedVisit): readonly string[] {
  const known = textsOf.get(visit)
  if (known) return known
  const { name, nameKana, patientNumber } = visit
  const texts = [name, nameKana, patientNumber].flatMap((text) => (text === null ? [] : [folded(text)]))
  textsOf.set(visit, texts)
  return texts
}

/** Those that the typed text means: a part of the name, its kana or the 診察券番号, or the whole 受付番号. */
export function matching(visits: readonly ListedVisit[], typed: string): readonly ListedVisit[] {
  const query = folded(typed)
  if (query === '') return visits
  return visits.filter(
    (visit) => numberText(visit.number) === query || foundBy(visit).some((text) => text.includes(query)),
  )
}

/** The newest visit of the patient with exactly this 診察券番号. */
export const withNumber = (visits: readonly ListedVisit[], text: string): ListedVisit | undefined =>
  visits.find(({ patientNumber }) => patientNumber !== null && patientNumber === plainNumber(text))
