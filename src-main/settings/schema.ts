// What settings.json may say: the one list of every setting. Its types, what the loader accepts and the JSON Schema for
// editors (docs/settings.schema.json) all come from here, so that a new setting is one entry with its sentence.
import { z } from 'zod'
import { bookingColumnsSchema } from '../contract/bookings.ts'
import { destinationSchema, eitherOf, pathSchema, secretReferenceSchema } from '../contract/destination.ts'
import { paperFormatsSchema } from '../contract/papers.ts'
import { signalsSchema } from '../contract/signals.ts'
import { encodings } from '../ground/encodings.ts'
import { ok, type Result } from '../ground/result.ts'
import { allowedSchema } from './allowed.ts'
import { beside } from './beside.ts'
import { failedWith, noPlace, type PlaceFault } from './invalid-settings.ts'
import { schemaFaults } from './schema-faults.ts'

/**
 * What the page of the settings may change (from when it counts: fields.ts). Whatever is not in here leads somewhere (a folder, a
 * host, a secret) or decides what the clinic is: that is an administrator's, in an editor
 * (docs/decisions/0018-what-the-screen-may-set.md).
 */
export const onScreen = z.registry<Record<never, never>>()

const institutionCode = z.string().regex(/^[0-9]{10}$/)

const hubCommon = {
  url: z
    .url({ protocol: /^https$/ })
    .describe('ハブ（PMH）のアドレス。https のみ。')
    .meta({ title: 'PMHのアドレス' }),
  caFile: pathSchema
    .describe('ハブのサーバー証明書を発行した認証局の証明書（PEM）。')
    .meta({ title: 'PMHの認証局の証明書' }),
  proxy: z
    .union([z.literal('none'), z.url({ protocol: /^http$/ })])
    .optional()
    .describe(
      '経由するプロキシ（http）。none は常に直接接続。書かなければ環境変数 HTTPS_PROXY と NO_PROXY に従います。',
    )
    .meta({ title: 'プロキシ' }),
}

const hubSchema = z.union([
  z.strictObject({
    ...hubCommon,
    clientCertificateFile: pathSchema
      .describe('医療機関のクライアント証明書（PEM）。')
      .meta({ title: '接続用の証明書' }),
    clientKeyFile: pathSchema.describe('クライアント証明書の秘密鍵（PEM）。').meta({ title: '接続用の秘密鍵' }),
  }),
  z
    .strictObject({
      ...hubCommon,
      clientPfxFile: pathSchema
        .describe('クライアント証明書と秘密鍵（PKCS#12）。')
        .meta({ title: '接続用の証明書と秘密鍵' }),
      clientPassphraseFile: pathSchema
        .optional()
        .describe('PKCS#12 のパスフレーズを書いたファイル。')
        .meta({ title: 'パスフレーズのファイル' }),
      clientPassphrase: secretReferenceSchema
        .optional()
        .describe('PKCS#12 のパスフレーズを入れた環境変数。clientPassphraseFile の代わりに書きます。')
        .meta({ title: 'パスフレーズの環境変数' }),
    })
    .meta(eitherOf('clientPassphraseFile', 'clientPassphrase')),
])

const terminalSchema = z.strictObject({
  folder: pathSchema
    .describe('face、trash、req、res のあるフォルダー。UNC も可。')
    .meta({ title: '資格確認端末のフォルダー' }),
  watch: z
    .array(z.enum(['face', 'trash']))
    .min(1)
    .default(['face', 'trash'])
    .describe('顔認証付きカードリーダーの結果を探す場所。使い終えたファイルを trash に移す電子カルテがあります。')
    .meta({ title: '顔認証の結果を探す場所' }),
  institutionCode: institutionCode
    .optional()
    .describe('医療機関コード（10桁）。照会を送るときに必要です。')
    .meta({ title: '照会に使う医療機関コード' }),
  encoding: z
    .enum(encodings)
    .default('cp932')
    .describe('照会ファイルの文字コード。')
    .meta({ title: '照会の文字コード' }),
  mappingFile: pathSchema
    .optional()
    .describe('付属のものの代わりに使う、ベンダーの項目対応表。')
    .meta({ title: '項目の対応表' }),
})

const clinicSchema = z.strictObject({
  names: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^\P{Cc}+$/u),
    )
    .max(10)
    .default([])
    .describe('受給者証の「指定医療機関」に書かれる医療機関の名称。')
    .meta({ title: '医療機関の名称' })
    .register(onScreen, {}),
  institutionCode: institutionCode
    .nullable()
    .default(null)
    .describe('医療機関コード（10桁）。')
    .meta({ title: '医療機関コード' })
    .register(onScreen, {}),
  municipalities: z
    .array(
      z
        .string()
        .max(100)
        .regex(/^\P{Cc}+$/u),
    )
    .max(200)
    .default([])
    .describe('予防接種・健診の契約がある市区町村。接種券・受診券に書かれるとおりに。')
    .meta({ title: '契約のある市区町村' })
    .register(onScreen, {}),
})

