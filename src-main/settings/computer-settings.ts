// Settings that an administrator has laid for every user of a computer, with the installer or by the clinic's own means. A
// user's very first start takes them over as its own settings.json; from then on that file alone counts, so that what
// was changed on the screen stays, and nothing that is laid later turns a desk that works into another one.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeDurably } from '../ground/durable-write.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { checkSettings } from './schema.ts'
import { loadSettings, type Settings } from './settings.ts'
import { readSettingsFile, settingsFile } from './settings-file.ts'

/** Where they lie; only an administrator can write there. `program`: the executable of the installed program. */
export const computerSettingsFile = (program: string, platform: NodeJS.Platform): string =>
  platform === 'win32' ? join(dirname(program), 'settings.json') : '/etc/madoguchi/settings.json'

/**
 * Takes them over where this user has never had settings nor data. Errors: SETTINGS_INVALID (with what is wrong in them;
 * nothing is taken over, so mending them is enough), STORE_UNWRITABLE.
 */
export async function takeComputerSettings(file: string, dataDir: string): Promise<Result<void>> {
  const own = [settingsFile(dataDir), join(dataDir, 'madoguchi.db')]
  if (own.some((path) => existsSync(path))) return ok(undefined)
  const written = await readSettingsFile(file)
  if (!written.ok) return written
  if (written.value === null) return ok(undefined)
  const { content, placeOf } = written.value
  const checked = checkSettings(content, placeOf)
  if (!checked.ok) return checked
  try {
    writeDurably(settingsFile(dataDir), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
    return ok(undefined)
  } catch {
    return fail('STORE_UNWRITABLE')
  }
}

/** Those that a start goes by, after those of the computer were taken over. `file` null: not an installed program. Errors: of both. */
export async function settingsAtStart(dataDir: string, file: string | null): Promise<Result<Settings>> {
  const taken = file === null ? ok(undefined) : await takeComputerSettings(file, dataDir)
  return taken.ok ? loadSettings(dataDir) : taken
}
