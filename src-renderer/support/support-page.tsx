// サポート用の情報: the file for the vendor, shown as a whole before it is saved. What is saved is what is shown.
import { useId, useState } from 'react'
import type { Page as PageView } from '../../src-main/contract/pages.ts'
import { support as words } from '../../src-main/words/support-bundle.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import { saveFile } from '../save-file.ts'
import styles from './support-page.module.css'

export function SupportPage(props: {
  readonly view: Extract<PageView, { name: 'supportBundle' }>
  readonly act: Act
  readonly onBack: () => void
}) {
  const { view, act, onBack } = props
  const id = useId()
  /** The text that was saved: another one has not been. */
  const [saved, setSaved] = useState<string | null>(null)
  const save = () => {
    saveFile(view.file, view.text, 'text/plain')
    setSaved(view.text)
  }
  return (
    <Page title={words.title} status={saved === view.text ? words.saved : words.status} onBack={onBack}>
      <p>{words.note}</p>
      <div className={form.ways}>
        <Action weight="primary" onPress={save}>
          {words.save}
        </Action>
        <Action onPress={() => void act('openPage', { page: 'supportBundle' })}>{words.again}</Action>
      </div>
      <h3 id={id}>{words.text}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by the keyboard as well */}
      <section className={styles.scroll} tabIndex={0} aria-labelledby={id}>
        <pre className={styles.text}>{view.text}</pre>
      </section>
    </Page>
  )
}
