// The band that says how it stands with the site's server, where that is not as it should be: on every page of the desk, above
// everything else, for as long as it is so.
import type { Reception } from '../../src-main/contract/reception.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { siteServerScreen as words } from '../../src-main/words/site-server.ts'
import type { Act } from '../act.ts'
import { clinicMoment, clinicTime } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './server-notice.module.css'

export function ServerNotice(props: {
  readonly server: NonNullable<Reception['siteServer']>
  readonly today: string
  /** Whoever is here may look at patients. */
  readonly mayLook: boolean
  readonly act: Act
}) {
  const { server, today, act } = props
  if (server.state === 'up') {
    return (
      <div className={styles.silent}>
        <Icon name="warning" className={styles.sign} />
        <p className={styles.question} role="status">
          {words.conflicts(server.conflicts)}
        </p>
        {props.mayLook && <Action onPress={() => act('openPage', { page: 'conflicts' })}>{words.look}</Action>}
      </div>
    )
  }
  const since = server.since.startsWith(today) ? clinicTime(server.since) : clinicMoment(server.since)
  const isAlone = server.state === 'alone'
  return (
    <div className={isAlone ? styles.alone : styles.silent} role="status">
      <Icon name="warning" className={styles.sign} />
      <div>
        <p className={styles.what}>{isAlone ? words.alone(since) : words.silent(since)}</p>
        <p>{isAlone ? words.aloneMeans(since) : server.goesOn ? words.silentGoesOn : words.silentWaits}</p>
        {isAlone && server.failure && (
          <p className={styles.failure}>{words.mergeFailed(sentence(server.failure).message.replace(/。$/, ''))}</p>
        )}
      </div>
    </div>
  )
}
