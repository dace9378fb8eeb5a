// What was done a moment ago and can be undone: for ten seconds a result that was closed comes back, and whom a visit is about,
// or what was decided about it, is asked anew before its files go out. Nothing takes the focus, so that no Enter of before does it.
import { useCallback, useEffect, useState } from 'react'
import { type CallName, takeBackMs } from '../../src-main/contract/calls.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Time } from '../time.ts'
import styles from './desk.module.css'

/** What can be undone, and by which call. */
const undoneBy = {
  closeVisit: 'reopenVisit',
  choosePatient: 'takeBack',
  decideDifferences: 'takeBack',
} as const satisfies Partial<Record<CallName, CallName>>
type Undoable = keyof typeof undoneBy

const isUndoable = (name: CallName): name is Undoable => Object.keys(undoneBy).includes(name)

export interface Done {
  readonly what: Undoable
  readonly visitId: string
}

/** What can be undone now (null: nothing), and what is told of every call that was done. */
export function useUndo(
  time: Time,
  currentId: string | undefined,
): readonly [done: Done | null, note: (name: CallName, request: object) => void] {
  const [done, setDone] = useState<Done | null>(null)
  useEffect(() => (done === null ? undefined : time.after(takeBackMs, () => setDone(null))), [done, time])
  // What was closed comes back to a free counter only, and not once somebody else has come.
  const isHidden = done?.what === 'closeVisit' && currentId !== undefined
  const isOver = isHidden && currentId !== done.visitId
  useEffect(() => {
    if (isOver) setDone(null)
  }, [isOver])
  const note = useCallback((name: CallName, request: object) => {
    if (name === 'reopenVisit' || name === 'takeBack') setDone(null)
    if (isUndoable(name) && 'visitId' in request && typeof request.visitId === 'string') {
      setDone({ what: name, visitId: request.visitId })
    }
  }, [])
  return [isHidden ? null : done, note]
}

/** `visits`: today's list, which has its 受付番号. */
export function Undo(props: { readonly done: Done; readonly visits: Reception['visits']; readonly act: Act }) {
  const { done, visits, act } = props
  const { what, visitId } = done
  // It comes a moment later than what it stands above, and where there is little room it pushes that out of sight.
  useEffect(() => {
    if (document.activeElement !== document.body) document.activeElement?.scrollIntoView({ block: 'nearest' })
  }, [])
  const number = visits.find(({ id }) => id === visitId)?.number ?? null
  return (
    <p className={styles.notice} role="status">
      <Icon name={what === 'closeVisit' ? 'ok' : 'waiting'} />
      {screen.undoable[what](number)}
      <Action onPress={() => void act(undoneBy[what], { visitId })}>{screen.undo}</Action>
    </p>
  )
}
