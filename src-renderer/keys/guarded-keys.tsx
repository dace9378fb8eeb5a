// Puts the guard over the whole page: what it holds back never reaches a button or a form, whoever wrote them, and a short
// sentence says so instead. The head of the page and the lists beside it decide nothing, and are left alone.
import { createContext, type ReactNode, type RefObject, use, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { screen } from '../../src-main/words/desk.ts'
import { systemTime, type Time } from '../time.ts'
import styles from './guarded-keys.module.css'
import { keepFocus } from './keep-focus.ts'
import { createKeyGuard, type KeyGuard } from './key-guard.ts'

/** Takes what a scanner has typed while no field had the focus. */
type ScanTaker = (text: string) => void
/** The same where no form waits for it; says what came of it. */
type ScanFinder = (text: string) => Hint

interface Keys {
  readonly guard: KeyGuard
  /** Something new stands there to be decided; a sentence about what was there before is over. */
  readonly appeared: () => void
  readonly takers: ScanTaker[]
  finder: ScanFinder | null
}

const KeysContext = createContext<Keys>({
  guard: createKeyGuard(systemTime.now),
  appeared: () => undefined,
  takers: [],
  finder: null,
})

/** How long the sentence stands there. */
const hintMs = 6000

export type Hint = keyof (typeof screen)['keyHint']

export function GuardedKeys(props: {
  readonly time: Time
  /** What is said of a key that did nothing. */
  readonly hints: Readonly<Record<Hint, string>>
  readonly children: ReactNode
}) {
  const { time, hints, children } = props
  const [hint, setHint] = useState<Hint | null>(null)
  const [keys] = useState<Keys>(() => {
    const guard = createKeyGuard(time.now)
    const appeared = () => {
      guard.appeared()
      setHint(null)
    }
    return { guard, appeared, takers: [], finder: null }
  })
  useEffect(() => listen(keys, setHint), [keys])
  useEffect(keepFocus, [])
  useEffect(() => (hint ? time.after(hintMs, () => setHint(null)) : undefined), [hint, time])
  return (
    <KeysContext value={keys}>
      {children}
      <p className={hint ? styles.hint : 'visually-hidden'} role="status">
        {hint && hints[hint]}
      </p>
    </KeysContext>
  )
}

/**
 * For whatever puts something new to decide on the page: from now on its second counts. The element, if there is one, gets
 * the focus, and must be one that decides nothing: a heading, a field to type into, or the answer that leaves all as it is.
 */
export function useFreshContent<T extends HTMLElement>(): RefObject<T | null> {
  const start = useRef<T>(null)
  const { appeared } = use(KeysContext)
  // Before the page is painted: no key falls between what is seen and what counts.
  useLayoutEffect(() => {
    appeared()
    start.current?.focus()
  }, [appeared])
  return start
}

/** While the calling part stands on the page, it gets what is scanned outside every field. */
export function useScan(take: ScanTaker): void {
  const { takers } = use(KeysContext)
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const taker: ScanTaker = (text) => latest.current(text)
    takers.push(taker)
    return () => void takers.splice(takers.indexOf(taker), 1)
  }, [takers])
}

/** While the calling part stands on the page, it gets what is scanned where no form waits for it. */
export function useScanFinder(find: ScanFinder): void {
  const keys = use(KeysContext)
  const latest = useRef(find)
  latest.current = find
  useEffect(() => {
    keys.finder = (text) => latest.current(text)
    return () => {
      keys.finder = null
    }
  }, [keys])
}

function listen(keys: Keys, tell: (hint: Hint) => void): () => void {
  const { guard, takers } = keys
  /** Held back on its way down: Firefox presses a button when Space comes up again. */
  const held = new Set<string>()
  const stop = (event: Event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    const verdict = guard.press(event, target instanceof Element && isField(target))
    held.delete(event.key)
    if (verdict.kind === 'counts' || !(target instanceof Element) || !isGuarded(target)) return
    if (verdict.kind === 'early' && (!decides(target) || (event.key === ' ' && isField(target)))) return
    stop(event)
    held.add(event.key)
    if (verdict.kind === 'early') return event.repeat ? undefined : tell('early')
    if (isField(target) && !isSecret(target)) return tell('scanned')
    const taker = takers.at(-1)
    if (!taker) return tell(isSecret(target) ? 'scanUnused' : (keys.finder?.(verdict.text) ?? 'scanUnused'))
    taker(verdict.text)
    tell(isSecret(target) ? 'scanUnused' : 'scanned')
  }
  const onKeyUp = (event: KeyboardEvent) => {
    if (held.delete(event.key)) stop(event)
  }
  const onClick = (event: MouseEvent) => {
    const isByPointer = event.detail > 0
    if (isByPointer || !(event.target instanceof Element)) return
    if (!event.target.closest('button') || !isGuarded(event.target)) return
    if (!guard.isEarly()) return
    stop(event)
    tell('early')
  }
  window.addEventListener('keydown', onKeyDown, true)
  window.addEventListener('keyup', onKeyUp, true)
  window.addEventListener('click', onClick, true)
  return () => {
    window.removeEventListener('keydown', onKeyDown, true)
    window.removeEventListener('keyup', onKeyUp, true)
    window.removeEventListener('click', onClick, true)
  }
}

const isGuarded = (target: Element) => target.closest('header, aside') === null
const isField = (target: Element) => target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
const isSecret = (target: Element) => target.matches('input[type=password]')
const decides = (target: Element) => target.closest('button, form') !== null
