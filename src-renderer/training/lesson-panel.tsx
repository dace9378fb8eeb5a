// The lesson beside the counter: what it is about, what to do, and what of it has been done. Nobody ticks anything off: the
// agent sees it.

import type { Reception } from '../../src-main/contract/reception.ts'
import { type Lesson, lessons, lessonTasks } from '../../src-main/contract/training.ts'
import { lessonCards, lessonFaults, lessonText, trainingScreen as words } from '../../src-main/words/training.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import { FaultSwitch } from './fault-switch.tsx'
import styles from './training.module.css'

type Training = NonNullable<Reception['training']>

export function LessonPanel(props: {
  readonly lesson: NonNullable<Training['lesson']>
  readonly training: Training
  readonly act: Act
}) {
  const { training, act } = props
  const { lesson, done } = props.lesson
  const { title, about } = lessonText[lesson]
  const isDone = done.every(Boolean)
  const fault = lessonFaults[lesson]
  const following = lessons[lessons.indexOf(lesson) + 1]
  return (
    <section className={styles.lesson} aria-labelledby="lesson-title">
      <div className={styles.head}>
        <p>{words.underWay}</p>
        <Action weight="quiet" onPress={() => act('openPage', { page: 'training' })}>
          {words.toPage}
        </Action>
      </div>
      <h2 id="lesson-title">{title}</h2>
      <p>{about}</p>
      <Tasks lesson={lesson} done={done} />
      <p className={isDone ? styles.done : 'visually-hidden'} role="status">
        {isDone ? words.allDone : words.progress(done.filter(Boolean).length, done.length)}
      </p>
      {!isDone && <Cards lesson={lesson} training={training} act={act} />}
      {fault && <FaultSwitch fault={fault} isOn={training.faults.includes(fault)} act={act} />}
      <div className={styles.ways}>
        {isDone && following && (
          <Action weight="primary" onPress={() => act('startLesson', { lesson: following })}>
            {words.next(lessonText[following].title)}
          </Action>
        )}
        <Action weight={isDone ? 'secondary' : 'quiet'} onPress={() => act('leaveLesson', {})}>
          {isDone ? words.finish : words.leave}
        </Action>
      </div>
    </section>
  )
}

function Tasks({ lesson, done }: { readonly lesson: Lesson; readonly done: readonly boolean[] }) {
  const texts: Readonly<Record<string, string>> = lessonText[lesson].tasks
  const now = done.indexOf(false)
  return (
    <ol className={styles.tasks} aria-label={words.tasks}>
      {lessonTasks[lesson].map((task, place) => (
        <li key={task} aria-current={place === now ? 'step' : undefined}>
          <Icon name={done[place] ? 'ok' : 'waiting'} className={done[place] ? styles.taskDone : styles.taskOpen} />
          <span>
            <span className={styles.word}>{done[place] ? words.taskDone : words.taskOpen}</span>
            {texts[task]}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Cards({ lesson, training, act }: { readonly lesson: Lesson; readonly training: Training; readonly act: Act }) {
  const known = [...training.personas, ...training.gallery, ...training.voucherGallery]
  return (
    <ul className={styles.cards} aria-label={words.cards}>
      {lessonCards[lesson].map(({ persona, at }) => {
        const label = known.find(({ id }) => id === persona)?.label ?? persona
        return (
          <li key={`${persona} ${at}`}>
            {at === 'face' ? (
              <Action onPress={() => act('useFaceReader', { persona })}>{words.layAtFace(label)}</Action>
            ) : (
              <Action onPress={() => act('insertTrainingCard', { persona })}>{words.lay(label)}</Action>
            )}
          </li>
        )
      })}
    </ul>
  )
}
