// One setting: its name, what it is for, its value with where that comes from, and the ways to another one.
import { useState } from 'react'
import type { SettingField, SettingValue } from '../../src-main/contract/settings-page.ts'
import { valueText, settingsScreen as words } from '../../src-main/words/settings.ts'
import type { Act } from '../act.ts'
import { focusHeading } from '../keys/keep-focus.ts'
import { Action } from '../parts/action.tsx'
import { Question } from '../parts/question.tsx'
import { Tag } from '../parts/tag.tsx'
import { SettingForm } from './setting-form.tsx'
import styles from './settings-page.module.css'

type Step = { readonly at: 'shown' } | { readonly at: 'form' } | { readonly at: 'asked'; readonly value: SettingValue }

export function SettingRow({ field, act }: { readonly field: SettingField; readonly act: Act }) {
  const { path, title, description, value, change, before } = field
  const [step, setStep] = useState<Step>({ at: 'shown' })
  const over = () => {
    setStep({ at: 'shown' })
    focusHeading(document.querySelector('main'))
  }
  return (
    <li className={styles.row}>
      <div>
        <p className={styles.name}>{title}</p>
        <p className={styles.hint}>{description}</p>
      </div>
      <div className={styles.value}>
        <p>
          {valueText(value)} <span className={styles.hint}>（{words.from[field.from]}）</span>
          {field.isForNextStart && (
            <Tag tone="care" icon="waiting">
              {words.nextStart}
            </Tag>
          )}
        </p>
        {change === null && <p className={styles.hint}>{words.place(field.place)}</p>}
        {change && step.at === 'shown' && (
          <div className={styles.ways}>
            <Action weight="quiet" aria-label={`${title} ${words.edit}`} onPress={() => setStep({ at: 'form' })}>
              {words.edit}
            </Action>
            {before !== undefined && (
              <Action
                weight="quiet"
                aria-label={`${title} ${words.takeBack}`}
                onPress={() => setStep({ at: 'asked', value: before })}
              >
                {words.takeBack}（{valueText(before)}）
              </Action>
            )}
          </div>
        )}
        {change && step.at === 'form' && (
          <SettingForm
            title={title}
            form={change.form}
            value={value}
            onSave={(wanted) => setStep({ at: 'asked', value: wanted })}
            onLeave={over}
          />
        )}
        {change && step.at === 'asked' && (
          <Question
            question={questionOf(field, step.value, change.since)}
            yes={words.save}
            onYes={() => {
              over()
              void act('changeSetting', { path, value: step.value })
            }}
            onNo={over}
          />
        )}
      </div>
    </li>
  )
}

function questionOf({ path, title, value }: SettingField, wanted: SettingValue, since: 'now' | 'nextStart'): string {
  const asked = words.question(title, valueText(value), valueText(wanted), since)
  const isFewer = path === 'retentionDays' && typeof wanted === 'number' && Number(value) > wanted
  return isFewer ? `${asked}${words.fewerDays(wanted)}` : asked
}
