// 自己負担上限額管理: the sheet of one certificate in one month. What was paid here is entered from the visit, what was paid
// elsewhere is copied from the patient's paper, and the line for the paper stands there to be written off.
import { useCallback, useState } from 'react'
import type { CapLineView, CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { monthOf } from '../../src-main/eligibility/cap/sheet.ts'
import { capScreen as words } from '../../src-main/words/cap.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { useHalfTypedAmong } from '../drafts.tsx'
import { Action } from '../parts/action.tsx'
import { Page } from '../parts/page.tsx'
import { capPapers } from '../print/papers/cap-papers.ts'
import { PrintAction, Printable } from '../print/printable.tsx'
import { CapLines } from './cap-lines.tsx'
import styles from './cap-page.module.css'
import { capPlace } from './cap-place.ts'
import { CapTotal } from './cap-total.tsx'
import { LineForm } from './line-form.tsx'
import { PaperLine } from './paper-line.tsx'

export function CapPage(props: {
  readonly sheet: CapSheetView | null
  readonly act: Act
  readonly onBack: () => void
}) {
  const { sheet, act, onBack } = props
  if (!sheet) {
    return (
      <Page title={words.title} status={words.gone} onBack={onBack}>
        {null}
      </Page>
    )
  }
  const status = words.status(sheet.patient.name, words.month(sheet.month))
  return (
    <Printable papers={capPapers(sheet)} visitId={sheet.visitId}>
      <Page title={words.title} status={status} onBack={onBack}>
        <Sheet key={`${sheet.certificate.recipientNumber} ${sheet.month}`} sheet={sheet} act={act} />
      </Page>
    </Printable>
  )
}

/** Which form is open: that of the visit, of the paper, or of a line to correct. */
type Open = 'own' | 'paper' | CapLineView

const draftOf = (place: string, form: Open) => `${place} ${typeof form === 'object' ? form.id : form}`

function Sheet({ sheet, act }: { readonly sheet: CapSheetView; readonly act: Act }) {
  const { visitId, certificate, month, seen, patient, ownLineId } = sheet
  const place = capPlace(sheet)
  const forms: readonly Open[] = ['own', 'paper', ...sheet.lines]
  const halfTyped = useHalfTypedAmong(forms.map((form) => draftOf(place, form)))
  const [open, setOpen] = useState(forms.find((form) => draftOf(place, form) === halfTyped) ?? null)
  const close = useCallback(() => setOpen(null), [])
  const { payerNumber, recipientNumber } = certificate
  const seenSheet = { visitId, certificate: { payerNumber, recipientNumber }, month, seen }
  const turnTo = (other: string) => act('openCapSheet', { visitId, certificate: seenSheet.certificate, month: other })
  const mayEnterOwn = ownLineId === null && monthOf(sheet.visitDay) === month
  const correct = (line: CapLineView) => (
    <LineForm
      key={line.id}
      sheet={sheet}
      kind="correction"
      draft={draftOf(place, line)}
      first={line.content}
      onSend={(content, reason) => act('correctCapLine', { ...seenSheet, lineId: line.id, content, ...reason })}
      onClose={close}
    />
  )
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <div>
          <p>{words.person(patient.nameKana, certificate.name)}</p>
          <p className={styles.numbers}>
            <span>
              {screen.payerNumber} <b>{payerNumber}</b>
            </span>
            <span>
              {screen.recipientNumber} <b>{recipientNumber}</b>
            </span>
          </p>
        </div>
        <nav className={styles.months} aria-label={words.monthsOther}>
          <Action weight="quiet" onPress={() => turnTo(addDays(`${month}-01`, -1).slice(0, 7))}>
            {words.before}
          </Action>
          <strong>{words.month(month)}</strong>
          <Action
            weight="quiet"
            isDisabled={month >= monthOf(sheet.today)}
            onPress={() => turnTo(addDays(`${month}-28`, 4).slice(0, 7))}
          >
            {words.after}
          </Action>
        </nav>
      </div>

      <CapTotal sheet={sheet} onSay={(isSeen) => act('sayCapPaperSeen', { ...seenSheet, isSeen })} />

      {(open === 'own' || open === 'paper') && (
        <LineForm
          key={open}
          sheet={sheet}
          kind={open}
          draft={draftOf(place, open)}
          first={null}
          onSend={(content) => (content ? act('enterCapLine', { ...seenSheet, content }) : Promise.resolve(null))}
          onClose={close}
        />
      )}
      <div className={styles.ways}>
        {mayEnterOwn && open !== 'own' && (
          <Action weight="primary" onPress={() => setOpen('own')}>
            {words.enterOwn}
          </Action>
        )}
        {open !== 'paper' && <Action onPress={() => setOpen('paper')}>{words.enterPaper}</Action>}
      </div>

      <PaperLine sheet={sheet} />
      <CapLines
        sheet={sheet}
        corrected={typeof open === 'object' ? (open?.id ?? null) : null}
        onCorrect={setOpen}
        form={correct}
      />
      <div>
        <PrintAction />
      </div>
    </div>
  )
}
