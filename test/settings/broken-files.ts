// Settings as people break them: the file, and what has to be said of it, each entry with its line and its reason.
import { paperNameSchema } from '../../src-main/contract/papers.ts'

/** As somebody types it. */
const lines = (...all: string[]) => `${all.join('\n')}\n`

const receipt = (more: string) =>
  lines('{', '  "destinations": [', `    { "id": "receipt", "format": "csv", ${more} }`, '  ]', '}')

/** A live clinic whose hub says this too. */
const hub = (...entries: string[]) =>
  lines('{', '  "mode": "live",', '  "reader": "pcsc",', '  "hub": {', ...entries, '  },', '  "destinations": []', '}')

const files = ['    "caFile": "a.pem",', '    "clientCertificateFile": "b.pem",', '    "clientKeyFile": "c.pem",']

/** 受付 in code page 932, as the editor of an old Windows saves it. */
const codePage = Buffer.from([
  ...Buffer.from('{\n  "clinic": { "names": ["'),
  0x8e,
  0xf3,
  0x95,
  0x74,
  ...Buffer.from('"] }\n}\n'),
])

export interface BrokenFile {
  readonly name: string
  readonly content: string | Uint8Array
  /** In the order of the file. */
  readonly says: readonly string[]
}

const at = (line: number, column: number, name = '') =>
  `settings.json の${line}行目 ${column}文字目${name && `、${name}`}：`

const broken = (name: string, content: string | Uint8Array, ...says: string[]): BrokenFile => ({ name, content, says })

const keysOfPin = '書けるもの：side、shuffledKeys。'

