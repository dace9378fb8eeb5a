// What the page shows of the agent: its state, or, when the line is not up, that and nothing else. What may no longer be
// true is not shown, and nobody's data stay on a page that nobody feeds; before somebody has signed in there are none in it.
import { useEffect, useState } from 'react'
import type { Bridge, Line } from '../src-main/contract/calls.ts'
import type { Reception } from '../src-main/contract/reception.ts'
import type { Unsettled } from '../src-main/contract/told.ts'
import { screen } from '../src-main/words/desk.ts'
import styles from './app.module.css'
import { Desk } from './desk/desk.tsx'
import type { OpenTab } from './desk-bridge.ts'
import { KeepsDrafts } from './drafts.tsx'
import { fetchTheRest, later } from './later.tsx'
import { Headline } from './parts/headline.tsx'
import { Icon } from './parts/icon.tsx'
import { useShownRevision } from './shown-revision.ts'
import type { Time } from './time.ts'

const UnsettledPage = later(async () => (await import('./settings/unsettled-page.tsx')).UnsettledPage)
const SignInPage = later(async () => (await import('./staff/sign-in-page.tsx')).SignInPage)

export function App(props: { readonly bridge: Bridge; readonly time: Time; readonly openTab: OpenTab | null }) {
  const { bridge } = props
  const [reception, setReception] = useState<Reception | null>(null)
  const [line, setLine] = useState<Line>('up')
  const [unsettled, setUnsettled] = useState<Unsettled>()
  useEffect(
    () =>
      bridge.onReception(setReception, (next, why) => {
        setLine(next)
        setUnsettled(why)
        if (next !== 'up') setReception(null)
      }),
    [bridge],
  )
  useShownRevision(reception)
  // What is half typed is kept over a line that comes back by itself, and with it the page; it is shown to nobody meanwhile.
  const comesBack = line === 'up' || line === 'retrying' || line === 'restarting' || line === 'turning'
  const isThere = reception !== null
  useEffect(() => {
    if (isThere) fetchTheRest()
  }, [isThere])
  return (
    <KeepsDrafts key={String(comesBack)}>
      {unsettled ? (
        <UnsettledPage unsettled={unsettled} />
      ) : line !== 'up' && line !== 'unsettled' ? (
        <Broken line={line} />
      ) : reception?.staff.state === 'signedOut' ? (
        <SignInPage {...props} staff={reception.staff} mode={reception.mode} />
      ) : reception ? (
        <Desk {...props} reception={reception} />
      ) : (
        <p className={styles.loading}>{screen.loading}</p>
      )}
    </KeepsDrafts>
  )
}

function Broken({ line }: { readonly line: Exclude<Line, 'up' | 'unsettled'> }) {
  const { title, note } = screen.line[line]
  return (
    <main className={styles.line}>
      <Icon name={line === 'taken' ? 'unknown' : 'error'} className={styles.sign} />
      <Headline key={line} level={1} className={styles.title}>
        {title}
      </Headline>
      <p className={styles.note} role="alert">
        {note}
      </p>
    </main>
  )
}
