// What the self-test (自己診断) says: one sentence for what it found, and one for the step that repairs it. It is read by the
// clinic and by the vendor on the telephone, on the screen and on the command line alike.

import type { CheckLine, CheckName, Finding } from '../contract/self-test.ts'
import type { FailureCode } from '../ground/failures.ts'
import { pageNames } from './pages.ts'
import { explained } from './setting-faults.ts'

export const checkText: Record<CheckName, string> = {
  version: 'プログラム',
  settings: '設定ファイル',
  disk: 'データの保存場所',
  server: '院内の保存サーバー',
  serverCertificate: '保存サーバーの証明書の期限',
  serverTables: '保存サーバーの表の版',
  serverRights: '保存サーバーでの権限',
  serverSafety: '保存サーバーの複製',
  serverClock: '保存サーバーの時計',
  serverWay: '保存サーバーからの知らせ',
  serverRoom: '保存サーバーの接続の数',
  key: '保存データの鍵',
  database: '保存データ',
  audit: '操作の記録',
  readerService: 'スマートカードの機能',
  readers: 'カードリーダー',
  card: 'カードの読み取り',
  hubFiles: 'PMHの証明書ファイル',
  hubCertificate: 'PMHの証明書の期限',
  hubName: 'PMHの名前（DNS）',
  hubLine: 'PMHへの接続',
  hubTls: 'PMHとの相互の確認（TLS）',
  hubAnswer: 'PMHの返事',
  clock: 'このパソコンの時計',
  terminalFolders: '資格確認端末のフォルダー',
  terminalApplication: '連携アプリの設定',
  terminalFiles: '資格確認端末のファイル',
  terminalDesks: '資格確認端末の結果を受け取る受付',
  destination: '取り込み先',
  masters: '地単公費マスター',
}

export const checkStateText: Record<CheckLine['state'], string> = {
  waiting: 'これから',
  running: '確認中',
  ok: '正常',
  warning: '注意',
  failed: '異常',
  unknown: '未確認',
  unused: '対象外',
}

/** `repair`: null where nothing has to be done. */
interface Said {
  readonly says: string
  readonly repair: string | null
}

const fine = (says: string): Said => ({ says, repair: null })
const dated = (day: string) => day.replaceAll('-', '/')
const many = (value: number) => value.toLocaleString('ja-JP')

const service = {
  win32: 'リーダーをつないでも変わらないときは、Windowsのサービス「Smart Card」を開始してください。',
  darwin: 'リーダーをつなぎ直し、変わらないときはパソコンを再起動してください。',
  other: '「sudo systemctl enable --now pcscd.socket」で開始してください。',
} as const

const untrusted = {
  date: {
    says: 'PMHのサーバー証明書の期間と、このパソコンの時計が合いません。',
    repair: 'まずこのパソコンの日付と時刻を直してください。正しいときは、PMHのヘルプデスクに連絡してください。',
  },
  name: {
    says: '接続先のサーバー証明書は、設定のアドレスのものではありません。',
    repair: '設定の hub.url を、PMHから案内されたアドレスに直してください。',
  },
  ca: {
    says: '接続先のサーバー証明書を、設定の認証局の証明書で確認できません。',
    repair:
      '設定の hub.caFile を確かめてください。通信を検査する機器が院内にあるときは、PMHへの通信を対象から外してください。',
  },
  unknown: {
    says: '接続先が本物のPMHであることを確認できません。',
    repair: '設定の hub.url と hub.caFile、プロキシの設定を確かめてください。',
  },
} as const

const encryptConf = { face: 'encrypt_face.conf', trash: 'encrypt_face.conf', res: 'encrypt.conf' } as const

