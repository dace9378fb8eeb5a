// The words of the command line, checked like every other input. Scripts depend on them: see the README.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { fail, ok, type Result } from '../contract/result.ts'
import { dateSchema } from '../eligibility/model.ts'
import { defaultDataDir } from '../settings/data-dir.ts'

const optionsSchema = z.object({
  /** One check-in without a screen. */
  once: z.boolean().default(false),
  /** With `once`: one JSON object on stdout, everything else on stderr. */
  json: z.boolean().default(false),
  data: z.string().min(1).optional(),
  reader: z.enum(['training', 'pcsc']).optional(),
  card: z.string().min(1).default('nanbyo'),
  pin: z
    .string()
    .regex(/^[0-9]{4}$/)
    .default('1234'),
  /** The day the hub is asked about. */
  date: dateSchema.optional(),
  /** Loopback port of the screen; 0: any free one. */
  port: z.coerce.number().int().min(0).max(65_535).default(0),
})

export type CommandLine = Omit<z.infer<typeof optionsSchema>, 'data'> & { readonly dataDir: string }

/** Errors: REQUEST_INVALID with the name of the option. */
export function readCommandLine(args: readonly string[]): Result<CommandLine> {
  let values: unknown
  try {
    values = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        data: { type: 'string' },
        reader: { type: 'string' },
        card: { type: 'string' },
        pin: { type: 'string' },
        date: { type: 'string' },
        port: { type: 'string' },
      },
    }).values
  } catch {
    return fail('REQUEST_INVALID', { field: 'command line' })
  }
  const parsed = optionsSchema.safeParse(values)
  if (!parsed.success) return fail('REQUEST_INVALID', { field: `--${parsed.error.issues[0]?.path.join('.')}` })
  const { data, ...options } = parsed.data
  return ok({ ...options, dataDir: resolve(data ?? defaultDataDir()) })
}
