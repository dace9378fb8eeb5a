// The states that a page is told, one JSON line each. A page that does not read is owed only the newest: what it has
// missed meanwhile is of no use to it, and must not pile up here.
import type { Writable } from 'node:stream'

export interface StateStream {
  /** The newest state, as a line without its end. */
  send(line: string): void
  /** Something to hear, so that silence means that nobody is there any more. */
  beat(): void
  /** Whether the page has not read what it was sent. */
  isBehind(): boolean
  /** The last line, and the end. */
  end(line: string): void
}

export function createStateStream(page: Pick<Writable, 'write' | 'end' | 'on'>): StateStream {
  let isFull = false
  let owed: string | null = null
  const write = (text: string) => {
    isFull = !page.write(text)
  }
  page.on('drain', () => {
    isFull = false
    const line = owed
    owed = null
    if (line !== null) write(`${line}\n`)
  })
  return {
    send(line) {
      if (isFull) owed = line
      else write(`${line}\n`)
    },
    beat() {
      if (!isFull) write('\n')
    },
    isBehind: () => isFull,
    end(line) {
      owed = null
      page.end(`${line}\n`)
    },
  }
}
