// The one place where Electron messages enter the agent. Every message passes the sender check: only the top frame of
// our own pages, on our own scheme, is heard, each at its own door. Its content is checked by the agent against the
// contract, what goes to the page by the door.
import { fail, type Result } from '../ground/result.ts'
import type { AgentPort } from './agent-port.ts'
import { type Door, doors } from './doors.ts'
import { callChannel, receptionChannel } from './electron-channels.ts'

/** The page's own address; nothing else may be loaded or heard. */
export const pageOrigin = 'app://madoguchi'

/** The part of an `IpcMainInvokeEvent` that is used. */
interface CallEvent {
  /** Null when the frame has gone or has moved on to another page since. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** The part of `ipcMain` that is used; `P`: a page as the shell sees it. */
export interface IpcPort<P> {
  handle(
    channel: string,
    listener: (event: CallEvent & { readonly sender: P }, ...values: unknown[]) => Promise<Result<unknown>>,
  ): void
}

/** A call that is the shell's own to answer, of the page that speaks. */
export type OwnCall<P> = (page: P, door: Door, request: unknown) => Promise<Result<unknown>>

/** The part of a window's `webContents` that is used. */
export interface PagePort {
  isDestroyed(): boolean
  send(channel: string, value: unknown): void
}

/** The door of the page that speaks, by its address, which it cannot choose; none for any other page. */
function doorOf({ senderFrame: frame }: CallEvent): Door | undefined {
  if (!frame || frame.parent !== null) return undefined
  const url = URL.parse(frame.url)
  if (url === null || `${url.protocol}//${url.host}` !== pageOrigin) return undefined
  return doors.find(({ page }) => url.pathname === `/${page}`)
}

/** `own`: what the shell does itself, by name. */
export function connectIpc<P>(
  ipc: IpcPort<P>,
  agent: Pick<AgentPort, 'call'>,
  own: Readonly<Record<string, OwnCall<P>>>,
): void {
  ipc.handle(callChannel, async (event, name, request) => {
    const door = doorOf(event)
    if (!door || typeof name !== 'string') return fail('REQUEST_INVALID')
    const does = Object.hasOwn(own, name) ? own[name] : undefined
    return does ? does(event.sender, door, request) : agent.call(door, name, request)
  })
}

/** Tells the page every change, as its door shows it. One that comes in its place asks for the whole before it follows. */
export function connectPage(page: PagePort, door: Door, agent: Pick<AgentPort, 'follow'>): void {
  agent.follow(door, (told) => page.isDestroyed() || page.send(receptionChannel, told))
}
