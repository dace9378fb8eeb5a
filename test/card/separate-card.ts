// A sample card in a process of its own on the virtual reader, for measurements: what it costs to be a card is not charged
// to the program that reads it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'

export const separateCardRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lay'), port: z.int(), delayMs: z.int() }),
  z.object({ kind: z.literal('takeAway') }),
])
type Request = z.infer<typeof separateCardRequestSchema>
const answerSchema = z.object({
  commands: z.int(),
  /** When it kept the reader waiting, from and to, by the system's steady clock in milliseconds. */
  waits: z.array(z.tuple([z.number(), z.number()])),
})

export interface SeparateCard {
  /** Lays it on the reader, in place of itself; over when the driver has taken it. `delayMs`: before every answer. */
  lay(delayMs?: number): Promise<void>
  /** Takes it away; returns the commands that reached it since it was laid. */
  takeAway(): Promise<number>
  /** The same, and when it kept the reader waiting, by the system's steady clock in milliseconds. */
  takeAwayWithWaits(): Promise<z.infer<typeof answerSchema>>
  stop(): void
}

/** `folder` holds the training certificates, `port` is the virtual reader's. */
export async function startSeparateCard(folder: string, port: number): Promise<SeparateCard> {
  const child = fork(join(import.meta.dirname, 'separate-card-process.ts'), [folder])
  const ask = async (request: Request) => {
    child.send(request)
    const [answer] = await once(child, 'message')
    return answerSchema.parse(answer)
  }
  await once(child, 'message')
  return {
    async lay(delayMs = 0) {
      await ask({ kind: 'lay', port, delayMs })
    },
    takeAway: async () => (await ask({ kind: 'takeAway' })).commands,
    takeAwayWithWaits: () => ask({ kind: 'takeAway' }),
    stop: () => void child.kill(),
  }
}
