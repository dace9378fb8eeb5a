// A few words by a voice of this computer. A voice that is fetched over the net is none: where it is asked what to say,
// somebody else learns what happens at the counter. Without a voice of the language it stays silent.

/** `speaks`: the language tags of the voices that may say it. */
export const voiceOf = (speaks: RegExp): SpeechSynthesisVoice | undefined =>
  window.speechSynthesis?.getVoices().find((voice) => voice.localService && speaks.test(voice.lang))

export const japaneseVoices = /^ja\b/i

/** A sentence a line. The last words win: what was being said before them is over. */
export function say(text: string, speaks: RegExp): void {
  const voice = voiceOf(speaks)
  if (!voice) return
  speechSynthesis.cancel()
  for (const sentence of text.split('\n')) {
    const words = new SpeechSynthesisUtterance(sentence)
    words.voice = voice
    words.lang = voice.lang
    speechSynthesis.speak(words)
  }
}

export const hush = (): void => window.speechSynthesis?.cancel()

/** Browsers find their voices only some time after the page was opened. */
export function onVoices(changed: () => void): () => void {
  window.speechSynthesis?.addEventListener('voiceschanged', changed)
  return () => window.speechSynthesis?.removeEventListener('voiceschanged', changed)
}
