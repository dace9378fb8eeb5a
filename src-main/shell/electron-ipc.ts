// The one place where Electron messages enter the agent. Every message passes the sender check: only the top frame of
// our own pages, on our own scheme, is heard, each at its own door. Its content is checked by the agent against the
// contract, what goes to the page by the door.
import { fail } from '../ground/result.ts'
import type { AgentPort } from './agent-port.ts'
import { type Door, type DoorAnswer, doors } from './doors.ts'
import { callChannel, receptionChannel } from './electron-channels.ts'

/** The page's own address; nothing else may be loaded or heard. */
export const pageOrigin = 'app://madoguchi'

/** The part of an `IpcMainInvokeEvent` that is used. */
export interface CallEvent {
  /** Null when the frame has gone or has moved on to another page since. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** The part of `ipcMain` that is used. */
export interface IpcPort {
  handle(channel: string, listener: (event: CallEvent, ...values: unknown[]) => Promise<DoorAnswer>): void
}

/** The part of a window's `webContents` that is used. */
export interface PagePort {
  isDestroyed(): boolean
  send(channel: string, value: unknown): void
}

/** The door of the page that speaks, by its address, which it cannot choose; none for any other page. */
export function doorOf({ senderFrame: frame }: CallEvent): Door | undefined {
  if (!frame || frame.parent !== null) return undefined
  const url = URL.parse(frame.url)
  if (url === null || `${url.protocol}//${url.host}` !== pageOrigin) return undefined
  return doors.find(({ page }) => url.pathname === `/${page}`)
}

export function connectIpc(ipc: IpcPort, agent: Pick<AgentPort, 'call'>): void {
  ipc.handle(callChannel, async (event, name, request) => {
    const door = doorOf(event)
    return door && typeof name === 'string' ? agent.call(door, name, request) : fail('REQUEST_INVALID')
  })
}

/** Tells the page every change, as its door shows it. One that comes in its place asks for the whole before it follows. */
export function connectPage(page: PagePort, door: Door, agent: Pick<AgentPort, 'follow'>): void {
  agent.follow(door, (told) => page.isDestroyed() || page.send(receptionChannel, told))
}
