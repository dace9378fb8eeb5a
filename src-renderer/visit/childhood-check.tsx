// 接種歴を確かめる: every dose that was ever given, laid against its own rule, and what comes next. It lies folded: at the
// counter the voucher of the day comes first.
import type { Childhood } from '../../src-main/eligibility/vaccination/found.ts'
import { eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { doseVerdictText, voucherAdviceText, vaccinationScreen as words } from '../../src-main/words/vaccination.ts'
import { plainDate } from '../format.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './childhood-check.module.css'

export function ChildhoodCheck({ childhood: { doses, findings, next } }: { readonly childhood: Childhood }) {
  return (
    <details className={styles.whole}>
      <summary>{words.checkHistory(findings.filter(({ line }) => line.weight !== 'know').length)}</summary>
      {findings.length === 0 && <p>{words.historyIsRight(doses)}</p>}
      <ul>
        {findings.map(({ vaccine, givenOn, line }) => (
          <li key={`${vaccine} ${givenOn} ${line.code} ${JSON.stringify(line.values)}`} className={styles[line.weight]}>
            <Icon name={line.weight === 'know' ? 'unknown' : 'warning'} />
            <div>
              <p>
                <strong>{vaccine}</strong>
                {givenOn && <span className={styles.day}>{plainDate(givenOn)}</span>}
              </p>
              <p>{voucherAdviceText(line)}</p>
              {line.basis && (
                <p className={styles.rule}>
                  {line.basis.title}
                  {!line.basis.confirmed && `（${eligibilityScreen.unconfirmed}）`}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {next.length > 0 && (
        <>
          <h4>{words.comesNext}</h4>
          <p>{words.comesNextNote}</p>
          <ul>
            {next.map(({ vaccine, judgement }) => (
              <li key={vaccine}>
                <strong>{vaccine}</strong>
                <span>{judgement.dose?.label}</span>
                <span>{doseVerdictText(judgement)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}
