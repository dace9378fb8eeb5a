// The head of the page. Training is marked here because this line is on every screen.
import { screen } from '../../src-main/contract/ja.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { eraDate } from '../format.ts'
import { Tag } from '../parts/tag.tsx'
import styles from './header.module.css'

/** Where one is: the product, whether this is only training, the day, and the readers. */
export function Header({ reception }: { readonly reception: Reception }) {
  const { readers, mode, today } = reception
  return (
    <header className={styles.header}>
      <h1 className={styles.product}>
        {screen.product}
        <span className={styles.sub} lang="en">
          {screen.productSub}
        </span>
      </h1>
      {mode === 'training' && (
        <p className={styles.training}>
          <strong>{screen.training}</strong>
          <span>{screen.trainingNote}</span>
        </p>
      )}
      <p className={styles.day}>
        {screen.today} {eraDate(today)}
      </p>
      <ul className={styles.readers}>
        {readers.length === 0 && (
          <li>
            <Tag tone="bad" icon="error">
              {screen.noReader}
            </Tag>
          </li>
        )}
        {readers.map(({ name, state }) => (
          <li key={name} className={styles.reader} title={name}>
            <span className={readers.length > 1 ? styles.readerName : 'visually-hidden'}>{name}</span>
            <Tag
              tone={state === 'faulty' ? 'bad' : state === 'card' ? 'good' : 'plain'}
              icon={state === 'faulty' ? 'error' : 'card'}
            >
              {screen.reader[state]}
            </Tag>
          </li>
        ))}
      </ul>
    </header>
  )
}
