// A function key counts wherever the focus is; each stands on the screen beside what it does.
import { useLayoutEffect, useRef } from 'react'

export function useFunctionKey(key: string, act: () => void): void {
  const latest = useRef(act)
  latest.current = act
  // Together with what it stands on: no key falls between what is seen and what counts.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
      // Browsers have something of their own for it.
      event.preventDefault()
      if (!event.repeat) latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [key])
}
