// What is said about the national master of local schemes (地単公費マスター): on its page, and by the command of clinic IT.
import type { LocalScheme } from '../eligibility/local/scheme.ts'

const many = (value: number) => value.toLocaleString('ja-JP')

export const masters = {
  importAbout: '地単公費マスター（支払基金の確定事業一覧 CSV）を取り込む',
  lookupAbout: '負担者番号から、地単公費の制度を調べる',
  sampleAbout: '地単公費マスターと同じ形式の見本（架空の内容）をつくる',
  whileEnded: '窓口を終了してから使います。起動中は、画面の「取り込み先」から「地単公費マスター」を開いてください。',
  file: '支払基金の「地単公費マスター 確定事業一覧（CSV UTF-8）」',
  number: '負担者番号（8桁）',
  sampleFile: '見本を書くファイル（まだないもの）',
  preview: '変わるものを調べるだけで、取り込まない',
  date: 'その日の内容を調べる（指定しなければ今日）',
  rows: '見本の行数（指定しなければ 23,000）',
  taken: (issuedOn: string, rows: number) => `地単公費マスター（${issuedOn} 時点、${many(rows)}行）を取り込みました。`,
  looked: (issuedOn: string, rows: number) =>
    `地単公費マスター（${issuedOn} 時点、${many(rows)}行）を調べました。まだ取り込んでいません。`,
  changes: ({ new: added, changed, ended }: Readonly<Record<'new' | 'changed' | 'ended', number>>) =>
    `新しい制度 ${many(added)}件、変わった制度 ${many(changed)}件、なくなった制度 ${many(ended)}件`,
  withoutNumber: (rows: number) => `負担者番号のない行（表示の対象外）: ${many(rows)}行`,
  made: (file: string, rows: number) => `見本（架空の内容、${many(rows)}行）をつくりました: ${file}`,
  notListed: '現物給付の一覧にありません。償還払いの可能性があります。',
  found: ({ name, prefecture, municipality, conditions }: LocalScheme) =>
    `${prefecture}${municipality ?? ''}　${name}　現物給付　条件 ${conditions.length}通り`,
} as const

export const mastersScreen = {
  title: '地単公費マスター',
  note: '支払基金のウェブサイトで公開されている「地単公費マスター 確定事業一覧（CSV UTF-8）」を、開かずにそのまま選んでください。現物給付の制度かどうかと、制度の内容を受給者証に表示します。列の意味は公表資料で確かめられていないため、金額は受給者証と見比べてください。',
  none: 'まだ取り込まれていません。',
  issue: (day: string, rows: number) => `${day}時点の一覧（${many(rows)}行）を使っています。`,
  choose: 'ファイルを選ぶ',
  sending: (percent: number) => `読み取っています（${percent}%）。受付の操作は、このまま続けられます。`,
  draft: (day: string, rows: number) =>
    `${day}時点の一覧（${many(rows)}行）を読み取りました。変わる点を確かめてから取り込んでください。`,
  change: { new: '新しい制度', changed: '変わった制度', ended: 'なくなった制度', same: '変わらない制度' },
  count: (count: number) => `${many(count)}件`,
  withoutNumber: (rows: number) => `負担者番号のない${many(rows)}行は、表示の対象外です。`,
  take: '取り込む',
  drop: 'やめる',
  examples: '変わる制度の例',
  more: (count: number) => `ほかに${many(count)}件あります。`,
} as const
