// A start whose settings cannot be used, or whose site's server cannot: what is wrong and where, for whoever has the file open, and for reception what to do
// meanwhile. It goes away by itself once they are mended.
import type { Unsettled } from '../../src-main/contract/told.ts'
import { faultsIn } from '../../src-main/ground/setting-fault.ts'
import { referenceText, sentence } from '../../src-main/words/failures.ts'
import { faultText } from '../../src-main/words/setting-faults.ts'
import { unsettledScreen as words } from '../../src-main/words/unsettled.ts'
import { Headline } from '../parts/headline.tsx'
import { Icon } from '../parts/icon.tsx'
import styles from './unsettled-page.module.css'

export function UnsettledPage({ unsettled: { failure, files } }: { readonly unsettled: Unsettled }) {
  const faults = faultsIn(failure).map(faultText)
  const number = failure.detail?.reference
  const said = sentence(failure)
  const isInSettings = failure.code === 'SETTINGS_INVALID'
  const { title, note } = isInSettings ? words : words.server
  const { steps } = isInSettings ? words.ways : words.server
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <Icon name="error" className={styles.sign} />
        <div>
          <Headline level={1} className={styles.title}>
            {title}
          </Headline>
          <p role="alert">{note}</p>
        </div>
      </header>
      <section>
        <h2>{isInSettings ? words.faults : words.server.reason}</h2>
        <p role="status">{faults.length > 0 ? words.count(faults.length) : said.message}</p>
        {!isInSettings && <p>{said.next}</p>}
        <ol className={styles.faults}>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ol>
      </section>
      <section>
        <h2>{words.files}</h2>
        <ul className={styles.files}>
          {files.map((file) => (
            <li key={file}>{file}</li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{words.ways.title}</h2>
        <ol className={styles.ways}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {number !== undefined && <p className={styles.number}>{referenceText(number)}</p>}
      </section>
    </main>
  )
}
