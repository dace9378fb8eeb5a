// The language of a page that patients look at: chosen before a card is laid or at any time after, and Japanese again for
// the next patient, also when whoever chose has walked away.
import { useEffect, useState } from 'react'
import { type Language, languages, type PatientWords } from '../../src-main/words/patient.ts'
import type { Time } from '../time.ts'

/** How long a language stays that somebody chose without laying a card. */
const leftAloneMs = 60_000

/** `nobody`: no patient is being attended to; `ended`: their part is over, the next card is somebody else's. */
export type Phase = 'nobody' | 'under way' | 'ended'

const isNext = (before: Phase, now: Phase) => now !== before && (now === 'nobody' || before === 'ended')

export interface ChosenLanguage {
  readonly language: Language
  readonly words: PatientWords
  readonly choose: (language: Language) => void
}

/** `titleOf`: what the page is called. */
export function useLanguage(phase: Phase, time: Time, titleOf: (words: PatientWords) => string): ChosenLanguage {
  const [language, choose] = useState<Language>('japanese')
  const [before, setBefore] = useState(phase)
  if (phase !== before) {
    setBefore(phase)
    if (isNext(before, phase)) choose('japanese')
  }
  const { tag, words } = languages[language]
  const title = titleOf(words)
  useEffect(() => {
    if (language === 'japanese' || phase !== 'nobody') return undefined
    return time.after(leftAloneMs, () => choose('japanese'))
  }, [language, phase, time])
  // Fonts, line breaks, and the voice of a screen reader go by it.
  useEffect(() => {
    document.documentElement.lang = tag
    document.title = title
  }, [tag, title])
  return { language, words, choose }
}
