// What a vendor is given to find out why something does not work: what may stand in it, part by part. Whatever is in none of
// these lists cannot be said: names of hosts, folders, readers and settings are told as the kind they are of.
import { z } from 'zod'
import { dateSchema, momentSchema } from '../eligibility/model.ts'
import { failureCodeSchema, referenceSchema } from '../ground/failures.ts'
import { logEvents } from '../ground/log.ts'
import { settingSchema } from '../ground/setting-change.ts'
import { settingReasons } from '../ground/setting-fault.ts'
import { deliveryStateSchema, registrationStateSchema, visitStateSchema } from '../ground/states.ts'
import { checkLineSchema } from './self-test.ts'

/** Three or four numbers with points. */
const versionSchema = z.string().regex(/^\d{1,4}(?:\.\d{1,6}){1,3}$/)

export const hostKinds = ['thisComputer', 'privateAddress', 'publicAddress', 'localName', 'name'] as const
export const folderKinds = ['share', 'drive', 'absolute', 'relative'] as const

/** Models that clinics have, and what else a system lists; every other one is `other`. */
export const readerKinds = [
  'Sony RC-S300',
  'Sony RC-S330',
  'Sony RC-S370',
  'Sony RC-S380',
  'Sony RC-S390',
  'Circle CIR115',
  'Circle CIR215',
  'Circle CIR315',
  'Circle CIR415',
  'Circle CIR515',
  'ACS ACR38',
  'ACS ACR39',
  'ACS ACR122',
  'ACS ACR1251',
  'ACS ACR1252',
  'ACS ACR1255',
  'Identiv uTrust 2700',
  'Identiv uTrust 2900',
  'Identiv uTrust 3700',
  'Identiv uTrust 4700',
  'SCM SCR331',
  'SCM SCR3310',
  'NTT Com SCR3310',
  'I-O DATA USB-NFC',
  'Virtual PCD',
  'Training Reader',
  'other',
] as const
export type ReaderKind = (typeof readerKinds)[number]

/** What settings.json says of one setting: a switch, a number, one of the schema's own words, or only what kind of text it is. */
const settingValueSchema = z.union([
  z.boolean(),
  z.number().min(0).max(999),
  z.strictObject({ word: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,19}$/) }),
  z.strictObject({ host: z.enum(hostKinds) }),
  z.strictObject({ folder: z.enum(folderKinds) }),
  z.strictObject({ entries: z.number().int().min(0).max(999) }),
  /** `set`: something that is told no further; `odd`: nothing that this setting may be. */
  z.enum(['none', 'set', 'odd']),
])
export type SettingValue = z.infer<typeof settingValueSchema>

const outlineSchema = z.strictObject({
  /** Names of the schema, numbers for the entries of a list. */
  path: z.string().regex(/^[A-Za-z]+(?:\.(?:[A-Za-z]+|\d{1,3}))*$/),
  value: settingValueSchema,
})
export type SettingOutline = z.infer<typeof outlineSchema>

/** Two digits that count, so that no number of anybody's is one. */
const roundSchema = z.number().min(0).max(1e9)

const logLineSchema = z.strictObject({
  at: momentSchema,
  event: z.enum(logEvents),
  reference: referenceSchema.optional(),
  state: z
    .string()
    .regex(/^[A-Za-z-]{1,20}$/)
    .optional(),
  code: failureCodeSchema.optional(),
  door: z.enum(['desk', 'patient', 'kiosk', 'commandLine', 'system']).optional(),
  /** The place of the destination among those of the settings, from 1; 0: it is not there any more. */
  destination: z.number().int().min(0).max(99).optional(),
  ms: roundSchema.optional(),
  count: roundSchema.optional(),
  times: roundSchema.optional(),
  setting: settingSchema.optional(),
  field: z.string().optional(),
  line: roundSchema.optional(),
  apdus: z.array(z.string().regex(/^[0-9A-F]{2} \d{1,3}>(?:\d{1,5} [69][0-9A-F]{3}|[A-Z_]{1,30})$/)).optional(),
  /** The class of a fault, and places in our own files. */
  where: z
    .array(
      z
        .string()
        .regex(/^(?:[A-Z][A-Za-z]{2,20}|[\w.-]{1,60}:\d{1,5}:\d{1,5})$/)
        .max(80),
    )
    .optional(),
})
export type SupportLogLine = z.infer<typeof logLineSchema>

const statesSchema = <S extends z.ZodType<string>>(state: S) =>
  z.array(z.strictObject({ state, n: z.number().int().min(0) }))

export const supportBundleSchema = z.strictObject({
  madeAt: momentSchema,
  program: z.strictObject({
    version: versionSchema.nullable(),
    node: versionSchema.nullable(),
    isDesktop: z.boolean(),
  }),
  system: z.strictObject({
    platform: z.enum(['linux', 'win32', 'darwin', 'other']),
    release: versionSchema.nullable(),
    arch: z.enum(['x64', 'arm64', 'other']),
    memoryGb: z.number().int().min(0).max(9_999),
    processors: z.number().int().min(0).max(999),
    isClinicTime: z.boolean(),
  }),
  settings: z.strictObject({
    /** What this start has or would have: `lastGood` are those of an earlier start. */
    from: z.enum(['file', 'none', 'lastGood', 'nothing']),
    problem: z
      .strictObject({
        code: failureCodeSchema,
        field: z.string().nullable(),
        line: z.number().int().min(1).max(99_999).nullable(),
        reason: z.enum(settingReasons).nullable(),
      })
      .nullable(),
    known: z.array(outlineSchema),
    /** Names that the schema does not have; they are not told. */
    unknown: z.number().int().min(0),
  }),
  selfTest: z.strictObject({
    /** null: none was made. */
    at: momentSchema.nullable(),
    lines: z.array(
      checkLineSchema.extend({
        of: z
          .string()
          .regex(/^\d{1,2}$/)
          .nullable(),
      }),
    ),
  }),
  /** null: only the self-test has looked. */
  readers: z
    .array(z.strictObject({ kind: z.enum(readerKinds), state: z.enum(['empty', 'card', 'faulty']) }))
    .nullable(),
  /** null: the database is held by an agent that runs, or cannot be opened. */
  store: z
    .strictObject({
      migration: z.number().int().min(0).max(9_999),
      visits: statesSchema(visitStateSchema),
      deliveries: statesSchema(deliveryStateSchema),
      registrations: statesSchema(registrationStateSchema),
    })
    .nullable(),
  /** In kilobytes; null: it is not there. */
  sizes: z.strictObject({
    database: roundSchema.nullable(),
    writeAhead: roundSchema.nullable(),
    logs: roundSchema.nullable(),
    copies: z.strictObject({ count: z.number().int().min(0), newest: dateSchema.nullable() }),
    free: roundSchema.nullable(),
  }),
  log: z.strictObject({
    lines: z.array(logLineSchema),
    /** Lines that are none of ours, and were left out. */
    refused: z.number().int().min(0),
    /** Older ones, for which there was no room. */
    older: z.number().int().min(0),
  }),
})
export type SupportBundle = z.infer<typeof supportBundleSchema>
