// A few words with a sound, by a voice of this computer. A voice that is fetched over the net is none: where it is asked what
// to say, somebody else learns what happens at the counter. Without a Japanese voice it stays silent.

/** The last words win: what was being said before them is over. */
export function say(text: string): void {
  const voice = speechSynthesis.getVoices().find(({ lang, localService }) => localService && /^ja\b/i.test(lang))
  if (!voice) return
  const words = new SpeechSynthesisUtterance(text)
  words.voice = voice
  words.lang = voice.lang
  speechSynthesis.cancel()
  speechSynthesis.speak(words)
}
