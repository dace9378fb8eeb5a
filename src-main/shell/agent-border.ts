// What the desktop program's main process and the agent's process say to each other. Both ends check what arrives. What a
// page is told has been checked by its door already, where the agent is: here only its form is, so that the process with
// the windows stays free.
import { z } from 'zod'
import { toldSchema } from '../contract/told.ts'
import { failureSchema } from '../ground/failures.ts'
import type { Outlook } from './agent-port.ts'
import type { DoorAnswer } from './doors.ts'

const id = z.int()
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const door = z.enum(['desk', 'patient', 'kiosk'])
const failed = z.object({ ok: z.literal(false), error: failureSchema })

/** What only the main process knows of where the program lies and works. */
const placeSchema = z.object({
  /** Absolute paths. */
  dataDir: z.string(),
  migrationsDir: z.string(),
  /** The executable of an installed program, and what stood behind each `--set`; null: the folder's own file alone counts. */
  settings: z.object({ program: z.string().nullable(), set: z.array(z.string()).readonly() }).nullable(),
  version: z.string(),
})
export type AgentPlace = z.infer<typeof placeSchema>

const keyAnswer = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: bytes.nullable() }), failed])

export const toAgentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), place: placeSchema }),
  /** The database's key, once: whoever has sent it and whoever has used it wipes it. */
  z.object({ kind: z.literal('key'), id, answer: keyAnswer }),
  z.object({ kind: z.literal('call'), id, door, name: z.string(), request: z.unknown() }),
  z.object({ kind: z.literal('follow'), door }),
  /** Comes with the port that leads to it. */
  z.object({ kind: z.literal('readerHost'), id }),
  z.object({ kind: z.literal('readerHostEnded'), id }),
  z.object({ kind: z.literal('locked'), isLocked: z.boolean() }),
  z.object({ kind: z.literal('stop') }),
])
export type ToAgent = z.infer<typeof toAgentSchema>

const outlookSchema = z.object({
  hasPatientPage: z.boolean(),
  hasKiosk: z.boolean(),
  asksForPin: z.boolean(),
  waiting: z.array(z.string()).readonly(),
}) satisfies z.ZodType<Outlook>

const doorAnswerSchema = z.discriminatedUnion('ok', [
  z
    .object({ ok: z.literal(true), value: toldSchema.optional() })
    .transform(({ value }): DoorAnswer => ({ ok: true, value })),
  failed,
])

export const fromAgentSchema = z.discriminatedUnion('kind', [
  /** `isNew`: make one, there is none. */
  z.object({ kind: z.literal('keyWanted'), id, isNew: z.boolean() }),
  /** Calls are answered from here on. */
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('refused'), failure: failureSchema }),
  z.object({ kind: z.literal('answer'), id, answer: doorAnswerSchema }),
  z.object({ kind: z.literal('told'), door, told: toldSchema }),
  z.object({ kind: z.literal('outlook'), outlook: outlookSchema }),
  z.object({ kind: z.literal('readerHostWanted'), id }),
  z.object({ kind: z.literal('readerHostUnwanted'), id }),
])
export type FromAgent = z.input<typeof fromAgentSchema>

/** One end of a channel between two processes, as Electron has it. */
export interface ChannelPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  /** Nothing arrives before. */
  start(): void
}
