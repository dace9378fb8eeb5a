// What a page is told, one JSON line each. A page that does not read is owed only the newest state: what it has missed
// meanwhile is of no use to it, and must not pile up here.
import type { Writable } from 'node:stream'
import { createTeller, type Told, type View } from '../contract/told.ts'

export interface StateStream {
  /** The newest state. */
  send(view: View): void
  /** That there is none; the next one is told as a whole. */
  say(told: Told): void
  /** Something to hear, so that silence means that nobody is there any more. */
  beat(): void
  /** Whether the page has not read what it was sent. */
  isBehind(): boolean
  /** The last line, and the end. */
  end(line: string): void
}

export function createStateStream(page: Pick<Writable, 'write' | 'end' | 'on'>): StateStream {
  let isFull = false
  let owed: (() => Told) | null = null
  /** Goes before what is owed: what is on the page is not what that follows. */
  let owedLine: Told | null = null
  let tell = createTeller()
  const write = (text: string) => {
    isFull = !page.write(text)
  }
  const writeTold = (told: Told) => write(`${JSON.stringify(told)}\n`)
  page.on('drain', () => {
    isFull = false
    const told = [owedLine, owed?.()]
    owed = null
    owedLine = null
    for (const each of told) if (each) writeTold(each)
  })
  return {
    send(view) {
      if (isFull) owed = () => tell(view)
      else writeTold(tell(view))
    },
    say(told) {
      tell = createTeller()
      owed = null
      if (isFull) owedLine = told
      else writeTold(told)
    },
    beat() {
      if (!isFull) write('\n')
    },
    isBehind: () => isFull,
    end(line) {
      owed = null
      owedLine = null
      page.end(`${line}\n`)
    },
  }
}
