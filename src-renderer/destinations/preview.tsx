// What the destination would write for a sample patient, character by character, and for which of them it would not.
import { useId } from 'react'
import type { DestinationPreview } from '../../src-main/contract/destination-setup.ts'
import { destinationsScreen as words } from '../../src-main/words/destinations.ts'
import { sentence } from '../../src-main/words/failures.ts'
import form from '../parts/form.module.css'
import { Icon } from '../parts/icon.tsx'
import styles from './destinations-page.module.css'

export function Preview(props: {
  /** null: what stands in the form does not fit yet. */
  readonly preview: DestinationPreview | null
  readonly sample: string
  readonly onSample: (sample: string) => void
}) {
  const { preview, sample, onSample } = props
  const id = useId()
  if (!preview) return <p className={styles.preview}>{words.incomplete}</p>
  const { samples, file } = preview
  const held = samples.filter(({ failure }) => failure).length
  const failure = samples.find((each) => each.id === sample)?.failure
  return (
    <section className={styles.preview} aria-label={words.preview}>
      <h3>{words.preview}</h3>
      <p role="status" className={held > 0 ? styles.held : styles.fits}>
        <Icon name={held > 0 ? 'warning' : 'ok'} />
        {held > 0 ? words.holds(held, samples.length) : words.fits(samples.length)}
      </p>
      <div className={styles.field}>
        <label htmlFor={id}>{words.sample}</label>
        <select id={id} className={form.control} value={sample} onChange={({ target }) => onSample(target.value)}>
          {samples.map(({ id: value, label, failure: trouble }) => (
            <option key={value} value={value}>
              {trouble ? words.held(label) : label}
            </option>
          ))}
        </select>
      </div>
      {/* What to do about it at the counter is no matter here. */}
      {failure && <p className={styles.failure}>{sentence(failure).message}</p>}
      {file && (
        <>
          <p>
            {words.fileName}: <code className={styles.name}>{file.name}</code>
          </p>
          <textarea className={styles.text} aria-label={file.name} readOnly rows={22} value={file.text} />
        </>
      )}
    </section>
  )
}
