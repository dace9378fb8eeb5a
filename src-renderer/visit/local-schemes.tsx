// What the national master of local schemes says of a certificate: each scheme of its number with its conditions. Several
// are choices that a person compares with the paper; none is marked as the right one.

import type { LocalFinding } from '../../src-main/eligibility/local/judge.ts'
import { localFacts, localSchemeTitle, localScreen as words } from '../../src-main/words/local-schemes.ts'
import card from './benefit-card.module.css'
import styles from './local-schemes.module.css'

export function LocalSchemes({ schemes }: Pick<LocalFinding, 'schemes'>) {
  const conditions = schemes.flatMap((scheme) => scheme.conditions.map((condition) => ({ scheme, condition })))
  if (conditions.length === 0) return null
  const isOne = conditions.length === 1
  return (
    <details className={card.details}>
      <summary>{words.title}</summary>
      {!isOne && <p className={styles.note}>{words.choose}</p>}
      {conditions.map(({ scheme, condition }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of the master, which have no other name
        <section key={place} className={styles.condition}>
          <h5 className={styles.title}>
            {!isOne && <span className={styles.place}>{words.condition(place + 1, conditions.length)}</span>}
            {localSchemeTitle(scheme)}
          </h5>
          <dl className={card.facts}>
            {localFacts(condition).map(({ label, text }) => (
              <div key={label} className={card.detail}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
          {condition.others.length > 0 && (
            <>
              <p className={styles.note}>{words.others}</p>
              <dl className={`${card.facts} ${styles.others}`}>
                {condition.others.map(({ item, text }) => (
                  <div key={item} className={card.detail}>
                    <dt>{item}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            </>
          )}
        </section>
      ))}
      <p className={styles.note}>{words.unconfirmed}</p>
    </details>
  )
}
