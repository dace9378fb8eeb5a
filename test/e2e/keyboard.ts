// Hands that have a keyboard and nothing else. Every stop on the way is looked at: something has the focus, it can be seen that
// it has, and nothing covers it.
import type { Page } from '@playwright/test'
import { expect, pressEnter, settle, type } from './desk.ts'

/** More stops than any page has. */
const mostStops = 250

/** What has the focus; `fault`: why a person would not know. */
const stop = (desk: Page) =>
  desk.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return { name: '', fault: null }
    const label = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.textContent : null
    const named = at.getAttribute('aria-labelledby')?.split(' ') ?? []
    const name =
      at.getAttribute('aria-label') ??
      (named.map((id) => document.getElementById(id)?.textContent ?? '').join(' ') || label || at.textContent || at.id)
    const { outlineStyle, boxShadow } = getComputedStyle(at)
    // A radio or checkbox of ours is drawn by its label.
    const drawn = at.closest('label')
    const ring = drawn ? getComputedStyle(drawn) : null
    const isSeen =
      [outlineStyle, ring?.outlineStyle ?? 'none'].some((style) => style !== 'none') || boxShadow !== 'none'
    const { top, bottom, left, right } = (drawn ?? at).getBoundingClientRect()
    const isIn = bottom > 0 && right > 0 && top < window.innerHeight && left < window.innerWidth
    return { name: name.trim(), fault: !isSeen ? 'has no ring' : !isIn ? 'is out of sight' : null }
  })

export interface Keyboard {
  readonly desk: Page
  readonly press: (key: string) => Promise<void>
  /** Tab after Tab to what is called so; fails where no Tab leads there. */
  readonly to: (name: string | RegExp) => Promise<void>
  /** The same, and pressed once it was seen. */
  readonly enter: (name: string | RegExp) => Promise<void>
  readonly type: (text: string) => Promise<void>
  readonly sees: (text: string | RegExp) => Promise<void>
}

export function openKeyboard(desk: Page): Keyboard {
  const to = async (wanted: string | RegExp): Promise<void> => {
    const isIt = (name: string) =>
      typeof wanted === 'string' ? name === wanted || name.startsWith(wanted) : wanted.test(name)
    const passed: string[] = []
    for (let count = 0; count < mostStops; count++) {
      let { name, fault } = await stop(desk)
      // A page in the middle of a change is looked at once more when it rests.
      if (fault !== null) {
        await settle(desk)
        ;({ name, fault } = await stop(desk))
      }
      expect(fault, `${name} ${fault}`).toBeNull()
      if (isIt(name)) return
      passed.push(name.slice(0, 30))
      await desk.keyboard.press('Tab')
    }
    throw new Error(`no Tab leads to ${wanted}; passed: ${[...new Set(passed)].join(' | ')}`)
  }
  return {
    desk,
    press: (key) => desk.keyboard.press(key),
    to,
    async enter(name) {
      await to(name)
      await pressEnter(desk)
    },
    async type(text) {
      await settle(desk)
      await type(desk, text)
    },
    sees: (text) => expect(desk.getByText(text).filter({ visible: true }).first()).toBeVisible(),
  }
}
