// What the terminal said besides the answer, word for word: codes also come with a normal result, and staff read them
// out on the phone. What no mapping knows is listed for support.

import type { VisitView } from '../../src-main/contract/reception.ts'
import { faceReader, qualificationText } from '../../src-main/words/terminal.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './terminal-report.module.css'

export function TerminalReport({ report }: { readonly report: NonNullable<VisitView['report']> }) {
  const { qualification, codes, unknown, referenceNumber } = report
  return (
    <section className={styles.report} aria-label={faceReader.report}>
      <p className={styles.line}>
        <strong>{faceReader.report}</strong>
        {qualification && <span>{qualificationText[qualification]}</span>}
        {referenceNumber !== null && <span>{faceReader.referenceNumber(referenceNumber)}</span>}
      </p>
      {codes.map(({ code, message }) => (
        <p key={`${code} ${message}`} className={styles.code}>
          <Icon name="warning" />
          <span>
            {code} {message}
          </span>
        </p>
      ))}
      {unknown.length > 0 && (
        <details>
          <summary>{faceReader.unknown(unknown.length)}</summary>
          <ul className={styles.unknown}>
            {unknown.map(({ path, text }) => (
              <li key={path}>
                <code>{path}</code>
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
