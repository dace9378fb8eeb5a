// What was given and done before, newest first. What the source does not say is not "nothing was given".

import type { History } from '../../src-main/eligibility/vouchers.ts'
import { checkupResultText, siteText, vaccinationScreen as words } from '../../src-main/words/vaccination.ts'
import { plainDate } from '../format.ts'
import styles from './past-doses.module.css'

export function PastDoses({ history }: { readonly history: History }) {
  const doses = (history.doses ?? []).map((dose) => ({
    ...dose,
    day: dose.givenOn,
    name: dose.vaccineName,
    said: [
      dose.doseNumber === null ? '' : words.times(dose.doseNumber),
      dose.lotNumber === null ? '' : `${words.lot} ${dose.lotNumber}`,
      dose.site === null ? '' : siteText[dose.site],
    ],
  }))
  const checkups = (history.checkups ?? []).map((checkup) => ({
    ...checkup,
    day: checkup.doneOn,
    name: checkup.checkupName,
    said: [checkup.result === null ? '' : checkupResultText[checkup.result]],
  }))
  const lines = [...doses, ...checkups].sort((a, b) => b.day.localeCompare(a.day))
  if (lines.length === 0) return null
  return (
    <details className={styles.past}>
      <summary>{words.past(lines.length)}</summary>
      <ul>
        {lines.map(({ day, name, said, clinic, municipality, medium }) => (
          <li key={`${day} ${name} ${said.join(' ')}`}>
            <span className={styles.day}>{plainDate(day)}</span>
            <strong>{name}</strong>
            <span>{said.filter((text) => text !== '').join('　')}</span>
            <span className={styles.where}>
              {[clinic, municipality, medium === 'paper' ? words.onPaper : null]
                .filter((text) => text !== null)
                .join('　')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
