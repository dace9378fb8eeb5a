// The one settings file, settings.json in the data folder. Absent, the agent runs in training mode; a file that does
// not fit the schema counts as a whole or not at all: never does the agent run with half of what was meant.
import { join } from 'node:path'
import { z } from 'zod'
import { type BookingColumns, bookingColumnsSchema } from '../contract/bookings.ts'
import { type Destination, destinationSchema, pathSchema } from '../contract/destination.ts'
import { encodings } from '../ground/encodings.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { TerminalFolders } from '../hub/terminal/terminal.ts'
import { type Allowed, allowedSchema, trainingFolders } from './allowed.ts'
import { absolutePath, located } from './located.ts'
import { shareFolder, shareName } from './receipt-folders.ts'
import { lastGoodFile, readSettingsFile, settingsFile } from './settings-file.ts'

const hubCommon = {
  /** Base address, https only. */
  url: z.url({ protocol: /^https$/ }),
  /** PEM; relative paths start at the data folder, here and below. */
  caFile: pathSchema,
  /** http address, or `none` to go straight whatever the environment says; HTTPS_PROXY and NO_PROXY count when not given. */
  proxy: z.union([z.literal('none'), z.url({ protocol: /^http$/ })]).optional(),
}

/** The client certificate as two PEM files, or as PKCS#12 with its passphrase in a file of its own. */
const hubSchema = z.union([
  z.strictObject({
    ...hubCommon,
    clientCertificateFile: pathSchema,
    clientKeyFile: pathSchema,
  }),
  z.strictObject({
    ...hubCommon,
    clientPfxFile: pathSchema,
    clientPassphraseFile: pathSchema,
  }),
])

const terminalSchema = z.strictObject({
  /** The root that holds face, trash, req and res; may be UNC. */
  folder: pathSchema,
  /** Where results of the face reader are looked for; charts that move used files leave them in trash. */
  watch: z
    .array(z.enum(['face', 'trash']))
    .min(1)
    .default(['face', 'trash']),
  /** 医療機関コード, ten digits: needed for requests. */
  institutionCode: z
    .string()
    .regex(/^[0-9]{10}$/)
    .optional(),
  encoding: z.enum(encodings).default('cp932'),
  /** The vendor's mapping instead of the shipped one. */
  mappingFile: pathSchema.optional(),
})

const modeSchema = z.enum(['training', 'live']).default('training')

const fileSchema = z
  .strictObject({
    mode: modeSchema,
    /** `training`: the virtual reader in process; `pcsc`: the readers of this computer. */
    reader: z.enum(['training', 'pcsc']).optional(),
    hub: hubSchema.optional(),
    destinations: z.array(destinationSchema).max(8).optional(),
    /** What the screen may choose among besides; only an editor can change it. */
    allowed: allowedSchema.prefault({}),
    /** The reader cards are taken from while it is plugged in, by its name in the system; null: any. */
    chosenReader: z.string().max(200).nullable().default(null),
    /** Which column of the clinic's list of bookings holds what, as it was said the last time. */
    bookingColumns: bookingColumnsSchema.nullable().default(null),
    pinEntry: z
      .strictObject({
        /** `patient`: on a screen of the patient's own, the desk only sees that it is going on. */
        side: z.enum(['desk', 'patient']).default('desk'),
        /** The keys on the screen stand in another order for each patient. */
        shuffledKeys: z.boolean().default(false),
      })
      .prefault({}),
    /**
     * After so many minutes without a hand on it the screen hides what is on it. There is no way to switch that off: who
     * works here does not have to sign in.
     */
    hideScreenAfterMin: z.int().min(1).max(60).default(5),
    /**
     * Characters that may stand for others in a file whose encoding does not have them, for example {"𠮷": "吉"}: the
     * clinic's own decision, nothing is replaced without it.
     */
    substitutions: z.record(z.string().min(1).max(4), z.string().max(4)).default({}),
    /** How this clinic appears in 指定医療機関 of a certificate; without it nobody can tell whether it is on the list. */
    clinic: z
      .strictObject({
        names: z.array(z.string().min(1).max(200)).max(10).default([]),
        /** 医療機関コード, ten digits. */
        institutionCode: z
          .string()
          .regex(/^[0-9]{10}$/)
          .nullable()
          .default(null),
        /** Municipalities it has a contract with for 予防接種 and 健診, as vouchers name them. */
        municipalities: z.array(z.string().min(1).max(100)).max(200).default([]),
      })
      .optional(),
    /** The shared folders of the 資格確認端末; null: the clinic has none, or its results are not to be read here. */
    terminal: terminalSchema.nullable().optional(),
    /** Days a visit with its answers is kept, the day of the visit not counted. */
    retentionDays: z.int().min(1).max(366).default(30),
    /** Where the daily copies of the database go besides: a folder of this computer's own, on another disk. */
    backupFolder: pathSchema.nullable().default(null),
  })
  .refine((settings) => settings.mode === 'training' || settings.hub !== undefined, { path: ['hub'] })
  .refine((settings) => settings.mode === 'training' || settings.destinations !== undefined, { path: ['destinations'] })
  .refine((settings) => settings.mode === 'training' || settings.reader !== 'training', { path: ['reader'] })
  .refine(
    (settings) => new Set(settings.destinations?.map(({ id }) => id)).size === (settings.destinations?.length ?? 0),
    { path: ['destinations'] },
  )
  .refine(({ destinations = [] }) => !shareName(destinations), { path: ['destinations'] })

