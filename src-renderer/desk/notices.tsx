// What clinic IT should know in good time, calm and on every screen: our own certificate's end, a clock that is off.
import { screen } from '../../src-main/contract/ja.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { daysBetween, eraDate } from '../format.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './notices.module.css'

/** From this many days before the end it stands out more. */
const pressing = 30
const urgent = 7

export function Notices({ hub, today }: { readonly hub: Reception['hub']; readonly today: string }) {
  const { certificateEndsOn, clockOffsetS } = hub
  const left = certificateEndsOn === null ? null : daysBetween(today, certificateEndsOn)
  return (
    <>
      {certificateEndsOn !== null && left !== null && (
        <p className={left <= urgent ? styles.urgent : left <= pressing ? styles.pressing : styles.notice}>
          <Icon name={left <= pressing ? 'warning' : 'unknown'} />
          {left < 0
            ? screen.hub.certificateEnded(eraDate(certificateEndsOn))
            : screen.hub.certificateEnds(eraDate(certificateEndsOn), left)}
        </p>
      )}
      {clockOffsetS !== null && (
        <p className={styles.pressing}>
          <Icon name="warning" />
          {screen.hub.clock(Math.round(Math.abs(clockOffsetS) / 60), clockOffsetS > 0)}
        </p>
      )}
    </>
  )
}
