// How real cards, readers and telephones are known to differ, as switches of the virtual card. All off, it is the plain
// plastic card of the public descriptions. Source of each: docs/virtual-card.md.
import { z } from 'zod'

export const quirksSchema = z.strictObject({
  /** What holds the key, told in file 0006 of JPKI; `unknown` is a kind that nobody has seen yet. */
  token: z.enum(['card', 'android', 'iphone', 'unknown']).default('card'),
  /** Answers with data are only announced (61xx); GET RESPONSE fetches them. */
  announce: z.stringbool().default(false),
  /** A read that asks for more than there is is refused with 6Cxx, the right length. */
  exactLength: z.stringbool().default(false),
  /** A read over the end gives what there is with 9000, not 6282; only one that starts behind it says 6B00. */
  silentEnd: z.stringbool().default(false),
  /** The word for a blocked PIN. */
  blocked: z.enum(['6984', '6983']).default('6984'),
  /** An empty VERIFY tells the tries also after the PIN was right. */
  alwaysTellTries: z.stringbool().default(false),
  /**
   * What becomes of a READ BINARY of extended length: it is taken, refused with this word, cut down to 256 bytes, answered
   * with zeros for its end, or the card is lost over it, as with readers whose driver gives up.
   */
  extended: z
    .enum(['taken', '6700', '6b00', '6c00', '6881', '6883', '6884', '6d00', '6e00', 'cut', 'zeros', 'reset', 'removed'])
    .default('taken'),
  /** Two bytes before the content of the files about the holder. */
  leadingBytes: z.stringbool().default(false),
  /** What is said to applications that are not on the card. */
  foreign: z.enum(['6a82', '6d00', '6e00']).default('6a82'),
  /** Milliseconds before each answer: a contactless card takes about 20. */
  delay: z.coerce.number().int().min(0).max(10_000).default(0),
  /** Pulled off the reader at this command, counted from 0 with each laying. */
  pulledAt: z.coerce.number().int().min(0).optional(),
  /** Random bytes in place of the answer to this command. */
  garbageAt: z.coerce.number().int().min(0).optional(),
  /** No answer to this command nor to any after it. */
  muteAt: z.coerce.number().int().min(0).optional(),
})
export type Quirks = z.infer<typeof quirksSchema>

export const noQuirks: Quirks = quirksSchema.parse({})
