// Where a confirmed visit goes: one schema for the settings file, the hand-over and the screen that sets it up. What a
// format does not need, its destination cannot say.
import { z } from 'zod'
import { encodings } from '../ground/encodings.ts'

const unwritable = z
  .enum(['hold', 'kana'])
  .default('hold')
  .describe('文字コードにない文字が氏名にあるとき。hold は止めて受付に知らせ、kana はカナで渡します。')
const encoding = z.enum(encodings).default('cp932').describe('ファイルの文字コード。')
const formulas = z
  .enum(['hold', 'quote', 'keep'])
  .default('hold')
  .describe(
    "表計算ソフトが数式とみなす文字列があるとき。hold は止めて知らせ、quote は前に ' を付け、keep はそのまま渡します。",
  )

const common = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
    .describe('取り込み先の短い名前。ログにも出ます。英小文字、数字、ハイフン。'),
  isOn: z.boolean().default(true).describe('新しい受付を渡すか。false でも、すでに渡す途中のものは届きます。'),
  subsidyPlaces: z.int().min(1).max(4).default(4).describe('レセコンが1件に取り込める公費の数（最大4）。'),
}

const filed = {
  ...common,
  takenWithinMin: z
    .int()
    .min(1)
    .max(1_440)
    .nullable()
    .default(10)
    .describe('何分たっても取り込まれないとき受付に知らせるか。null は、取り込み後もファイルを残す取り込み先。'),
}

/** Absolute, or relative to the data folder. No character that could end it early in the eyes of a system or a person. */
export const pathSchema = z
  .string()
  .max(500)
  .regex(/^\P{Cc}+$/u)

/**
 * A password or passphrase by what it is called, never itself: a variable of the environment that the program is started with.
 * It stands in the place of the file of the same name: `password` instead of `passwordFile`.
 */
export const secretReferenceSchema = z.strictObject({
  env: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/)
    .describe('値を入れた環境変数の名前。'),
})
export type SecretReference = z.infer<typeof secretReferenceSchema>

/** For an editor; which of the two is missing or too many the loader says by name. */
export const eitherOf = (file: string, reference: string) => ({
  allOf: [{ oneOf: [{ required: [file] }, { required: [reference] }] }],
})

/** It must exist: a share that is not mounted must not be shadowed by a new local folder. */
const folder = pathSchema.describe('ファイルを置くフォルダー。先に作っておきます。')

/** Where ORCA's API answers, origin only, for example https://orca.example.jp or http://192.168.1.20:8000. */
export const orcaUrlSchema = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && `${new URL(text).origin}/` === new URL(text).href, {
    params: { reason: 'origin' },
  })

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
  fileName: fileNameSchema
    .default(fileName)
    .describe('拡張子を除くファイル名。{day} 日付、{number} 受付番号、{time} 時刻、{id} 必須の一意の番号。'),
  extension: extensionSchema.default(extension).describe('拡張子。'),
  endMarker: z.boolean().default(false).describe('書き終えたあとに空のファイル「名前.end」を置きます。'),
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
    format: z.literal('csv').describe('CSV（docs/import-file.md）。'),
    encoding,
    header: z.boolean().default(true).describe('列名の行を付けます。'),
    columns: z.array(z.enum(csvColumns)).min(1).optional().describe('出す列とその順。書かなければすべて。'),
    unwritable,
    formulas,
  }),
  z.strictObject({
    ...filed,
    ...named(ownName, 'json'),
    format: z.literal('json').describe('JSON（docs/import-file.md）。'),
  }),
  z.strictObject({
    ...filed,
    // The name under which the official terminal's face reader results lie (domain facts: docs/import-file.md).
    ...named('OQSsiquc01res_face_{id}_{day}{time}', 'xml'),
    format: z.literal('xml').describe('資格確認結果の XML。'),
    institutionCode: z
      .string()
      .regex(/^[0-9]{10}$/)
      .describe('医療機関コード（10桁）。'),
    encoding,
    unwritable,
  }),
  z.strictObject({
    ...filed,
    ...named(ownName, 'json'),
    format: z.literal('fhir').describe('FHIR（JP Core）の Bundle。'),
    institutionCode: z
      .string()
      .regex(/^[0-9]{10}$/)
      .optional()
      .describe('医療機関コード（10桁）。診察券番号がどの医療機関のものかを示します。'),
  }),
  z.strictObject({
    ...filed,
    format: z.literal('receipt').describe('Dynamics の receipt.txt。'),
    folder,
    unwritable,
    formulas,
  }),
  z
    .strictObject({
      ...common,
      format: z.literal('orca').describe('日レセ（ORCA）の API。'),
      url: orcaUrlSchema.describe('日レセの API のアドレス。例: https://orca.example.jp'),
      pathPrefix: z
        .string()
        .regex(/^(?:\/[A-Za-z0-9_-]+)*$/)
        .default('')
        .describe('すべてのパスの前に付けるもの。WebORCA は /api。'),
      user: z
        .string()
        .regex(/^[\x21-\x39\x3b-\x7e]{1,64}$/)
        .describe('API 専用の職員（職員情報）の名前。'),
      passwordFile: pathSchema.optional().describe('パスワードを1行目に書いたファイル。'),
      password: secretReferenceSchema
        .optional()
        .describe('パスワードを入れた環境変数。passwordFile の代わりに書きます。'),
      caFile: pathSchema
        .optional()
        .describe('日レセの証明書を発行した認証局の証明書（PEM）。書かなければシステムのもの。'),
      clientCertificate: z
        .strictObject({
          pfxFile: pathSchema.describe('クライアント証明書と秘密鍵（PKCS#12）。'),
          passphraseFile: pathSchema.optional().describe('そのパスフレーズを1行目に書いたファイル。'),
          passphrase: secretReferenceSchema
            .optional()
            .describe('パスフレーズを入れた環境変数。passphraseFile の代わりに書きます。'),
        })
        .meta(eitherOf('passphraseFile', 'passphrase'))
        .optional()
        .describe('クラウド版 WebORCA のクライアント証明書。'),
      update: z
        .enum(['patientmodv32', 'patientmodv2'])
        .default('patientmodv32')
        .describe('公費の登録に使う API。patientmodv2 は追加のみ（patientmodv32 が使えない日レセ用）。'),
      answerOk: z
        .array(z.string().regex(/^[A-Z0-9]{1,8}$/))
        .default([])
        .describe(
          '日レセの確認（Patient_Select）のうち、Ok と答えてよいもののコード。ほかの確認があれば登録を止めます。',
        ),
      reception: z
        .strictObject({
          departmentCode: z
            .string()
            .regex(/^[0-9]{2}$/)
            .describe('診療科コード（2桁）。'),
          physicianCode: z
            .string()
            .regex(/^[0-9]{5}$/)
            .describe('ドクターコード（5桁）。'),
          medicalInformation: z
            .string()
            .regex(/^[0-9]{2}$/)
            .default('01')
            .describe('診療内容コード（2桁）。'),
        })
        .optional()
        .describe('日レセの受付も行うときの、システム管理のコード。'),
    })
    .meta(eitherOf('passwordFile', 'password')),
])
export type Destination = z.infer<typeof destinationSchema>
export type DestinationFormat = Destination['format']
export type DestinationOf<F extends DestinationFormat> = Extract<Destination, { format: F }>
export const destinationFormatSchema = z.enum(
  destinationSchema.options.map(({ shape }) => shape.format.value) as [DestinationFormat, ...DestinationFormat[]],
)
