// The one settings file, settings.json in the data folder. Absent, the agent runs in training mode; a file that does
// not fit the schema counts as a whole or not at all: never does the agent run with half of what was meant.
import { join } from 'node:path'
import { z } from 'zod'
import { type Destination, destinationSchema } from '../contract/destination.ts'
import { type Failure, ok, type Result } from '../ground/result.ts'
import type { TerminalFolders } from '../hub/terminal/terminal.ts'
import { type Allowed, trainingFolders } from './allowed.ts'
import { folderFaults } from './folder-faults.ts'
import { invalidSettings, invalidText } from './invalid-settings.ts'
import type { PlaceOf } from './json-text.ts'
import { absolutePath, located } from './located.ts'
import { checkSettings, type FileSettings, modeSchema } from './schema.ts'
import { lastGoodFile, readSettingsFile, settingsFile, type WrittenSettings } from './settings-file.ts'

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
export async function checkWithFolders(
  content: unknown,
  dataDir: string,
  placeOf: PlaceOf | null = null,
): Promise<Result<FileSettings>> {
  const checked = checkSettings(content, placeOf)
  const found = checked.ok ? await folderFaults(checked.value, dataDir) : []
  return found.length > 0 ? invalidSettings(found, placeOf) : checked
}

/** With their paths as settings.json has them. */
export const savedDestinations = ({ destinations }: FileSettings): readonly Destination[] =>
  destinations ?? trainingDestinations

/** What the screen may choose among. */
export const allowedIn = ({ mode, allowed }: FileSettings): Allowed =>
  mode === 'training' ? { ...allowed, folders: [...new Set([...trainingFolders, ...allowed.folders])] } : allowed

/** settings.json as it is now, empty where there never was one. Errors: SETTINGS_INVALID. */
export async function readSaved(dataDir: string): Promise<Result<WrittenSettings>> {
  const written = await readSettingsFile(settingsFile(dataDir))
  if (!written.ok) return written
  if (written.value !== null) return ok(written.value)
  // A clinic that was live does not begin to rehearse because a file has gone.
  const isLost = (await lastGood(dataDir))?.mode === 'live'
  return isLost
    ? invalidText([{ path: [], reason: 'gone' }])
    : ok({ content: {}, placeOf: () => ({ line: 1, column: 1 }) })
}

/**
 * What this start runs with: settings.json, or where it cannot be used the settings that last started (`fallback` says
 * why). Errors: SETTINGS_INVALID with all that is wrong, where there is nothing to fall back on.
 */
export async function loadSettings(dataDir: string): Promise<Result<Settings>> {
  const written = await readSaved(dataDir)
  const saved = written.ok ? await checkWithFolders(written.value.content, dataDir, written.value.placeOf) : written
  if (saved.ok) return ok(settle(saved.value, dataDir, null))
  const kept = await lastGood(dataDir)
  // Whoever asks for the other mode must not get the old one.
  const asksForOther = kept !== null && written.ok && askedMode(written.value.content) !== kept.mode
  return kept && !asksForOther ? ok(settle(kept, dataDir, saved.error)) : saved
}

async function lastGood(dataDir: string): Promise<FileSettings | null> {
  const written = await readSettingsFile(lastGoodFile(dataDir))
  const checked = written.ok && written.value ? checkSettings(written.value.content) : null
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
