// What a desk has told its screen, by which it is measured after a power failure or a fault: said is said.
import { z } from 'zod'
import { deliveryStateSchema, visitStateSchema } from '../../src-main/ground/states.ts'

const toldSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visit'), id: z.string(), number: z.int(), state: visitStateSchema }),
  z.object({ kind: z.literal('delivery'), id: z.string(), visit: z.string(), state: deliveryStateSchema }),
  z.object({ kind: z.literal('failed'), code: z.string().nullable() }),
  z.object({ kind: z.literal('done'), call: z.string() }),
  z.object({ kind: z.literal('refused'), call: z.string(), code: z.string() }),
  /** A copy of the database was made. */
  z.object({ kind: z.literal('copied') }),
  /** Nothing has been written for so long that the store's log is in the database, and the anchor on the disk. */
  z.object({ kind: z.literal('settled') }),
  z.object({ kind: z.literal('stopped') }),
])
export type Told = z.infer<typeof toldSchema>

/** A torn last line was not said. */
export const toldIn = (text: string): readonly Told[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => toldSchema.parse(JSON.parse(line)))
