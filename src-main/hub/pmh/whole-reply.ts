// One request to the hub and its whole answer. An answer here is small, and complete or of no use, so its pieces are just
// kept until the last one is there: undici's `request` would put a stream between, dearer than all the rest of a call.
import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

export interface RawReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** As sent; its size is limited by the dispatcher. */
  readonly body: Uint8Array
}

/** Rejects with the signal's reason, or with whatever undici met. */
export function replyTo(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    let running: Dispatcher.DispatchController | null = null
    let answer = { status: 0, headers: {} as IncomingHttpHeaders }
    const pieces: Buffer[] = []
    const giveUp = () => {
      running?.abort(signal.reason)
      reject(signal.reason)
    }
    const done = () => signal.removeEventListener('abort', giveUp)
    signal.addEventListener('abort', giveUp)
    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        running = controller
        // Given up while it waited for a connection.
        if (signal.aborted) controller.abort(signal.reason)
      },
      onResponseStart(_, status, headers) {
        answer = { status, headers }
      },
      onResponseData(_, piece) {
        pieces.push(piece)
      },
      onResponseEnd() {
        done()
        resolve({ ...answer, body: Buffer.concat(pieces) })
      },
      onResponseError(_, error) {
        done()
        reject(error)
      },
    })
  })
}
