// Looks at a page as the accessibility rules do. Runs inside the page, so it uses nothing from outside itself.

/**
 * What is wrong with the page now, one sentence each: text below the contrast of WCAG 2.2 AA or under 14 px, amounts that a
 * line end breaks, targets under the design system's 44 px, controls without a name, content that is cut off sideways, a page
 * that scrolls beside its parts.
 */
export function inspect(): string[] {
  const found: string[] = []
  const isSeen = (element: Element) => element.checkVisibility() && !element.closest('.visually-hidden')

  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const groundOf = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)'
    const color = getComputedStyle(element).backgroundColor
    return (channels(color)[3] ?? 1) === 0 ? groundOf(element.parentElement) : color
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const text = texts.currentNode.textContent?.trim()
    if (!element || !text || !isSeen(element) || element.closest('[data-disabled]')) continue
    const style = getComputedStyle(element)
    const [light = 0, dark = 0] = [luminance(style.color), luminance(groundOf(element))].sort((a, b) => b - a)
    const size = Number.parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < (isLarge ? 3 : 4.5)) found.push(`contrast ${contrast.toFixed(1)}: ${text}`)
    // What is printed has the size it has on paper.
    if (size < 14 && !element.closest('[data-sheet]')) found.push(`small text ${size}: ${text}`)
    for (const { index, 0: amount } of (texts.currentNode.textContent ?? '').matchAll(/[\d,]+円/g)) {
      const range = document.createRange()
      range.setStart(texts.currentNode, index)
      range.setEnd(texts.currentNode, index + amount.length)
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
        found.push(`broken: ${amount}`)
    }
    if (
      element.scrollWidth > element.clientWidth + 1 &&
      style.textOverflow !== 'ellipsis' &&
      style.display !== 'inline'
    ) {
      found.push(`cut off: ${text}`)
    }
  }

  for (const control of document.querySelectorAll('button, input, summary, label')) {
    if (!isSeen(control) || control.closest('label')?.querySelector('input') === control) continue
    // What a field is called is no target of its own.
    const named = control instanceof HTMLLabelElement ? control.control : null
    if (named && !control.contains(named) && named.getBoundingClientRect().height >= 43.5) continue
    const { width, height } = control.getBoundingClientRect()
    const name = control.textContent || control.id
    if (width < 43.5 || height < 43.5) found.push(`small target ${Math.round(width)} × ${Math.round(height)}: ${name}`)
    if (!name) found.push(`no name: ${control.outerHTML}`)
  }

  for (const area of document.querySelectorAll('html, main, aside')) {
    if (area.scrollWidth > area.clientWidth) found.push(`scrolls sideways: ${area.tagName}`)
  }
  const scrolls = (area: Element) => area.scrollHeight > area.clientHeight + 1
  const parts = [...document.querySelectorAll('main, aside')]
  const isApart = parts.some((part) => getComputedStyle(part).overflowY === 'auto')
  if (isApart && scrolls(document.documentElement)) found.push('the page scrolls beside its parts')
  return found
}