export type FileSettings = z.infer<typeof fileSchema>

export interface Settings {
  /** Why these are the settings of an earlier start and not what settings.json says now; null: they are. */
  readonly fallback: Failure | null
  readonly mode: 'training' | 'live'
  readonly reader: 'training' | 'pcsc'
  /** All paths absolute; undefined in training mode, where the sandbox hub answers. */
  readonly hub: z.infer<typeof hubSchema> | undefined
  readonly destinations: readonly Destination[]
  /** The terminal's folders, all paths absolute. */
  readonly terminal: TerminalFolders | null
  readonly substitutions: Readonly<Record<string, string>>
  readonly clinic: {
    readonly names: readonly string[]
    readonly institutionCode: string | null
    readonly municipalities: readonly string[]
  } | null
  readonly chosenReader: string | null
  readonly bookingColumns: BookingColumns | null
  readonly hideScreenAfterMin: number
  readonly pinEntry: { readonly side: 'desk' | 'patient'; readonly shuffledKeys: boolean }
  readonly retentionDays: number
  /** Absolute path. */
  readonly backupFolder: string | null
}

/** The clinic that the sample certificates name. */
const trainingClinic = { names: ['まどぐち内科クリニック'], institutionCode: null, municipalities: ['東京都八王子市'] }

/** Nobody takes the files of a rehearsal away. */
const trainingDestinations: readonly Destination[] = [
  destinationSchema.parse({ id: 'receipt-csv', format: 'csv', folder: 'import/csv', takenWithinMin: null }),
  destinationSchema.parse({ id: 'receipt-json', format: 'json', folder: 'import/json', takenWithinMin: null }),
]

/** Where the sandbox terminal plays. */
const trainingTerminal: z.infer<typeof terminalSchema> = {
  folder: 'training/terminal',
  watch: ['face', 'trash'],
  institutionCode: '1312345678',
  encoding: 'cp932',
}

function terminalFolders(
  terminal: z.infer<typeof terminalSchema> | null,
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

/** Errors: SETTINGS_INVALID with the path of the first wrong field, or of the first that nobody knows. */
export function checkSettings(content: unknown): Result<FileSettings> {
  const parsed = fileSchema.safeParse(content)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return fail('SETTINGS_INVALID', { field: [...(issue?.path ?? []), ...unknown].join('.') || 'settings.json' })
}

/** The same, and what only a look at the folders themselves can tell. */
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
  const {
    mode,
    reader,
    hub,
    terminal,
    substitutions,
    clinic,
    chosenReader,
    bookingColumns,
    pinEntry,
    hideScreenAfterMin,
    retentionDays,
    backupFolder,
  } = saved
  return {
    fallback,
    mode,
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
    substitutions,
    clinic: clinic ?? (mode === 'training' ? trainingClinic : null),
    chosenReader,
    bookingColumns,
    pinEntry,
    hideScreenAfterMin,
    retentionDays,
    backupFolder: backupFolder === null ? null : absolute(backupFolder),
  }
}
