// レセプト件数 of the month, typed in, or of several months out of a file: the clinic's receipt computer knows it, we do not.
import { type FormEvent, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { MonthReport } from '../../src-main/contract/report.ts'
import { reportScreen } from '../../src-main/words/report.ts'
import type { Act } from '../act.ts'
import { base64Of } from '../base64.ts'
import { monthText, plainNumber } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import styles from './report-page.module.css'

const words = reportScreen.claims

/** Bytes the contract takes in base64. */
const maxBytes = 140_000

export function ClaimsForm({ report, act }: { readonly report: MonthReport; readonly act: Act }) {
  const { month, share } = report
  const [typed, setTyped] = useState(share.claims === null ? '' : String(share.claims))
  const [said, setSaid] = useState<{ readonly text: string; readonly isWrong: boolean } | null>(null)
  const count = /^\d{1,6}$/.test(plainNumber(typed)) ? Number(plainNumber(typed)) : null

  const enter = async (next: number | null) => {
    if (await act('enterClaims', { month, count: next })) return setSaid(null)
    setTyped(next === null ? '' : String(next))
    setSaid({
      text: next === null ? words.removed(monthText(month)) : words.saved(monthText(month), next),
      isWrong: false,
    })
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (count === null) setSaid({ text: words.wrong, isWrong: true })
    else await enter(count)
  }
  const read = async (file: File | undefined) => {
    if (!file) return
    const content = await base64Of(file.slice(0, maxBytes))
    if (await act('importClaims', { content })) return setSaid(null)
    setSaid({ text: words.imported, isWrong: false })
  }
  return (
    <section className={styles.part} aria-label={words.title(monthText(month))}>
      <h3>{words.title(monthText(month))}</h3>
      <form className={form.fields} onSubmit={send} autoComplete="off">
        <label className={form.labelled}>
          {words.label}
          <input
            className={form.amount}
            inputMode="numeric"
            maxLength={10}
            value={typed}
            aria-invalid={said?.isWrong === true}
            aria-describedby="claims-said"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <Action type="submit">{words.save}</Action>
        {share.claims !== null && <Action onPress={() => void enter(null)}>{words.remove}</Action>}
        <FileTrigger
          acceptedFileTypes={['.csv', '.txt', 'text/csv', 'text/plain']}
          onSelect={(files) => void read(files?.[0])}
        >
          <Action>{words.import}</Action>
        </FileTrigger>
      </form>
      <p
        id="claims-said"
        className={said?.isWrong ? form.trouble : undefined}
        role={said?.isWrong ? 'alert' : 'status'}
      >
        {said?.text}
      </p>
      <p className={styles.note}>{words.importNote}</p>
    </section>
  )
}
