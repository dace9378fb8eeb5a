// Why an entry of the settings does not count, for whoever has the file open in an editor: where, why, and what would be right.
import type { Failure } from '../ground/result.ts'
import {
  faultsIn,
  type SettingFault,
  type SettingLayer,
  type SettingReason,
  type ValueKind,
} from '../ground/setting-fault.ts'
import { type Sentence, sentence } from './failures.ts'

/** Where a value comes from. */
export const layerText: Record<SettingLayer, string> = {
  commandLine: 'コマンドライン',
  environment: '環境変数',
  site: 'settings.json',
  computer: 'パソコン全体の settings.json',
}

const typeText: Record<ValueKind, string> = {
  text: '" で囲んだ文字を指定してください。',
  number: '整数を指定してください（" で囲みません）。',
  flag: 'true か false を指定してください（" で囲みません）。',
  list: '[ ] で囲んだ一覧を指定してください。',
  object: '{ } で囲んで、その中に項目を指定してください。',
}

type Text = string | ((fault: SettingFault) => string)

const between = ({ min, max }: SettingFault, unit: string) =>
  min === undefined
    ? `${max}${unit}${unit === '' ? '以下' : '以内'}`
    : max === undefined
      ? `${min}${unit}以上`
      : `${min}〜${max}${unit}`

const reasonText: Record<SettingReason, Text> = {
  unreadable: 'ファイルを開けません。読み取りの権限を確認してください。',
  notFile: 'ファイルではなく、フォルダーです。フォルダーの名前を変え、設定ファイルを置き直してください。',
  encoding: '文字として読み取れません。文字コードを UTF-8 にして保存し直してください。',
  empty: 'ファイルが空です。設定するものがないときは {} と入力してください。',
  comment: 'コメントは使えません。削除してください。',
  extraComma: 'コンマ（,）が余分です。削除してください。',
  commaMissing: 'この前にコンマ（,）がありません。1つ前の項目の終わりを確認してください。',
  colonMissing: '項目名のあとにコロン（:）がありません。',
  valueMissing: '値がありません。値を入力するか、この項目を削除してください。',
  fullWidth: '全角の記号や空白があります。半角にしてください。',
  singleQuote: '\' は使えません。" で囲んでください。',
  unquoted: '" で囲んでください（true、false、null と数字は囲みません）。',
  number: '数字の形式が正しくありません。',
  control: 'タブなど、目に見えない文字があります。削除してください。',
  backslash: '\\ を1つだけでは使えません。フォルダーの区切りは \\\\ か / にしてください。',
  quoteOpen: '閉じる " がありません。',
  bracketOpen: '閉じかっこ（} か ]）が足りません。',
  bracketExtra: '閉じかっこが余分です。削除してください。',
  behindEnd: '最後の } のあとに余分な文字があります。削除してください。',
  syntax: 'JSON の形式が正しくありません。',
  tooDeep: 'かっこの中に、かっこが深く重なりすぎています。ここから先を確認してください。',
  twice: '同じ項目が2つあります。1つにしてください。',
  unknown: 'この名前の項目はありません。',
  type: ({ kind }) => typeText[kind ?? 'text'],
  inQuotes: ({ kind }) => `" を外して、${kind === 'flag' ? 'true か false ' : '整数'}だけを指定してください。`,
  choice: 'この値は使えません。',
  range: (fault) => `${between(fault, '')}の整数を指定してください。`,
  length: (fault) =>
    fault.kind === 'text' ? `${between(fault, '文字')}で指定してください。` : `${between(fault, '個')}にしてください。`,
  form: '形式が正しくありません。',
  address: 'アドレスの形式が正しくありません。',
  https: 'https:// で始まるアドレスを指定してください。',
  origin: 'https://ホスト名:ポート の形で指定してください。そのあとに / などは付けません。',
  publicHttp: 'http を使えるのは院内のアドレスだけです。https のアドレスを指定してください。',
  path: '完全なパスを指定してください（例: C:/receipt、\\\\\\\\server\\\\share）。..、~、%変数% は使えません。',
  missing: '必要な項目がありません。追加してください。',
  secret: ({ meant }) =>
    meant
      ? `パスワードや鍵は、ここには書けません。別のファイルに保存し、その場所を ${meant} に指定してください。`
      : 'パスワードや鍵は、ここには書けません。削除してください（プロキシのパスワードは環境変数 HTTPS_PROXY に設定します）。',
  oneOfTwo: ({ meant }) => `${meant} と同時には指定できません。どちらか1つにしてください。`,
  neededLive: '本番（live）では、この項目が必要です。',
  neverLive: '本番（live）では使えません。pcsc を指定してください。',
  sameName: '同じ名前の取り込み先があります。別の名前にしてください。',
  sameReader: '受付に使うリーダー（chosenReader）と同じです。別のリーダーにしてください。',
  sameFolder: '別の取り込み先と同じフォルダーです。フォルダーを分けてください。',
  notFolder: 'フォルダーではなく、ファイルです。フォルダーを指定してください。',
  gone: 'ファイルがなくなっています。元に戻してください。',
  notAdministrators: '管理者以外も書き換えられるため、使えません。所有者と書き込みの権限を管理者だけにしてください。',
  elsewhere: 'ここでは指定できません。settings.json で指定してください。',
}

/** Where it stands: file, line, column, name. */
function faultPlace({ layer, line, column, path }: SettingFault): string {
  const at = line === undefined ? '' : ` の${line}行目${column === undefined ? '' : ` ${column}文字目`}`
  return `${layerText[layer]}${at}${path === '' ? '' : `、${path}`}`
}

/** Why, and what would be right there. */
function faultReason(fault: SettingFault): string {
  const { reason, meant, choices = [], about } = fault
  const text = reasonText[reason]
  const says = typeof text === 'string' ? text : text(fault)
  const guess =
    meant !== undefined && reason !== 'secret' && reason !== 'oneOfTwo' ? `「${meant}」ではありませんか。` : ''
  // Whoever is told what was meant needs no list of everything.
  const isListed = choices.length > 0 && (meant === undefined || choices.length <= 8)
  const among = isListed ? `使える${reason === 'unknown' ? '名前' : '値'}：${choices.join('、')}。` : ''
  const what = about && !['unknown', 'secret', 'sameName'].includes(reason) ? `項目の説明：${about}` : ''
  return `${says}${guess}${among}${what}`
}

/** The sentences of a failure, with all that is known of why where settings are it. */
export function explained(failure: Failure): Sentence {
  const [fault, ...others] = faultsIn(failure)
  if (!fault) return sentence(failure)
  return {
    message: `設定に誤りがあります（${faultPlace(fault)}）。`,
    next: `${faultReason(fault)}${others.length > 0 ? `（ほかに${others.length}か所あります）` : ''}`,
  }
}

export const faultText = (fault: SettingFault): string => `${faultPlace(fault)}：${faultReason(fault)}`
