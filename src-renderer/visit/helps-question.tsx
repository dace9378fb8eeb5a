// Several helps of municipalities came together and the clinic has not said which it uses: nothing is chosen beforehand, and
// the visit goes on once somebody has said it. The answer counts for everybody with the same helps from then on.
import { type FormEvent, useState } from 'react'
import { RadioGroup } from 'react-aria-components'
import type { Benefit } from '../../src-main/eligibility/model.ts'
import type { HelpsTogether } from '../../src-main/eligibility/together.ts'
import { eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import { Action } from '../parts/action.tsx'
import { Choice } from '../parts/choice.tsx'
import { Headline } from '../parts/headline.tsx'
import panel from '../parts/panel.module.css'
import { Tag } from '../parts/tag.tsx'
import styles from './difference-panel.module.css'

/** Stands for all of them together; each alone is chosen by its place. */
const all = 'all'

export function HelpsQuestion(props: {
  readonly together: HelpsTogether
  readonly benefits: readonly Benefit[]
  /** With the places of those that are used. */
  readonly onUse: (used: number[]) => void
}) {
  const { together, benefits, onUse } = props
  const [chosen, setChosen] = useState<string | null>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (chosen !== null) onUse(chosen === all ? [...together.benefits] : [Number(chosen)])
  }
  return (
    <section className={panel.asking} aria-labelledby="helps">
      <Headline id="helps" level={3} className={panel.title}>
        {words.helps}
        <Tag tone="care" icon="warning">
          {words.question}
        </Tag>
      </Headline>
      <form className={styles.lines} onSubmit={send}>
        <RadioGroup className={styles.choices} aria-labelledby="helps" value={chosen} onChange={setChosen}>
          {together.benefits.map((place) => (
            <Choice key={place} value={String(place)}>
              {words.onlyHelp(benefits[place]?.certificateName ?? '')}
            </Choice>
          ))}
          <Choice value={all}>{words.allHelps}</Choice>
        </RadioGroup>
        <div className={styles.actions}>
          <Action weight="primary" type="submit" isDisabled={chosen === null}>
            {words.helpsDecide}
          </Action>
          <span className={styles.note}>{chosen === null ? words.helpsChooseFirst : words.helpsNote}</span>
        </div>
      </form>
    </section>
  )
}
