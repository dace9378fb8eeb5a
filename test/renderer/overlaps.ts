// Looks whether anything on a page lies over something else. Runs inside the page, so it uses nothing from outside itself.

/** Pairs of texts, buttons and fields whose boxes meet, one sentence each. */
export function overlaps(): string[] {
  interface Box {
    readonly name: string
    readonly element: Element
    readonly rects: readonly DOMRect[]
  }
  const isSeen = (element: Element) => element.checkVisibility() && !element.closest('.visually-hidden')
  const boxes: Box[] = []
  for (const control of document.querySelectorAll('button, label:has(input), input:not(label input)')) {
    if (!isSeen(control)) continue
    const name = control.textContent || control.id
    boxes.push({ name, element: control, rects: [control.getBoundingClientRect()] })
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { parentElement: element, textContent } = texts.currentNode
    if (!element || !textContent?.trim() || !isSeen(element)) continue
    const range = document.createRange()
    range.selectNodeContents(texts.currentNode)
    boxes.push({ name: textContent, element, rects: [...range.getClientRects()] })
  }
  const isInside = (a: Element, b: Element) => a === b || a.contains(b) || b.contains(a)
  const found: string[] = []
  for (const [place, a] of boxes.entries()) {
    for (const b of boxes.slice(place + 1)) {
      if (isInside(a.element, b.element)) continue
      const meet = a.rects.some((one) =>
        b.rects.some(
          (other) =>
            Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
            Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1,
        ),
      )
      if (meet) found.push(`„${a.name}“ and „${b.name}“`)
    }
  }
  return found
}
