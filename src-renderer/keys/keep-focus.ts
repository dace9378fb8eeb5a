// What has the focus may go: a form that was sent, a button that has done its work. The browser then lets the focus fall to
// nothing, and whoever works with the keyboard begins at the top again. Here it goes to the heading of the part it was in, and
// from a part that has gone as a whole to that of the middle of the page.

/** Watches the page; returns what ends that. */
export function keepFocus(): () => void {
  /** Where the focus was, and everything around it, from the inside out. */
  let path: readonly Element[] = []
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof Element) path = ancestors(target)
  }
  const observer = new MutationObserver(() => {
    const [lost, ...around] = path
    if (!lost || document.activeElement !== document.body || isUsable(lost)) return
    path = []
    const part = around.find(
      (element) => element.isConnected && element.matches('article, section, main') && headingOf(element),
    )
    focusHeading(part ?? document.querySelector('main'))
  })
  document.addEventListener('focusin', onFocus)
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  return () => {
    document.removeEventListener('focusin', onFocus)
    observer.disconnect()
  }
}

const ancestors = (element: Element): Element[] => {
  const path = [element]
  for (let next = element.parentElement; next; next = next.parentElement) path.push(next)
  return path
}

const isUsable = (element: Element) => element.isConnected && !element.matches(':disabled')

const headingOf = (part: Element | null) => part?.querySelector<HTMLElement>('h1, h2, h3, h4')

/** The heading of a part decides nothing: from there one reads on. */
export function focusHeading(part: Element | null): void {
  const heading = headingOf(part)
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
}
