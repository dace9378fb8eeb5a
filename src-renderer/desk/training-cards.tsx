// Training without hardware: the sample cards stand beside the counter and are laid on the virtual reader from here.
import { memo, useState } from 'react'
import { Button } from 'react-aria-components'
import type { TrainingPlace } from '../../src-main/contract/calls.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { kioskDesk } from '../../src-main/words/kiosk.ts'
import { faceReader } from '../../src-main/words/terminal.ts'
import type { Act } from '../act.ts'
import { eraDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import styles from './training-cards.module.css'

const places = ['desk', 'kiosk'] as const satisfies readonly TrainingPlace[]

/** The sample cards: choosing one lays it on the virtual reader. */
export const TrainingCards = memo(function TrainingCards({
  training,
  act,
}: {
  readonly training: NonNullable<Reception['training']>
  readonly act: Act
}) {
  const { personas, gallery, voucherGallery, atKiosk, hasTerminal } = training
  const [at, setAt] = useState<TrainingPlace>('desk')
  const inserted = at === 'kiosk' && atKiosk ? atKiosk.inserted : training.inserted
  const lay = (persona: string) => act('insertTrainingCard', { persona, at })
  const front = [...personas, ...gallery, ...voucherGallery].find(({ id }) => id === inserted)?.front
  return (
    <section className={styles.cards} aria-labelledby="training-cards">
      <div className={styles.head}>
        <h2 id="training-cards">{screen.cards}</h2>
        <Action weight="quiet" isDisabled={inserted === null} onPress={() => act('removeTrainingCard', { at })}>
          {screen.cardRemove}
        </Action>
      </div>
      {atKiosk && (
        <fieldset className={styles.place}>
          <legend className="visually-hidden">{kioskDesk.cardsAt.legend}</legend>
          {places.map((place) => (
            <Button key={place} className={styles.card ?? ''} aria-pressed={at === place} onPress={() => setAt(place)}>
              {kioskDesk.cardsAt[place]}
            </Button>
          ))}
        </fieldset>
      )}
      <p className={styles.note}>
        {front ? screen.cardFront(eraDate(front.birthDate), front.expiryYear, front.securityCode) : screen.cardsNote}
      </p>
      <Cards cards={personas} inserted={inserted} onCard={lay} />
      <details className={styles.gallery}>
        <summary>{eligibilityScreen.gallery}</summary>
        <p className={styles.note}>{eligibilityScreen.galleryNote}</p>
        <Cards cards={gallery} inserted={inserted} onCard={lay} />
      </details>
      <details className={styles.gallery}>
        <summary>{eligibilityScreen.voucherGallery}</summary>
        <Cards cards={voucherGallery} inserted={inserted} onCard={lay} />
      </details>
      {hasTerminal && (
        <details className={styles.gallery}>
          <summary>{faceReader.cards}</summary>
          <p className={styles.note}>{faceReader.cardsNote}</p>
          <Cards cards={personas} inserted={null} onCard={(persona) => act('useFaceReader', { persona })} />
        </details>
      )}
    </section>
  )
})

function Cards(props: {
  readonly cards: NonNullable<Reception['training']>['personas']
  readonly inserted: string | null
  readonly onCard: (persona: string) => void
}) {
  const { cards, inserted, onCard } = props
  return (
    <ul className={styles.list}>
      {cards.map(({ id, label, pin }) => (
        <li key={id}>
          <Button className={styles.card} aria-pressed={inserted === id} onPress={() => onCard(id)}>
            <span>{label}</span>
            <span className={styles.pin}>{screen.cardPin(pin)}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
