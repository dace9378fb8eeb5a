// What a page has in its hands before anything is checked: the preload script's object, or HTTP.
import type { Line } from './calls.ts'

/** The printers of this computer, as the desktop program's shell has them; a browser has its own window instead. */
export interface OutsidePrinting {
  /** The printers there are. */
  list(): Promise<unknown>
  /** Prints the page; a failure, or whether it was printed (false: somebody has called it off). */
  print(request: object): Promise<unknown>
}

/** A bridge whose answers nobody has checked yet. */
export interface Outside {
  /** A failure, or that it is done; the call `reception` answers what the page is told at the start. */
  call(name: string, request: object): Promise<unknown>
  /** Gives what the page is told (told.ts). */
  onReception(listener: (told: unknown) => void, onLine: (line: Line) => void): () => void
  readonly printing?: OutsidePrinting
}
