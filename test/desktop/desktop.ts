// Starts the desktop program for a test, as the ordinary user of the session, with Chromium's sandbox on.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { callAnswerSchema } from '../../src-main/contract/call-answer.ts'
import { ok } from '../../src-main/ground/result.ts'
import type { Call } from '../crash/taken-once.ts'
import { firstSchema } from '../headless.ts'
import { eventually } from '../support.ts'
import type { Display } from './display.ts'
import { session } from './told.ts'

/** Where the program keeps its own data, below a data folder. */
export const ownFolder = (folder: string): string => join(folder, 'desktop')

export interface Desktop {
  readonly app: ElectronApplication
  readonly desk: Page
}

export interface Start {
  /** The data folder, as MADOGUCHI_DATA names it. */
  readonly folder: string
  readonly display: Display
  readonly program?: string
  readonly words?: readonly string[]
}

/** What is started with, for a program that is started without Playwright too. */
export function prepare({ folder, display, program = session.program }: Start) {
  mkdirSync(ownFolder(folder), { recursive: true, mode: 0o700 })
  giveToUser(folder)
  return { program, env: { ...environment(), MADOGUCHI_DATA: folder, DISPLAY: display.name } }
}

/** Everything in the folder is the user's from here on. */
export function giveToUser(folder: string): void {
  if (session.user) execFileSync('chown', ['-R', `${session.user.uid}:${session.user.gid}`, folder])
}

const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))

export async function startDesktop(start: Start): Promise<Desktop> {
  const { program, env } = prepare(start)
  const app = await _electron.launch({
    executablePath: program,
    args: [...(start.words ?? [])],
    env,
    // Without it Playwright would switch the sandbox off.
    chromiumSandbox: true,
  })
  let said = ''
  app.process().stderr?.on('data', (text) => {
    said += text
  })
  try {
    return { app, desk: await windowOf(app, 'index.html') }
  } catch (error) {
    // What Electron says of an entry that cannot be loaded is said nowhere else.
    throw new Error(`the program shows no window: ${said.slice(-2_000)}`, { cause: error })
  }
}

/** The window of a page, which may still be on its way. */
export async function windowOf(app: ElectronApplication, page: 'index.html' | 'patient.html'): Promise<Page> {
  const found = () => app.windows().find((window) => window.url() === `app://madoguchi/${page}`)
  await eventually(`there is a window of ${page}`, () => found() !== undefined)
  return found() ?? app.firstWindow()
}

/** The process of this name, as the program's own list has it; null: there is none. */
export const pidOf = (app: ElectronApplication, serviceName: string): Promise<number | null> =>
  app.evaluate(
    ({ app: program }, wanted) => program.getAppMetrics().find(({ name }) => name === wanted)?.pid ?? null,
    serviceName,
  )

/** Ends the agent's process as nobody would, once there is one. */
export async function killAgent(app: ElectronApplication, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  let pid: number | null = null
  await eventually('there is an agent', async () => {
    pid = await pidOf(app, 'Madoguchi agent')
    return pid !== null
  })
  if (pid !== null) process.kill(pid, signal)
}

/** As its user does. */
export async function closeWindow(app: ElectronApplication, page: Page): Promise<void> {
  const closed = page.waitForEvent('close')
  const address = page.url()
  await app.evaluate(({ BrowserWindow }, url) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.webContents.getURL() === url) window.close()
  }, address)
  await closed
}

/** Calls as the page does; throws where no agent is at work. */
export const callOf = ({ desk }: Desktop): Call => {
  const ask = (name: string, request: object) =>
    desk.evaluate(([what, asked]) => window.madoguchi?.call(what, asked), [name, request] as const)
  return async (name, request) => {
    const answer = callAnswerSchema.parse(await ask(name, request))
    return answer.ok ? ok(firstSchema.parse(await ask('reception', {})).value.whole) : answer
  }
}
