// What a page has in its hands before anything is checked: the preload script's object, or HTTP.
import type { Line } from '../src-main/contract/calls.ts'

/** A bridge whose answers nobody has checked yet. */
export interface Outside {
  call(name: string, request: object): Promise<unknown>
  onReception(listener: (reception: unknown) => void, onLine: (line: Line) => void): () => void
}
