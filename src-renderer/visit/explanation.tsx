// Where every line of a card comes from, one click away: who said it, in which version, when, and the rules it rests on.

import type { Basis } from '../../src-main/eligibility/basis.ts'
import { eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import { clinicMoment } from '../format.ts'
import styles from './explanation.module.css'

/** When and from where an answer came. */
export interface Origin {
  readonly source: 'pmh' | 'terminal' | null
  /** RFC 3339 in clinic time, null where nothing was fetched. */
  readonly fetchedAt: string | null
}

export function Explanation(props: {
  readonly origin: Origin
  readonly version?: string
  /** Since when the source has been saying exactly this; null: for the first time. */
  readonly saidSince?: string | null
  readonly bases: readonly Basis[]
}) {
  const { origin, version, saidSince, bases } = props
  const rules = [...new Map(bases.map((basis) => [basis.title, basis])).values()]
  return (
    <details className={styles.explanation}>
      <summary>{words.basis}</summary>
      <dl className={styles.list}>
        <dt>{words.sourceLabel}</dt>
        <dd>
          {origin.source && <span>{words.source[origin.source]}</span>}
          {version !== undefined && (
            <span>
              {words.version} {version}
            </span>
          )}
          {origin.fetchedAt && (
            <span>
              {words.asked} {clinicMoment(origin.fetchedAt)}
            </span>
          )}
          {saidSince !== undefined && (
            <span>{saidSince === null ? words.firstTime : words.since(clinicMoment(saidSince))}</span>
          )}
        </dd>
        {rules.length > 0 && <dt>{words.rule}</dt>}
        {rules.map(({ title, date, confirmed }) => (
          <dd key={title}>
            <span>{title}</span>
            {date && <span>{words.basisDate(date)}</span>}
            {!confirmed && <span className={styles.unconfirmed}>{words.unconfirmed}</span>}
          </dd>
        ))}
      </dl>
    </details>
  )
}
