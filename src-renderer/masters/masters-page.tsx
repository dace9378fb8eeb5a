// The national master of local schemes: choose the publisher's file, see what it changes, take it over. For clinic IT; the
// counter goes on working.
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { LocalMasterView } from '../../src-main/contract/local-master.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { mastersScreen as words } from '../../src-main/words/masters.ts'
import type { Act } from '../act.ts'
import { base64Of } from '../base64.ts'
import { plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import table from '../parts/table.module.css'

/** Bytes of a piece: what the contract takes in base64. */
const pieceBytes = 720_000

export function MastersPage(props: { readonly view: LocalMasterView; readonly act: Act; readonly onBack: () => void }) {
  const { view, act, onBack } = props
  const { issue, draft } = view
  const [sent, setSent] = useState<number | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const send = async (file: File | undefined) => {
    if (!file) return
    setUnreadable(false)
    try {
      await sendFile(file, act, setSent)
    } catch {
      // Moved or locked since it was chosen.
      setUnreadable(true)
    } finally {
      setSent(null)
    }
  }
  const unreadable = sentence({ code: 'MASTER_UNREADABLE' })
  return (
    <Page title={words.title} status={statusOf(view, sent)} onBack={onBack}>
      {isUnreadable && (
        <p className={form.failure} role="alert">
          {unreadable.message}
          {unreadable.next}
        </p>
      )}
      <p>{words.note}</p>
      {draft ? (
        <Draft draft={draft} act={act} />
      ) : (
        <div>
          <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={(files) => void send(files?.[0])}>
            <Action weight={issue ? 'secondary' : 'primary'} isDisabled={sent !== null}>
              {words.choose}
            </Action>
          </FileTrigger>
        </div>
      )}
    </Page>
  )
}

function Draft({ draft, act }: { readonly draft: NonNullable<LocalMasterView['draft']>; readonly act: Act }) {
  const { counts, examples, withoutNumber } = draft
  const more = counts.new + counts.changed + counts.ended - examples.length
  return (
    <>
      <table className={table.table}>
        <tbody>
          {(['new', 'changed', 'ended', 'same'] as const).map((change) => (
            <tr key={change}>
              <th scope="row">{words.change[change]}</th>
              <td>{words.count(counts[change])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {withoutNumber > 0 && <p>{words.withoutNumber(withoutNumber)}</p>}
      <div className={form.ways}>
        <Action weight="primary" onPress={() => act('takeMaster', {})}>
          {words.take}
        </Action>
        <Action onPress={() => act('dropMaster', {})}>{words.drop}</Action>
      </div>
      {examples.length > 0 && (
        <table className={table.table} aria-label={words.examples}>
          <tbody>
            {examples.map(({ change, payerNumber, prefecture, municipality, name }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one number may stand there twice
              <tr key={place}>
                <td>{words.change[change]}</td>
                <td>{payerNumber}</td>
                <td>
                  {prefecture}
                  {municipality}
                </td>
                <td>{name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && <p>{words.more(more)}</p>}
    </>
  )
}

function statusOf({ issue, draft }: LocalMasterView, sent: number | null): string {
  if (sent !== null) return words.sending(sent)
  if (draft) return words.draft(plainDate(draft.issuedOn), draft.rows)
  return issue ? words.issue(plainDate(issue.issuedOn), issue.count) : words.none
}

/** Piece by piece, until one is refused. Throws where the file cannot be read. */
async function sendFile(file: File, act: Act, tell: (percent: number) => void): Promise<void> {
  const pieces = Math.max(1, Math.ceil(file.size / pieceBytes))
  for (let place = 0; place < pieces; place++) {
    tell(Math.floor((place * 100) / pieces))
    const content = await base64Of(file.slice(place * pieceBytes, (place + 1) * pieceBytes))
    const isLast = place === pieces - 1
    if (await act('sendMaster', { name: file.name.slice(-200), place, content, isLast })) return
  }
}
