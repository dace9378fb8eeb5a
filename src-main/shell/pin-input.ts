// The PIN of a check-in without a screen, from where nobody else can read it: the list of processes and the shell's history
// show every word of a command line, so it is typed without an echo, or comes in through stdin.
import { createInterface } from 'node:readline/promises'
import { fail, ok, type Result } from '../ground/result.ts'
import { commandLine } from '../words/command-line.ts'

interface Keyboard extends NodeJS.ReadableStream {
  readonly isTTY?: boolean
  setRawMode?(isRaw: boolean): unknown
}

const asPin = (text: string): Result<string> =>
  /^[0-9]{4}$/.test(text) ? ok(text) : fail('REQUEST_INVALID', { field: '--pin' })

/** `interrupt`: Ctrl+C, which reaches nobody else meanwhile. Errors: REQUEST_INVALID when what came is no PIN. */
export async function readPin(
  input: Keyboard,
  say: (text: string) => void,
  interrupt: () => void,
): Promise<Result<string>> {
  if (!input.isTTY) return asPin(await firstLine(input))
  say(commandLine.askPin)
  const typed = await typedUnseen(input)
  if (typed === null) interrupt()
  return asPin(typed ?? '')
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input })
  for await (const line of lines) return line.trim()
  return ''
}

/** null: stopped by Ctrl+C or Ctrl+D. */
function typedUnseen(input: Keyboard): Promise<string | null> {
  input.setRawMode?.(true)
  input.resume()
  return new Promise((resolve) => {
    let typed = ''
    const finish = (text: string | null) => {
      input.off('data', take)
      input.setRawMode?.(false)
      input.pause()
      resolve(text)
    }
    const take = (data: Buffer | string) => {
      for (const key of String(data)) {
        if (key === '\r' || key === '\n') return finish(typed)
        if (key === '\u0003' || key === '\u0004') return finish(null)
        typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : typed + key
      }
    }
    input.on('data', take)
  })
}
