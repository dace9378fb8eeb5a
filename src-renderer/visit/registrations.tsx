// What the clinic registered in this visit and how far each change has got; corrected and cancelled from here.
import { useState } from 'react'
import type { RegistrationView, VisitView } from '../../src-main/contract/reception.ts'
import { lookThrough } from '../../src-main/eligibility/checkup/entry.ts'
import { registrationRules } from '../../src-main/ground/states.ts'
import { sentence } from '../../src-main/words/failures.ts'
import {
  checkupResultText,
  outsideReasonText,
  registrationStateText,
  siteText,
  vaccinationScreen as words,
} from '../../src-main/words/vaccination.ts'
import type { Act } from '../act.ts'
import { useIsHalfTyped } from '../drafts.tsx'
import { plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Headline } from '../parts/headline.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { TellMunicipality } from './checkup-items.tsx'
import { CheckupForm, DoseForm } from './registration-form.tsx'
import styles from './registrations.module.css'

const look: Record<RegistrationView['state'], readonly [Tone, IconName]> = {
  queued: ['plain', 'waiting'],
  registered: ['good', 'ok'],
  refused: ['bad', 'error'],
  withdrawn: ['plain', 'unknown'],
}

export function Registrations(props: {
  readonly visitId: string
  readonly registrations: VisitView['registrations']
  readonly today: string
  /** null: nothing is changed here now. */
  readonly act: Act | null
}) {
  const { visitId, registrations, today, act } = props
  if (registrations.length === 0) return null
  return (
    <section className={styles.registrations} aria-labelledby="registrations">
      <h3 id="registrations">{words.registrations}</h3>
      {registrations.map((registration) => (
        <Line
          key={registration.id}
          draft={`${visitId} ${registration.id}`}
          registration={registration}
          today={today}
          act={act}
        />
      ))}
    </section>
  )
}

function Line({
  draft,
  registration,
  today,
  act,
}: {
  readonly draft: string
  readonly registration: RegistrationView
  readonly today: string
  readonly act: Act | null
}) {
  const { id: registrationId, name, action, content, reason, state, failure, isStanding } = registration
  const [isCorrecting, setCorrecting] = useState(useIsHalfTyped(draft))
  const [isCancelling, setCancelling] = useState(false)
  // What has been corrected or cancelled since is nothing to be content with.
  const [tone, icon] = look[state === 'registered' && !isStanding ? 'withdrawn' : state]
  const close = () => setCorrecting(false)
  const correct = act && {
    draft,
    needsReason: false,
    onSend: (entered: RegistrationView['content']) => act('changeRegistration', { registrationId, content: entered }),
    onClose: close,
  }
  return (
    <div className={styles.line}>
      <p className={styles.what}>
        <Tag tone={tone} icon={icon}>
          {registrationStateText(registration)}
        </Tag>
        <strong>{name}</strong>
        <span>{words.actions[action]}</span>
        {content && <span>{contentText(content)}</span>}
      </p>
      {reason && <p className={styles.failure}>{words.reasonWas(outsideReasonText[reason])}</p>}
      {content && 'checkup' in content && isStanding && <TellMunicipality looked={lookThrough(content.checkup)} />}
      {failure && state !== 'withdrawn' && (
        <p className={styles.failure}>
          {sentence(failure).message}
          {state === 'queued' ? words.goesOn : sentence(failure).next}
        </p>
      )}
      {act && registrationRules.mayDo(state, 'change') && isStanding && !isCorrecting && (
        <div className={styles.ways}>
          <Action weight="quiet" onPress={() => setCorrecting(true)}>
            {words.correct}
          </Action>
          {isCancelling ? (
            <>
              <Headline level={3} className={styles.question}>
                {words.cancelConfirm}
              </Headline>
              <Action onPress={() => act('changeRegistration', { registrationId, content: null })}>
                {words.cancelYes}
              </Action>
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
      {act && registrationRules.mayDo(state, 'retry') && (
        <div className={styles.ways}>
          <Action weight="quiet" onPress={() => act('retryRegistration', { registrationId })}>
            {words.retry}
          </Action>
          {registrationRules.mayDo(state, 'withdraw') && (
            <Action weight="quiet" onPress={() => act('withdrawRegistration', { registrationId })}>
              {words.withdraw}
            </Action>
          )}
        </div>
      )}
      {correct && isCorrecting && content && 'dose' in content && (
        <DoseForm
          {...correct}
          voucherId={content.dose.voucherId}
          vaccineCode={content.dose.vaccineCode}
          first={content.dose}
          latest={today}
        />
      )}
      {correct && isCorrecting && content && 'checkup' in content && (
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

function contentText(content: NonNullable<RegistrationView['content']>): string {
  if ('checkup' in content) return `${plainDate(content.checkup.doneOn)}　${checkupResultText[content.checkup.result]}`
  const { doseNumber, givenOn, lotNumber, site } = content.dose
  return `${words.times(doseNumber)}　${plainDate(givenOn)}　${words.lot} ${lotNumber}　${siteText[site]}`
}
