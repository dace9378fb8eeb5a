// What is half typed outlives its form: a card that is laid, the screen that hides, or a line that breaks and comes back takes
// the form away without anybody having said so. It stays in this page's memory only, until it is sent or given up, and goes
// with the page.
import { createContext, type ReactNode, use, useState } from 'react'

interface Drafts {
  /** Half typed, by the place it belongs to (a visit, a page), the form and the field. */
  readonly texts: Map<string, string>
  /** Sent, or given up. */
  forget(form: string): void
  /** The places with something half typed. */
  places(): string[]
}

function createDrafts(): Drafts {
  const texts = new Map<string, string>()
  return {
    texts,
    forget(form) {
      for (const key of texts.keys()) if (key.startsWith(`${form} `)) texts.delete(key)
    },
    places: () => [...new Set([...texts.keys()].map((key) => key.split(' ')[0] ?? ''))],
  }
}

export const DraftsContext = createContext(createDrafts())

/** Around what a page shows, for as long as its line to the agent is there or comes back by itself. */
export function KeepsDrafts({ children }: { readonly children: ReactNode }) {
  const [drafts] = useState(createDrafts)
  return <DraftsContext value={drafts}>{children}</DraftsContext>
}

/** Whether the form was left half typed: it stands open again. */
export function useIsHalfTyped(form: string): boolean {
  const { texts } = use(DraftsContext)
  return [...texts.keys()].some((key) => key.startsWith(`${form} `))
}

/** The first of several forms that was left half typed; null: none. */
export function useHalfTypedAmong(forms: readonly string[]): string | null {
  const { texts } = use(DraftsContext)
  const keys = [...texts.keys()]
  return forms.find((form) => keys.some((key) => key.startsWith(`${form} `))) ?? null
}

export const useForget = () => use(DraftsContext).forget

/** As `useState`, kept when the form goes away. `form`: the place and the form, with a space between them. */
export function useDraft(form: string, field: string, first: string): readonly [string, (text: string) => void] {
  const { texts } = use(DraftsContext)
  const key = `${form} ${field}`
  const [text, setText] = useState(() => texts.get(key) ?? first)
  const keep = (next: string) => {
    if (next === first) texts.delete(key)
    else texts.set(key, next)
    setText(next)
  }
  return [text, keep]
}
