// How the product writes settings.json itself: naming the schema that lies beside it, so that an editor offers names and choices
// and marks what is wrong. Both are of the program that writes, so the schema is written anew when the program has changed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeDurably } from '../ground/durable-write.ts'
import { fileSchema } from './schema.ts'
import { settingsFile } from './settings-file.ts'

const schemaName = 'settings.schema.json'

/** As editors read it. */
export const editorSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(fileSchema, { target: 'draft-7', io: 'input' }), null, 2)}\n`

/** Throws what the system says; nothing has changed then. Whoever has named another schema keeps that. */
export function writeSettings(dataDir: string, content: Readonly<Record<string, unknown>>): void {
  const named = { $schema: schemaName, ...content }
  writeDurably(settingsFile(dataDir), `${JSON.stringify(named, null, 2)}\n`, { mode: 0o600 })
  laySchema(dataDir)
}

/** A program that came by an update brings its own, where one was laid. */
export function renewSchema(dataDir: string): void {
  if (existsSync(join(dataDir, schemaName))) laySchema(dataDir)
}

/** What only an editor looks at: a full disk is no failure of the settings. */
function laySchema(dataDir: string): void {
  const file = join(dataDir, schemaName)
  const schema = editorSchema()
  try {
    if (existsSync(file) && readFileSync(file, 'utf8') === schema) return
    writeDurably(file, schema, { mode: 0o600 })
  } catch {
    // See above.
  }
}
