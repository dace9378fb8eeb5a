// Reads the page aloud: once what has come, in the language of the page, and not a word longer than it stands there.
import { useEffect, useSyncExternalStore } from 'react'
import type { Language } from '../../src-main/words/patient.ts'
import { hush, japaneseVoices, onVoices, say, voiceOf } from '../voice.ts'

/** By the tags that systems give their voices. Not every Chinese voice speaks the Chinese that is written here. */
const voices: Readonly<Record<Language, RegExp>> = {
  japanese: japaneseVoices,
  easyJapanese: japaneseVoices,
  english: /^en\b/i,
  chinese: /^(zh|cmn)\b(?!.*\b(hk|mo|tw|hant)\b)/i,
  korean: /^ko\b/i,
  vietnamese: /^vi\b/i,
}

/** Whether there is a voice for it. `text` null: nothing is to be said. */
export function useReading(language: Language, text: string | null): boolean {
  const speaks = voices[language]
  const voice = useSyncExternalStore(onVoices, () => voiceOf(speaks)?.voiceURI)
  useEffect(() => {
    if (text === null || voice === undefined) return undefined
    say(text, speaks)
    window.addEventListener('pagehide', hush)
    return () => {
      window.removeEventListener('pagehide', hush)
      hush()
    }
  }, [text, speaks, voice])
  return voice !== undefined
}
