// A training file that several programs may want at the same moment (the agent, a virtual card, the sandbox, all on a fresh
// folder): whoever comes first makes it, everybody else takes over what was made. A file that is damaged or out of date
// is succeeded in the same way. The rule: what succeeds a file is claimed under a name made from the old content, and a
// claim is made exclusively, so that two programs that saw the same state can only agree.
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import type { z } from 'zod'
import { removeLeftovers, writeDurably } from '../ground/durable-write.ts'
import { systemCode } from '../ground/system-error.ts'

/** Programs that share the folder write it at the same time: only what is older was left by one that is gone. */
const leftoverMs = 60_000

/** How the file was found: as it is to be, not there, cut or scrambled, or no longer usable. */
export type Found = 'kept' | 'absent' | 'damaged' | 'outdated'

export interface AgreedFile<T> {
  /** Absolute path; its folder is there. */
  readonly file: string
  readonly schema: z.ZodType<T>
  /** May throw: what it cannot make sense of is damaged. */
  readonly isUsable: (value: T) => boolean
  readonly make: () => Promise<T>
}

function read<T>(path: string, { schema, isUsable }: AgreedFile<T>) {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { text: '', found: 'absent' } as const
    throw error
  }
  try {
    const value = schema.parse(JSON.parse(text))
    return isUsable(value) ? ({ text, found: 'kept', value } as const) : ({ text, found: 'outdated' } as const)
  } catch {
    return { text, found: 'damaged' } as const
  }
}

/** Opens the file, or makes it; the same content in every program. Throws what the file system says. */
export async function openAgreedFile<T>(wanted: AgreedFile<T>): Promise<{ readonly value: T; readonly found: Found }> {
  const { file } = wanted
  removeLeftovers(file, leftoverMs)
  const before = read(file, wanted)
  if (before.found === 'kept') return { value: before.value, found: 'kept' }
  const claim = `${file}.${createHash('sha256').update(before.text).digest('hex').slice(0, 16)}.next`
  const made = JSON.stringify(await wanted.make())
  // A round is lost only to another program's success; a hundred of them are a bug.
  for (let round = 0; round < 100; round++) {
    try {
      writeDurably(claim, made, { mode: 0o600, place: 'new' })
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
    }
    // Somebody may have finished since we looked: then what they made stands, and our claim came too late.
    const now = read(file, wanted)
    const successor = now.found === 'kept' ? now : read(claim, wanted)
    if (successor.found === 'kept' && successor !== now) writeDurably(file, successor.text, { mode: 0o600 })
    // A claim that is no longer usable was left by a program that was killed long ago.
    rmSync(claim, { force: true })
    if (successor.found === 'kept') return { value: successor.value, found: before.found }
  }
  throw new Error('programs that share a training file cannot agree')
}
