// A result that was closed too early: for ten seconds it can be brought back, while nobody else has come. Nothing takes the
// focus, so that no Enter of before does it.
import { useEffect, useState } from 'react'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Time } from '../time.ts'
import styles from './desk.module.css'

const undoMs = 10_000

/** The visit that can be brought back, and what says that one was closed (null: none any more). */
export function useClosed(
  time: Time,
  currentId: string | undefined,
): readonly [closedId: string | null, setClosed: (visitId: string | null) => void] {
  const [closedId, setClosed] = useState<string | null>(null)
  useEffect(() => (closedId === null ? undefined : time.after(undoMs, () => setClosed(null))), [closedId, time])
  useEffect(() => {
    if (currentId) setClosed(null)
  }, [currentId])
  return [currentId ? null : closedId, setClosed]
}

/** `number`: its 受付番号, where the list has it. */
export function Closed(props: { readonly visitId: string; readonly number: number | null; readonly act: Act }) {
  const { visitId, number, act } = props
  return (
    <p className={styles.notice} role="status">
      <Icon name="ok" />
      {screen.closed(number)}
      <Action onPress={() => void act('reopenVisit', { visitId })}>{screen.undo}</Action>
    </p>
  )
}
