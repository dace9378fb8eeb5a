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

const kindText: Record<ValueKind, string> = {
  text: '文字（" で囲む）',
  number: '整数（" で囲まない）',
  flag: 'true か false（" で囲まない）',
  list: '一覧（[ ] で囲む）',
  object: '項目の集まり（{ } で囲む）',
}

type Text = string | ((fault: SettingFault) => string)

const range = ({ min, max }: SettingFault) =>
  min === undefined ? `${max}以下` : max === undefined ? `${min}以上` : `${min}から${max}まで`

const reasonText: Record<SettingReason, Text> = {
  unreadable: 'ファイルを開けません。読み取りの権限を確かめてください。',
  encoding: '文字として読めません。文字コードを UTF-8 にして保存してください。',
  empty: '何も書かれていません。設定がないときは {} と書いてください。',
  comment: 'コメントは書けません。消してください。',
  extraComma: 'コンマ（,）が余分です。消してください。',
  commaMissing: 'この前にコンマ（,）がありません。前の項目の終わりを確かめてください。',
  colonMissing: '項目名のあとにコロン（:）がありません。',
  valueMissing: '値が書かれていません。',
  fullWidth: '全角の記号や空白があります。半角で書いてください。',
  singleQuote: '\' は使えません。" で囲んでください。',
  unquoted: '" で囲んでください（true、false、null と数字のほかは囲みます）。',
  number: '数字の書き方に誤りがあります。',
  control: 'タブなど、目に見えない文字があります。消してください。',
  backslash: '\\ は1つでは書けません。フォルダーの区切りは \\\\ か / と書いてください。',
  quoteOpen: '" で閉じられていません。',
  bracketOpen: 'ここまでに閉じかっこ（} か ]）がありません。',
  bracketExtra: '閉じかっこが余分です。',
  behindEnd: '最後の } のあとに、余分なものがあります。',
  syntax: 'JSON の書き方に誤りがあります。',
  twice: '同じ項目が2回書かれています。1つにしてください。',
  unknown: 'この項目はありません。',
  type: ({ kind }) => `${kindText[kind ?? 'text']}で書いてください。`,
  inQuotes: ({ kind }) => `${kindText[kind ?? 'number']}で書いてください。" を消してください。`,
  choice: '決められた値ではありません。',
  range: (fault) => `${range(fault)}で書いてください。`,
  length: (fault) => `長さや数は${range(fault)}です。`,
  form: '書き方が決まりに合っていません。',
  address: 'アドレスとして読めません。',
  https: 'https:// で始まるアドレスにしてください。',
  origin: 'http(s)://ホスト名:ポート だけを書いてください（あとに / などを続けません）。',
  publicHttp: 'http は院内のアドレスだけです。https にしてください。',
  path: '完全なパスで書いてください（例 C:/receipt、\\\\\\\\server\\\\share）。.. や ~、%変数% は使えません。',
  missing: '必要な項目がありません。',
  secret: ({ meant }) =>
    meant
      ? `パスワードや鍵はここに書けません。ファイルに保存し、${meant} にその場所を書いてください。`
      : 'パスワードや鍵はここに書けません。消してください（プロキシのものは環境変数 HTTPS_PROXY に）。',
  neededLive: '本番（live）では必要な項目です。',
  neverLive: '本番（live）では使えません。pcsc にしてください。',
  sameName: '同じ名前の取り込み先があります。別の名前にしてください。',
  sameFolder: '同じフォルダーの取り込み先があります。別のフォルダーにしてください。',
  notFolder: 'フォルダーではなく、ファイルです。',
  gone: 'ファイルがなくなっています。元に戻してください。',
  notAdministrators: '管理者のほかにも書き換えられるため使いません。所有者と権限を管理者だけにしてください。',
  elsewhere: 'ここでは決められません。settings.json に書いてください。',
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
  const guess = meant !== undefined && reason !== 'secret' ? `「${meant}」ではありませんか。` : ''
  // Whoever is told what was meant needs no list of everything.
  const among =
    choices.length > 0 && (meant === undefined || choices.length <= 8) ? `書けるもの：${choices.join('、')}。` : ''
  const what = about && !['unknown', 'secret', 'sameName'].includes(reason) ? `（${about}）` : ''
  return `${says}${guess}${among}${what}`
}

/** The sentences of a failure, with all that is known of why where settings are it. */
export function explained(failure: Failure): Sentence {
  const [fault, ...others] = faultsIn(failure)
  if (!fault) return sentence(failure)
  return {
    message: `設定に誤りがあります（${faultPlace(fault)}）。`,
    next: `${faultReason(fault)}${others.length > 0 ? `（ほかに${others.length}か所）` : ''}`,
  }
}

export const faultText = (fault: SettingFault): string => `${faultPlace(fault)}：${faultReason(fault)}`
