// What the agent and the reader host (a child process that owns PC/SC) say to each other. Both ends check what arrives.
import { z } from 'zod'
import { failureSchema } from '../ground/failures.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const id = z.int()

/** The system's smart card service: `missing`: its library is not on this computer. */
const readerServiceSchema = z.enum(['up', 'down', 'missing'])
export type ReaderService = z.infer<typeof readerServiceSchema>

export const hostRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connect'), id, reader: z.string() }),
  /** `card` is the number that `connect` answered. */
  z.object({ kind: z.literal('transmit'), id, card: z.int(), commands: z.array(bytes).min(1) }),
  z.object({ kind: z.literal('end'), id, card: z.int() }),
])
export type HostRequest = z.infer<typeof hostRequestSchema>

export const hostMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('readers'),
    readers: z.array(z.object({ name: z.string(), state: z.enum(['empty', 'card', 'faulty']) })),
    service: readerServiceSchema,
  }),
  /** The smart card service has just answered. */
  z.object({ kind: z.literal('alive') }),
  /** `isT1`: the card is spoken to by the transmission protocol T=1. */
  z.object({ kind: z.literal('connected'), id, card: z.int(), isT1: z.boolean() }),
  z.object({ kind: z.literal('responses'), id, responses: z.array(bytes).min(1) }),
  z.object({ kind: z.literal('ended'), id }),
  z.object({ kind: z.literal('failed'), id, code: failureSchema.shape.code }),
])
export type HostMessage = z.infer<typeof hostMessageSchema>
