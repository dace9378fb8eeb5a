// A screen that nobody watches hides what is on it, and whoever is signed in is signed out with that (signed-in.tsx): after a while without a hand on it,
// at once by a key, or with the computer that is locked. Hidden means gone from the page; the agent goes on, and the screen comes back as the agent has it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { screen } from '../../src-main/words/desk.ts'
import { Action } from '../parts/action.tsx'
import { Stage } from '../parts/stage.tsx'
import type { Time } from '../time.ts'

export const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/**
 * Whether the screen is covered, and how to cover and uncover it. Whatever a person does counts, and so does every new
 * `occasion`: what has just come has to be read.
 */
export function useCover(
  time: Time,
  idleMs: number,
  occasion: string,
  isLocked: boolean,
): readonly [isCovered: boolean, cover: () => void, uncover: () => void] {
  const [isCovered, setCovered] = useState(false)
  const seenAt = useRef(time.now())
  const cover = useCallback(() => setCovered(true), [])
  const uncover = useCallback(() => setCovered(isLocked), [isLocked])

  // It stays hidden when the computer is opened again: whoever opened it says when to show.
  useEffect(() => {
    if (isLocked) setCovered(true)
  }, [isLocked])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the occasion itself is what counts
  useEffect(() => {
    seenAt.current = time.now()
  }, [occasion, isCovered, time])

  useEffect(() => {
    const onSign = (event: Event) => {
      seenAt.current = time.now()
      if (!(event instanceof KeyboardEvent) || event.key !== screen.keys.cover) return
      event.preventDefault()
      setCovered(true)
    }
    for (const sign of signs) window.addEventListener(sign, onSign, true)
    return () => {
      for (const sign of signs) window.removeEventListener(sign, onSign, true)
    }
  }, [time])

  useEffect(() => {
    if (isCovered) return
    let stop = () => {}
    const look = () => {
      const leftMs = seenAt.current + idleMs - time.now()
      if (leftMs <= 0) setCovered(true)
      else stop = time.after(leftMs, look)
    }
    look()
    return () => stop()
  }, [isCovered, idleMs, time])

  return [isCovered || isLocked, cover, uncover]
}

/** What stands there instead; `isCardThere`: somebody is waiting in front of it. */
export function Covered({ isCardThere, onUncover }: { readonly isCardThere: boolean; readonly onUncover: () => void }) {
  return (
    <Stage
      icon={isCardThere ? 'card' : 'waiting'}
      title={screen.cover.title}
      note={isCardThere ? screen.cover.card : screen.cover.note}
      isNoteTold
    >
      <Action weight="primary" onPress={onUncover}>
        {screen.cover.show}
      </Action>
    </Stage>
  )
}
