// Says at the root of the page which of the agent's states is drawn on it: whoever looks at the page from outside (a test, a
// picture) knows from it that what they see is the new state and not yet the one before.
import { useLayoutEffect } from 'react'

/** `view`: what the page was told last; null: nothing that still holds. */
export function useShownRevision(view: { readonly revision: number } | null): void {
  const revision = view?.revision
  // Together with what it is about: never before it stands there.
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (revision === undefined) delete dataset.revision
    else dataset.revision = String(revision)
  }, [revision])
}
