import type { ReactNode } from 'react'
import { daysBetween } from '../../src-main/eligibility/calendar.ts'
import type { AnswerOf, Category } from '../../src-main/eligibility/model.ts'
import { assertNever } from '../../src-main/ground/result.ts'
import { screen } from '../../src-main/words/desk.ts'
import { absentText, answerText, categoryText } from '../../src-main/words/states.ts'
import { clinicMoment, plainDate } from '../format.ts'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './category-answer.module.css'

const look: Record<keyof typeof answerText, readonly [Tone, IconName]> = {
  present: ['good', 'ok'],
  absent: ['care', 'unknown'],
  withheld: ['care', 'unknown'],
  ended: ['bad', 'error'],
  unreachable: ['care', 'warning'],
  notAccepted: ['care', 'warning'],
}

/** One of the three answers: its state in a word, what that means, and what the source holds; `children` draws one item. */
export function CategoryAnswer<T>(props: {
  readonly category: Category
  readonly answer: AnswerOf<T>
  readonly today: string
  readonly children: (item: T, isToday: boolean) => ReactNode
}) {
  const { answer, category } = props
  const endedOn = answer.state === 'ended' ? answer.endedOn : null
  return (
    <CategorySection category={category} state={answer.state} endedOn={endedOn} note={null}>
      <Held answer={answer} today={props.today}>
        {props.children}
      </Held>
    </CategorySection>
  )
}

/** The frame of an answer: what it is about, its state, what that means. */
export function CategorySection(props: {
  readonly category: Category
  readonly state: keyof typeof answerText
  readonly endedOn: string | null
  readonly note: string | null
  readonly children: ReactNode
}) {
  const { category, state, endedOn, note } = props
  const [tone, icon] =
    state === 'absent' && category !== 'medicalSubsidy' ? (['plain', 'unknown'] as const) : look[state]
  const { label, meaning } = state === 'absent' ? absentText[category] : answerText[state]
  return (
    <section className={styles.category} aria-labelledby={`category-${category}`}>
      <h3 id={`category-${category}`} className={styles.title}>
        {categoryText[category]}
        <Tag tone={tone} icon={icon}>
          {state === 'ended' && endedOn !== null ? screen.endedOn(plainDate(endedOn)) : label}
        </Tag>
      </h3>
      {meaning && <p className={styles.meaning}>{meaning}</p>}
      {note !== null && <p className={styles.meaning}>{note}</p>}
      {props.children}
    </section>
  )
}

function Held<T>(props: {
  readonly answer: AnswerOf<T>
  readonly today: string
  readonly children: (item: T, isToday: boolean) => ReactNode
}) {
  const { answer } = props
  const ofToday = (item: T) => props.children(item, true)
  const notToday = (item: T) => props.children(item, false)
  switch (answer.state) {
    case 'present':
      return <div className={styles.items}>{answer.items.map(ofToday)}</div>
    case 'ended':
      return <div className={styles.past}>{answer.items.map(notToday)}</div>
    case 'absent':
    case 'withheld':
      return null
    case 'unreachable':
      if (!answer.cached) return <p className={styles.cached}>{screen.noCache}</p>
      return (
        <>
          <p className={styles.cached}>{cachedAt(answer.cached.fetchedAt, props.today)}</p>
          {answer.cached.items.length === 0 && <p className={styles.meaning}>{screen.nothingCached}</p>}
          <div className={styles.past}>{answer.cached.items.map(notToday)}</div>
        </>
      )
    default:
      return assertNever(answer)
  }
}

/** When the cached answer was fetched, with its age in words. */
const cachedAt = (fetchedAt: string, today: string) =>
  screen.cachedAt(clinicMoment(fetchedAt), screen.daysAgo(daysBetween(fetchedAt.slice(0, 10), today)))
