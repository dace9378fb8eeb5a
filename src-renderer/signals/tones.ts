// The four sounds, made by the browser itself: no files, nothing to fetch. They differ in number, direction and rhythm of their
// tones, not only in pitch, so that they are told apart on a small loudspeaker and by somebody who hears high tones badly.
import type { SignalKind, Volume } from '../../src-main/contract/signals.ts'

/** In Hz; from when, and for how long, in milliseconds. */
interface Tone {
  readonly hz: number
  readonly at: number
  readonly ms: number
}

const tones: Readonly<Record<SignalKind, readonly Tone[]>> = {
  /** Two, up. */
  done: [
    { hz: 659, at: 0, ms: 110 },
    { hz: 988, at: 120, ms: 220 },
  ],
  /** Three times the same. */
  attention: [
    { hz: 784, at: 0, ms: 120 },
    { hz: 784, at: 200, ms: 120 },
    { hz: 784, at: 400, ms: 120 },
  ],
  /** Two long ones, down. */
  error: [
    { hz: 440, at: 0, ms: 260 },
    { hz: 311, at: 280, ms: 420 },
  ],
  /** To and fro, twice. */
  cardLeft: [
    { hz: 880, at: 0, ms: 130 },
    { hz: 659, at: 140, ms: 130 },
    { hz: 880, at: 280, ms: 130 },
    { hz: 659, at: 420, ms: 130 },
  ],
}

const loudness: Readonly<Record<Volume, number>> = { off: 0, low: 0.06, middle: 0.18, high: 0.45 }

/** It begins and ends softly: a tone that is cut off clicks. */
const edgeS = 0.015

/** A sound that comes later than this is about something that has passed. */
const staleMs = 1000

let context: AudioContext | null = null
let sounding = 0

/**
 * Sounds now, or not at all. A browser keeps quiet until somebody has touched its page; the loudspeaker is open only while
 * there is something to hear.
 */
export async function playSignal(kind: SignalKind, volume: Volume): Promise<void> {
  if (volume === 'off') return
  context ??= new AudioContext()
  const speaker = context
  const askedAt = performance.now()
  await speaker.resume()
  if (performance.now() - askedAt > staleMs) return
  const begin = speaker.currentTime + edgeS
  for (const { hz, at, ms } of tones[kind]) {
    const gain = speaker.createGain()
    const oscillator = speaker.createOscillator()
    const [from, to] = [begin + at / 1000, begin + (at + ms) / 1000]
    oscillator.type = 'triangle'
    oscillator.frequency.value = hz
    gain.gain.setValueAtTime(0, from)
    gain.gain.linearRampToValueAtTime(loudness[volume], from + edgeS)
    gain.gain.setValueAtTime(loudness[volume], to - edgeS)
    gain.gain.linearRampToValueAtTime(0, to)
    oscillator.connect(gain).connect(speaker.destination)
    sounding++
    oscillator.addEventListener('ended', () => {
      sounding--
      if (sounding === 0) void speaker.suspend()
    })
    oscillator.start(from)
    oscillator.stop(to)
  }
}