export const brokenFiles: readonly BrokenFile[] = [
  broken('an empty file', '', `${at(1, 1)}何も書かれていません。設定がないときは {} と書いてください。`),
  broken('nothing but empty lines', '\n\n', `${at(1, 1)}何も書かれていません。設定がないときは {} と書いてください。`),
  broken(
    'a comma behind the last entry',
    lines('{', '  "retentionDays": 12,', '}'),
    `${at(2, 22)}コンマ（,）が余分です。消してください。`,
  ),
  broken(
    'no comma between two lines',
    lines('{', '  "retentionDays": 12', '  "startAtLogOn": true', '}'),
    `${at(3, 3)}この前にコンマ（,）がありません。前の項目の終わりを確かめてください。`,
  ),
  broken(
    'comments',
    lines('{', '  // 30日', '  "retentionDays": 30, /* ひと月 */', '  "startAtLogOn": true', '}'),
    `${at(2, 3)}コメントは書けません。消してください。`,
    `${at(3, 24)}コメントは書けません。消してください。`,
  ),
  broken(
    'a folder as Explorer shows it',
    receipt('"folder": "C:\\import"'),
    `${at(3, 54)}\\ は1つでは書けません。フォルダーの区切りは \\\\ か / と書いてください。`,
  ),
  broken(
    'a folder whose letters are an escape of JSON',
    lines('{', '  "backupFolder": "D:\\new"', '}'),
    `${at(2, 19, 'backupFolder')}\\ は1つでは書けません。フォルダーの区切りは \\\\ か / と書いてください。（毎日の控えをもう1つ置くフォルダー。このパソコンの別のディスクに。）`,
  ),
  broken(
    'a folder with a separator at its end',
    lines('{', '  "backupFolder": "D:\\"', '}'),
    `${at(2, 22)}\\ は1つでは書けません。フォルダーの区切りは \\\\ か / と書いてください。`,
  ),
  broken(
    'a tab within a name',
    lines('{', '  "clinic": { "names": ["まどぐち\t内科"] }', '}'),
    `${at(2, 30)}タブなど、目に見えない文字があります。消してください。`,
  ),
  broken(
    'a line break within quotes',
    lines('{', '  "clinic": { "names": ["まどぐち', '内科"] }', '}'),
    `${at(2, 25)}" で閉じられていません。`,
  ),
  broken(
    'full-width quotes',
    lines('{', '  “retentionDays”: 12', '}'),
    `${at(2, 3)}全角の記号や空白があります。半角で書いてください。`,
  ),
  broken(
    'a full-width quote at the end alone',
    lines('{', '  "mode": "training”,', '  "retentionDays": 12', '}'),
    `${at(2, 20)}全角の記号や空白があります。半角で書いてください。`,
  ),
  broken(
    'a full-width colon',
    lines('{', '  "retentionDays"： 12', '}'),
    `${at(2, 18)}全角の記号や空白があります。半角で書いてください。`,
  ),
  broken(
    'a full-width space before an entry',
    lines('{', '　"retentionDays": 12', '}'),
    `${at(2, 1)}全角の記号や空白があります。半角で書いてください。`,
  ),
  broken(
    'full-width digits',
    lines('{', '  "retentionDays": １２', '}'),
    `${at(2, 20)}全角の記号や空白があります。半角で書いてください。`,
  ),
  broken('single quotes', lines('{', "  'retentionDays': 12", '}'), `${at(2, 3)}' は使えません。" で囲んでください。`),
  broken(
    'a name without quotes',
    lines('{', '  retentionDays: 12', '}'),
    `${at(2, 3)}" で囲んでください（true、false、null と数字のほかは囲みます）。`,
  ),
  broken(
    'a missing colon',
    lines('{', '  "retentionDays" 12', '}'),
    `${at(2, 19)}項目名のあとにコロン（:）がありません。`,
  ),
  broken('a missing value', lines('{', '  "retentionDays": ', '}'), `${at(3, 1)}値が書かれていません。`),
  broken(
    'a missing brace',
    lines('{', '  "pinEntry": {', '    "side": "desk"', '}'),
    `${at(5, 1)}ここまでに閉じかっこ（} か ]）がありません。`,
  ),
  broken('a brace too many', lines('{', '  "retentionDays": 12', '}', '}'), `${at(4, 1)}閉じかっこが余分です。`),
  broken(
    'a number with a zero in front',
    lines('{', '  "retentionDays": 07', '}'),
    `${at(2, 21)}数字の書き方に誤りがあります。`,
  ),
  broken(
    'the code page of Japanese Windows',
    codePage,
    'settings.json の2行目：文字として読めません。文字コードを UTF-8 にして保存してください。',
  ),
  broken(
    'UTF-16 without its mark',
    Buffer.from('{ "retentionDays": 12 }', 'utf16le'),
    'settings.json の1行目：文字として読めません。文字コードを UTF-8 にして保存してください。',
  ),
  broken(
    'UTF-8 with its mark, and a fault behind it in the first line',
    '\uFEFF{ "retentionDays": 0 }\n',
    `${at(1, 20, 'retentionDays')}1から366までで書いてください。（受付と照会結果を残す日数。受付の当日は数えません。）`,
  ),
  broken(
    'UTF-16 with its mark, and a fault in it',
    Buffer.from('\uFEFF{\r\n  "mode": "training",\r\n  "startAtLogOn": "true"\r\n}\r\n', 'utf16le'),
    `${at(3, 19, 'startAtLogOn')}true か false（" で囲まない）で書いてください。" を消してください。（サインインのときに起動するか。false は、インストーラーの自動起動をこの利用者では使わない。）`,
  ),
  broken('a list instead of the whole', '[]\n', `${at(1, 1)}項目の集まり（{ } で囲む）で書いてください。`),
  broken(
    'an entry twice',
    lines('{', '  "retentionDays": 12,', '  "mode": "training",', '  "retentionDays": 30', '}'),
    `${at(4, 3, 'retentionDays')}同じ項目が2回書かれています。1つにしてください。`,
  ),
  broken(
    'a mistyped name, and another one deeper',
    lines('{', '  "retensionDays": 12,', '  "pinEntry": { "sied": "desk" },', '  "institutionCode": "1312345678"', '}'),
    `${at(2, 3, 'retensionDays')}この項目はありません。「retentionDays」ではありませんか。`,
    `${at(3, 17, 'pinEntry.sied')}この項目はありません。「side」ではありませんか。${keysOfPin}`,
    `${at(4, 3, 'institutionCode')}この項目はありません。「clinic.institutionCode」ではありませんか。`,
  ),
  broken(
    'a word that is not among the choices',
    lines('{', '  "mode": "Live",', '  "pinEntry": { "side": "front" }', '}'),
    `${at(2, 11, 'mode')}決められた値ではありません。「live」ではありませんか。書けるもの：training、live。（練習（サンプルのカードとハブ）か、本番か。training は練習、live は本番。）`,
    `${at(3, 25, 'pinEntry.side')}決められた値ではありません。書けるもの：desk、patient。（暗証番号を入力する画面。desk は受付、patient は患者さん用の画面。）`,
  ),
  broken(
    'a number out of its range, and one that is none',
    lines('{', '  "retentionDays": 900,', '  "hideScreenAfterMin": 0.5', '}'),
    `${at(2, 20, 'retentionDays')}1から366までで書いてください。（受付と照会結果を残す日数。受付の当日は数えません。）`,
    `${at(3, 25, 'hideScreenAfterMin')}整数（" で囲まない）で書いてください。（操作がないまま何分たつと画面を隠すか（1〜60分）。なくすことはできません。）`,
  ),
  broken(
    'a number in quotes',
    lines('{', '  "retentionDays": "12"', '}'),
    `${at(2, 20, 'retentionDays')}整数（" で囲まない）で書いてください。" を消してください。（受付と照会結果を残す日数。受付の当日は数えません。）`,
  ),
  broken(
    'text where a list belongs',
    lines('{', '  "clinic": {', '    "names": "まどぐち内科"', '  }', '}'),
    `${at(3, 14, 'clinic.names')}一覧（[ ] で囲む）で書いてください。（受給者証の「指定医療機関」に書かれる医療機関の名称。）`,
  ),
  broken(
    'a code of nine digits',
    lines('{', '  "clinic": { "institutionCode": "131234567" }', '}'),
    `${at(2, 34, 'clinic.institutionCode')}書き方が決まりに合っていません。（医療機関コード（10桁）。）`,
  ),
  broken(
    'a hub without https',
    hub(...files, '    "url": "http://pmh.example.jp"'),
    `${at(8, 12, 'hub.url')}https:// で始まるアドレスにしてください。（ハブ（PMH）のアドレス。https のみ。）`,
  ),
  broken(
    'half of the hub’s certificate',
    hub(...files.slice(0, 2), '    "url": "https://pmh.example.jp"'),
    `${at(4, 3, 'hub.clientKeyFile')}必要な項目がありません。（クライアント証明書の秘密鍵（PEM）。）`,
  ),
  broken(
    'a live clinic without its hub and its destinations',
    lines('{', '  "mode": "live",', '  "reader": "training"', '}'),
    `${at(2, 11, 'hub')}本番（live）では必要な項目です。（ハブ（PMH）への接続。本番で必要です。パスは絶対パスか、データフォルダーから。）`,
    `${at(2, 11, 'destinations')}本番（live）では必要な項目です。（取り込み先。本番で必要です。画面からも変えられます。）`,
    `${at(3, 13, 'reader')}本番（live）では使えません。pcsc にしてください。（画面上の練習用リーダーか、このパソコンのリーダーか。training は練習用、pcsc はこのパソコン。本番は pcsc のみ。）`,
  ),
  broken(
    'a password and a key in the file, and a password in an address',
    hub(
      ...files.slice(0, 2),
      '    "clientKeyFile": "-----BEGIN PRIVATE KEY-----",',
      '    "proxy": "http://clinic:s3cret@proxy:3128",',
      '    "password": "s3cret",',
      '    "url": "https://pmh.example.jp"',
    ),
    `${at(7, 22, 'hub.clientKeyFile')}パスワードや鍵はここに書けません。消してください（プロキシのものは環境変数 HTTPS_PROXY に）。`,
    `${at(8, 14, 'hub.proxy')}パスワードや鍵はここに書けません。消してください（プロキシのものは環境変数 HTTPS_PROXY に）。`,
    `${at(9, 5, 'hub.password')}パスワードや鍵はここに書けません。消してください（プロキシのものは環境変数 HTTPS_PROXY に）。`,
  ),
  broken(
    'the password of ORCA instead of its file',
    lines(
      '{',
      '  "destinations": [{ "id": "orca", "format": "orca", "url": "https://orca.example.jp", "user": "m",',
      '    "passphrase": "s3cret", "passwordFile": "secrets/orca" }]',
      '}',
    ),
    `${at(3, 5, 'destinations.0.passphrase')}パスワードや鍵はここに書けません。ファイルに保存し、passwordFile にその場所を書いてください。`,
  ),
  broken(
    'two destinations of one name',
    lines(
      '{',
      '  "destinations": [',
      '    { "id": "receipt", "format": "csv", "folder": "D:/a" },',
      '    { "id": "receipt", "format": "json", "folder": "D:/b" }',
      '  ]',
      '}',
    ),
    `${at(4, 13, 'destinations.1.id')}同じ名前の取り込み先があります。別の名前にしてください。`,
  ),
  broken(
    'two destinations of one file in one folder',
    lines(
      '{',
      '  "destinations": [',
      '    { "id": "a", "format": "receipt", "folder": "D:/a" },',
      '    { "id": "b", "format": "receipt", "folder": "D:/a/" }',
      '  ]',
      '}',
    ),
    `${at(4, 49, 'destinations.1.folder')}同じフォルダーの取り込み先があります。別のフォルダーにしてください。（ファイルを置くフォルダー。先に作っておきます。）`,
  ),
  broken(
    'a format that there is not',
    lines('{', '  "destinations": [', '    { "id": "a", "format": "excel", "folder": "D:/a" }', '  ]', '}'),
    `${at(3, 28, 'destinations.0.format')}決められた値ではありません。書けるもの：csv、json、xml、fhir、receipt、orca。`,
  ),
  broken(
    'a folder that nobody but a shell would find',
    lines('{', '  "backupFolder": "..\\\\backup",', '  "terminal": { "folder": "%USERPROFILE%/oqs" }', '}'),
    `${at(2, 19, 'backupFolder')}完全なパスで書いてください（例 C:/receipt、\\\\\\\\server\\\\share）。.. や ~、%変数% は使えません。`,
    `${at(3, 27, 'terminal.folder')}完全なパスで書いてください（例 C:/receipt、\\\\\\\\server\\\\share）。.. や ~、%変数% は使えません。`,
  ),
  broken(
    'a folder that is a file',
    receipt('"folder": "settings.json"'),
    `${at(3, 51, 'destinations.0.folder')}フォルダーではなく、ファイルです。`,
  ),
  broken(
    'ORCA’s address with a path behind it',
    lines(
      '{',
      '  "destinations": [{ "id": "orca", "format": "orca", "user": "m", "passwordFile": "secrets/orca",',
      '    "url": "https://orca.example.jp/api" }]',
      '}',
    ),
    `${at(3, 12, 'destinations.0.url')}http(s)://ホスト名:ポート だけを書いてください（あとに / などを続けません）。（日レセの API のアドレス。例: https://orca.example.jp）`,
  ),
  broken(
    'a paper that is not printed, of a size that there is not',
    lines(
      '{',
      '  "papers": {',
      '    "daySheet": { "size": "b5", "printer": null },',
      '    "weekSheet": { "size": "a4", "printer": null }',
      '  }',
      '}',
    ),
    `${at(3, 27, 'papers.daySheet.size')}決められた値ではありません。書けるもの：a4、a5、a6、roll80。（用紙の大きさ。roll80 は幅80mmのロール紙。）`,
    `${at(4, 5, 'papers.weekSheet')}この項目はありません。書けるもの：${paperNameSchema.options.join('、')}。`,
  ),
]
