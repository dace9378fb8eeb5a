// settings.json as a file, and the copy of the one that last started. A clinic must not stay shut because of a typing error
// or a torn file: the copy is what the next start falls back on.
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Result } from '../ground/result.ts'
import type { SettingLayer } from '../ground/setting-fault.ts'
import { systemCode } from '../ground/system-error.ts'
import { readTyped } from '../ground/typed-text.ts'
import { invalidText } from './invalid-settings.ts'
import { type PlaceOf, readJsonText } from './json-text.ts'

export const settingsFile = (dataDir: string) => join(dataDir, 'settings.json')
export const lastGoodFile = (dataDir: string) => join(dataDir, 'settings.last-good.json')

/** What a person wrote, and where each entry of it stands. */
export interface WrittenSettings {
  readonly content: unknown
  readonly placeOf: PlaceOf
}

/** What a settings file says, null if there is none. Errors: SETTINGS_INVALID, with the place where it is no JSON or no UTF-8. */
export async function readSettingsFile(
  file: string,
  layer: SettingLayer = 'site',
): Promise<Result<WrittenSettings | null>> {
  const text = await textOf(file, layer)
  if (!text.ok) return text
  if (text.value === null) return ok(null)
  const read = readJsonText(text.value)
  return read.faults ? invalidText(read.faults, layer) : ok(read)
}

async function textOf(file: string, layer: SettingLayer): Promise<Result<string | null>> {
  try {
    const text = readTyped(await readFile(file))
    return 'line' in text ? invalidText([{ path: [], reason: 'encoding', line: text.line }], layer) : ok(text.content)
  } catch (error) {
    // ENOTDIR: the data folder itself cannot be one, which its opening will tell better.
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')
    if (isMissing || !(await canBeEntered(dirname(file)))) return ok(null)
    return invalidText([{ path: [], reason: (await isFolder(file)) ? 'notFile' : 'unreadable' }], layer)
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (state) => state.isDirectory(),
    () => false,
  )

/** A data folder that is closed to us, or lies in one that is: as ENOTDIR above, and nothing about its settings. */
const canBeEntered = (folder: string): Promise<boolean> =>
  // With the dot it is looked for in the folder, not at its door.
  stat(`${folder}/.`).then(
    () => true,
    () => false,
  )
