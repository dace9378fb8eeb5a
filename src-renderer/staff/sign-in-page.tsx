// Before anybody has signed in this is all that there is: 職員コード and what their authenticator shows, or the account of the
// computer where that was opened just now. Nothing of anybody is in the page.
import { type ReactNode, useId, useState } from 'react'
import type { Bridge } from '../../src-main/contract/calls.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { oneTimeCodeSchema, type StaffState, staffCodeSchema } from '../../src-main/contract/staff.ts'
import type { Failure, Result } from '../../src-main/ground/result.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { pageNames } from '../../src-main/words/pages.ts'
import { signInScreen as words } from '../../src-main/words/staff.ts'
import { Help } from '../help/help.tsx'
import { useHelp } from '../help/use-help.ts'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Icon } from '../parts/icon.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import styles from './sign-in-page.module.css'

export function SignInPage(props: {
  readonly bridge: Bridge
  readonly staff: Extract<StaffState, { state: 'signedOut' }>
  readonly mode: Reception['mode']
}) {
  const { bridge, staff, mode } = props
  const [code, setCode] = useState('')
  const [oneTimeCode, setOneTimeCode] = useState('')
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const first = useFreshContent<HTMLInputElement>()
  const request = { code: code.trim(), oneTimeCode: oneTimeCode.replaceAll(/\s/g, '') }
  const isWhole =
    staffCodeSchema.safeParse(request.code).success && oneTimeCodeSchema.safeParse(request.oneTimeCode).success
  const send = async (answering: Promise<Result<void>>) => {
    setFailure(null)
    setSending(true)
    const answer = await answering
    setSending(false)
    setOneTimeCode('')
    if (!answer.ok) setFailure(answer.error)
  }
  const help = useHelp(() => ({ section: 'signIn', failure }))
  return (
    <div className={help.opened ? styles.besideHelp : undefined}>
      <div className={styles.page}>
        <header className={styles.head}>
          <h1 className={styles.product}>{screen.product}</h1>
          {mode === 'training' && (
            <p className={styles.training}>
              <strong>{screen.training}</strong>
              <span>{screen.trainingNote}</span>
            </p>
          )}
        </header>
        <main className={styles.main}>
          <h2 className={styles.title}>{words.title}</h2>
          <p className={styles.note} role="status">
            {isSending ? words.signingIn : words.note}
          </p>
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault()
              if (isWhole && !isSending) void send(bridge.call('signIn', request))
            }}
          >
            <Labelled label={words.code}>
              {(id) => (
                <input
                  id={id}
                  ref={first}
                  className={form.control}
                  value={code}
                  maxLength={12}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  onChange={({ target }) => setCode(target.value)}
                />
              )}
            </Labelled>
            <Labelled label={words.oneTimeCode}>
              {(id) => (
                <input
                  id={id}
                  className={form.control}
                  value={oneTimeCode}
                  maxLength={7}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  spellCheck={false}
                  onChange={({ target }) => setOneTimeCode(target.value)}
                />
              )}
            </Labelled>
            <Action type="submit" weight="primary" isDisabled={!isWhole || isSending}>
              {words.submit}
            </Action>
          </form>
          {failure && (
            <p className={form.failure} role="alert">
              <Icon name="warning" /> {sentence(failure).message}
              {sentence(failure).next}
            </p>
          )}
          {staff.mayUseAccount && (
            <Action onPress={() => void send(bridge.call('signInByAccount', {}))}>{words.byAccount}</Action>
          )}
          <p className={styles.small}>{words.kept}</p>
          <p className={styles.small}>{words.help}</p>
          <Action weight="quiet" onPress={help.open}>
            {pageNames.guide}
            <KeyCap>{screen.keys.help}</KeyCap>
          </Action>
        </main>
      </div>
      <aside className={styles.help} data-help>
        {help.opened && <Help key={help.opened.nth} place={help.opened.place} onClose={help.close} />}
      </aside>
    </div>
  )
}

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