/** Where a failure asks reception to call somebody: whoever reads a self-test is the one who is called. */
const toWhoeverMends: Partial<Record<FailureCode, (field: string) => Said>> = {
  DESTINATION_NOT_READY: (field) => ({
    says: `${field} のファイルを使えません（ないか、空か、ほかの利用者にも読めます）。`,
    repair:
      '設定に書いた場所にファイルを置いてください。Linux では「chmod 700 secrets」と「chmod 600 secrets/*」で、本人だけが読めるようにします。',
  }),
}

type Of<C extends Finding['code']> = Extract<Finding, { code: C }>

const findings: { readonly [C in Finding['code']]: (finding: Of<C>) => Said } = {
  failure({ failure }) {
    const own = toWhoeverMends[failure.code]?.(failure.detail?.field ?? '')
    if (own) return own
    const { message, next } = explained(failure)
    return { says: message, repair: next }
  },
  version: ({ version, node }) => fine(`窓口 ${version}（Node ${node}）です。`),
  settingsRead: ({ mode, isFile, nextStart }) => {
    const read = isFile
      ? `設定を読み取りました（${mode === 'live' ? '本番' : 'トレーニング'}）。`
      : '設定ファイルはまだなく、トレーニングとして動きます。'
    return fine(nextStart.length > 0 ? `${read}次回起動から使う設定：${nextStart.join('、')}。` : read)
  },
  settingsFallback({ failure }) {
    const { message, next } = explained(failure)
    return { says: `${message}前回起動したときの設定で動いています。`, repair: next }
  },
  diskRoom: ({ megabytes }) =>
    fine(megabytes > 0 ? `書き込めます（空き ${many(Math.floor(megabytes / 1_000))} GB）。` : '書き込めます。'),
  diskLow: ({ megabytes }) => ({
    says: `ディスクの空きが残り ${many(megabytes)} MB です。`,
    repair: '不要なファイルを消して、1 GB 以上の空きを作ってください。',
  }),
  serverAnswers: ({ release }) => fine(`つながりました（版 ${release}）。`),
  serverTooOld: ({ release, oldest }) => ({
    says: `保存サーバーの版（${release}）が古く、使えません。`,
    repair: `サーバーの担当者に、版 ${oldest} 以降への更新を依頼してください。`,
  }),
  serverEncoding: () => ({
    says: '保存サーバーのデータベースの文字コードが UTF8 ではありません。',
    repair: 'サーバーの担当者に、UTF8 のデータベースを依頼してください。',
  }),
  serverIsStandby: () => ({
    says: 'つながったサーバーは控えで、書き込めません。',
    repair: 'サーバーの担当者に、いま主となっているサーバーへ設定の名前が向いているか確かめてもらってください。',
  }),
  serverOnThisComputer: () => fine('このパソコンの中のサーバーで、証明書は使いません。'),
  serverCertificateLasts: ({ day, days }) => fine(`${dated(day)} まで使えます（あと${many(days)}日）。`),
  serverCertificateEndsSoon: ({ day, days }) => ({
    says: `保存サーバーの証明書は ${dated(day)} に切れます（あと${many(days)}日）。`,
    repair: 'サーバーの担当者に、証明書の更新を依頼してください。切れると、どの窓口もつながりません。',
  }),
  serverTablesNone: () => fine('この医療機関の表はまだありません。最初の起動のときに作られます。'),
  serverTablesFit: ({ applied }) => fine(`この窓口と合っています（${applied}）。`),
  serverTablesNewer: ({ applied, known }) => ({
    says: `保存サーバーの表（${applied}）が、この窓口（${known}）より新しい版です。`,
    repair: 'この窓口も、ほかの窓口と同じ版に更新してください。',
  }),
  serverTablesOlder: ({ applied, known, mayChange }) => ({
    says: `保存サーバーの表（${applied}）が、この窓口（${known}）より古い版です。`,
    repair: mayChange
      ? '窓口を起動すると新しくなります。ほかの窓口も続けて更新してください。'
      : '表を変えられる利用者（所有者）の設定で、一度だけ窓口を起動してください。',
  }),
  serverRightsOwner: () =>
    fine('表を作り、変えられる利用者（所有者）です。ふだんの窓口は、使うだけの利用者でも動きます。'),
  serverRightsDesk: () => fine('表を使うだけの利用者です。版が変わる更新のときだけ、所有者の設定で一度起動します。'),
  serverRightsLacking: ({ isMissing }) => ({
    says: isMissing
      ? 'この医療機関の表がまだなく、この利用者には作れません。'
      : '窓口に要る権限が、この利用者に足りません。',
    repair: isMissing
      ? '所有者の設定で一度窓口を起動するか、サーバーの担当者に権限を依頼してください。'
      : 'サーバーの担当者に、表を使う権限（GRANT）を確かめてもらってください。',
  }),
  serverDoubled: () => fine('確定したものは、ほかのサーバーにも書かれてから確定になります。'),
  serverAlone: ({ isLazy }) => ({
    says: `同期する控えのサーバーは見えません（サーバーの外で複製していることもあります）。${isLazy ? 'ディスクに書く前に確定とする設定なので、窓口はそのつど書いてから確定するよう求めています。' : ''}`,
    repair: 'サーバーが壊れたとき、最後のバックアップより後の受付が残るか、サーバーの担当者に確かめてください。',
  }),
  serverClockRight: ({ seconds }) => fine(`このパソコンの時計との差は${many(seconds)}秒です。`),
  serverClockOff: ({ seconds, isBehind }) => ({
    says: `このパソコンの時計が、保存サーバーより約${many(seconds)}秒${isBehind ? '遅れて' : '進んで'}います。`,
    repair: 'パソコンとサーバーの日付と時刻を、自動で合わせる設定にしてください。',
  }),
  serverHeard: ({ isPooled }) =>
    fine(
      isPooled
        ? '接続をまとめる機器を通り、知らせはサーバーから直接受け取ります。'
        : 'サーバーに直接つながっています。',
    ),
  serverPooled: () => ({
    says: '接続をまとめる機器を通っているため、ほかの窓口の変更が1秒ほど遅れて画面に出ます。',
    repair: '設定の store の direct に、サーバーの名前とポートを指定してください。',
  }),
  serverNotHeard: () => ({
    says: '設定の store の direct のサーバーから、知らせを受け取れません。ほかの窓口の変更が1秒ほど遅れて画面に出ます。',
    repair: 'direct の名前とポート、サーバーの接続の許可を確かめてください。',
  }),
  serverRoom: ({ used, most }) => fine(`${many(most)} のうち ${many(used)} を使っています。`),
  serverFull: ({ used, most }) => ({
    says: `接続の残りがわずかです（${many(most)} のうち ${many(used)}）。`,
    repair: 'サーバーの担当者に、接続の上限を増やすか、接続をまとめる機器を入れるよう依頼してください。',
  }),
  keyThere: () => fine('鍵を使えます。'),
  nothingStored: () => fine('まだ保存データはありません。最初の起動のときに作られます。'),
  storeWhole: () => fine('すべて読み取れ、欠けている記録はありません。'),
  storeInUse: () => fine('窓口が起動しているため、ここでは確かめていません。画面の自己診断で確かめてください。'),
  storeUnmerged: () => ({
    says: 'サーバーにつながらない間の受付が、まだこのパソコンだけにあります。',
    repair: 'サーバーにつながる状態で窓口を起動しておくと、自動で移ります。このパソコンを初期化しないでください。',
  }),
  auditWhole: () => fine('つながりに切れ目はなく、書き換えられていません。'),
  auditBroken: () => ({
    says: '操作の記録が、書かれたときのままではありません。',
    repair:
      'データには触れず、医療情報の安全管理の責任者に知らせてください。窓口を終了して audit verify を使うと、どの記録かが分かります。',
  }),
  serviceUp: () => fine('動いています。'),
  serviceDown: ({ platform }) => ({
    says:
      platform === 'win32'
        ? 'Windowsのスマートカードの機能が動いていません（リーダーをつないでいないときも、こうなります）。'
        : 'スマートカードの機能（PC/SC）が動いていません。',
    repair: service[platform],
  }),
  serviceMissing: () => ({
    says: 'スマートカードの機能（PC/SC）が、このパソコンに入っていません。',
    repair: '「sudo apt install pcscd」などで pcscd を入れてください。',
  }),
  virtualReader: () => fine('画面上の練習用リーダーを使う設定です。'),
  readersFound: ({ names }) => fine(`見つかりました：${names.join('、')}`),
  noReader: () => ({
    says: 'カードリーダーがつながっていません。',
    repair: 'リーダーのUSBケーブルを、パソコンに直接つないでください。',
  }),
  readerWithoutDriver: ({ name }) => ({
    says: `USBに「${name}」がありますが、カードリーダーとして使えません。ドライバーがないようです。`,
    repair:
      'メーカーのサイトから、PC/SC対応のドライバーを入れてください。対応しない機種のときは、別のリーダーが必要です。',
  }),
  readerFaulty: ({ name }) => ({
    says: `「${name}」のカードを認識できません。`,
    repair: 'カードを外し、リーダーをつなぎ直してください。',
  }),
  chosenReaderAway: ({ name }) => ({
    says: `受付に使うと決めた「${name}」がつながっていません。つながっているほかのリーダーで読み取ります。`,
    repair: 'そのリーダーをつなぐか、画面の上で使うリーダーを選び直してください。',
  }),
  cardRead: () => fine('マイナンバーカードを読み取れました。暗証番号は使っていません。'),
  noCard: () => ({
    says: 'カードが置かれていないため、確かめていません。',
    repair: '職員のマイナンバーカードなどを置いて、もう一度診断してください。暗証番号は使いません。',
  }),
  cardIsPatients: () => ({
    says: '受付の途中か、窓口が起動中のため、確かめていません。',
    repair: '受付のないときに、画面の自己診断で確かめてください。',
  }),
  hubNotAsked: () => fine('PMHには接続しない設定です。'),
  hubFilesRead: () => fine('証明書と秘密鍵を読み取りました。'),
  hubFileMissing: ({ field }) => ({
    says: `PMHへの接続に使うファイルを読み取れません（${field}）。`,
    repair: `設定に書いた場所に、そのファイルを置いてください。${/Pfx|Passphrase/.test(field) ? '' : '読み取れるのは、PEM 形式（文字のファイル）です。'}`,
  }),
  hubIdentityUnusable: () => ({
    says: '証明書、秘密鍵、パスフレーズのどれかが合わず、使えません。',
    repair: '配布されたファイルをもう一度置き直し、パスフレーズを確かめてください。',
  }),
  certificateLasts: ({ day, days }) => fine(`${dated(day)} まで使えます（あと${many(days)}日）。`),
  certificateEndsSoon: ({ day, days }) => ({
    says: `接続用の証明書は ${dated(day)} に切れます（あと${many(days)}日）。`,
    repair: '証明書の更新を申し込んでください。',
  }),
  certificateEnded: ({ day }) => ({
    says: `接続用の証明書は ${dated(day)} に切れています。`,
    repair: '証明書の更新を申し込み、新しいファイルに置き換えてください。パソコンの日付が正しいかも確かめてください。',
  }),
  certificateNotYet: ({ day }) => ({
    says: `接続用の証明書は ${dated(day)} からのもので、まだ使えません。`,
    repair: 'パソコンの日付が正しいか確かめてください。',
  }),
  networkOff: () => ({
    says: 'このパソコンは、ネットワークにつながっていません。',
    repair: 'LANケーブルかWi-Fiの接続を確かめてください。',
  }),
  nameKnown: ({ host }) => fine(`${host} が見つかりました。`),
  nameUnknown: ({ host, isProxy }) => ({
    says: `${isProxy ? 'プロキシ' : 'PMH'}の名前 ${host} が見つかりません。`,
    repair: `設定の ${isProxy ? 'プロキシ（hub.proxy、HTTPS_PROXY）' : 'hub.url'} の綴りと、ネットワークのDNSを確かめてください。`,
  }),
  hubReached: () => fine('接続できました。'),
  tlsAgreed: () => fine('サーバーとこの医療機関の証明書を、互いに確認できました。'),
  hubAnswers: () => fine('返事がありました。'),
  hubUnreachable: ({ host }) => ({
    says: `${host} に接続できません。`,
    repair: 'ルーターやファイアウォールで、この接続が許可されているか確かめてください。',
  }),
  hubSilent: () => ({
    says: 'PMHから時間内に返事がありません。',
    repair: 'ネットワークの混み具合を確かめ、しばらくしてからもう一度診断してください。',
  }),
  hubTroubled: () => ({
    says: 'PMHで障害が起きているか、混み合っています。',
    repair: 'しばらくしてからもう一度診断してください。続くときは、PMHのヘルプデスクに連絡してください。',
  }),
  hubAddressWrong: () => ({
    says: '接続先から、PMHのものではない返事がありました。',
    repair: '設定の hub.url を、PMHから案内されたアドレスと見比べてください。',
  }),
  hubUntrusted: ({ why }) => untrusted[why],
  hubRefusesClinic: () => ({
    says: 'PMHが、この医療機関の証明書を受け付けませんでした。',
    repair: '証明書がこの医療機関のもので、失効していないか、PMHのヘルプデスクに確かめてください。',
  }),
  proxyRefuses: () => ({
    says: '院内のプロキシサーバーが、PMHへの接続を通しません。',
    repair: 'プロキシの設定で、PMHのアドレスを許可してください。',
  }),
  clockRight: ({ seconds }) => fine(`PMHの時計との差は${many(seconds)}秒です。`),
  clockOff: ({ minutes, isBehind }) => ({
    says: `このパソコンの時計が、PMHより約${many(minutes)}分${isBehind ? '遅れて' : '進んで'}います。`,
    repair: 'パソコンの日付と時刻を、自動で合わせる設定にしてください。',
  }),
  clockUntold: () => fine('PMHが時刻を返さないため、比べられません。'),
  noTerminal: () => fine('資格確認端末のフォルダーは使わない設定です。'),
  terminalFoldersThere: () => fine('フォルダーを読み書きできます。'),
  applicationElsewhere: () => fine('連携アプリはこのパソコンにはないか、設定を読み取れないため、見ていません。'),
  applicationRead: ({ version }) =>
    fine(
      version === null
        ? '暗号化する設定はありません（連携アプリの版は読み取れませんでした）。'
        : `暗号化する設定はありません（連携アプリ ${version}）。`,
    ),
  applicationEncrypts: ({ file }) => ({
    says: `連携アプリは、窓口が読む結果を暗号化する設定のようです（${file}）。`,
    repair: `${file} の「=e」の行を「=n」に直し、連携アプリを起動し直してください。ほかに読んでいるプログラムの担当者にも確かめてください。`,
  }),
  applicationFaceOff: () => ({
    says: '連携アプリは、顔認証付きカードリーダーの結果をファイルに書き出さない設定のようです。',
    repair: 'UserDefinitionForFace.property の OutputFlg を true にし、連携アプリを起動し直してください。',
  }),
  terminalFilesTaken: () => fine('ファイルは読める形で、たまっていません。'),
  terminalEncrypted: ({ folder }) => ({
    says: `資格確認端末が、結果を暗号化して書き出しています（${folder}）。`,
    repair: `連携アプリの設定（${encryptConf[folder]}）で、暗号化しないようにしてください。`,
  }),
  requestsUntaken: ({ count }) => ({
    says: `資格確認端末に出した要求が、${many(count)}件取られずに残っています。`,
    repair: '資格確認端末の電源と、連携アプリが動いているかを確かめてください。',
  }),
  answersUnread: ({ count }) => ({
    says: `資格確認端末の結果が、前の日から${many(count)}件残っています。`,
    repair: '古い結果を片付けるよう、電子カルテや連携アプリの担当者に依頼してください。',
  }),
  desksWatcher: ({ desk }) => fine(`「${desk}」の窓口が受け取っています。`),
  desksNobody: () => fine('いまは、どの窓口も受け取っていません。窓口を起動すると、受け取りを始めます。'),
  desksUnkept: () => ({
    says: '資格確認端末の共有フォルダーに書き込めないため、受付が2台あると見分けられません。',
    repair: '共有フォルダーに「madoguchi」フォルダーを作り、窓口のパソコンから書き込めるようにしてください。',
  }),
  madeAtStart: () => fine('練習用のフォルダーは、最初の起動のときに作られます。'),
  noDestination: () => ({
    says: '取り込み先がありません。結果は画面に出るだけで、レセコンには入りません。',
    repair: '画面の「取り込み先」で追加してください。',
  }),
  destinationOff: () => fine('使わない設定です。'),
  folderTried: () => fine('試しのファイルを書き、読み、消せました。'),
  orcaAsked: () => fine('日レセにログインでき、返事がありました。'),
  masterMissing: () => ({
    says: '地単公費マスターが取り込まれていません。市区町村の制度の内容は表示されません。',
    repair: '画面の「取り込み先」から「地単公費マスター」を開いて取り込んでください。',
  }),
  masterFresh: ({ day }) => fine(`${dated(day)} 時点のものです。`),
  masterOld: ({ day, days }) => ({
    says: `${dated(day)} 時点のもので、${many(days)}日たっています。`,
    repair: '支払基金のウェブサイトから新しい一覧を取り込んでください。',
  }),
  because: ({ check }) => ({
    says: `「${checkText[check]}」が直るまで、確かめられません。`,
    repair: null,
  }),
  tooSlow: () => ({
    says: '時間内に返事がありませんでした。',
    repair: 'つながっている機器の電源とネットワークを確かめ、もう一度診断してください。',
  }),
}

