// The one settings file, settings.json in the data folder. Absent, the agent runs in training mode; a file that does
// not fit the schema counts as a whole or not at all: never does the agent run with half of what was meant.
import { join } from 'node:path'
import { z } from 'zod'
import { type Destination, destinationSchema } from '../contract/destination.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { TerminalFolders } from '../hub/terminal/terminal.ts'
import { type Allowed, trainingFolders } from './allowed.ts'
import { absolutePath, located } from './located.ts'
import { shareFolder } from './receipt-folders.ts'
import { checkSettings, type FileSettings, modeSchema } from './schema.ts'
import { lastGoodFile, readSettingsFile, settingsFile } from './settings-file.ts'

/** What settings.json says, with every path absolute and nothing left open. */
export interface Settings
  extends Readonly<Omit<FileSettings, '$schema' | 'allowed' | 'reader' | 'destinations' | 'terminal' | 'clinic'>> {
  /** Why these are the settings of an earlier start and not what settings.json says now; null: they are. */
  readonly fallback: Failure | null
  readonly reader: NonNullable<FileSettings['reader']>
  readonly destinations: readonly Destination[]
  /** The terminal's folders; null: none are read. */
  readonly terminal: TerminalFolders | null
  readonly clinic: NonNullable<FileSettings['clinic']> | null
}

type SavedTerminal = NonNullable<FileSettings['terminal']>

/** The clinic that the sample certificates name. */
const trainingClinic = {
  names: ['まどぐち内科クリニック'],
  institutionCode: '1312345678',
  municipalities: ['東京都八王子市'],
}

/** Nobody takes the files of a rehearsal away. */
const trainingDestinations: readonly Destination[] = [
  destinationSchema.parse({ id: 'receipt-csv', format: 'csv', folder: 'import/csv', takenWithinMin: null }),
  destinationSchema.parse({ id: 'receipt-json', format: 'json', folder: 'import/json', takenWithinMin: null }),
]

/** Where the sandbox terminal plays. */
const trainingTerminal: SavedTerminal = {
  folder: 'training/terminal',
  watch: ['face', 'trash'],
  institutionCode: '1312345678',
  encoding: 'cp932',
}

export function terminalFolders(
  terminal: SavedTerminal | null,
  absolute: (path: string) => string,
): TerminalFolders | null {
  if (!terminal) return null
  const { watch, institutionCode, encoding, mappingFile } = terminal
  const root = absolute(terminal.folder)
  return {
    face: join(root, 'face'),
    trash: join(root, 'trash'),
    watch,
    requests:
      institutionCode === undefined
        ? null
        : {
            req: join(root, 'req'),
            res: join(root, 'res'),
            // Beside `req`, so that what is written there can be moved in one step.
            staging: join(root, 'madoguchi'),
            institutionCode,
            encoding,
          },
    mappingFile: mappingFile === undefined ? null : absolute(mappingFile),
  }
}

/** What the schema says, and what only a look at the folders themselves can tell. Errors: as there. */
export async function checkWithFolders(content: unknown, dataDir: string): Promise<Result<FileSettings>> {
  const checked = checkSettings(content)
  const isShared = checked.ok && (await shareFolder(checked.value.destinations ?? [], dataDir))
  return isShared ? fail('SETTINGS_INVALID', { field: 'destinations' }) : checked
}

/** With their paths as settings.json has them. */
export const savedDestinations = ({ destinations }: FileSettings): readonly Destination[] =>
  destinations ?? trainingDestinations

/** What the screen may choose among. */
export const allowedIn = ({ mode, allowed }: FileSettings): Allowed =>
  mode === 'training' ? { ...allowed, folders: [...new Set([...trainingFolders, ...allowed.folders])] } : allowed

/** settings.json as it is now, {} where there never was one. Errors: SETTINGS_INVALID. */
export async function readSaved(dataDir: string): Promise<Result<unknown>> {
  const content = await readSettingsFile(settingsFile(dataDir))
  if (!content.ok || content.value !== undefined) return content
  // A clinic that was live does not begin to rehearse because a file has gone.
  const isLost = (await lastGood(dataDir))?.mode === 'live'
  return isLost ? fail('SETTINGS_INVALID', { field: 'settings.json' }) : ok({})
}

/**
 * What this start runs with: settings.json, or where it cannot be used the settings that last started (`fallback` says
 * why). Errors: SETTINGS_INVALID with the path of the first wrong field (or `settings.json` and the line), where there is
 * nothing to fall back on.
 */
export async function loadSettings(dataDir: string): Promise<Result<Settings>> {
  const content = await readSaved(dataDir)
  const saved = content.ok ? await checkWithFolders(content.value, dataDir) : content
  if (saved.ok) return ok(settle(saved.value, dataDir, null))
  const kept = await lastGood(dataDir)
  // Whoever asks for the other mode must not get the old one.
  const asksForOther = kept !== null && content.ok && askedMode(content.value) !== kept.mode
  return kept && !asksForOther ? ok(settle(kept, dataDir, saved.error)) : saved
}

async function lastGood(dataDir: string): Promise<FileSettings | null> {
  const content = await readSettingsFile(lastGoodFile(dataDir))
  const checked = content.ok && content.value !== undefined ? checkSettings(content.value) : null
  return checked?.ok ? checked.value : null
}

/** null: it cannot be said. */
function askedMode(content: unknown): Settings['mode'] | null {
  return z.looseObject({ mode: modeSchema }).safeParse(content).data?.mode ?? null
}

function settle(saved: FileSettings, dataDir: string, fallback: Failure | null): Settings {
  const absolute = (path: string) => absolutePath(dataDir, path)
  const { $schema: _schema, allowed: _allowed, ...settings } = saved
  const { mode, reader, hub, terminal, clinic, backupFolder } = settings
  return {
    ...settings,
    fallback,
    reader: reader ?? (mode === 'live' ? 'pcsc' : 'training'),
    hub:
      hub &&
      ('clientPfxFile' in hub
        ? {
            ...hub,
            caFile: absolute(hub.caFile),
            clientPfxFile: absolute(hub.clientPfxFile),
            clientPassphraseFile: absolute(hub.clientPassphraseFile),
          }
        : {
            ...hub,
            caFile: absolute(hub.caFile),
            clientCertificateFile: absolute(hub.clientCertificateFile),
            clientKeyFile: absolute(hub.clientKeyFile),
          }),
    destinations: savedDestinations(saved).map((destination) => located(destination, dataDir)),
    terminal: terminalFolders(
      terminal ?? (terminal === undefined && mode === 'training' ? trainingTerminal : null),
      absolute,
    ),
    clinic: clinic ?? (mode === 'training' ? trainingClinic : null),
    backupFolder: backupFolder === null ? null : absolute(backupFolder),
  }
}
