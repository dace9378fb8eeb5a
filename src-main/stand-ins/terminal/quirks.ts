// What goes wrong around a real terminal, each to be switched on by itself: on the command line, in tests and in training.
import { z } from 'zod'
import { encodings } from '../../ground/encodings.ts'

const milliseconds = z.coerce.number().int().min(0).max(600_000)
const on = z.stringbool()

export const terminalQuirksSchema = z.strictObject({
  /** A chart program deletes a face file so long after it is complete. */
  deleteAfterMs: milliseconds,
  /** … or moves it to `trash`. */
  moveAfterMs: milliseconds,
  /** A face file is written in two halves, so long apart. */
  halfForMs: milliseconds,
  /** Never more than the first half. */
  halfOnly: on,
  /** Declared and written in this encoding. */
  encoding: z.enum([...encodings, 'utf-8-mark']),
  /** The terminal's settings make it write everything encrypted. */
  encrypted: on,
  /** A chart program writes a face file anew in UTF-8 and leaves its declaration. */
  reencode: on,
  /** Two patients under one file name, the second so long after the first. */
  sameNameAfterMs: milliseconds,
  /** Requests are answered so late … */
  answerAfterMs: milliseconds,
  /** … twice, or never. */
  answerTwice: on,
  answerNever: on,
  /** Its clock is off by so many days, negative: behind. */
  clockOffDays: z.coerce.number().int().min(-4_000).max(4_000),
  /** SegmentOfResult of every answer, with its code and message. */
  segment: z.enum(['1', '2', '3', '9']),
  code: z.string().max(20),
  message: z.string().max(200),
  /** How often the result of a bulk request is still in progress. */
  bulkInProgress: z.coerce.number().int().min(0).max(100),
  /** The bulk result comes as a .zip. */
  zip: on,
})
type TerminalQuirks = z.infer<typeof terminalQuirksSchema>
export type Quirks = Partial<TerminalQuirks>
