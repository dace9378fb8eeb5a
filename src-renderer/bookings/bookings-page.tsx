// The bookings of a day to come: choose a list, say which column is what, and read what the source says of them while the
// counter goes on working.
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { BookingsView } from '../../src-main/contract/bookings.ts'
import { bookingsScreen as words } from '../../src-main/words/bookings.ts'
import { sentence } from '../../src-main/words/failures.ts'
import type { Act } from '../act.ts'
import { base64Of } from '../base64.ts'
import { eraDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import { BookingRun } from './booking-run.tsx'
import { ColumnForm } from './column-form.tsx'

/** Bytes the contract takes in base64. */
const maxBytes = 740_000

export function BookingsPage(props: { readonly view: BookingsView; readonly act: Act; readonly onBack: () => void }) {
  const { view, act, onBack } = props
  const { draft, run } = view
  const [isTooLarge, setTooLarge] = useState(false)
  const read = async (file: File | undefined) => {
    if (!file) return
    setTooLarge(file.size > maxBytes)
    if (file.size <= maxBytes) await act('readBookings', { content: await base64Of(file) })
  }
  const tooLarge = sentence({ code: 'BOOKINGS_UNREADABLE' })
  const choose = (
    <FileTrigger
      acceptedFileTypes={['.csv', '.txt', 'text/csv', 'text/plain']}
      onSelect={(files) => void read(files?.[0])}
    >
      <Action weight={run ? 'secondary' : 'primary'}>{run ? words.chooseOther : words.choose}</Action>
    </FileTrigger>
  )
  return (
    <Page title={words.title} status={statusOf(view)} onBack={onBack}>
      {isTooLarge && (
        <p className={form.failure} role="alert">
          {tooLarge.message}
          {tooLarge.next}
        </p>
      )}
      {draft ? (
        <ColumnForm key={draft.columns.map(({ name }) => name).join()} draft={draft} act={act} />
      ) : run ? (
        <BookingRun run={run} act={act}>
          {choose}
        </BookingRun>
      ) : (
        <div>{choose}</div>
      )}
    </Page>
  )
}

function statusOf({ draft, run }: BookingsView): string {
  if (draft) return words.draft(draft.count)
  if (!run) return words.note
  const what = words.run(eraDate(run.day), run.total)
  return `${what}。${run.state === 'finished' ? words.finished : words.progress(run.done, run.total)}`
}
