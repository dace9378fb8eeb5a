// What the desks of a process were told by the store, line by line in a file: it is there when the process is killed in the next
// moment, and nothing stands in it that a desk has not heard. What is found at the end is held against it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { visitStateSchema } from '../../../src-main/ground/states.ts'

const fileSchema = z.object({ id: z.string(), destination: z.string(), fileName: z.string(), sha256: z.string() })

const lineSchema = z.discriminatedUnion('kind', [
  /** `ok`: the visit stands like this. `goesBack`: the desk is going to take it back. */
  z.object({
    kind: z.literal('told'),
    desk: z.string(),
    visit: z.string(),
    day: z.string(),
    number: z.number(),
    state: visitStateSchema,
    files: z.array(fileSchema).optional(),
    goesBack: z.boolean().optional(),
  }),
  /** A number for a question to the terminal. */
  z.object({ kind: z.literal('request'), day: z.string(), number: z.number() }),
  /** STORE_COMMIT_UNKNOWN, for a step of a visit or for each file of a lane's commit. */
  z.object({ kind: z.literal('unclear'), desk: z.string(), of: z.enum(['step', 'file']) }),
  /** Asked again, under the site's lock: whether it had counted. */
  z.object({ kind: z.literal('cleared'), desk: z.string(), counted: z.boolean() }),
  /** STORE_UNREACHABLE: nothing was written, it is said. */
  z.object({ kind: z.literal('unreachable'), desk: z.string(), code: z.string() }),
  /** And yet it was. */
  z.object({ kind: z.literal('untrue'), desk: z.string(), visit: z.string(), state: visitStateSchema }),
  /** A code that no disturbance explains. */
  z.object({ kind: z.literal('refused'), desk: z.string(), code: z.string() }),
  /** A lane's write under a lease that did not count any more. */
  z.object({ kind: z.literal('fenced'), desk: z.string() }),
  /** A bug, as the log has it. */
  z.object({ kind: z.literal('fault'), desk: z.string(), where: z.array(z.string()) }),
])
export type JournalLine = z.infer<typeof lineSchema>
export type Told = Extract<JournalLine, { kind: 'told' }>
export type ToldFile = z.infer<typeof fileSchema>

export interface Journal {
  note(line: JournalLine): void
}

export const openJournal = (file: string): Journal => ({
  note: (line) => appendFileSync(file, `${JSON.stringify(line)}\n`),
})

/** A line that was being written when its process was killed is not whole, and was not heard. */
export function readJournal(file: string): readonly JournalLine[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => lineSchema.parse(JSON.parse(line)))
}
