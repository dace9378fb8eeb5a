// The card readers of this computer: each with its name and state, and which of them reception uses.

import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './readers.module.css'

type Readers = Reception['readers']

const look: Record<Readers[number]['state'], readonly [Tone, IconName]> = {
  empty: ['plain', 'card'],
  card: ['good', 'card'],
  inUse: ['care', 'warning'],
  faulty: ['bad', 'error'],
}

export function ReaderList({ readers, act }: { readonly readers: Readers; readonly act: Act }) {
  const chosen = readers.find(({ isChosen }) => isChosen)
  return (
    <div className={styles.readers}>
      <ul>
        {readers.length === 0 && (
          <li>
            <Tag tone="bad" icon="error">
              {screen.noReader}
            </Tag>
          </li>
        )}
        {readers.map(({ name, state, isChosen }) => {
          const [tone, icon] = look[state]
          return (
            <li key={name} className={styles.reader} title={name}>
              <span className={isChosen ? styles.chosenName : styles.name}>{name}</span>
              <Tag tone={tone} icon={icon}>
                {screen.reader[state]}
              </Tag>
            </li>
          )
        })}
      </ul>
      {(readers.length > 1 || chosen) && (
        <label className={styles.choice}>
          {screen.readers.choose}
          <select
            className={styles.select}
            value={chosen?.name ?? ''}
            onChange={(event) => void act('chooseReader', { reader: event.target.value || null })}
          >
            <option value="">{screen.readers.any}</option>
            {readers.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
