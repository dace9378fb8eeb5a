// What a patient has chosen on a page that patients look at, the language and whether it is read aloud: before a card is laid
// or at any time after, and as it was at first for the next patient, also when whoever chose has walked away.
import { useEffect, useState } from 'react'
import { type Language, languages, type PatientWords } from '../../src-main/words/patient.ts'
import type { Time } from '../time.ts'

/** How long a choice stays that somebody made without laying a card. */
const leftAloneMs = 60_000

/** `nobody`: no patient is being attended to; `ended`: their part is over, the next card is somebody else's. */
export type Phase = 'nobody' | 'under way' | 'ended'

const isNext = (before: Phase, now: Phase) => now !== before && (now === 'nobody' || before === 'ended')

interface Chosen {
  readonly language: Language
  /** null: the patient has said nothing about it. */
  readonly isRead: boolean | null
}

const atFirst: Chosen = { language: 'japanese', isRead: null }

export interface Choices extends Chosen {
  readonly words: PatientWords
  readonly choose: (chosen: Partial<Chosen>) => void
}

/** `titleOf`: what the page is called. */
export function useChoices(phase: Phase, time: Time, titleOf: (words: PatientWords) => string): Choices {
  const [chosen, setChosen] = useState(atFirst)
  const [before, setBefore] = useState(phase)
  if (phase !== before) {
    setBefore(phase)
    if (isNext(before, phase)) setChosen(atFirst)
  }
  const { tag, words } = languages[chosen.language]
  const title = titleOf(words)
  useEffect(() => {
    if (chosen === atFirst || phase !== 'nobody') return undefined
    return time.after(leftAloneMs, () => setChosen(atFirst))
  }, [chosen, phase, time])
  // Fonts, line breaks, and the voice of a screen reader go by it.
  useEffect(() => {
    document.documentElement.lang = tag
    document.title = title
  }, [tag, title])
  return { ...chosen, words, choose: (more) => setChosen({ ...chosen, ...more }) }
}
