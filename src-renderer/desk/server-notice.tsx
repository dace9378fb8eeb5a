// The band that says how it stands with the site's server, where that is not as it should be: on every page of the desk, above
// everything else, for as long as it is so. What is so is said when it comes; what that means is there to be read.
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { siteServerScreen as words } from '../../src-main/words/site-server.ts'
import type { Act } from '../act.ts'
import { clinicMoment, clinicTime } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './server-notice.module.css'

type Server = NonNullable<Reception['siteServer']>

export function ServerNotice(props: {
  readonly server: Server
  readonly today: string
  /** Results of a face reader may come to it. */
  readonly hasTerminal: boolean
  /** Whoever is here may look at patients. */
  readonly mayLook: boolean
  readonly act: Act
}) {
  const { server, today, hasTerminal, mayLook, act } = props
  if (server.state === 'up') return <AfterAlone server={server} mayLook={mayLook} act={act} />
  const since = server.since.startsWith(today) ? clinicTime(server.since) : clinicMoment(server.since)
  const isAlone = server.state === 'alone'
  return (
    <div className={isAlone ? styles.alone : styles.silent}>
      <Icon name="warning" className={styles.sign} />
      <div>
        <p className={styles.what} role="status">
          {isAlone ? words.alone(since) : words.silent(since)}
        </p>
        <p>
          {isAlone ? words.aloneMeans(since) : server.goesOn ? words.silentGoesOn : words.silentWaits}
          {isAlone && hasTerminal && words.aloneFaces}
        </p>
        {isAlone && server.failure && (
          <p className={styles.failure} role="status">
            {words.mergeFailed(reasonOf(server.failure))}
          </p>
        )}
      </div>
    </div>
  )
}

/** What has come of having been alone, and is not settled. */
function AfterAlone(props: {
  readonly server: Extract<Server, { readonly state: 'up' }>
  readonly mayLook: boolean
  readonly act: Act
}) {
  const { server, mayLook, act } = props
  const { conflicts, unmerged } = server
  return (
    <>
      {unmerged && (
        <div className={styles.silent}>
          <Icon name="warning" className={styles.sign} />
          <div>
            <p className={styles.what} role="status">
              {words.unmerged(unmerged.failure && reasonOf(unmerged.failure))}
            </p>
            <p>{words.unmergedMeans}</p>
          </div>
        </div>
      )}
      {conflicts > 0 && (
        <div className={styles.silent}>
          <Icon name="warning" className={styles.sign} />
          <p className={styles.question} role="status">
            {words.conflicts(conflicts)}
          </p>
          {mayLook && <Action onPress={() => act('openPage', { page: 'conflicts' })}>{words.look}</Action>}
        </div>
      )}
    </>
  )
}

/** Within a sentence. */
const reasonOf = (failure: Failure) => sentence(failure).message.replace(/。$/, '')