const pinEntrySchema = z.strictObject({
  side: z
    .enum(['desk', 'patient'])
    .default('desk')
    .describe('暗証番号を入力する画面。desk は受付、patient は患者さん用の画面。')
    .meta({ title: '暗証番号を入力する画面' })
    .register(onScreen, {}),
  shuffledKeys: z
    .boolean()
    .default(false)
    .describe('患者さんごとに数字キーの並びを変えます。')
    .meta({ title: '数字キーの並べ替え' })
    .register(onScreen, {}),
})

const kioskSchema = z.strictObject({
  reader: z
    .string()
    .min(1)
    .max(200)
    .describe('再来受付機のカードリーダーの名前。受付のリーダーとは別のもの。')
    .meta({ title: '再来受付機のカードリーダー' }),
  printer: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('番号票のプリンターの名前。null は、印刷のたびに選ぶ。ブラウザーではいつも選ぶ。')
    .meta({ title: '番号票のプリンター' }),
})

const serverAddress = {
  host: z
    .string()
    .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?|\/[\x21-\x7e]{1,90})$/)
    .describe('サーバーの名前か IP アドレス。このパソコンのサーバーは、ソケットのフォルダーでも指定できます。')
    .meta({ title: 'サーバー' }),
  port: z.int().min(1).max(65_535).default(5432).describe('サーバーのポート。').meta({ title: 'ポート' }),
}

const serverSchema = z
  .strictObject({
    ...serverAddress,
    direct: z
      .strictObject(serverAddress)
      .optional()
      .describe(
        'host が PgBouncer のとき、サーバーそのものの場所。他の窓口の変更をすぐに知るために使います。書かないと、1秒ごとに確かめます。',
      )
      .meta({ title: 'サーバーそのもの' }),
    database: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,62}$/)
      .describe('データベースの名前。文字コードは UTF-8。')
      .meta({ title: 'データベース' }),
    user: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,62}$/)
      .describe('窓口専用の利用者。')
      .meta({ title: '利用者' }),
    passwordFile: pathSchema
      .optional()
      .describe('パスワードを1行目に書いたファイル。')
      .meta({ title: 'パスワードのファイル' }),
    password: secretReferenceSchema
      .optional()
      .describe('パスワードを入れた環境変数。passwordFile の代わりに書きます。')
      .meta({ title: 'パスワードの環境変数' }),
    caFile: pathSchema
      .describe('サーバーの証明書を発行した、院内の認証局の証明書（PEM）。')
      .meta({ title: 'サーバーの認証局の証明書' }),
    site: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/)
      .default('site')
      .describe('施設の名前（英小文字・数字・_）。1つのデータベースを複数の施設で使うときに分けます。')
      .meta({ title: '施設の名前' }),
    connections: z
      .int()
      .min(2)
      .max(10)
      .default(3)
      .describe('この窓口が同時に使う接続の数（2〜10）。')
      .meta({ title: '接続の数' }),
    aloneAfterS: z
      .int()
      .min(5)
      .max(600)
      .default(15)
      .describe('サーバーがこの秒数こたえないと、つながるまでこの窓口だけで受付を続けます（5〜600秒）。')
      .meta({ title: 'この窓口だけで続けるまでの秒' }),
  })
  .meta(eitherOf('passwordFile', 'password'))

export const modeSchema = z.enum(['training', 'live']).default('training')

/** In a clinic that is live nothing is left to a default that only a rehearsal has: an editor may know it too. */
const whenLive = { if: { properties: { mode: { const: 'live' } }, required: ['mode'] } }

