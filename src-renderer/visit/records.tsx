// What the clinic registered in this visit and how far each change has got; corrected and cancelled from here.
import { useState } from 'react'
import type { RecordView, VisitView } from '../../src-main/contract/reception.ts'
import { sentence } from '../../src-main/words/failures.ts'
import {
  checkupResultText,
  recordStateText,
  siteText,
  vaccinationScreen as words,
} from '../../src-main/words/vaccination.ts'
import type { Act } from '../act.ts'
import { plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Headline } from '../parts/headline.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { CheckupForm, DoseForm } from './record-form.tsx'
import styles from './records.module.css'

const look: Record<RecordView['state'], readonly [Tone, IconName]> = {
  queued: ['plain', 'waiting'],
  registered: ['good', 'ok'],
  refused: ['bad', 'error'],
  withdrawn: ['plain', 'unknown'],
}

export function Records(props: { readonly records: VisitView['records']; readonly today: string; readonly act: Act }) {
  const { records, today, act } = props
  if (records.length === 0) return null
  return (
    <section className={styles.records} aria-labelledby="records">
      <h3 id="records">{words.records}</h3>
      {records.map((record) => (
        <Line key={record.id} record={record} today={today} act={act} />
      ))}
    </section>
  )
}

function Line({ record, today, act }: { readonly record: RecordView; readonly today: string; readonly act: Act }) {
  const { id: recordId, name, action, content, state, failure, isStanding } = record
  const [isCorrecting, setCorrecting] = useState(false)
  const [isCancelling, setCancelling] = useState(false)
  const [tone, icon] = look[state]
  const close = () => setCorrecting(false)
  const correct = {
    onSend: (entered: RecordView['content']) => act('changeRecord', { recordId, content: entered }),
    onClose: close,
  }
  return (
    <div className={styles.line}>
      <p className={styles.what}>
        <Tag tone={tone} icon={icon}>
          {recordStateText[state]}
        </Tag>
        <strong>{name}</strong>
        <span>{words.actions[action]}</span>
        {content && <span>{contentText(content)}</span>}
      </p>
      {failure && state !== 'withdrawn' && (
        <p className={styles.failure}>
          {sentence(failure).message}
          {state === 'queued' ? words.goesOn : sentence(failure).next}
        </p>
      )}
      {state === 'registered' && isStanding && !isCorrecting && (
        <div className={styles.ways}>
          <Action weight="quiet" onPress={() => setCorrecting(true)}>
            {words.correct}
          </Action>
          {isCancelling ? (
            <>
              <Headline level={3} className={styles.question}>
                {words.cancelConfirm}
              </Headline>
              <Action onPress={() => act('changeRecord', { recordId, content: null })}>{words.cancelYes}</Action>
              <Action weight="quiet" onPress={() => setCancelling(false)}>
                {words.close}
              </Action>
            </>
          ) : (
            <Action weight="quiet" onPress={() => setCancelling(true)}>
              {words.cancel}
            </Action>
          )}
        </div>
      )}
      {state === 'refused' && (
        <div className={styles.ways}>
          <Action weight="quiet" onPress={() => act('retryRecord', { recordId })}>
            {words.retry}
          </Action>
          <Action weight="quiet" onPress={() => act('withdrawRecord', { recordId })}>
            {words.withdraw}
          </Action>
        </div>
      )}
      {isCorrecting && content && 'dose' in content && (
        <DoseForm
          {...correct}
          voucherId={content.dose.voucherId}
          vaccineCode={content.dose.vaccineCode}
          first={content.dose}
          latest={today}
        />
      )}
      {isCorrecting && content && 'checkup' in content && (
        <CheckupForm
          {...correct}
          voucherId={content.checkup.voucherId}
          checkupCode={content.checkup.checkupCode}
          first={content.checkup}
          latest={today}
        />
      )}
    </div>
  )
}

function contentText(content: NonNullable<RecordView['content']>): string {
  if ('checkup' in content) return `${plainDate(content.checkup.doneOn)}　${checkupResultText[content.checkup.result]}`
  const { doseNumber, givenOn, lotNumber, site } = content.dose
  return `${words.times(doseNumber)}　${plainDate(givenOn)}　${words.lot} ${lotNumber}　${siteText[site]}`
}
