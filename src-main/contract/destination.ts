// Where a confirmed visit goes: one schema for the settings file, the hand-over and the screen that sets it up. What a
// format does not need, its destination cannot say.
import { z } from 'zod'
import { encodings } from '../ground/encodings.ts'

/** What to do with a name the destination's characters cannot hold: wait for a person, or send the kana instead. */
const unwritable = z.enum(['hold', 'kana']).default('hold')
const encoding = z.enum(encodings)
/** What to do with a text that a spreadsheet would take for a formula: wait for a person, put an apostrophe before it, or let it be. */
const formulas = z.enum(['hold', 'quote', 'keep']).default('hold')

const common = {
  /** Short name that stands in the outbox and in logs: lower-case letters, digits, hyphens. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
  /** New visits are handed over here; what is on its way already arrives in any case. */
  isOn: z.boolean().default(true),
  /** How many 公費 the receipt computer takes for one claim; a claim carries four at most. */
  subsidyPlaces: z.int().min(1).max(4).default(4),
}

const filed = {
  ...common,
  /** After how many minutes the counter is told that nobody has taken the file; null: this destination never takes it away. */
  takenWithinMin: z.int().min(1).max(1_440).nullable().default(10),
}

/** Absolute, or relative to the data folder. No character that could end it early in the eyes of a system or a person. */
export const pathSchema = z
  .string()
  .max(500)
  .regex(/^\P{Cc}+$/u)

const file = pathSchema

/** It must exist: a share that is not mounted must not be shadowed by a new local folder. */
const folder = pathSchema

/** Where ORCA's API answers, origin only, for example https://orca.example.jp or http://192.168.1.20:8000. */
export const orcaUrlSchema = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && `${new URL(text).origin}/` === new URL(text).href)

/**
 * A file name without its extension: `{day}` yyyyMMdd, `{number}` 受付番号 in four digits, `{time}` HHmmss of the
 * confirmation, `{id}` the row id, which keeps it unique. Nothing about the patient can be named.
 */
const fileNameSchema = z
  .string()
  .max(100)
  .regex(/^(?:[A-Za-z0-9_-]|\{(?:day|number|time|id)\})+$/)
  .regex(/\{id\}/)

/** Those the screen offers: none of them is run by any system. */
export const extensions = ['csv', 'json', 'xml', 'txt'] as const

const extensionSchema = z
  .string()
  .regex(/^[A-Za-z0-9]{1,8}$/)
  // The names that mean "not finished" and "finished".
  .refine((text) => !/^(tmp|end)$/i.test(text))

const named = (fileName: string, extension: string) => ({
  folder,
  fileName: fileNameSchema.default(fileName),
  extension: extensionSchema.default(extension),
  /** An empty file `<name>.end` follows, for readers that wait for one. */
  endMarker: z.boolean().default(false),
})

/** Our own formats. */
const ownName = 'madoguchi_{day}_{number}_{id}'

/** The columns of our CSV (docs/import-file.md); their order is that of a file whose settings name none. */
export const csvColumns = [
  'format_version',
  'training',
  'delivery_id',
  'visit_id',
  'visit_number',
  'visit_date',
  'confirmed_at',
  'as_of',
  'fetched_at',
  'source',
  'patient_number',
  'name',
  'name_form',
  'name_kana',
  'birth_date',
  'sex',
  'medical_subsidy_state',
  'medical_subsidy_ended_on',
  'medical_subsidy_by_hand',
  'vaccination_state',
  'vaccination_ended_on',
  'checkup_state',
  'checkup_ended_on',
  'row_kind',
  'row_number',
  'certificate_type_id',
  'certificate_sub_key',
  'certificate_name',
  'scheme_code',
  'scheme_name',
  'scheme_kind',
  'payer_number',
  'recipient_number',
  'valid_from',
  'valid_to',
  'validity',
  'monthly_cap_yen',
  'always_reimbursed',
  'undisclosed',
  'segment',
  'income_segment',
  'additional_conditions',
  'history_key',
  'warnings',
  'certificate_basis',
  'certificate_ended_on',
  'left_out_reason',
  'voucher_id',
  'municipality',
] as const

export const destinationSchema = z.discriminatedUnion('format', [
  z.strictObject({
    ...filed,
    ...named(ownName, 'csv'),
    format: z.literal('csv'),
    encoding: encoding.default('cp932'),
    /** The line with the column names. */
    header: z.boolean().default(true),
    /** Columns by name, in their order; all of them when not given. */
    columns: z.array(z.enum(csvColumns)).min(1).optional(),
    unwritable,
    formulas,
  }),
  z.strictObject({ ...filed, ...named(ownName, 'json'), format: z.literal('json') }),
  z.strictObject({
    ...filed,
    // The name under which the official terminal's face reader results lie (domain facts: docs/import-file.md).
    ...named('OQSsiquc01res_face_{id}_{day}{time}', 'xml'),
    format: z.literal('xml'),
    /** 医療機関コード, ten digits. */
    institutionCode: z.string().regex(/^[0-9]{10}$/),
    encoding: encoding.default('cp932'),
    unwritable,
  }),
  z.strictObject({ ...filed, ...named(ownName, 'json'), format: z.literal('fhir') }),
  z.strictObject({ ...filed, format: z.literal('receipt'), folder, unwritable, formulas }),
  z.strictObject({
    ...common,
    format: z.literal('orca'),
    url: orcaUrlSchema,
    /** Stands before every path: `/api` for WebORCA. */
    pathPrefix: z
      .string()
      .regex(/^(?:\/[A-Za-z0-9_-]+)*$/)
      .default(''),
    /** ORCA user of the API's own (職員情報), with the password in the first line of a file. */
    user: z.string().regex(/^[\x21-\x39\x3b-\x7e]{1,64}$/),
    passwordFile: file,
    /** PEM of the CA behind ORCA's certificate; the system's CAs when not given. */
    caFile: file.optional(),
    /** WebORCA in the cloud asks for one. */
    clientCertificate: z.strictObject({ pfxFile: file, passphraseFile: file }).optional(),
    /** `patientmodv2` can only add 公費; where ORCA has `patientmodv32` switched off. */
    update: z.enum(['patientmodv32', 'patientmodv2']).default('patientmodv32'),
    /** Codes of ORCA's questions (Patient_Select) that the clinic lets be answered with Ok; any other stops the update. */
    answerOk: z.array(z.string().regex(/^[A-Z0-9]{1,8}$/)).default([]),
    /** Make the reception (受付) as well, with these codes of the system administration. */
    reception: z
      .strictObject({
        departmentCode: z.string().regex(/^[0-9]{2}$/),
        physicianCode: z.string().regex(/^[0-9]{5}$/),
        medicalInformation: z
          .string()
          .regex(/^[0-9]{2}$/)
          .default('01'),
      })
      .optional(),
  }),
])
export type Destination = z.infer<typeof destinationSchema>
export type DestinationFormat = Destination['format']
export type DestinationOf<F extends DestinationFormat> = Extract<Destination, { format: F }>
export const destinationFormatSchema = z.enum(
  destinationSchema.options.map(({ shape }) => shape.format.value) as [DestinationFormat, ...DestinationFormat[]],
)
