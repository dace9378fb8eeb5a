// What a page has in its hands before anything is checked: the preload script's object, or HTTP.
import type { Line } from './calls.ts'

/**
 * What the desktop program's shell does itself, on the way of every call; a browser has its own window instead. `printers`:
 * which there are; `print`: prints the page, and answers whether it was printed (false: somebody has called it off).
 */
export type ShellCall = 'printers' | 'print'

/** A bridge whose answers nobody has checked yet. */
export interface Outside {
  /** A failure, or that it is done; the call `reception` answers what the page is told at the start. */
  call(name: string, request: object): Promise<unknown>
  /** Gives what the page is told (told.ts). */
  onReception(listener: (told: unknown) => void, onLine: (line: Line) => void): () => void
}
