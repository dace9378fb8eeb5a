// The process in which one part of the bench is measured: `node part-process.ts <name> <data folder>`. Its figures go to
// whoever started it, and it ends then, whatever the part has left open.
import type { z } from 'zod'
import { measuredSchema, type toldByPart } from './measure.ts'
import { parts } from './parts.ts'

const [name = '', dataDir = ''] = process.argv.slice(2)
const say = (text: string) => process.stderr.write(`${text}\n`)

const tell = (told: z.input<typeof toldByPart>) => process.send?.(told, () => process.exit())
const fail = (error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
  tell({ failure: reason })
}
process.on('uncaughtException', fail)

const part = parts[name]
if (!part) throw new Error(`no part is named ${name}`)
try {
  tell({ figures: measuredSchema.parse(await part.measure({ dataDir, say })) })
} catch (error) {
  fail(error)
}
