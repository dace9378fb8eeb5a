// The words of the command line, checked like every other input. Scripts depend on them: see the README.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { DeliveryRequest } from '../agent/deliveries.ts'
import { dateSchema } from '../eligibility/model.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { dataFolder } from '../settings/data-dir.ts'
import { misread } from './options.ts'

const optionsSchema = z.object({
  /** One check-in without a screen. */
  once: z.boolean().default(false),
  /** With `once`: one JSON object on stdout, everything else on stderr. */
  json: z.boolean().default(false),
  data: z.string().min(1).optional(),
  reader: z.enum(['training', 'pcsc']).optional(),
  card: z.string().min(1).default('nanbyo'),
  /** `-`: from the keyboard without an echo, or from stdin. Given itself, everybody on this computer can read it. */
  pin: z
    .string()
    .regex(/^(?:[0-9]{4}|-)$/)
    .optional(),
  /** `name=value`: a setting for this start. */
  set: z.array(z.string().regex(/=/)).default([]),
  /** The day the hub is asked about. */
  date: dateSchema.optional(),
  /** Loopback port of the screen; 0: any free one. */
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  /** What became of the day's files and calls, without a screen. */
  deliveries: z.boolean().default(false),
  /** The same after one delivery is sent again, called off, or said to have been imported. */
  resend: z.uuid().optional(),
  cancel: z.uuid().optional(),
  imported: z.uuid().optional(),
})

type Options = z.infer<typeof optionsSchema>
export interface CommandLine extends Omit<Options, 'data' | 'pin' | 'deliveries' | 'resend' | 'cancel' | 'imported'> {
  /** null: not given. */
  readonly pin: string | null
  readonly dataDir: string
  /** null: it is not about deliveries. */
  readonly deliveries: { readonly act: DeliveryRequest['act'] } | null
}

/** Two of these at once would be two things to do. */
const onlyOne = '--once, --resend, --cancel, --imported'

/** Errors: REQUEST_INVALID when several things are asked at once. */
function deliveriesIn({ once, deliveries, resend, cancel, imported }: Options): Result<CommandLine['deliveries']> {
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
  let values: { readonly help?: boolean | undefined }
  try {
    values = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        help: { type: 'boolean', short: 'h' },
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        data: { type: 'string' },
        reader: { type: 'string' },
        card: { type: 'string' },
        pin: { type: 'string' },
        set: { type: 'string', multiple: true },
        date: { type: 'string' },
        port: { type: 'string' },
        deliveries: { type: 'boolean' },
        resend: { type: 'string' },
        cancel: { type: 'string' },
        imported: { type: 'string' },
      },
    }).values
  } catch (error) {
    return fail('REQUEST_INVALID', { field: misread(error) })
  }
  if (values.help) return ok('help')
  const parsed = optionsSchema.safeParse(values)
  if (!parsed.success) return fail('REQUEST_INVALID', { field: `--${parsed.error.issues[0]?.path.join('.')}` })
  const deliveries = deliveriesIn(parsed.data)
  if (!deliveries.ok) return deliveries
  const { data, once, json, reader, card, pin = null, set, date, port } = parsed.data
  const dataDir = dataFolder(data)
  if (!dataDir.ok) return dataDir
  return ok({ once, json, reader, card, pin, set, date, port, dataDir: dataDir.value, deliveries: deliveries.value })
}
