// Parts of the screen that nobody needs at its first sight. They are files of their own, so that the counter stands before they
// are there, and they are fetched as soon as it does: whoever opens one waits for nothing.
import { type ComponentType, lazy, Suspense, useState } from 'react'
import { screen } from '../src-main/words/desk.ts'
import { Action } from './parts/action.tsx'
import { Headline } from './parts/headline.tsx'

const fetches: (() => Promise<unknown>)[] = []

/** A component that is fetched after the rest of the screen; `load` says where it is. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let fetched: ComponentType<P> | null = null
  let fetching: Promise<ComponentType<P>> | null = null
  const fetchPart = () => {
    fetching ??= load().then(
      (part) => {
        fetched = part
        return part
      },
      () => NotThere,
    )
    return fetching
  }
  fetches.push(fetchPart)
  const Fetched = lazy(async () => ({ default: await fetchPart() }))
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, while its module is read
  return function Later(props: P) {
    // What is there is drawn at once; what began without it goes on as it began, or it would lose what is typed in it.
    const [Part] = useState(() => fetched ?? Fetched)
    return (
      <Suspense fallback={<span hidden data-coming />}>
        <Part {...props} />
      </Suspense>
    )
  }
}

/** Fetches everything that was left for later. */
export function fetchTheRest(): void {
  for (const fetchPart of fetches) void fetchPart()
}

/** The program was renewed while this page was open: what the page knows of has gone. */
function NotThere() {
  return (
    <section>
      <Headline>{screen.notThere.title}</Headline>
      <p role="alert">{screen.notThere.note}</p>
      <Action weight="primary" onPress={() => location.reload()}>
        {screen.notThere.reload}
      </Action>
    </section>
  )
}
