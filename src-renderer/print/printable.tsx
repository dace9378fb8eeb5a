// Around whatever can be printed: F8, or its button, opens the preview in its place; Esc, and a paper that has gone to the
// printer, bring it back as it was, with the focus where it had been. Whoever has papers to offer puts this around their page
// and a PrintAction somewhere in it.
import { Activity, createContext, type ReactNode, type RefObject, use, useLayoutEffect, useRef, useState } from 'react'
import { screen } from '../../src-main/words/desk.ts'
import { printScreen as words } from '../../src-main/words/papers.ts'
import { later } from '../later.tsx'
import { KeyedAction } from '../parts/keyed-action.tsx'
import type { Paper } from './paper.ts'

const PrintPreview = later(async () => (await import('./print-preview.tsx')).PrintPreview)

const OpenContext = createContext<{
  readonly open: () => void
  readonly button: RefObject<HTMLButtonElement | null>
} | null>(null)

export function Printable(props: {
  /** What there is to be printed, the one that is wanted most first; empty: nothing. */
  readonly papers: readonly Paper[]
  /** For the audit trail; null: they are about no visit. */
  readonly visitId: string | null
  readonly children: ReactNode
}) {
  const { papers, visitId, children } = props
  const [isWanted, setWanted] = useState(false)
  const [printed, setPrinted] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const isOpen = isWanted && papers.length > 0
  const wasOpen = useRef(false)
  // After what stands in its place has taken the focus for itself.
  useLayoutEffect(() => {
    if (!isOpen && wasOpen.current) button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  const open = () => {
    setPrinted(null)
    setWanted(true)
  }
  const close = () => setWanted(false)
  return (
    <>
      {/* Hidden it keeps what was typed and unfolded, and none of its keys counts. */}
      <Activity mode={isOpen ? 'hidden' : 'visible'}>
        <OpenContext value={papers.length > 0 ? { open, button } : null}>{children}</OpenContext>
      </Activity>
      {isOpen && (
        <PrintPreview
          papers={papers}
          visitId={visitId}
          onBack={close}
          onPrinted={(title) => {
            setPrinted(words.done(title))
            close()
          }}
        />
      )}
      <p className="visually-hidden" role="status">
        {printed}
      </p>
    </>
  )
}

/** Opens the preview; not there where nothing can be printed. */
export function PrintAction({ children = words.open }: { readonly children?: ReactNode }) {
  const printable = use(OpenContext)
  if (!printable) return null
  return (
    <KeyedAction shortcut={screen.keys.print} buttonRef={printable.button} onPress={printable.open}>
      {children}
    </KeyedAction>
  )
}