export function findingText<C extends Finding['code']>(finding: Of<C>): Said {
  const code: C = finding.code
  return findings[code](finding)
}

/** What a line is called. */
export const checkName = ({ check, of }: Pick<CheckLine, 'check' | 'of'>): string =>
  of === null ? checkText[check] : `${checkText[check]}「${of}」`

export const selfTest = {
  open: pageNames.selfTest,
  title: '自己診断',
  note: 'カードリーダー、PMH、資格確認端末、取り込み先などを順に確かめます。患者さんの情報は使わず、受付の操作はこのまま続けられます。',
  begin: '診断を始める',
  beginWithCard: 'カードも確かめる',
  support: pageNames.supportBundle,
  layCard: '職員のマイナンバーカードを、30秒以内にリーダーに置いてください。',
  again: 'もう一度診断する',
  column: { check: '項目', state: '結果', finding: '内容' },
  none: 'まだ診断していません。カードも確かめるときは、職員のマイナンバーカードを用意してください（暗証番号は使いません）。',
  running: (done: number, all: number) => `診断しています（${done}／${all}）。`,
  allWell: '異常はありません。',
  withWarnings: (count: number) => `異常はありません。注意が${count}件あります。`,
  failed: (count: number, first: string) => `異常が${count}件あります。まず「${first}」を直してください。`,
  at: (moment: string) => `${moment}に診断`,
  repair: '直し方：',
  about: '自己診断: 動かない原因と、その直し方を調べる',
  notes: [
    'カードリーダー、PMH、資格確認端末、取り込み先、保存データなどを順に確かめ、',
    '異常があれば、直し方と一緒に表示します。患者さんの情報は表示しません。',
    '窓口の起動中も、起動できないときも使えます。注意だけのときの終了コードは 0 です。',
  ],
} as const
