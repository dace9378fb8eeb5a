// The rows of the list: one stop for the Tab key, the arrows go through them, and only those in sight are drawn.
import { type KeyboardEvent, memo, useLayoutEffect, useRef, useState } from 'react'
import type { ListedVisit } from '../../src-main/contract/reception.ts'
import { Row } from './row.tsx'
import styles from './rows.module.css'
import { useVisibleRows } from './visible-rows.ts'

/** Of one row, in rem; as in the style sheet. */
const rowRem = 5.25

/** How many rows a key goes; what stops it at the ends is the list. */
const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

export const Rows = memo(function Rows(props: {
  readonly visits: readonly ListedVisit[]
  readonly today: string
  readonly shownId: string | undefined
  readonly onShow: (visitId: string) => void
  readonly labelledBy: string
  /** What is said of every row; null: they are today's, as usual. */
  readonly mark?: string
}) {
  const { visits, today, shownId, onShow, mark = null } = props
  const [list, { first, end }] = useVisibleRows(visits.length)
  const [stopId, setStopId] = useState<string | null>(null)
  const isMoving = useRef(false)
  const placeOf = (id: string | null | undefined) => visits.findIndex((visit) => visit.id === id)
  // Where somebody has been last, or what is shown, or the top.
  const stop = [placeOf(stopId), placeOf(shownId), 0].find((place) => place >= 0) ?? 0

  useLayoutEffect(() => {
    if (!isMoving.current) return
    isMoving.current = false
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const next = visits[Math.min(Math.max(0, stop + step), visits.length - 1)]
    if (!next) return
    isMoving.current = true
    setStopId(next.id)
  }

  const places = visits.map((_, place) => place).slice(first, end)
  // The stop is always there, so that Tab finds it.
  const drawn = stop < first ? [stop, ...places] : stop >= end ? [...places, stop] : places
  return (
    <ol
      ref={list}
      className={styles.rows}
      style={{ height: `${visits.length * rowRem}rem` }}
      aria-labelledby={props.labelledBy}
      onKeyDown={onKeyDown}
    >
      {drawn.map((place) => {
        const visit = visits[place]
        return (
          visit && (
            <Row
              key={visit.id}
              visit={visit}
              top={`${place * rowRem}rem`}
              place={place + 1}
              count={visits.length}
              today={today}
              isShown={visit.id === shownId}
              mark={mark}
              isStop={place === stop}
              onShow={onShow}
              onFocus={setStopId}
            />
          )
        )
      })}
    </ol>
  )
})
