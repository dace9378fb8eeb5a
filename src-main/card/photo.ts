// The photo in the card (JPEG 2000, grey) as a PNG for the screen. The decoder is a kept library in a thread of its own
// for each photo: hostile bytes cannot hold up the desk, a decoder that fails or hangs goes with its thread, and nothing
// of one patient's photo stays behind for the next.
import { Worker } from 'node:worker_threads'
import { fail, ok, type Result } from '../ground/result.ts'

/** What the thread is started with. */
export interface PhotoJob {
  readonly codestream: Uint8Array
  readonly width: number
  readonly height: number
}

interface PhotoDecoderOptions {
  /** The decoder's thread: photo-thread.ts, or what it was built into. */
  readonly entry: string | URL
  /** What a photo may take. */
  readonly limitMs?: number
}

/** `jpeg2000` is a codestream or a JP2 file. Returns an 8-bit grey PNG. Errors: CARD_RESPONSE_INVALID. */
export type DecodePhoto = (jpeg2000: Uint8Array) => Promise<Result<Uint8Array>>

/** The file it comes from is far smaller. */
const byteLimit = 65_536
const sideLimit = 1024
const startOfCodestream = 0xff4fff51
const boxType = { signature: 'jP  ', codestream: 'jp2c' }

export function createPhotoDecoder({ entry, limitMs = 10_000 }: PhotoDecoderOptions): DecodePhoto {
  return async (jpeg2000) => {
    const codestream = jpeg2000.length > byteLimit ? null : codestreamOf(jpeg2000)
    const job = codestream && jobOf(codestream)
    const png = job && (await decode(job, entry, limitMs))
    return png ? ok(png) : fail('CARD_RESPONSE_INVALID')
  }
}

/** Over with the PNG, or without one when the thread has ended or its time is up: whatever it does then, nobody waits for it. */
async function decode(job: PhotoJob, entry: string | URL, limitMs: number): Promise<Uint8Array | null> {
  // What the decoder prints is of no use to anybody here: it stays in streams that nobody reads. Nor are the flags of
  // this process meant for it.
  const worker = new Worker(entry, { workerData: job, stdout: true, stderr: true, execArgv: [] })
  const { promise, resolve } = Promise.withResolvers<Uint8Array | null>()
  const limit = setTimeout(() => resolve(null), limitMs)
  worker.once('message', (message: unknown) => resolve(message instanceof Uint8Array ? message : null))
  // Whatever it was: the picture is missing. Without a listener it would end the agent.
  worker.on('error', () => resolve(null))
  worker.once('exit', () => resolve(null))
  const png = await promise
  clearTimeout(limit)
  // Nothing of one patient's photo stays behind for the next.
  void worker.terminate()
  return png
}

/** The codestream itself, or the one in a JP2 file (ISO/IEC 15444-1, annex I): a row of boxes. */
function codestreamOf(file: Uint8Array): Buffer | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === startOfCodestream) return bytes
  if (bytes.toString('latin1', 4, 8) !== boxType.signature) return null
  for (let offset = 0; offset + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(offset)
    // 0 reaches to the end of the file; 1 announces a length of 64 bits, which nothing in a card needs.
    const end = length === 0 ? bytes.length : offset + length
    if (end < offset + 8 || end > bytes.length) return null
    if (bytes.toString('latin1', offset + 4, offset + 8) === boxType.codestream) return bytes.subarray(offset + 8, end)
    offset = end
  }
  return null
}

/** Size and format from the SIZ marker, which comes first (ISO/IEC 15444-1, A.5.1). */
function jobOf(codestream: Buffer): PhotoJob | null {
  if (codestream.length < 43 || codestream.readUInt32BE(0) !== startOfCodestream) return null
  const [right, bottom, left, top] = [8, 12, 16, 20].map((offset) => codestream.readUInt32BE(offset))
  if (right === undefined || bottom === undefined || left === undefined || top === undefined) return null
  const [width, height] = [right - left, bottom - top]
  const components = codestream.readUInt16BE(40)
  // One component of eight bits without sign.
  const isGrey = components === 1 && codestream[42] === 7
  const isSmall = width > 0 && height > 0 && width <= sideLimit && height <= sideLimit
  return isGrey && isSmall ? { codestream: new Uint8Array(codestream), width, height } : null
}
