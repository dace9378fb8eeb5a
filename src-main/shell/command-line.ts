// The words behind `npm start --`, in one table for reading, help and docs/commands.md. Scripts depend on them: see the README.
import { z } from 'zod'
import type { DeliveryRequest } from '../agent/deliveries.ts'
import { dateSchema } from '../eligibility/model.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { dataFolder } from '../settings/data-dir.ts'
import { commandLine } from '../words/command-line.ts'
import { commands } from '../words/commands.ts'
import { type Given, inColumns, linesOf, type Options, readWords } from './options.ts'

const text = commandLine.start

/** As `npm start -- --help` and docs/commands.md tell them. */
export const startOptions = {
  port: {
    value: 'N',
    about: text.port,
    // 0: any free one.
    schema: z.coerce.number().int().min(0).max(65_535).default(0),
  },
  reader: { value: 'KIND', about: text.reader, schema: z.enum(['training', 'pcsc']).optional() },
  set: { value: 'NAME=VALUE', about: text.set, schema: z.array(z.string().regex(/=/)).default([]), isMany: true },
  once: { about: text.once },
  card: { value: 'NAME', about: text.card, schema: z.string().min(1).default('nanbyo') },
  // Given itself, everybody on this computer can read it.
  pin: {
    value: 'PIN',
    about: text.pin,
    schema: z
      .string()
      .regex(/^(?:[0-9]{4}|-)$/)
      .optional(),
  },
  date: { value: 'YYYY-MM-DD', about: text.date, schema: dateSchema.optional() },
  deliveries: { about: text.deliveries },
  resend: { value: 'ID', about: text.resend, schema: z.uuid().optional() },
  cancel: { value: 'ID', about: text.cancel, schema: z.uuid().optional() },
  imported: { value: 'ID', about: text.imported, schema: z.uuid().optional() },
  data: { value: 'DIR', about: commands.data, schema: z.string().min(1).optional() },
  json: { about: text.json },
  help: { about: commands.help },
} as const satisfies Options

type Typed = Given<typeof startOptions>
type OfDeliveries = 'deliveries' | 'resend' | 'cancel' | 'imported'
export interface CommandLine extends Omit<Typed, 'data' | 'pin' | 'help' | OfDeliveries> {
  /** null: not given. */
  readonly pin: string | null
  readonly dataDir: string
  /** null: it is not about deliveries. */
  readonly deliveries: { readonly act: DeliveryRequest['act'] } | null
}

/** Two of these at once would be two things to do. */
const onlyOne = '--once, --resend, --cancel, --imported'

/** Errors: REQUEST_INVALID when several things are asked at once. */
function deliveriesIn({ once, deliveries, resend, cancel, imported }: Typed): Result<CommandLine['deliveries']> {
  const acts = [
    { what: 'retry', deliveryId: resend } as const,
    { what: 'cancel', deliveryId: cancel } as const,
    { what: 'markImported', deliveryId: imported } as const,
  ].flatMap(({ what, deliveryId }) => (deliveryId === undefined ? [] : [{ what, deliveryId }]))
  const [act = null, second] = acts
  if (!deliveries && !act) return ok(null)
  return second || once ? fail('REQUEST_INVALID', { field: onlyOne }) : ok({ act })
}

/** `help`: the options are to be told. Errors: REQUEST_INVALID with the name of the option. */
export function readCommandLine(args: readonly string[]): Result<CommandLine | 'help'> {
  const read = readWords(args, null, startOptions)
  if (!read.ok) return read
  if (read.value === 'help') return ok('help')
  const deliveries = deliveriesIn(read.value)
  if (!deliveries.ok) return deliveries
  const { data, once, json, reader, card, pin = null, set, date, port } = read.value
  const dataDir = dataFolder(data)
  if (!dataDir.ok) return dataDir
  return ok({ once, json, reader, card, pin, set, date, port, dataDir: dataDir.value, deliveries: deliveries.value })
}

export const startHelp = (): readonly string[] => [
  text.usage,
  '',
  ...inColumns(linesOf({}, startOptions)),
  '',
  text.commands,
  commands.exitCodes,
]
