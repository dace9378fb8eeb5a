// A certificate as the clinic confirmed it beside what the source says today: both numbers and the period always, so that
// either can be compared with the paper, and whatever else has changed, marked by a word and a sign. What is written of an
// illness is folded away: others look at the screen, too.
import type { ReactNode } from 'react'
import type { Difference } from '../../src-main/eligibility/assessment.ts'
import type { Benefit } from '../../src-main/eligibility/model.ts'
import { fieldText, fieldValueText, eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import { eraDate } from '../format.ts'
import { GroupedNumber } from '../parts/grouped-number.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './certificate-comparison.module.css'

type Field = Difference['fields'][number]['field']

/** What a certificate is told by, whether it has changed or not. */
const always = ['payerNumber', 'recipientNumber', 'validFrom', 'validTo'] as const satisfies readonly Field[]

/** `now`: as today's answer has it; null: it does not. */
export function CertificateComparison(props: {
  readonly difference: Difference
  readonly confirmed: Benefit
  readonly now: Benefit | null
}) {
  const { confirmed, now } = props
  const { fields, notCompared, kind } = props.difference
  const others = fields.filter(({ field }) => !always.some((each) => each === field))
  const rows = [...always.map((field) => ({ field, before: confirmed[field], after: now?.[field] ?? null })), ...others]
  const isChanged = (field: Field) => fields.some((each) => each.field === field)
  return (
    <div className={styles.comparison}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td className={styles.head} />
            <th scope="col" className={styles.head}>
              {now ? words.before : words.confirmedOnce}
            </th>
            {now && (
              <th scope="col" className={styles.head}>
                {kind === 'renewed' ? words.nextPeriod : words.after}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, before, after }) => (
            <tr key={field} className={isChanged(field) ? styles.changed : undefined}>
              <th scope="row" className={styles.field}>
                {fieldText[field]}
                {isChanged(field) && (
                  <span className={styles.mark}>
                    <Icon name="warning" />
                    {words.changed}
                  </span>
                )}
              </th>
              <td className={styles.value}>
                <Folded field={field} of={words.before}>
                  <Value field={field} value={before} other={now ? after : null} />
                </Folded>
              </td>
              {now && (
                <td className={styles.value}>
                  <Folded field={field} of={words.after}>
                    <Value field={field} value={after} other={before} />
                  </Folded>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {notCompared.length > 0 && (
        <p className={styles.note}>{words.notCompared(notCompared.map((field) => fieldText[field]))}</p>
      )}
    </div>
  )
}

function Value(props: {
  readonly field: Field
  readonly value: Difference['fields'][number]['before']
  readonly other: Difference['fields'][number]['before']
}) {
  const { field, value, other } = props
  const isNumber = field === 'payerNumber' || field === 'recipientNumber'
  if (isNumber && typeof value === 'string' && value !== '') {
    return <GroupedNumber number={value} other={typeof other === 'string' ? other : null} />
  }
  // A day that no calendar reaches stands for no end.
  if ((field === 'validFrom' || field === 'validTo') && typeof value === 'string') {
    return <>{value >= '9000' ? words.openEnd : eraDate(value)}</>
  }
  return <>{fieldValueText(field, value)}</>
}

/** What stands on the certificate besides may name an illness. */
function Folded(props: { readonly field: Field; readonly of: string; readonly children: ReactNode }) {
  if (props.field !== 'details') return <>{props.children}</>
  return (
    <details className={styles.folded}>
      <summary>
        <span className="visually-hidden">{props.of} </span>
        {words.unfold}
      </summary>
      <p>{props.children}</p>
    </details>
  )
}
