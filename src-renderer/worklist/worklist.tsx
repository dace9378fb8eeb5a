// The day so far as work: who has been at the counter, what of it waits for a person or has not got out, and the way to
// one of them by kana, name or 診察券番号, typed or scanned.
import { type KeyboardEvent, memo, useRef, useState } from 'react'
import type { ListedVisit } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { pastScreen } from '../../src-main/words/past.ts'
import type { Act } from '../act.ts'
import { plainNumber } from '../format.ts'
import { useFunctionKey } from '../keys/function-key.ts'
import { useScanFinder } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Rows } from './rows.tsx'
import { matching, ofPile, type Pile, piles, withNumber } from './wanted.ts'
import styles from './worklist.module.css'

const words = screen.worklist

/** What is typed may be a 診察券番号: then it is looked for at once, else the page for it is opened. */
const isNumber = (typed: string) => /^(?=.*\d)[0-9A-Za-z-]{1,20}$/.test(plainNumber(typed))

interface WorklistProps {
  /** Today's visits and earlier ones that wait for a person, newest first. */
  readonly visits: readonly ListedVisit[]
  /** The patient is looking, so no other patient may be in sight. */
  readonly isHidden: boolean
  readonly today: string
  readonly shownId: string | undefined
  readonly onShow: (visitId: string) => void
  readonly act: Act
}

export const Worklist = memo(function Worklist({ isHidden, ...list }: WorklistProps) {
  return (
    <section className={styles.worklist} aria-labelledby="todays-visits">
      <h2 id="todays-visits">{screen.visits}</h2>
      {isHidden ? <p className={styles.none}>{screen.visitsHidden}</p> : <Wanted {...list} />}
    </section>
  )
})

/** What was typed goes with it when it is hidden: that is a name, too. */
function Wanted({ visits, today, shownId, onShow, act }: Omit<WorklistProps, 'isHidden'>) {
  const [typed, setTyped] = useState('')
  const [pile, setPile] = useState<Pile>('all')
  const field = useRef<HTMLInputElement>(null)
  const part = useRef<HTMLDivElement>(null)
  const found = matching(ofPile(visits, pile), typed)

  useFunctionKey(screen.keys.search, () => {
    field.current?.focus()
    field.current?.select()
  })
  useScanFinder((text) => {
    const visit = withNumber(visits, text)
    if (!visit) return 'scanNotFound'
    onShow(visit.id)
    return 'scanFound'
  })

  const toRows = () => part.current?.querySelector<HTMLElement>('ol [tabindex="0"]')?.focus()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      toRows()
    }
    if (event.key === 'Escape' && typed !== '') {
      // It is over with what was typed; with what is shown another time.
      event.stopPropagation()
      setTyped('')
    }
    if (event.key === 'Enter' && typed !== '') {
      // It is not for the row that gets the focus.
      event.preventDefault()
      const only = withNumber(found, typed) ?? (found.length === 1 ? found[0] : undefined)
      if (only) onShow(only.id)
      else toRows()
    }
  }
  return (
    <div ref={part}>
      <search className={styles.search}>
        <label htmlFor="search-visits">
          {words.search}
          <KeyCap>{screen.keys.search}</KeyCap>
        </label>
        <span id="search-note" className={styles.searchNote}>
          {words.searchNote}
        </span>
        <input
          ref={field}
          id="search-visits"
          value={typed}
          maxLength={40}
          aria-describedby="search-note"
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={onKeyDown}
        />
      </search>
      {typed !== '' && (
        <Action
          weight="quiet"
          onPress={() =>
            void (isNumber(typed)
              ? act('lookBack', { kind: 'number', patientNumber: plainNumber(typed) })
              : act('openPage', { page: 'past' }))
          }
        >
          {pastScreen.openPast}
        </Action>
      )}
      <fieldset className={styles.piles}>
        <legend className="visually-hidden">{words.piles}</legend>
        {piles.map((each) => (
          <label key={each} className={styles.pile}>
            <input type="radio" name="pile" checked={pile === each} onChange={() => setPile(each)} />
            {words.pile[each]}
            <strong>{ofPile(visits, each).length}</strong>
          </label>
        ))}
      </fieldset>
      <p className={found.length === 0 ? styles.none : 'visually-hidden'} role="status">
        {visits.length === 0
          ? screen.noVisits
          : found.length === 0
            ? words.none
            : typed === ''
              ? ''
              : words.found(found.length)}
      </p>
      {found.length > 0 && (
        <Rows visits={found} today={today} shownId={shownId} onShow={onShow} labelledBy="todays-visits" />
      )}
    </div>
  )
}
