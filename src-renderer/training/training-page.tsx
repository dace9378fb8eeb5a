// The page of training: the lessons of a first day and how far each has come, what can be made to go wrong, and what is
// different from a real day.

import type { Reception } from '../../src-main/contract/reception.ts'
import type { Lesson, TrainingView } from '../../src-main/contract/training.ts'
import { trainingFaultSchema } from '../../src-main/contract/training.ts'
import { lessonText, trainingScreen as words } from '../../src-main/words/training.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import { Page } from '../parts/page.tsx'
import { FaultSwitch } from './fault-switch.tsx'
import { PracticeWay } from './practice-way.tsx'
import styles from './training.module.css'

export function TrainingPage(props: {
  readonly view: TrainingView
  readonly reception: Reception
  readonly act: Act
  readonly onBack: () => void
}) {
  const { view, reception, act, onBack } = props
  const { training } = reception
  const done = view.lessons.filter((lesson) => lesson.done === lesson.of).length
  return (
    <Page title={words.title} status={words.status(done, view.lessons.length)} onBack={onBack}>
      {training ? (
        <>
          <section className={styles.part} aria-labelledby="lessons">
            <h3 id="lessons">{words.lessons}</h3>
            <p>{words.lessonsNote}</p>
            <ol className={styles.lessons}>
              {view.lessons.map((each) => (
                <LessonRow key={each.lesson} {...each} isUnderWay={training.lesson?.lesson === each.lesson} act={act} />
              ))}
            </ol>
          </section>
          <Faults faults={training.faults} act={act} />
        </>
      ) : (
        <p>{words.realHub}</p>
      )}
      <PracticeWay reception={reception} act={act} />
      <section className={styles.part} aria-labelledby="differences">
        <h3 id="differences">{words.differs}</h3>
        <ul className={styles.differences}>
          {words.differences.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </section>
    </Page>
  )
}

function LessonRow(props: {
  readonly lesson: Lesson
  readonly done: number
  readonly of: number
  readonly isUnderWay: boolean
  readonly act: Act
}) {
  const { lesson, done, of, isUnderWay, act } = props
  const { title, about } = lessonText[lesson]
  const isDone = done === of
  const way = isDone ? words.again : done > 0 || isUnderWay ? words.goOn : words.start
  const begin = async () => {
    const isAtIt = isUnderWay && !isDone
    if (!isAtIt && (await act('startLesson', { lesson }))) return
    await act('openPage', { page: 'counter' })
  }
  return (
    <li>
      <div>
        <h4>{title}</h4>
        <p className={styles.note}>{about}</p>
        <p className={styles.progress}>
          <Icon name={isDone ? 'ok' : 'waiting'} className={isDone ? styles.taskDone : styles.taskOpen} />
          {isDone ? words.done : words.progress(done, of)}
          {isUnderWay && !isDone && <strong>{words.underWay}</strong>}
        </p>
      </div>
      <Action aria-label={`${title}: ${way}`} onPress={() => void begin()}>
        {way}
      </Action>
    </li>
  )
}

function Faults(props: { readonly faults: NonNullable<Reception['training']>['faults']; readonly act: Act }) {
  const { faults, act } = props
  return (
    <section className={styles.part} aria-labelledby="faults">
      <h3 id="faults">{words.faults}</h3>
      <p>{words.faultsNote}</p>
      <div className={styles.ways}>
        <Action isDisabled={faults.length === 0} onPress={() => act('endTrainingFaults', {})}>
          {words.endAll}
        </Action>
        {faults.length === 0 && <p>{words.noFaults}</p>}
      </div>
      <ul className={styles.faults}>
        {trainingFaultSchema.options.map((fault) => (
          <li key={fault}>
            <FaultSwitch fault={fault} isOn={faults.includes(fault)} act={act} />
          </li>
        ))}
      </ul>
    </section>
  )
}
