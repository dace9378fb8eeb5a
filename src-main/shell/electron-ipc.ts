// The one place where Electron messages enter the agent. Every message passes the sender check: only the top frame of
// our own page, on our own scheme, is heard. Its content is checked by the agent against the contract, and what goes to
// the page is checked here.
import type { Agent } from '../agent.ts'
import { type CallAnswer, callAnswerSchema, receptionSchema } from '../contract/reception.ts'
import { fail } from '../contract/result.ts'
import { callChannel, receptionChannel } from './electron-channels.ts'

/** The page's own address; nothing else may be loaded or heard. */
export const pageOrigin = 'app://madoguchi'

/** The part of an `IpcMainInvokeEvent` that is used. */
interface CallEvent {
  /** Null when the frame has gone or has moved on to another page since. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** The part of `ipcMain` that is used. */
export interface IpcPort {
  handle(channel: string, listener: (event: CallEvent, ...values: unknown[]) => Promise<CallAnswer>): void
}

/** The part of a window's `webContents` that is used. */
export interface PagePort {
  isDestroyed(): boolean
  send(channel: string, value: unknown): void
}

function isOwnPage({ senderFrame: frame }: CallEvent): boolean {
  if (!frame || frame.parent !== null) return false
  const url = URL.parse(frame.url)
  return url !== null && `${url.protocol}//${url.host}` === pageOrigin
}

export function connectIpc(ipc: IpcPort, agent: Pick<Agent, 'call'>): void {
  ipc.handle(callChannel, async (event, name, request) => {
    if (!isOwnPage(event) || typeof name !== 'string') return fail('REQUEST_INVALID')
    return callAnswerSchema.parse(await agent.call(name, request))
  })
}

/** Pushes the state to the page after every change. Returns the unsubscriber. */
export function connectPage(page: PagePort, agent: Pick<Agent, 'onReception'>): () => void {
  return agent.onReception((reception) => {
    if (!page.isDestroyed()) page.send(receptionChannel, receptionSchema.parse(reception))
  })
}
