// Esc counts wherever the focus is, and goes back one step: whatever was opened last is left first.
import { useLayoutEffect, useRef } from 'react'

/** What Esc leaves, the innermost last. */
const ways: (() => void)[] = []

function onKeyDown(event: KeyboardEvent) {
  // While kana is being converted it is the keyboard's own.
  if (event.key === 'Escape' && !event.isComposing) ways.at(-1)?.()
}

/** `isOutermost`: whatever else is open is left before it, also what came back together with it. */
export function useEscape(onEscape: () => void, isOutermost = false): void {
  const latest = useRef(onEscape)
  latest.current = onEscape
  // Together with what it leaves: no key falls between what is seen and what counts.
  useLayoutEffect(() => {
    const way = () => latest.current()
    if (ways.length === 0) document.addEventListener('keydown', onKeyDown)
    if (isOutermost) ways.unshift(way)
    else ways.push(way)
    return () => {
      ways.splice(ways.indexOf(way), 1)
      if (ways.length === 0) document.removeEventListener('keydown', onKeyDown)
    }
  }, [isOutermost])
}
