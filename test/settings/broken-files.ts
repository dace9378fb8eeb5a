// Settings as people break them: the file, and what has to be said of it, each entry with its line and its reason.
import { paperNameSchema } from '../../src-main/contract/papers.ts'
import { fileSchema } from '../../src-main/settings/schema.ts'

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

const names = Object.keys(fileSchema.shape).filter((name) => name !== '$schema')
const keysOfPin = '使える名前：side、shuffledKeys。'

export const brokenFiles: readonly BrokenFile[] = [
  broken('an empty file', '', `${at(1, 1)}ファイルが空です。設定するものがないときは {} と入力してください。`),
  broken(
    'nothing but empty lines',
    '\n\n',
    `${at(1, 1)}ファイルが空です。設定するものがないときは {} と入力してください。`,
  ),
  broken(
    'a comma behind the last entry',
    lines('{', '  "retentionDays": 12,', '}'),
    `${at(2, 22)}コンマ（,）が余分です。削除してください。`,
  ),
  broken(
    'no comma between two lines',
    lines('{', '  "retentionDays": 12', '  "startAtLogOn": true', '}'),
    `${at(3, 3)}この前にコンマ（,）がありません。1つ前の項目の終わりを確認してください。`,
  ),
  broken(
    'comments',
    lines('{', '  // 30日', '  "retentionDays": 30, /* ひと月 */', '  "startAtLogOn": true', '}'),
    `${at(2, 3)}コメントは使えません。削除してください。`,
    `${at(3, 24)}コメントは使えません。削除してください。`,
  ),
  broken(
    'a folder as Explorer shows it',
    receipt('"folder": "C:\\import"'),
    `${at(3, 54)}\\ を1つだけでは使えません。フォルダーの区切りは \\\\ か / にしてください。`,
  ),
  broken(
    'a folder whose letters are an escape of JSON',
    lines('{', '  "backupFolder": "D:\\new"', '}'),
    `${at(2, 19, 'backupFolder')}\\ を1つだけでは使えません。フォルダーの区切りは \\\\ か / にしてください。項目の説明：毎日のバックアップをもう1つ置くフォルダー。このパソコンの別のディスクに。`,
  ),
  broken(
    'a folder with a separator at its end',
    lines('{', '  "backupFolder": "D:\\"', '}'),
    `${at(2, 22)}\\ を1つだけでは使えません。フォルダーの区切りは \\\\ か / にしてください。`,
  ),
  broken(
    'a tab within a name',
    lines('{', '  "clinic": { "names": ["まどぐち\t内科"] }', '}'),
    `${at(2, 30)}タブなど、目に見えない文字があります。削除してください。`,
  ),
  broken(
    'a line break within quotes',
    lines('{', '  "clinic": { "names": ["まどぐち', '内科"] }', '}'),
    `${at(2, 25)}閉じる " がありません。`,
  ),
  broken(
    'full-width quotes',
    lines('{', '  “retentionDays”: 12', '}'),
    `${at(2, 3)}全角の記号や空白があります。半角にしてください。`,
  ),
  broken(
    'a full-width quote at the end alone',
    lines('{', '  "mode": "training”,', '  "retentionDays": 12', '}'),
    `${at(2, 20)}全角の記号や空白があります。半角にしてください。`,
  ),
  broken(
    'a full-width colon',
    lines('{', '  "retentionDays"： 12', '}'),
    `${at(2, 18)}全角の記号や空白があります。半角にしてください。`,
  ),
  broken(
    'a full-width space before an entry',
    lines('{', '　"retentionDays": 12', '}'),
    `${at(2, 1)}全角の記号や空白があります。半角にしてください。`,
  ),
  broken(
    'full-width digits',
    lines('{', '  "retentionDays": １２', '}'),
    `${at(2, 20)}全角の記号や空白があります。半角にしてください。`,
  ),
  broken(
    'one reader for the desk and the kiosk',
    lines('{', '  "chosenReader": "Reader 1",', '  "kiosk": { "reader": "Reader 1" }', '}'),
    `${at(3, 24, 'kiosk.reader')}受付に使うリーダー（chosenReader）と同じです。別のリーダーにしてください。項目の説明：再来受付機のカードリーダーの名前。受付のリーダーとは別のもの。`,
  ),
  broken('single quotes', lines('{', "  'retentionDays': 12", '}'), `${at(2, 3)}' は使えません。" で囲んでください。`),
  broken(
    'a name without quotes',
    lines('{', '  retentionDays: 12', '}'),
    `${at(2, 3)}" で囲んでください（true、false、null と数字は囲みません）。`,
  ),
  broken(
    'a missing colon',
    lines('{', '  "retentionDays" 12', '}'),
    `${at(2, 19)}項目名のあとにコロン（:）がありません。`,
  ),
  broken(
    'a missing value',
    lines('{', '  "retentionDays": ', '}'),
    `${at(3, 1)}値がありません。値を入力するか、この項目を削除してください。`,
  ),
  broken(
    'a missing brace',
    lines('{', '  "pinEntry": {', '    "side": "desk"', '}'),
    `${at(5, 1)}閉じかっこ（} か ]）が足りません。`,
  ),
  broken(
    'a brace too many',
    lines('{', '  "retentionDays": 12', '}', '}'),
    `${at(4, 1)}閉じかっこが余分です。削除してください。`,
  ),
  broken(
    'a number with a zero in front',
    lines('{', '  "retentionDays": 07', '}'),
    `${at(2, 21)}数字の形式が正しくありません。`,
  ),
  broken(
    'the code page of Japanese Windows',
    codePage,
    'settings.json の2行目：文字として読み取れません。文字コードを UTF-8 にして保存し直してください。',
  ),
  broken(
    'UTF-16 without its mark',
    Buffer.from('{ "retentionDays": 12 }', 'utf16le'),
    'settings.json の1行目：文字として読み取れません。文字コードを UTF-8 にして保存し直してください。',
  ),
  broken(
    'UTF-8 with its mark, and a fault behind it in the first line',
    '\uFEFF{ "retentionDays": 0 }\n',
    `${at(1, 20, 'retentionDays')}1〜366の整数を指定してください。項目の説明：受付と照会結果を残す日数。受付の当日は数えません。`,
  ),
  broken(
    'UTF-16 with its mark, and a fault in it',
    Buffer.from('\uFEFF{\r\n  "mode": "training",\r\n  "startAtLogOn": "true"\r\n}\r\n', 'utf16le'),
    `${at(3, 19, 'startAtLogOn')}" を外して、true か false だけを指定してください。項目の説明：サインインのときに起動するか。false は、インストーラーの自動起動をこの利用者では使わない。`,
  ),
  broken('a list instead of the whole', '[]\n', `${at(1, 1)}{ } で囲んで、その中に項目を指定してください。`),
  broken(
    'an entry twice',
    lines('{', '  "retentionDays": 12,', '  "mode": "training",', '  "retentionDays": 30', '}'),
    `${at(4, 3, 'retentionDays')}同じ項目が2つあります。1つにしてください。`,
  ),
  broken(
    'a mistyped name, and another one deeper',
    lines('{', '  "retensionDays": 12,', '  "pinEntry": { "sied": "desk" },', '  "institutionCode": "1312345678"', '}'),
    `${at(2, 3, 'retensionDays')}この名前の項目はありません。「retentionDays」ではありませんか。`,
    `${at(3, 17, 'pinEntry.sied')}この名前の項目はありません。「side」ではありませんか。${keysOfPin}`,
    `${at(4, 3, 'institutionCode')}この名前の項目はありません。「clinic.institutionCode」ではありませんか。`,
  ),
  broken(
    'a word that is not among the choices',
    lines('{', '  "mode": "Live",', '  "pinEntry": { "side": "front" }', '}'),
    `${at(2, 11, 'mode')}この値は使えません。「live」ではありませんか。使える値：training、live。項目の説明：練習（サンプルのカードとハブ）か、本番か。training は練習、live は本番。`,
    `${at(3, 25, 'pinEntry.side')}この値は使えません。使える値：desk、patient。項目の説明：暗証番号を入力する画面。desk は受付、patient は患者さん用の画面。`,
  ),
  broken(
    'a number out of its range, and one that is none',
    lines('{', '  "retentionDays": 900,', '  "hideScreenAfterMin": 0.5', '}'),
    `${at(2, 20, 'retentionDays')}1〜366の整数を指定してください。項目の説明：受付と照会結果を残す日数。受付の当日は数えません。`,
    `${at(3, 25, 'hideScreenAfterMin')}整数を指定してください（" で囲みません）。項目の説明：操作がないまま何分たつと画面を隠すか（1〜60分）。なくすことはできません。`,
  ),
  broken(
    'a text that is too long, and a list of nothing',
    lines('{', `  "chosenReader": "${'x'.repeat(201)}",`, '  "terminal": { "folder": "D:/oqs", "watch": [] }', '}'),
    `${at(2, 19, 'chosenReader')}200文字以内で指定してください。項目の説明：接続されている間カードを読むリーダーの名前。null はどれでも。画面からも変えられます。`,
    `${at(3, 46, 'terminal.watch')}1個以上にしてください。項目の説明：顔認証付きカードリーダーの結果を探す場所。使い終えたファイルを trash に移す電子カルテがあります。`,
  ),
  broken(
    'a number in quotes',
    lines('{', '  "retentionDays": "12"', '}'),
    `${at(2, 20, 'retentionDays')}" を外して、整数だけを指定してください。項目の説明：受付と照会結果を残す日数。受付の当日は数えません。`,
  ),
  broken(
    'text where a list belongs',
    lines('{', '  "clinic": {', '    "names": "まどぐち内科"', '  }', '}'),
    `${at(3, 14, 'clinic.names')}[ ] で囲んだ一覧を指定してください。項目の説明：受給者証の「指定医療機関」に書かれる医療機関の名称。`,
  ),
  broken(
    'a code of nine digits',
    lines('{', '  "clinic": { "institutionCode": "131234567" }', '}'),
    `${at(2, 34, 'clinic.institutionCode')}形式が正しくありません。項目の説明：医療機関コード（10桁）。`,
  ),
  broken(
    'a hub without https',
    hub(...files, '    "url": "http://pmh.example.jp"'),
    `${at(8, 12, 'hub.url')}https:// で始まるアドレスを指定してください。項目の説明：ハブ（PMH）のアドレス。https のみ。`,
  ),
  broken(
    'half of the hub’s certificate',
    hub(...files.slice(0, 2), '    "url": "https://pmh.example.jp"'),
    `${at(4, 3, 'hub.clientKeyFile')}必要な項目がありません。追加してください。項目の説明：クライアント証明書の秘密鍵（PEM）。`,
  ),
  broken(
    'a live clinic without its hub and its destinations',
    lines('{', '  "mode": "live",', '  "reader": "training"', '}'),
    `${at(2, 11, 'hub')}本番（live）では、この項目が必要です。項目の説明：ハブ（PMH）への接続。本番で必要です。パスは絶対パスか、データフォルダーから。`,
    `${at(2, 11, 'destinations')}本番（live）では、この項目が必要です。項目の説明：取り込み先。本番で必要です。画面からも変えられます。`,
    `${at(3, 13, 'reader')}本番（live）では使えません。pcsc を指定してください。項目の説明：画面上の練習用リーダーか、このパソコンのリーダーか。training は練習用、pcsc はこのパソコン。本番は pcsc のみ。`,
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
    `${at(7, 22, 'hub.clientKeyFile')}パスワードや鍵は、ここには書けません。削除してください（プロキシのパスワードは環境変数 HTTPS_PROXY に設定します）。`,
    `${at(8, 14, 'hub.proxy')}パスワードや鍵は、ここには書けません。削除してください（プロキシのパスワードは環境変数 HTTPS_PROXY に設定します）。`,
    `${at(9, 5, 'hub.password')}パスワードや鍵は、ここには書けません。削除してください（プロキシのパスワードは環境変数 HTTPS_PROXY に設定します）。`,
  ),
  broken(
    'the password of ORCA instead of its file',
    lines(
      '{',
      '  "destinations": [{ "id": "orca", "format": "orca", "url": "https://orca.example.jp", "user": "m",',
      '    "passphrase": "s3cret", "passwordFile": "secrets/orca" }]',
      '}',
    ),
    `${at(3, 5, 'destinations.0.passphrase')}パスワードや鍵は、ここには書けません。別のファイルに保存し、その場所を passwordFile に指定してください。`,
  ),
  broken(
    'passwords themselves where a variable may be named',
    lines(
      '{',
      '  "destinations": [{ "id": "orca", "format": "orca", "url": "https://orca.example.jp", "user": "m",',
      '    "password": "s3cret", "clientCertificate": { "pfxFile": "a.p12", "passphrase": "s3cret" } }],',
      '  "hub": { "url": "https://pmh.example.jp", "caFile": "a.pem", "clientPfxFile": "b.p12",',
      '    "clientPassphrase": "s3cret" }',
      '}',
    ),
    `${at(3, 5, 'destinations.0.password')}パスワードや鍵は、ここには書けません。別のファイルに保存し、その場所を passwordFile に指定してください。`,
    `${at(3, 70, 'destinations.0.clientCertificate.passphrase')}パスワードや鍵は、ここには書けません。別のファイルに保存し、その場所を passphraseFile に指定してください。`,
    `${at(5, 5, 'hub.clientPassphrase')}パスワードや鍵は、ここには書けません。別のファイルに保存し、その場所を clientPassphraseFile に指定してください。`,
  ),
  broken(
    'a password twice, one not at all, and a variable that no system has',
    lines(
      '{',
      '  "destinations": [',
      '    { "id": "a", "format": "orca", "url": "https://orca.example.jp", "user": "m",',
      '      "passwordFile": "secrets/orca", "password": { "env": "ORCA_PASSWORD" } },',
      '    { "id": "b", "format": "orca", "url": "https://orca.example.jp", "user": "m" }',
      '  ],',
      '  "hub": { "url": "https://pmh.example.jp", "caFile": "a.pem", "clientPfxFile": "b.p12",',
      '    "clientPassphrase": { "env": "PMH PASS" } }',
      '}',
    ),
    `${at(4, 51, 'destinations.0.password')}passwordFile と同時には指定できません。どちらか1つにしてください。項目の説明：パスワードを入れた環境変数。passwordFile の代わりに書きます。`,
    `${at(5, 5, 'destinations.1.passwordFile')}必要な項目がありません。追加してください。項目の説明：パスワードを1行目に書いたファイル。`,
    `${at(8, 34, 'hub.clientPassphrase.env')}形式が正しくありません。項目の説明：値を入れた環境変数の名前。`,
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
    `${at(4, 49, 'destinations.1.folder')}別の取り込み先と同じフォルダーです。フォルダーを分けてください。項目の説明：ファイルを置くフォルダー。先に作っておきます。`,
  ),
  broken(
    'a format that there is not',
    lines('{', '  "destinations": [', '    { "id": "a", "format": "excel", "folder": "D:/a" }', '  ]', '}'),
    `${at(3, 28, 'destinations.0.format')}この値は使えません。使える値：csv、json、xml、fhir、receipt、orca。`,
  ),
  broken(
    'a folder that nobody but a shell would find',
    lines('{', '  "backupFolder": "..\\\\backup",', '  "terminal": { "folder": "%USERPROFILE%/oqs" }', '}'),
    `${at(2, 19, 'backupFolder')}完全なパスを指定してください（例: C:/receipt、\\\\\\\\server\\\\share）。..、~、%変数% は使えません。`,
    `${at(3, 27, 'terminal.folder')}完全なパスを指定してください（例: C:/receipt、\\\\\\\\server\\\\share）。..、~、%変数% は使えません。`,
  ),
  broken(
    'a folder that is a file',
    receipt('"folder": "settings.json"'),
    `${at(3, 51, 'destinations.0.folder')}フォルダーではなく、ファイルです。フォルダーを指定してください。`,
  ),
  broken(
    'ORCA’s address with a path behind it',
    lines(
      '{',
      '  "destinations": [{ "id": "orca", "format": "orca", "user": "m", "passwordFile": "secrets/orca",',
      '    "url": "https://orca.example.jp/api" }]',
      '}',
    ),
    `${at(3, 12, 'destinations.0.url')}https://ホスト名:ポート の形で指定してください。そのあとに / などは付けません。項目の説明：日レセの API のアドレス。例: https://orca.example.jp`,
  ),
  broken(
    'hosts of ORCA without their scheme, across the internet in the clear, and with a path',
    lines(
      '{',
      '  "allowed": { "orcaHosts": [',
      '    "orca.example.jp",',
      '    "http://203.0.113.5:8000",',
      '    "https://orca.example.jp/api"',
      '  ] }',
      '}',
    ),
    `${at(3, 5, 'allowed.orcaHosts.0')}アドレスの形式が正しくありません。項目の説明：日レセのアドレス。例: https://orca.example.jp、http://192.168.1.20:8000`,
    `${at(4, 5, 'allowed.orcaHosts.1')}http を使えるのは院内のアドレスだけです。https のアドレスを指定してください。項目の説明：日レセのアドレス。例: https://orca.example.jp、http://192.168.1.20:8000`,
    `${at(5, 5, 'allowed.orcaHosts.2')}https://ホスト名:ポート の形で指定してください。そのあとに / などは付けません。項目の説明：日レセのアドレス。例: https://orca.example.jp、http://192.168.1.20:8000`,
  ),
  broken(
    'names that every object of JavaScript has',
    lines('{', '  "constructor": 1,', '  "pinEntry": { "valueOf": 1 }', '}'),
    `${at(2, 3, 'constructor')}この名前の項目はありません。使える名前：${names.join('、')}。`,
    `${at(3, 17, 'pinEntry.valueOf')}この名前の項目はありません。${keysOfPin}`,
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
    `${at(3, 27, 'papers.daySheet.size')}この値は使えません。使える値：a4、a5、a6、roll80。項目の説明：用紙の大きさ。roll80 は幅80mmのロール紙。`,
    `${at(4, 5, 'papers.weekSheet')}この名前の項目はありません。使える名前：${paperNameSchema.options.join('、')}。`,
  ),
]
