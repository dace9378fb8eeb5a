// A page whose process has gone (out of memory, killed by somebody, a fault of Chromium) would stay white until somebody
// closes the window. It is drawn anew, and asks the agent for what it showed. Pages that go again and again are a fault of
// the whole program, which then starts again.
import type { Log } from '../ground/log.ts'

const losses = { atMost: 3, withinS: 60 }

/** What of a window this needs. */
export interface LostWindow {
  isDestroyed(): boolean
  isFocused(): boolean
  setFocusable(isFocusable: boolean): void
  readonly webContents: {
    reload(): void
    once(event: 'did-finish-load', listener: () => void): unknown
  }
}

/** `reason` as Electron gives it in `render-process-gone`. Throws when pages go on going. */
export function createRedraw(uptimeS: () => number, log: Log): (window: LostWindow, reason: string) => void {
  let lately: readonly number[] = []
  return (window, reason) => {
    // It was closed.
    if (reason === 'clean-exit') return
    log.write({ event: 'pageGone', state: reason })
    const now = uptimeS()
    lately = [...lately.filter((at) => now - at < losses.withinS), now]
    if (lately.length > losses.atMost) throw new Error('the pages go on failing')
    // A window that is loaded takes the keyboard: what is typed elsewhere meanwhile must not become a PIN.
    if (!window.isFocused()) {
      window.setFocusable(false)
      window.webContents.once('did-finish-load', () => window.isDestroyed() || window.setFocusable(true))
    }
    window.webContents.reload()
  }
}
