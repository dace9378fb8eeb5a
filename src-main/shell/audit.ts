// What clinic IT does about the audit trail by command: prove that no row of it was changed, taken out or moved. It changes
// nothing, and tells no patient data: rows are named by their numbers.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { fail, ok, type Result } from '../ground/result.ts'
import type { DataOptions } from '../store/data-folder.ts'
import { verifyTrail } from '../store/maintenance.ts'
import { audit as text } from '../words/audit.ts'
import type { CommandName } from '../words/maintenance.ts'
import { misread } from './command-line.ts'
import { refused, type Said } from './maintenance.ts'

const lineSchema = z.strictObject({
  command: z.literal('verify'),
  data: z.string().min(1).optional(),
  json: z.boolean().default(false),
})
export type AuditLine = z.infer<typeof lineSchema>

/** Whether these words are such a command at all. */
export const isAudit = (args: readonly string[]): boolean => args[0] === 'audit'

/** Errors: REQUEST_INVALID with what does not fit. */
export function readAuditLine(args: readonly string[]): Result<AuditLine | 'help'> {
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(1),
      strict: true,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, data: { type: 'string' }, json: { type: 'boolean' } },
    })
    const [command, ...more] = positionals
    if (values.help || command === undefined) return ok('help')
    const parsed = lineSchema.safeParse({ ...values, command })
    if (parsed.success && more.length === 0) return ok(parsed.data)
    return fail('REQUEST_INVALID', { field: parsed.success ? more[0] : command })
  } catch (error) {
    return fail('REQUEST_INVALID', { field: misread(error) })
  }
}

/** `place`: the data folder and its key. `typed`: how the other commands are called in this shell. */
export async function runAudit(_line: AuditLine, place: DataOptions, typed: CommandName): Promise<Said> {
  const trail = await verifyTrail(place)
  if (!trail.ok) return refused(trail.error, typed)
  if (trail.value === null) return { isRefused: false, answer: { ok: true, rows: 0 }, lines: [text.nothingYet] }
  const { rows, acceptedUpTo, broken } = trail.value
  const accepted = acceptedUpTo === 0 ? [] : [text.accepted(acceptedUpTo)]
  if (broken)
    return refused({ code: 'AUDIT_BROKEN' }, typed, { more: { broken }, lines: [text.broken(broken), ...accepted] })
  return { isRefused: false, answer: { ok: true, rows, acceptedUpTo }, lines: [text.whole(rows), ...accepted] }
}
