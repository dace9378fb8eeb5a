// Opens and closes the guide, and keeps where the focus was: whoever reads up in the middle of typing goes on typing.
import { useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { screen } from '../../src-main/words/desk.ts'
import { useFunctionKey } from '../keys/function-key.ts'
import { focusHeading } from '../keys/keep-focus.ts'
import type { Place } from './where.ts'

const inHelp = '[data-help]'

export interface HelpState {
  /** What it was opened at, counted: opened anew it begins anew. null: it is closed. */
  readonly opened: { readonly place: Place; readonly nth: number } | null
  readonly open: () => void
  readonly close: () => void
}

/** `where`: one is now. */
export function useHelp(where: () => Place): HelpState {
  const [opened, setOpened] = useState<HelpState['opened']>(null)
  const before = useRef<Element | null>(null)

  const open = useCallback(() => {
    const { activeElement } = document
    if (!activeElement?.closest(inHelp)) before.current = activeElement
    const place = where()
    setOpened((now) => ({ place, nth: (now?.nth ?? 0) + 1 }))
  }, [where])

  const close = useCallback(() => {
    // Whoever is at something else by now stays there.
    const isReading = document.activeElement === document.body || document.activeElement?.closest(inHelp) !== null
    // What was hidden meanwhile can have the focus again.
    flushSync(() => setOpened(null))
    if (!isReading) return
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
    if (document.activeElement === document.body) focusHeading(document.querySelector('main'))
  }, [])

  // The list stands in the place of the guide again.
  const search = useCallback(() => {
    if (!opened) return
    flushSync(() => setOpened(null))
    document.getElementById('search-visits')?.focus()
  }, [opened])

  useFunctionKey(screen.keys.help, open)
  useFunctionKey(screen.keys.search, search)
  return { opened, open, close }
}
