// The guide beside the counter (F1): the section of where one is, in the place of the list, so that what is said about the
// patient stays in sight. Esc puts it away, and the focus is where it was.
import { type ReactNode, useState } from 'react'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { guide, keys, messagesOf } from '../../src-main/words/guide/guide.ts'
import { type SectionId, sectionIds, sectionOf } from '../../src-main/words/guide/sections.ts'
import { Action } from '../parts/action.tsx'
import { Headline } from '../parts/headline.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { useEscape } from '../use-escape.ts'
import styles from './help.module.css'
import type { Place } from './where.ts'

export function Help({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const [id, setId] = useState<SectionId>(place.section)
  useEscape(onClose, 'first')
  const { title, when, steps, notes = [] } = sectionOf(id)
  const messages = messagesOf(id)
  return (
    <section className={styles.help} aria-labelledby="help-title">
      <div className={styles.head}>
        <p>{guide.title}</p>
        <Action onPress={onClose}>
          {guide.close}
          <KeyCap>{screen.keys.back}</KeyCap>
        </Action>
      </div>
      <Headline key={id} id="help-title" className={styles.title}>
        {title}
      </Headline>
      {place.failure && id === place.section && <Now failure={place.failure} />}
      <p>{when}</p>
      <Part title={guide.steps}>
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Part>
      {notes.length > 0 && (
        <Part title={guide.notes}>
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Part>
      )}
      {messages.length > 0 && (
        <Part title={guide.messages}>
          <dl className={styles.messages}>
            {messages.map(({ message, next }) => (
              <div key={message}>
                <dt>{message}</dt>
                <dd>{next}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      <Part title={guide.keys}>
        <dl className={styles.keys}>
          {keys().map(({ key, does }) => (
            <div key={key}>
              <dt>
                <KeyCap>{key}</KeyCap>
              </dt>
              <dd>{does.join('')}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part title={guide.contents}>
        <ul className={styles.contents}>
          {sectionIds.map((each) => (
            <li key={each}>
              <Action weight="quiet" aria-current={each === id ? 'page' : undefined} onPress={() => setId(each)}>
                {sectionOf(each).title}
              </Action>
            </li>
          ))}
        </ul>
      </Part>
    </section>
  )
}

/** What the screen says at this moment. */
function Now({ failure }: { readonly failure: NonNullable<Place['failure']> }) {
  const { message, next } = sentence(failure)
  return (
    <p className={styles.now}>
      <strong>{guide.now}</strong>
      {message}
      {next}
    </p>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3>{title}</h3>
      {children}
    </div>
  )
}
