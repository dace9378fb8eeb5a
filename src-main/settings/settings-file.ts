// settings.json as a file, and the copy of the one that last started. A clinic must not stay shut because of a typing error
// or a torn file: the copy is what the next start falls back on.
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeDurably } from '../ground/durable-write.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { systemCode } from '../ground/system-error.ts'
import { parseTyped, readTyped } from '../ground/typed-text.ts'

const invalid = (line: number) => fail('SETTINGS_INVALID', { field: 'settings.json', line })

export const settingsFile = (dataDir: string) => join(dataDir, 'settings.json')
export const lastGoodFile = (dataDir: string) => join(dataDir, 'settings.last-good.json')

/** What a settings file says, undefined if there is none. Errors: SETTINGS_INVALID, with the line where it is no JSON or no UTF-8. */
export async function readSettingsFile(file: string): Promise<Result<unknown>> {
  const text = await textOf(file)
  if (!text.ok) return text
  if (text.value === null) return ok(undefined)
  const parsed = parseTyped(text.value)
  return 'line' in parsed ? invalid(parsed.line) : ok(parsed.content)
}

/** Keeps what this start has run with. Losing the copy costs nothing now, so a full disk is no failure. */
export async function keepLastGood(dataDir: string): Promise<void> {
  const [now, kept] = await Promise.all([textOf(settingsFile(dataDir)), textOf(lastGoodFile(dataDir))])
  if (!now.ok || now.value === null || (kept.ok && kept.value === now.value)) return
  try {
    writeDurably(lastGoodFile(dataDir), now.value, { mode: 0o600 })
  } catch {
    // See above.
  }
}

async function textOf(file: string): Promise<Result<string | null>> {
  try {
    const text = readTyped(await readFile(file))
    return 'line' in text ? invalid(text.line) : ok(text.content)
  } catch (error) {
    // ENOTDIR: the data folder itself cannot be one, which its opening will tell better.
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')
    if (isMissing || !(await canBeEntered(dirname(file)))) return ok(null)
    return fail('SETTINGS_INVALID', { field: 'settings.json' })
  }
}

/** A data folder that is closed to us, or lies in one that is: as ENOTDIR above, and nothing about its settings. */
const canBeEntered = (folder: string): Promise<boolean> =>
  // With the dot it is looked for in the folder, not at its door.
  stat(`${folder}/.`).then(
    () => true,
    () => false,
  )
