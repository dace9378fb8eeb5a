// Whoever is signed in, in the head of the page, and how they stay so: a hand on the page tells the agent that somebody is
// there, and a page that hides itself signs them out.
import { useEffect, useRef } from 'react'
import type { Bridge } from '../../src-main/contract/calls.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { StaffState } from '../../src-main/contract/staff.ts'
import { signedIn as words } from '../../src-main/words/signed-in.ts'
import type { Act } from '../act.ts'
import { clinicTime } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Tag } from '../parts/tag.tsx'
import type { Time } from '../time.ts'
import { signs } from './cover.tsx'
import styles from './header.module.css'

export function SignedIn({
  staff,
  act,
}: {
  readonly staff: Extract<StaffState, { state: 'signedIn' }>
  readonly act: Act
}) {
  return (
    <p className={styles.staff}>
      {words.who(staff.name, staff.role)}
      <Action weight="quiet" className={styles.pageLink} onPress={() => act('signOut', {})}>
        {words.switch}
      </Action>
      {staff.glassUntil !== null && (
        <>
          <Tag tone="care" icon="warning">
            {words.glass(clinicTime(staff.glassUntil))}
          </Tag>
          <Action weight="quiet" className={styles.pageLink} onPress={() => act('mendGlass', {})}>
            {words.mend}
          </Action>
        </>
      )}
    </p>
  )
}

/** The agent is told of a hand no more often than this, in milliseconds. */
const tellMs = 20_000

export function useStaying(time: Time, reception: Reception, isCovered: boolean, bridge: Bridge): void {
  const isSignedIn = reception.staff.state === 'signedIn'
  const everyMs = Math.min(tellMs, (reception.hideAfterMin * 60_000) / 3)
  const toldAt = useRef(time.now())

  useEffect(() => {
    if (isSignedIn && isCovered) void bridge.call('signOut', {})
  }, [isSignedIn, isCovered, bridge])

  useEffect(() => {
    if (!isSignedIn) return
    const onSign = () => {
      if (time.now() - toldAt.current < everyMs) return
      toldAt.current = time.now()
      void bridge.call('stayIn', {})
    }
    for (const sign of signs) window.addEventListener(sign, onSign, true)
    return () => {
      for (const sign of signs) window.removeEventListener(sign, onSign, true)
    }
  }, [isSignedIn, everyMs, time, bridge])
}
