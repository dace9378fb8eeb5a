// The languages, each under its own name, always in sight: whoever cannot read what stands there finds theirs. It stands in
// the page's head, whose keys always count, because it decides nothing.
import { Button } from 'react-aria-components'
import { type Language, languages } from '../../src-main/words/patient.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './choices.module.css'
import type { Choices } from './use-choices.ts'

const all = Object.keys(languages) as readonly Language[]

export function LanguageChoice({ language, words, choose }: Choices) {
  return (
    <fieldset className={styles.languages}>
      <legend className="visually-hidden">{words.languages}</legend>
      {all.map((one) => (
        <Button
          key={one}
          className={styles.choice ?? ''}
          aria-pressed={one === language}
          onPress={() => choose({ language: one })}
        >
          {one === language && <Icon name="ok" />}
          <span lang={languages[one].tag}>{languages[one].name}</span>
        </Button>
      ))}
    </fieldset>
  )
}