export const fileSchema = z
  .strictObject({
    $schema: z
      .string()
      .max(500)
      .optional()
      .describe('エディター用: settings.schema.json の場所。動作には影響しません。'),
    mode: modeSchema
      .describe('練習（サンプルのカードとハブ）か、本番か。training は練習、live は本番。')
      .meta({ title: '練習か本番か' }),
    reader: z
      .enum(['training', 'pcsc'])
      .optional()
      .describe(
        '画面上の練習用リーダーか、このパソコンのリーダーか。training は練習用、pcsc はこのパソコン。本番は pcsc のみ。',
      )
      .meta({ title: '使うリーダーの種類' }),
    hub: hubSchema
      .optional()
      .describe('ハブ（PMH）への接続。本番で必要です。パスは絶対パスか、データフォルダーから。')
      .meta({ title: 'PMHへの接続' }),
    destinations: z
      .array(destinationSchema)
      .max(8)
      .optional()
      .describe('取り込み先。本番で必要です。画面からも変えられます。')
      .meta({ title: '取り込み先' }),
    allowed: allowedSchema
      .prefault({})
      .describe('取り込み先の画面で選べるフォルダーと ORCA。エディターでのみ変えられます。')
      .meta({ title: '選べる取り込み先' }),
    chosenReader: z
      .string()
      .max(200)
      .nullable()
      .default(null)
      .describe('接続されている間カードを読むリーダーの名前。null はどれでも。画面からも変えられます。')
      .meta({ title: '受付に使うリーダー' }),
    bookingColumns: bookingColumnsSchema
      .nullable()
      .default(null)
      .describe('予約一覧のどの列が何か（前回選んだもの）。画面が書き込みます。')
      .meta({ title: '予約の一覧の列' }),
    papers: paperFormatsSchema
      .default({})
      .describe('印刷する用紙ごとの、大きさとプリンター。印刷の画面で選ぶと書き込まれます。')
      .meta({ title: '用紙とプリンター' }),
    pinEntry: pinEntrySchema.prefault({}).describe('暗証番号の入力のしかた。').meta({ title: '暗証番号の入力' }),
    kiosk: kioskSchema
      .nullable()
      .default(null)
      .describe('再来受付機。患者さんがカードと暗証番号で受け付け、番号票を受け取ります。null は使わない。')
      .meta({ title: '再来受付機' }),
    signals: signalsSchema
      .prefault({})
      .describe('受付の画面の音と読み上げ。画面からも変えられます。')
      .meta({ title: '音と読み上げ' }),
    // There is no way to switch it off: who works here does not have to sign in.
    hideScreenAfterMin: z
      .int()
      .min(1)
      .max(60)
      .default(5)
      .describe('操作がないまま何分たつと画面を隠すか（1〜60分）。なくすことはできません。')
      .meta({ title: '画面を隠すまでの分' })
      .register(onScreen, {}),
    startAtLogOn: z
      .boolean()
      .default(true)
      .describe('サインインのときに起動するか。false は、インストーラーの自動起動をこの利用者では使わない。')
      .meta({ title: 'サインインのときに起動する' })
      .register(onScreen, {}),
    substitutions: z
      .record(z.string().min(1).max(4), z.string().max(4))
      .default({})
      .describe(
        '取り込み先の文字コードにない文字の置き換え。例: {"𠮷": "吉"}。ここにない文字は置き換えません。画面からも変えられます。',
      )
      .meta({ title: '氏名の文字の置き換え' }),
    clinic: clinicSchema
      .optional()
      .describe('この医療機関。「指定医療機関」や契約市区町村に含まれるかを判断します。')
      .meta({ title: 'この医療機関' }),
    terminal: terminalSchema
      .nullable()
      .optional()
      .describe('資格確認端末の共有フォルダー。null は、ないか、ここでは読まない。')
      .meta({ title: '資格確認端末' }),
    retentionDays: z
      .int()
      .min(1)
      .max(366)
      .default(30)
      .describe('受付と照会結果を残す日数。受付の当日は数えません。')
      .meta({ title: '受付の記録を残す日数' })
      .register(onScreen, {}),
    store: z
      .strictObject({
        postgres: serverSchema.describe('院内の PostgreSQL サーバー（14以降）。').meta({ title: '院内のサーバー' }),
      })
      .nullable()
      .default(null)
      .describe('記録の置き場所。null は、このパソコンの中。院内のサーバーに置くと、すべての窓口で1日を共有します。')
      .meta({ title: '記録の置き場所' }),
    backupFolder: pathSchema
      .nullable()
      .default(null)
      .describe('毎日のバックアップをもう1つ置くフォルダー。このパソコンの別のディスクに。')
      .meta({ title: 'バックアップのもう1つの場所' }),
  })
  .check(({ value, issues }) => {
    for (const { path, reason, at, meant } of beside(value)) {
      issues.push({ code: 'custom', path: [...path], params: { reason, at, meant }, input: value })
    }
  })
  .meta({
    title: '窓口 Madoguchi の settings.json',
    ...whenLive,
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema.
    then: { required: ['hub', 'destinations'], properties: { reader: { const: 'pcsc' } } },
  })

export type FileSettings = z.infer<typeof fileSchema>

/** Errors: SETTINGS_INVALID with all that is wrong, each fault at its `place`. */
export function checkSettings(content: unknown, place: PlaceFault = noPlace): Result<FileSettings> {
  const parsed = fileSchema.safeParse(content)
  const faults = schemaFaults(fileSchema, content, parsed.error?.issues ?? [])
  return parsed.success && faults.length === 0 ? ok(parsed.data) : failedWith(faults.map(place))
}
