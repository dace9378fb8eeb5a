// What is different from what this clinic confirmed last time. Where a person has to decide, nothing is chosen beforehand
// and nothing goes out before every question is answered; with the keyboard alone: arrows choose, Tab goes on, Enter sends.
import { type FormEvent, useState } from 'react'
import { RadioGroup } from 'react-aria-components'
import type { Difference } from '../../src-main/eligibility/assessment.ts'
import { type Decided, effectOf } from '../../src-main/eligibility/effect.ts'
import { isByHand } from '../../src-main/eligibility/handed.ts'
import type { Benefit } from '../../src-main/eligibility/model.ts'
import { screen } from '../../src-main/words/desk.ts'
import {
  choiceText,
  consequenceText,
  differenceText,
  protectionText,
  eligibilityScreen as words,
} from '../../src-main/words/eligibility.ts'
import { clinicMoment } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Choice } from '../parts/choice.tsx'
import { Headline } from '../parts/headline.tsx'
import type { IconName } from '../parts/icon.tsx'
import { KeyedAction } from '../parts/keyed-action.tsx'
import panel from '../parts/panel.module.css'
import { Tag, type Tone } from '../parts/tag.tsx'
import { CertificateComparison } from './certificate-comparison.tsx'
import styles from './difference-panel.module.css'

const look: Record<Difference['kind'], readonly [Tone, IconName]> = {
  new: ['good', 'ok'],
  renewed: ['good', 'ok'],
  changed: ['care', 'warning'],
  unchanged: ['plain', 'ok'],
  ended: ['bad', 'error'],
  withdrawn: ['bad', 'error'],
  absent: ['care', 'unknown'],
  lapsed: ['plain', 'waiting'],
}

const isQuestion = ({ choices, decided }: Difference) => choices.length > 0 && decided === null

/** Says more than that everything is as before. */
export const isWorthShowing = (differences: readonly Difference[]): boolean =>
  differences.some(({ kind }) => kind !== 'unchanged') && differences.some(({ kind }) => kind !== 'new')

/** `onDecide`, `onAskAgain`: null where the visit is confirmed and the panel only tells what was decided. */
export function DifferencePanel(props: {
  readonly differences: readonly Difference[]
  readonly benefits: readonly Benefit[]
  /** The day of the answer: what is still valid on it can be kept. */
  readonly day: string
  readonly onDecide: ((decisions: { key: string; choice: Decided }[]) => void) | null
  readonly onAskAgain: (() => void) | null
  /** Which of several helps is used is to be said first. */
  readonly isHelpsOpen: boolean
  /** It is what the counter is about now. */
  readonly hasFocus: boolean
}) {
  const { differences, benefits, day, onDecide, hasFocus } = props
  const [chosen, setChosen] = useState<Readonly<Record<string, Decided>>>({})
  const questions = onDecide ? differences.filter(isQuestion) : []
  const told = differences.filter((each) => !questions.includes(each) && each.kind !== 'unchanged')
  const unchanged = differences.filter(({ kind }) => kind === 'unchanged').length
  const decisions = questions.flatMap(({ key }) => {
    const choice = chosen[key]
    return choice ? [{ key, choice }] : []
  })
  const isComplete = decisions.length === questions.length && !props.isHelpsOpen
  const effects = questions.flatMap((each) => {
    const choice = chosen[each.key]
    return choice ? [effectOf(each, choice, day)] : []
  })
  const inFile = effects.flatMap(({ handed }) => handed.filter(({ isEnd }) => !isEnd)).length
  const byHand = effects.filter(({ leftOut }) => leftOut && isByHand(leftOut.reason)).length
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isComplete) onDecide?.(decisions)
  }
  const Title = hasFocus ? Headline : 'h3'
  const nowOf = ({ benefit }: Difference) => (benefit === null ? null : (benefits[benefit] ?? null))
  const nameOf = ({ confirmed, benefit }: Difference) =>
    (benefit === null ? confirmed : benefits[benefit])?.certificateName ?? ''
  return (
    <section className={questions.length > 0 ? panel.asking : panel.panel} aria-labelledby="differences">
      <Title id="differences" className={panel.title} {...(hasFocus && { level: 3 })}>
        {words.differences}
        {questions.length > 0 && (
          <Tag tone="care" icon="warning">
            {words.question}
          </Tag>
        )}
      </Title>
      <form className={styles.lines} onSubmit={send}>
        {questions.map((each) => (
          <div key={each.key} className={styles.line}>
            <Line difference={each} name={nameOf(each)} now={nowOf(each)} />
            <RadioGroup
              className={styles.choices}
              aria-label={`${nameOf(each)} ${differenceText[each.kind].label}`}
              value={chosen[each.key] ?? null}
              onChange={(value) => {
                const choice = each.choices.find((candidate) => candidate === value)
                if (choice && choice !== 'askAgain') setChosen({ ...chosen, [each.key]: choice })
              }}
            >
              {each.choices.map(
                (choice) =>
                  choice !== 'askAgain' && (
                    <Choice key={choice} value={choice}>
                      <span>
                        {choiceText(choice, each)}
                        <span className={styles.consequence}>{consequenceText(each, choice, day)}</span>
                      </span>
                    </Choice>
                  ),
              )}
            </RadioGroup>
          </div>
        ))}
        {questions.length > 0 && (
          <div className={styles.actions}>
            <Action weight="primary" type="submit" isDisabled={!isComplete}>
              {words.decide}
            </Action>
            {props.onAskAgain && questions.some(({ choices }) => choices.includes('askAgain')) && (
              <KeyedAction shortcut={screen.keys.askAgain} onPress={props.onAskAgain}>
                {choiceText('askAgain', { benefit: null })}
              </KeyedAction>
            )}
            <span className={styles.note} role="status">
              {isComplete
                ? words.sends(inFile, byHand)
                : decisions.length < questions.length
                  ? words.stillOpen(questions.length - decisions.length)
                  : words.helpsFirst}
            </span>
          </div>
        )}
      </form>
      {told.map((each) => (
        <div key={each.key} className={styles.line}>
          <Line difference={each} name={nameOf(each)} now={nowOf(each)} />
          {each.decided && (
            <p className={styles.decided}>
              {words.decided(choiceText(each.decided.choice, each), clinicMoment(each.decided.at))}
              <span className={styles.consequence}>{consequenceText(each, each.decided.choice, day)}</span>
            </p>
          )}
        </div>
      ))}
      {unchanged > 0 && <p className={styles.note}>{words.withoutQuestion(unchanged)}</p>}
    </section>
  )
}

/** `now`: as today's answer has it; null: it does not. */
function Line(props: { readonly difference: Difference; readonly name: string; readonly now: Benefit | null }) {
  const { difference, name, now } = props
  const { kind, fields, endedOn, confirmed, choices } = difference
  const isProtected = fields.some(({ field, after }) => field === 'undisclosed' && after === true)
  const [tone, icon] = look[kind]
  return (
    <div>
      <p className={styles.name}>
        <Tag tone={tone} icon={icon}>
          {differenceText[kind].label}
        </Tag>
        <strong>{name}</strong>
      </p>
      <p className={styles.meaning}>
        {differenceText[kind].meaning}
        {endedOn !== null && words.endedOn(endedOn)}
        {kind === 'withdrawn' && endedOn === null && words.noEndDay}
      </p>
      {isProtected && <p className={styles.meaning}>{protectionText(choices.length > 0)}</p>}
      {confirmed && kind !== 'unchanged' && (
        <CertificateComparison difference={difference} confirmed={confirmed} now={now} />
      )}
    </div>
  )
}
