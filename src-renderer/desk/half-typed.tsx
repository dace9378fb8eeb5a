// The way back to what is half typed, where a card has taken its form away.
import { use } from 'react'
import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { capPlace, sheetOfPlace } from '../cap/cap-place.ts'
import { DraftsContext } from '../drafts.tsx'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './desk.module.css'

/** What somebody was typing when a card took its form away: said, with the way back to it. */
export function HalfTyped(props: {
  /** Where something is half typed, but for what is in view. */
  readonly inView: string | undefined
  readonly visits: Reception['visits']
  readonly act: Act
}) {
  const { inView, visits, act } = props
  const places = use(DraftsContext)
    .places()
    .filter((place) => place !== inView)
  const isQuestion = places.includes('terminalQuestion')
  const known = visits.filter(({ id }) => places.includes(id))
  const sheets = places.flatMap((place) => sheetOfPlace(place) ?? [])
  const numberOf = (visitId: string) => visits.find(({ id }) => id === visitId)?.number ?? null
  if (!isQuestion && known.length === 0 && sheets.length === 0) return null
  return (
    <p className={styles.notice} role="status">
      <Icon name="waiting" />
      {screen.halfTyped.title}
      {known.map(({ id, number }) => (
        <Action key={id} onPress={() => void act('showVisit', { visitId: id })}>
          {screen.halfTyped.visit(number)}
        </Action>
      ))}
      {sheets.map((sheet) => (
        <Action key={capPlace(sheet)} onPress={() => void act('openCapSheet', sheet)}>
          {screen.halfTyped.capSheet(numberOf(sheet.visitId))}
        </Action>
      ))}
      {isQuestion && (
        <Action onPress={() => void act('openPage', { page: 'terminalQuestion' })}>{screen.halfTyped.question}</Action>
      )}
    </p>
  )
}
