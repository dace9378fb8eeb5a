// The one settings file, settings.json in the data folder. Absent, the agent runs in training mode; a file that does
// not fit the schema counts as a whole or not at all: never does the agent run with half of what was meant.
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type Destination, destinationSchema } from '../contract/destination.ts'
import { writeDurably } from '../ground/durable-write.ts'
import { type Failure, ok, type Result } from '../ground/result.ts'
import type { TerminalFolders } from '../hub/terminal/terminal.ts'
import { type Allowed, trainingFolders } from './allowed.ts'
import { folderFaults } from './folder-faults.ts'
import { failedWith, invalidText } from './invalid-settings.ts'
import { type Layers, ownFileOnly, readLayers, type SettingSources } from './layers.ts'
import { absolutePath, located } from './located.ts'
import { checkSettings, type FileSettings, modeSchema } from './schema.ts'
import { lastGoodFile, readSettingsFile } from './settings-file.ts'

/** What settings.json says, with every path absolute and nothing left open. */
export interface Settings
  extends Readonly<Omit<FileSettings, '$schema' | 'allowed' | 'reader' | 'destinations' | 'terminal' | 'clinic'>> {
  /** Why these are the settings of an earlier start and not what settings.json says now; null: they are. */
  readonly fallback: Failure | null
  /** Where they came from, and are looked for again. */
  readonly sources: SettingSources
  readonly reader: NonNullable<FileSettings['reader']>
  readonly destinations: readonly Destination[]
  /** The terminal's folders; null: none are read. */
  readonly terminal: TerminalFolders | null
  readonly clinic: NonNullable<FileSettings['clinic']> | null
}

/** The server that keeps the store of a site. */
export type ServerPlace = NonNullable<FileSettings['store']>['postgres']

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
    root,
    // Beside `req`, so that what is written there can be moved in one step.
    own: join(root, 'madoguchi'),
    face: join(root, 'face'),
    trash: join(root, 'trash'),
    watch,
    requests:
      institutionCode === undefined
        ? null
        : {
            req: join(root, 'req'),
            res: join(root, 'res'),
            institutionCode,
            encoding,
          },
    mappingFile: mappingFile === undefined ? null : absolute(mappingFile),
  }
}

/** What the schema says, and what only a look at the folders themselves can tell. Errors: as there. */
export async function checkLayers(layers: Layers, dataDir: string): Promise<Result<FileSettings>> {
  const checked = checkSettings(layers.content, layers.place)
  const found = checked.ok ? await folderFaults(checked.value, dataDir) : []
  return found.length > 0 ? failedWith(found.map(layers.place)) : checked
}

/** With their paths as settings.json has them. */
export const savedDestinations = ({ destinations }: FileSettings): readonly Destination[] =>
  destinations ?? trainingDestinations

/** What the screen may choose among. */
export const allowedIn = ({ mode, allowed }: FileSettings): Allowed =>
  mode === 'training' ? { ...allowed, folders: [...new Set([...trainingFolders, ...allowed.folders])] } : allowed

/** What is set now, nothing where there never was a file. Errors: SETTINGS_INVALID. */
export async function readSaved(dataDir: string, sources: SettingSources = ownFileOnly): Promise<Result<Layers>> {
  const layers = await readLayers(dataDir, sources)
  if (!layers.ok || layers.value.site !== null) return layers
  // A clinic that was live does not begin to rehearse because a file has gone.
  const isLost = (await lastGood(dataDir))?.mode === 'live' && layers.value.content.mode !== 'live'
  return isLost ? invalidText([{ path: [], reason: 'gone' }], 'site') : layers
}

/**
 * What this start runs with, or where that cannot be used the settings that last started (`fallback` says why). Errors:
 * SETTINGS_INVALID with all that is wrong, where there is nothing to fall back on.
 */
export async function loadSettings(dataDir: string, sources: SettingSources = ownFileOnly): Promise<Result<Settings>> {
  const layers = await readSaved(dataDir, sources)
  const saved = layers.ok ? await checkLayers(layers.value, dataDir) : layers
  if (saved.ok) return ok(settle(saved.value, { dataDir, sources, fallback: null }))
  const kept = await lastGood(dataDir)
  // Whoever asks for the other mode must not get the old one.
  const asksForOther = kept !== null && layers.ok && askedMode(layers.value.content) !== kept.mode
  return kept && !asksForOther ? ok(settle(kept, { dataDir, sources, fallback: saved.error })) : saved
}

/** Keeps what this start has run with, as a whole. Losing it costs nothing now, so a full disk is no failure. */
export async function keepLastGood(dataDir: string, sources: SettingSources = ownFileOnly): Promise<void> {
  const layers = await readLayers(dataDir, sources)
  if (!layers.ok || (layers.value.site === null && Object.keys(layers.value.content).length === 0)) return
  const kept = await readSettingsFile(lastGoodFile(dataDir))
  if (kept.ok && isDeepStrictEqual(kept.value?.content, layers.value.content)) return
  try {
    writeDurably(lastGoodFile(dataDir), `${JSON.stringify(layers.value.content, null, 2)}\n`, { mode: 0o600 })
  } catch {
    // See above.
  }
}

/** Those that last started; null: none that could. */
export async function lastGood(dataDir: string): Promise<FileSettings | null> {
  const written = await readSettingsFile(lastGoodFile(dataDir))
  const checked = written.ok && written.value ? checkSettings(written.value.content) : null
  return checked?.ok ? checked.value : null
}

/** null: it cannot be said. */
function askedMode(content: unknown): Settings['mode'] | null {
  return z.looseObject({ mode: modeSchema }).safeParse(content).data?.mode ?? null
}

const locatedServer = (server: ServerPlace, absolute: (path: string) => string): ServerPlace => ({
  ...server,
  ...(server.passwordFile && { passwordFile: absolute(server.passwordFile) }),
  caFile: absolute(server.caFile),
})

function settle(
  saved: FileSettings,
  { dataDir, sources, fallback }: { readonly dataDir: string } & Pick<Settings, 'sources' | 'fallback'>,
): Settings {
  const absolute = (path: string) => absolutePath(dataDir, path)
  const { $schema: _schema, allowed: _allowed, ...settings } = saved
  const { mode, reader, hub, terminal, clinic, store, backupFolder } = settings
  return {
    ...settings,
    fallback,
    sources,
    reader: reader ?? (mode === 'live' ? 'pcsc' : 'training'),
    hub:
      hub &&
      ('clientPfxFile' in hub
        ? {
            ...hub,
            caFile: absolute(hub.caFile),
            clientPfxFile: absolute(hub.clientPfxFile),
            ...(hub.clientPassphraseFile && { clientPassphraseFile: absolute(hub.clientPassphraseFile) }),
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
    store: store && { postgres: locatedServer(store.postgres, absolute) },
    backupFolder: backupFolder === null ? null : absolute(backupFolder),
  }
}
