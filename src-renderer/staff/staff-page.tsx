// 職員: who may sign in, by IT. What an authenticator is to be given is shown once, and goes with whoever made it.
import { useState } from 'react'
import type { Enrolment, StaffState, StaffPage as View } from '../../src-main/contract/staff.ts'
import { roleText } from '../../src-main/words/signed-in.ts'
import { enrolmentWords, staffScreen as words } from '../../src-main/words/staff.ts'
import type { Act } from '../act.ts'
import { clinicMoment } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import form from '../parts/form.module.css'
import { Headline } from '../parts/headline.tsx'
import { Page } from '../parts/page.tsx'
import { Tag } from '../parts/tag.tsx'
import { enrolmentSheet } from '../print/papers/enrolment-sheet.tsx'
import { PrintAction, Printable } from '../print/printable.tsx'
import { QrCode } from './qr-code.tsx'
import { StaffForm } from './staff-form.tsx'
import styles from './staff-page.module.css'

export function StaffPage(props: {
  readonly view: View
  readonly staff: StaffState
  readonly act: Act
  readonly onBack: () => void
}) {
  const { view, staff, act, onBack } = props
  const { people, enrolment, account } = view
  if (staff.state === 'off') {
    return (
      <Page title={words.title} status={words.none} onBack={onBack}>
        {null}
      </Page>
    )
  }
  return (
    <Printable papers={enrolment ? [enrolmentSheet(enrolment)] : []} visitId={null}>
      <Page title={words.title} status={words.count(people.length)} onBack={onBack}>
        <p>{words.note}</p>
        {enrolment && <NewAuthenticator key={enrolment.key} enrolment={enrolment} act={act} />}
        <ul className={styles.people}>
          {people.map((person) => (
            <Person key={person.id} person={person} account={account} act={act} />
          ))}
        </ul>
        <section className={styles.add} aria-label={words.add}>
          <h3>{words.add}</h3>
          <StaffForm
            key={people.length}
            account={account}
            submit={words.addNow}
            onSend={(entry) => act('addStaff', entry)}
          />
        </section>
      </Page>
    </Printable>
  )
}

function NewAuthenticator({ enrolment, act }: { readonly enrolment: Enrolment; readonly act: Act }) {
  const { name, code, key, link } = enrolment
  return (
    <section className={styles.enrolment} aria-label={enrolmentWords.title(name)}>
      <Headline level={3} className={styles.enrolmentTitle}>
        {enrolmentWords.title(name)}
      </Headline>
      <QrCode text={link} label={enrolmentWords.qr} className={styles.code} />
      <div className={styles.told}>
        <p>{enrolmentWords.read}</p>
        <p>
          {enrolmentWords.code}：{code}
        </p>
        <p>
          {enrolmentWords.key}：<span className={styles.key}>{enrolmentWords.grouped(key)}</span>
        </p>
        <p>{enrolmentWords.once}</p>
        <div className={form.ways}>
          <PrintAction />
          <Action onPress={() => act('putEnrolmentAway', {})}>{enrolmentWords.putAway}</Action>
        </div>
      </div>
    </section>
  )
}

function Person(props: {
  readonly person: View['people'][number]
  readonly account: string | null
  readonly act: Act
}) {
  const { person, account, act } = props
  const { id: staffId, name, code, role, isLocked, signedInAt } = person
  const [isChanging, setChanging] = useState(false)
  return (
    <li className={styles.person}>
      <div>
        <p className={styles.name}>
          {name}
          {isLocked && (
            <Tag tone="care" icon="warning">
              {words.locked}
            </Tag>
          )}
        </p>
        <p className={styles.hint}>
          {words.told(code, roleText[role], signedInAt === null ? null : clinicMoment(signedInAt), person.account)}
        </p>
      </div>
      {isChanging ? (
        <StaffForm
          account={account}
          before={person}
          submit={words.save}
          onLeave={() => setChanging(false)}
          onSend={async ({ code: _code, ...entry }) => {
            const failure = await act('changeStaff', { ...entry, staffId })
            if (!failure) setChanging(false)
            return failure
          }}
        />
      ) : (
        <div className={form.ways}>
          <Action weight="quiet" aria-label={`${name} ${words.change}`} onPress={() => setChanging(true)}>
            {words.change}
          </Action>
          <AskingAction
            label={`${name} ${words.reset}`}
            question={words.resets(name)}
            yes={words.resetNow}
            onYes={() => act('resetStaff', { staffId })}
          >
            {words.reset}
          </AskingAction>
          {isLocked ? (
            <Action
              weight="quiet"
              aria-label={`${name} ${words.unlock}`}
              onPress={() => act('lockStaff', { staffId, isLocked: false })}
            >
              {words.unlock}
            </Action>
          ) : (
            <AskingAction
              label={`${name} ${words.lock}`}
              question={words.locks(name)}
              yes={words.lockNow}
              onYes={() => act('lockStaff', { staffId, isLocked: true })}
            >
              {words.lock}
            </AskingAction>
          )}
        </div>
      )}
    </li>
  )
}
