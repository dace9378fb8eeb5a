// The desk's page makes itself heard, and says in its title how much waits: for whoever is on the phone, at the printer, or in
// another window. What it tells stands on the page too; of a patient it tells nothing.
import { useEffect, useRef } from 'react'
import type { Reception } from '../../src-main/contract/reception.ts'
import { needsPerson } from '../../src-main/ground/states.ts'
import { signalsScreen } from '../../src-main/words/signals.ts'
import { japaneseVoices, say } from '../voice.ts'
import { signalOf } from './occasions.ts'
import { playSignal } from './tones.ts'

/** One of the pages of a desk sounds: the lock is its own until it is closed. */
const lockName = 'madoguchi-signals'

/** `isCovered`: the screen is hidden. Sounds go on then, words do not. */
export function useSignals(reception: Reception, isCovered: boolean): void {
  const before = useRef(reception)
  const mayBeHeard = useRef(false)

  useEffect(() => {
    const leaving = new AbortController()
    void navigator.locks
      .request(lockName, { signal: leaving.signal }, () => {
        mayBeHeard.current = true
        return new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()))
      })
      .catch(() => undefined)
    return () => {
      leaving.abort()
      mayBeHeard.current = false
    }
  }, [])

  useEffect(() => {
    const kind = signalOf(before.current, reception)
    before.current = reception
    const { volume, sounds, voice } = reception.signals
    if (kind === null || !mayBeHeard.current || !sounds[kind] || volume === 'off') return
    void playSignal(kind, volume)
    if (voice && !isCovered) say(signalsScreen.spoken[kind], japaneseVoices)
  }, [reception, isCovered])

  const waiting = reception.visits.filter(needsPerson).length
  useEffect(() => {
    document.title = signalsScreen.windowTitle(waiting)
    return () => {
      document.title = signalsScreen.windowTitle(0)
    }
  }, [waiting])
}
