// A result with all that belongs to it is half of the screen, and nobody has one before a card is laid.
import { later } from '../later.tsx'

export const Result = later(async () => (await import('./result.tsx')).Result)
