// Which rows of a long list are drawn: those in sight and a few around them. All rows are of one height, so the place of
// each is known without it being there, and a day of 1,000 visits costs what a day of 30 does.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Drawn above and below what is in sight, so that a turn of the wheel meets no gap. */
const spare = 8

export interface RowRange {
  readonly first: number
  /** Behind the last one. */
  readonly end: number
}

/** The list's height tells that of its rows: whoever uses it gives it `count` times the height of one. */
export function useVisibleRows(count: number): readonly [list: RefObject<HTMLOListElement | null>, range: RowRange] {
  const list = useRef<HTMLOListElement>(null)
  const [range, setRange] = useState<RowRange>({ first: 0, end: 2 * spare })
  useLayoutEffect(() => {
    const element = list.current
    if (!element || count === 0) return
    const look = () => {
      const { top, height } = element.getBoundingClientRect()
      const row = height / count
      const first = Math.min(Math.max(0, Math.floor(-top / row) - spare), count - 1)
      // As if it began at the window's top: whatever stands above it may go.
      const end = Math.min(count, first + Math.ceil(window.innerHeight / row) + 2 * spare)
      setRange((before) => (before.first === first && before.end === end ? before : { first, end }))
    }
    look()
    // Whatever scrolls, the list's own column or the page.
    window.addEventListener('scroll', look, true)
    window.addEventListener('resize', look)
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      window.removeEventListener('scroll', look, true)
      window.removeEventListener('resize', look)
      observer.disconnect()
    }
  }, [count])
  return [list, range]
}
