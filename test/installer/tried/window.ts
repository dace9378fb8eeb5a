// The desktop program's window in a test that did not start its browser: Chromium in it listens, and one check-in is done as
// reception does it.
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright'
import { eventually } from '../../support.ts'

/** What a program was started with that is to be looked at; Chromium chooses the port. */
export const listening = '--remote-debugging-port=0'

export interface Window {
  readonly page: Page
  close(): Promise<void>
}

/** The window of a program that was started with `listening`. */
export async function windowOf(program: ChildProcess): Promise<Window> {
  const address = await new Promise<string>((resolve, reject) => {
    const said: string[] = []
    program.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${said.slice(-20).join('\n')}`)))
    for (const stream of [program.stdout, program.stderr]) {
      if (!stream) continue
      createInterface(stream).on('line', (line) => {
        said.push(line)
        const [, found] = /^DevTools listening on (ws:\S+)/.exec(line) ?? []
        if (found) resolve(found)
      })
    }
  })
  const browser = await chromium.connectOverCDP(address)
  const pages = () => browser.contexts().flatMap((context) => context.pages())
  await eventually('a window is there', () => pages().some((page) => page.url().startsWith('app://')))
  const page = pages().find((one) => one.url().startsWith('app://'))
  if (!page) throw new Error('the window has gone')
  return { page, close: () => browser.close() }
}

/** One sample card from the reader to the result, with its files handed over. */
export async function checkIn(page: Page, card: string, name: string): Promise<void> {
  await page.getByRole('button', { name: `${card} 暗証番号` }).click()
  await page.getByLabel('暗証番号（4桁）').pressSequentially('1234', { delay: 50 })
  const result = page.getByRole('heading', { name })
  // Enter counts only for what has been seen for a second.
  await eventually(`${name} is shown`, async () => {
    if (await result.isVisible()) return true
    await page.keyboard.press('Enter')
    return result.isVisible()
  })
  await page.getByText('送信済み').first().waitFor()
}
