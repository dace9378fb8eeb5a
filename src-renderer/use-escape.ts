// Esc counts wherever the focus is, and goes back one step: whatever was opened last is left first. What lies over the page is
// left before all of it, whatever has come on the page meanwhile; what all of it stands in, after everything.
import { useLayoutEffect, useRef } from 'react'

/** What Esc leaves, the innermost last. */
const ways = { first: [] as (() => void)[], inOrder: [] as (() => void)[], last: [] as (() => void)[] }
const isUnused = () => Object.values(ways).every(({ length }) => length === 0)

function onKeyDown(event: KeyboardEvent) {
  // While kana is being converted it is the keyboard's own.
  if (event.key !== 'Escape' || event.isComposing) return
  const { first, inOrder, last } = ways
  const innermost = first.at(-1) ?? inOrder.at(-1) ?? last.at(-1)
  innermost?.()
}

export function useEscape(onEscape: () => void, rank: keyof typeof ways = 'inOrder'): void {
  const latest = useRef(onEscape)
  latest.current = onEscape
  // Together with what it leaves: no key falls between what is seen and what counts.
  useLayoutEffect(() => {
    const way = () => latest.current()
    if (isUnused()) document.addEventListener('keydown', onKeyDown)
    ways[rank].push(way)
    return () => {
      ways[rank].splice(ways[rank].indexOf(way), 1)
      if (isUnused()) document.removeEventListener('keydown', onKeyDown)
    }
  }, [rank])
}
