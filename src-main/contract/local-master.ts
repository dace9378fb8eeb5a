// The page of the national master of local schemes: what counts now, and what a file that was chosen would change.
import { z } from 'zod'
import { dateSchema, momentSchema } from '../eligibility/model.ts'

const count = z.number().int()

const masterChangesSchema = z.object({
  /** The day as of which the file is. */
  issuedOn: dateSchema,
  /** The newest one before; null: there was none. */
  before: dateSchema.nullable(),
  /** Rows of the file, and those of them that no certificate can lead to. */
  rows: count,
  withoutNumber: count,
  /** How many schemes, by what becomes of them. */
  counts: z.object({ new: count, changed: count, ended: count, same: count }),
  /** Some of those that something becomes of. */
  examples: z.array(
    z.object({
      change: z.enum(['new', 'changed', 'ended']),
      payerNumber: z.string(),
      prefecture: z.string(),
      municipality: z.string().nullable(),
      /** null: it is not in the file any more. */
      name: z.string().nullable(),
    }),
  ),
})
export type MasterChanges = z.infer<typeof masterChangesSchema>

export const localMasterViewSchema = z.object({
  /** What counts now; null: none was imported. */
  issue: z.object({ issuedOn: dateSchema, importedAt: momentSchema, count }).nullable(),
  /** A file that was read and waits for a person. */
  draft: masterChangesSchema.nullable(),
})
export type LocalMasterView = z.infer<typeof localMasterViewSchema>
