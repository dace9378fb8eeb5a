// はじめての設定: seven steps, each checked as it is entered, that can be left and gone on with, and one question at the end.
import { useState } from 'react'
import { type FirstRunView, type FirstStep, firstSteps } from '../../src-main/contract/first-run.ts'
import type { StaffState } from '../../src-main/contract/staff.ts'
import { firstRunScreen as words } from '../../src-main/words/first-run.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Page } from '../parts/page.tsx'
import { Question } from '../parts/question.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { useReadAgain } from '../read-again.ts'
import { CheckList } from '../self-test/check-list.tsx'
import { StaffForm } from '../staff/staff-form.tsx'
import styles from './first-run-page.module.css'
import { StepForm } from './step-form.tsx'

type State = keyof typeof words.state

const looks: Record<State, { readonly tone: Tone; readonly icon: IconName }> = {
  open: { tone: 'plain', icon: 'waiting' },
  done: { tone: 'good', icon: 'ok' },
  failed: { tone: 'bad', icon: 'error' },
  skipped: { tone: 'care', icon: 'warning' },
}

function stateOf(step: FirstStep, { draft, lines }: FirstRunView): State {
  if (draft.skipped.includes(step)) return 'skipped'
  if (draft.values[step] === undefined) return 'open'
  return lines[step]?.some(({ state }) => state === 'failed') ? 'failed' : 'done'
}

export function FirstRunPage(props: {
  readonly view: FirstRunView
  readonly staff: StaffState
  readonly act: Act
  readonly onBack: () => void
}) {
  const { view, staff, act, onBack } = props
  const [isAsking, setAsking] = useState(false)
  useReadAgain('firstRun', act, view.isOpen)
  const states = firstSteps.map((step) => [step, stateOf(step, view)] as const)
  const isStaffed = staff.state !== 'off'
  const unsure = [
    ...states.filter(([, state]) => state !== 'done').map(([step]) => words.steps[step].title),
    ...(isStaffed ? [] : [words.staff.title]),
  ]
  const all = states.length + 1
  return (
    <Page title={words.title} status={statusOf(view, all - unsure.length, all)} onBack={onBack}>
      {view.isOpen && (
        <>
          <p>{words.note}</p>
          <ol className={styles.steps}>
            {states.map(([step, state], index) => (
              <Step key={step} number={index + 1} step={step} state={state} view={view} act={act} />
            ))}
            <StaffStep number={all} staff={staff} act={act} />
          </ol>
          {isAsking ? (
            <Question
              question={words.question(unsure)}
              yes={words.yes}
              onYes={() => {
                setAsking(false)
                void act('finishFirstRun', {})
              }}
              onNo={() => setAsking(false)}
            />
          ) : (
            <div>
              <Action
                weight="primary"
                isDisabled={view.checking !== null || view.draft.values.hub === undefined}
                onPress={() => setAsking(true)}
              >
                {words.finish}
              </Action>
              {view.draft.values.hub === undefined && <p className={styles.hint}>{words.steps.hub.without}</p>}
            </div>
          )}
        </>
      )}
    </Page>
  )
}

function statusOf({ isOpen, isLiveNext, checking, lines }: FirstRunView, done: number, all: number): string {
  if (isLiveNext) return words.live
  if (!isOpen) return words.closed
  if (checking === null) return words.progress(done, all)
  const isCardNext = lines[checking]?.some(({ check, state }) => check === 'card' && state === 'running')
  return isCardNext ? words.layCard : words.checking(words.steps[checking].title)
}

/** The first of the staff, in force at once; then the page 職員 has what their authenticator is to be given. */
function StaffStep({ number, staff, act }: { readonly number: number; readonly staff: StaffState; readonly act: Act }) {
  const { title, note, without, add, open, done } = words.staff
  const openPage = () => void act('openPage', { page: 'staff' })
  return (
    <li className={styles.step}>
      <div className={styles.head}>
        <h3>
          {number}. {title}
        </h3>
        <Tag {...looks[staff.state === 'off' ? 'open' : 'done']}>
          {words.state[staff.state === 'off' ? 'open' : 'done']}
        </Tag>
      </div>
      {staff.state === 'signedIn' ? (
        <>
          <p className={styles.hint}>{done(staff.name)}</p>
          <div>
            <Action onPress={openPage}>{open}</Action>
          </div>
        </>
      ) : (
        <>
          <p className={styles.hint}>{note}</p>
          <StaffForm
            account={null}
            onlyRole="it"
            submit={add}
            onSend={async (entry) => {
              const failure = await act('addStaff', entry)
              if (!failure) openPage()
              return failure
            }}
          />
          <p>{without}</p>
        </>
      )}
    </li>
  )
}

function Step(props: {
  readonly number: number
  readonly step: FirstStep
  readonly state: State
  readonly view: FirstRunView
  readonly act: Act
}) {
  const { number, step, state, view, act } = props
  const { title, note, without } = words.steps[step]
  const lines = view.lines[step] ?? []
  const isBusy = view.checking !== null
  return (
    <li className={styles.step}>
      <div className={styles.head}>
        <h3>
          {number}. {title}
        </h3>
        <Tag {...looks[state]}>{words.state[state]}</Tag>
      </div>
      <p className={styles.hint}>{note}</p>
      <StepForm step={step} view={view} isBusy={isBusy} act={act} />
      {state === 'skipped' && <p>{without}</p>}
      {lines.length > 0 && <CheckList lines={lines} isCardAwaited={step === 'reader'} />}
    </li>
  )
}
