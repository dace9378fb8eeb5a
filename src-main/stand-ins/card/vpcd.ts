// Lays a virtual card on a real pcscd, through the virtual reader driver (vpcd) of the vsmartcard project: the card is
// the side that connects, frames are a 16-bit big-endian length and that many bytes, and one-byte frames are controls.
import { connect, type Socket } from 'node:net'
import type { LyingCard } from './disturbances.ts'

const control = { off: 0x00, on: 0x01, reset: 0x02, atr: 0x04 } as const

export interface VpcdOptions {
  /** Called at every laying. `pull` takes the card away, until it is laid again by hand. */
  readonly lay: (pull: () => void) => LyingCard
  readonly host: string
  readonly port: number
  /** Called at every change. */
  readonly onChange: (state: VpcdState) => void
}

/**
 * `laid`: the driver has spoken to the card. `silent`: somebody took the connection and says nothing: another card lies in
 * this slot, or it is no driver at all. `absent`: nobody listens.
 */
export type VpcdState = 'laid' | 'silent' | 'absent'

/** How long to wait before the driver is called again, in milliseconds. */
const retryMs = 500
/** The driver asks for the ATR at least every half second; one that has not after this long is not there. */
const silenceMs = 3_000

/** Keeps the card attached until it is detached, through restarts of pcscd. Returns the function that takes it away. */
export function attachToVpcd(options: VpcdOptions): () => void {
  let socket: Socket | null = null
  let retry: NodeJS.Timeout | undefined
  let silence: NodeJS.Timeout | undefined
  let last: VpcdState | null = null
  const tell = (state: VpcdState) => {
    clearTimeout(silence)
    if (last === state) return
    last = state
    options.onChange(state)
  }

  const open = () => {
    const current = connect({ host: options.host, port: options.port, noDelay: true })
    socket = current
    const card = options.lay(() => detach())
    let received = Buffer.alloc(0)
    /** One answer after the other, however long each takes. */
    let answered: Promise<unknown> = Promise.resolve()
    current.on('connect', () => {
      silence = setTimeout(() => tell('silent'), silenceMs)
    })
    current.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      // Several frames may share a segment, and one may come in two.
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0)
        const frame = received.subarray(2, end)
        received = received.subarray(end)
        tell('laid')
        answered = answered.then(async () => {
          const answer = await answerTo(card, frame)
          if (!answer || current.destroyed) return
          if (answer === 'reset') return void current.destroy()
          const head = Buffer.alloc(2)
          head.writeUInt16BE(answer.length)
          current.write(Buffer.concat([head, answer]))
        })
      }
    })
    current.on('error', () => undefined)
    current.on('close', () => {
      if (socket !== current) return
      card.reset()
      tell('absent')
      retry = setTimeout(open, retryMs)
    })
  }

  const detach = () => {
    const current = socket
    socket = null
    clearTimeout(retry)
    clearTimeout(silence)
    current?.destroy()
  }

  open()
  return detach
}

/** Controls have no answer, but for the question about the ATR. */
async function answerTo(card: LyingCard, frame: Uint8Array): Promise<Uint8Array | 'reset' | null> {
  if (frame.length !== 1) return frame.length === 0 ? null : card.transmit(frame)
  switch (frame[0]) {
    case control.atr:
      return card.atr
    case control.on:
    case control.off:
    case control.reset:
      card.reset()
      return null
    default:
      return null
  }
}
