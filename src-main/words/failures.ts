// The sentences of every failure: what happened and what to do next, in the short and polite words of the counter. A code
// without its sentences does not compile.
import type { FailureCode } from '../ground/failures.ts'
import type { Failure, FailureDetail } from '../ground/result.ts'

import { waitText } from './signed-in.ts'

export interface Sentence {
  /** What happened. */
  readonly message: string
  /** What to do now. */
  readonly next: string
}

const cityHall = '市区町村の窓口'
const paper = '紙の受給者証で確認してください。'
const again = 'もう一度お試しください。'
const askVendor = '続くときは、システム担当者に連絡してください。'
const askVendorToUpdate = '新しい版の窓口で使えるか、システム担当者に確認してください。'
/** Nothing that staff could do about it. */
const maintainer = 'システム担当者に連絡してください。'

const destination = (detail: FailureDetail) =>
  detail.destination ? `取り込み先「${detail.destination}」` : '取り込み先'

/** The name of a setting, for clinic IT. */
const inBrackets = ({ field }: { readonly field?: string | undefined }) => (field ? `（${field}）` : '')

const terminalFolder = ({ field }: FailureDetail) => `資格確認端末のフォルダー${field ? `「${field}」` : ''}`
/** What of the server is not as it has to be. */
const unfitServer = (field: string | undefined) =>
  field === 'tls' ? 'サーバーの暗号化の設定' : field === 'password' ? 'サーバーのパスワードの方式' : 'サーバーの証明書'

const refusals: Readonly<Record<string, string>> = {
  user: '利用者名とパスワード',
  database: 'データベースの名前',
  rights: '利用者の権限',
  version: 'サーバーの版',
  encoding: 'データベースの文字コード',
}
const neededForServer = (field: string | undefined) =>
  field === 'caFile' ? '認証局の証明書' : field === 'store' ? '設定（settings.json）' : 'パスワードのファイル'
const refusedBy = (field: string | undefined) => refusals[field ?? ''] ?? 'サーバーの設定'

/** The place in a file. */
const atLine = ({ line }: FailureDetail) => (line === undefined ? '' : `（${line}行目）`)
const masterAgain =
  '支払基金のウェブサイトで公開されている確定事業一覧を、表計算ソフトで開かずに、そのまま選び直してください。'

const orca = (detail: FailureDetail) => (detail.destination ? `日レセ「${detail.destination}」` : '日レセ')

/** ORCA's own code behind a sentence: what its support asks for first. */
const orcaCode = ({ sourceCode }: FailureDetail) => (sourceCode === undefined ? '' : `（コード ${sourceCode}）`)

const failures: Record<FailureCode, Sentence | ((detail: FailureDetail) => Sentence)> = {
  READER_UNAVAILABLE: {
    message: 'カードリーダーが見つかりません。',
    next: 'リーダーの接続を確認してください。つながると自動で使えるようになります。',
  },
  CARD_NOT_PRESENT: { message: 'カードが置かれていません。', next: 'マイナンバーカードをリーダーに置いてください。' },
  CARD_REMOVED: {
    message: '読み取りの途中でカードが離れました。',
    next: 'カードをリーダーに置き直してください。',
  },
  CARD_RESET: { message: 'カードとの通信が途切れました。', next: 'カードをリーダーに置き直してください。' },
  CARD_BUSY: {
    message: 'ほかのソフトがカードを使っています。',
    next: '空くと自動で読み取ります。続くときは、ほかのソフトを終了してください。',
  },
  CARD_RESPONSE_INVALID: {
    message: 'カードを正しく読み取れませんでした。',
    next: 'カードをリーダーに置き直してください。続くときは、顔認証付きカードリーダーで受け付けてください。',
  },
  CARD_UNSUPPORTED: {
    message: 'マイナンバーカードではないか、対応していないカードです。',
    next: '置かれているカードを確認してください。',
  },
  CARD_TOKEN_UNKNOWN: {
    message: 'この窓口がまだ対応していない種類のカードまたはスマートフォンです。',
    next: `${paper}${askVendorToUpdate}`,
  },
  CARD_CERTIFICATE_INVALID: {
    message: 'カードの電子証明書を確認できませんでした。',
    next: `${paper}患者さんに、${cityHall}でカードの確認を受けるようご案内ください。`,
  },
  CARD_CERTIFICATE_EXPIRED: ({ field }) =>
    field === 'phone'
      ? {
          message: 'スマートフォンの電子証明書の有効期限が切れています。カードと違い、期限のあとは使えません。',
          next: `マイナンバーカードをお持ちか確認してください。ないときは、本日は${paper}カードの更新のあと、スマートフォンでも申し込みが必要です。`,
        }
      : {
          message: 'カードの電子証明書の有効期限が切れています。',
          next: `本日は${paper}患者さんに、${cityHall}での更新をご案内ください。`,
        },
  PIN_FORMAT: { message: '暗証番号は数字4桁です。', next: '4桁の数字を入力し直してください。' },
  PIN_WRONG: ({ triesLeft = 0 }) => ({
    message: `暗証番号が違います。あと${triesLeft}回まで入力できます。`,
    next: '患者さんに暗証番号を確かめてから、入力し直してください。',
  }),
  PIN_LAST_TRY: {
    message: '入力できるのは、あと1回です。間違えると暗証番号がロックされます。',
    next: '確実に分かるときだけ、確認のうえ入力してください。分からないときは紙の受給者証で確認してください。',
  },
  PIN_ON_COMMAND_LINE: {
    message: '本物の暗証番号は、ほかの人に見えるため、コマンドの中には書けません。',
    next: '指定せずに始め、聞かれたときに入力するか、標準入力で渡してください。',
  },
  PIN_BLOCKED: {
    message: '暗証番号がロックされています。',
    next: `本日は${paper}患者さんに、${cityHall}での暗証番号の再設定をご案内ください。`,
  },
  FACE_CODE_WRONG: ({ triesLeft = 0 }) => ({
    message: `カードの券面と合いません。あと${triesLeft}回入力できます。`,
    next: '生年月日、有効期限の年、セキュリティコードを券面と見比べて、入力し直してください。',
  }),
  FACE_CODE_LAST_TRY: {
    message: '入力できるのは、あと1回です。間違えると券面の情報を読み出せなくなります。',
    next: '券面と見比べ、確実なときだけ、確認のうえ入力してください。',
  },
  FACE_CODE_BLOCKED: {
    message: '券面の情報の読み出しがロックされています。',
    next: `暗証番号で確認してください。できないときは${paper}`,
  },
  FACE_NOT_CONFIRMED: {
    message: 'カードの顔写真と患者さんが一致しませんでした。',
    next: `受付を止めました。カードの持ち主を確認してください。`,
  },
  HUB_PROXY_REFUSED: {
    message: '院内のプロキシサーバーが、PMHへの接続を通しませんでした。',
    next: `${paper}システム担当者に、プロキシの設定の確認を依頼してください。`,
  },
  HUB_UNREACHABLE: {
    message: 'PMH（公費等の照会先）につながりません。',
    next: `ネットワークを確認して「もう一度受け付ける」を押してください。急ぐときは${paper}`,
  },
  HUB_TIMEOUT: {
    message: 'PMH（公費等の照会先）から時間内に返事がありませんでした。',
    next: `「もう一度受け付ける」を押してください。急ぐときは${paper}`,
  },
  HUB_ERROR: {
    message: 'PMH（公費等の照会先）で障害が起きています。',
    next: `しばらくして「もう一度受け付ける」を押してください。急ぐときは${paper}`,
  },
  HUB_RATE_LIMITED: ({ retryAfterS }) => ({
    message: 'PMH（公費等の照会先）が混み合っています。',
    next: `${retryAfterS ? `${retryAfterS}秒ほど` : '少し'}待って「もう一度受け付ける」を押してください。`,
  }),
  HUB_SESSION_EXPIRED: {
    message: '時間がたったため、照会をやり直す必要があります。',
    next: '「もう一度受け付ける」を押してください。',
  },
  HUB_ANSWER_INVALID: {
    message: 'PMH（公費等の照会先）の返事を正しく読み取れませんでした。',
    next: `${paper}${askVendor}`,
  },
  HUB_UNTRUSTED: {
    message: '接続先が本物のPMHであることを確認できません。',
    next: `照会を止めました。${paper}システム担当者に連絡してください。`,
  },
  HUB_CLIENT_REJECTED: {
    message: 'PMHが、この医療機関の証明書を受け付けませんでした。',
    next: `${paper}システム担当者に、接続用の証明書の確認を依頼してください。`,
  },
  HUB_CARD_REJECTED: {
    message: 'このカードの電子証明書は使えません（失効などの可能性があります）。',
    next: `${paper}患者さんに、${cityHall}でカードの確認を受けるようご案内ください。`,
  },
  HUB_SIGNATURE_REJECTED: {
    message: 'カードによる本人確認ができませんでした。',
    next: `カードを置き直して「もう一度受け付ける」を押してください。${askVendor}`,
  },
  HUB_IDENTIFICATION_REFUSED: {
    message: 'PMHは、顔写真による本人確認を受け付けませんでした。',
    next: `暗証番号で確認してください。できないときは、${paper}`,
  },
  HUB_PIN_PROOF_NEEDED: {
    message: 'このカードは、まだ暗証番号なしでは受け付けられません。',
    next: '患者さんに、暗証番号の入力をお願いしてください。',
  },
  HUB_PATIENT_UNKNOWN: {
    message: 'この患者さんの情報がPMHに登録されていません。',
    next: paper,
  },
  HUB_PERSON_DIFFERS: {
    message: 'PMHの回答が、患者さんご本人のものではありませんでした。レセコンには送っていません。',
    next: '紙の資格確認書と受給者証で受け付け、PMHのヘルプデスクにご連絡ください。',
  },
  HUB_REQUERY_UNKNOWN: {
    message: 'まとめて行った照会の期限が切れました。',
    next: 'まだ答えのない患者さんを、もう一度照会してください。',
  },
  HUB_RECORD_UNKNOWN: {
    message: 'この記録は、PMHに見つかりません。',
    next: '患者さんの記録を照会し直して、登録の内容を確認してください。',
  },
  HUB_RECORD_CHANGED: {
    message: 'この記録は、すでに訂正または取り消しされています。',
    next: '患者さんの記録を照会し直してから、もう一度操作してください。',
  },
  HUB_RECORD_DUPLICATE: {
    message: '同じ接種または健診が、すでに登録されています。',
    next: '接種日と回数を確認してください。二重に登録する必要はありません。',
  },
  HUB_VOUCHER_UNKNOWN: {
    message: 'この接種券または受診券は、PMHに登録されていません。',
    next: '紙の接種券・受診券をお持ちでないか確認してください。',
  },
  HUB_REFUSED: { message: 'PMHがこの照会を受け付けませんでした。', next: `${paper}${askVendor}` },
  TERMINAL_FOLDER_MISSING: (detail) => ({
    message: `${terminalFolder(detail)}が見つかりません。`,
    next: '資格確認端末の電源と、共有フォルダーへの接続を確認してください。つながると自動で読み取りを再開します。',
  }),
  TERMINAL_FOLDER_REFUSED: (detail) => ({
    message: `${terminalFolder(detail)}を使う権限がありません。`,
    next: 'システム担当者に、共有フォルダーの権限の確認を依頼してください。',
  }),
  TERMINAL_FOLDER_SLOW: (detail) => ({
    message: `${terminalFolder(detail)}から返事がありません。`,
    next: `資格確認端末とネットワークを確認してください。直ると自動で再開します。急ぐときは${paper}`,
  }),
  TERMINAL_FOLDER_FULL: (detail) => ({
    message: `${terminalFolder(detail)}に空きがなく、要求を書き込めません。`,
    next: 'システム担当者に、資格確認端末のディスクの空きの確認を依頼してください。',
  }),
  TERMINAL_CLOCK_DIFFERS: (detail) => ({
    message: `${terminalFolder(detail)}のあるパソコンの時計が、このパソコンと1日以上ずれています。`,
    next: '結果の読み取りは続けます。システム担当者に、両方のパソコンの時刻合わせを依頼してください。',
  }),
  TERMINAL_FILE_INVALID: ({ field }) => ({
    message: `資格確認端末の結果を正しく読み取れませんでした${field ? `（${field}）` : ''}。`,
    next: `資格確認端末の画面で結果を確認してください。${askVendor}`,
  }),
  TERMINAL_FILE_ENCRYPTED: ({ field }) => ({
    message: '資格確認端末が、結果を暗号化して書き出しているため、読み取れません。',
    next: `資格確認端末の画面で結果を確認してください。システム担当者に、連携アプリの${
      field === 'res' ? '照会の結果' : '顔認証の結果'
    }を暗号化しない設定にするよう依頼してください。`,
  }),
  TERMINAL_NOT_AT_COUNTER: {
    message: '別のソフトが出した照会の結果です（予約や訪問など）。窓口に来られた方とは限りません。',
    next: '窓口に来られた方のときだけ、見比べて受け付けてください。',
  },
  TERMINAL_FILE_CONFLICT: {
    message: '資格確認端末から、同じ名前で内容の違う結果が届きました。',
    next: '資格確認端末の画面と見比べ、正しいときだけ、この内容で受け付けてください。',
  },
  TERMINAL_FILE_GONE: {
    message: '資格確認端末の結果が、読み終わる前に別のソフトに移されました。',
    next: '資格確認端末の画面で結果を確認するか、患者さんにもう一度カードを置いていただいてください。',
  },
  TERMINAL_FILE_KNOWN: {
    message: '資格確認端末のこの結果は、すでに受け付けています。',
    next: '操作は不要です。一覧の受付をご覧ください。',
  },
  TERMINAL_RESULT_ABNORMAL: ({ sourceCode }) => ({
    message: `資格確認端末が、確認できなかったと答えました${sourceCode ? `（端末のコード: ${sourceCode}）` : ''}。`,
    next: '資格確認端末の画面の案内に従い、もう一度確認するか、紙の保険資格の書類で確認してください。',
  }),
  TERMINAL_OTHER_DAY: ({ field = '' }) => ({
    message: `資格確認端末の結果は、今日ではなく ${field.replaceAll('-', '/')} のものです。レセコンには送っていません。`,
    next: '資格確認端末とこのパソコンの日付を確かめ、今日の日付でもう一度資格を確認してください。',
  }),
  TERMINAL_PERSON_UNCLEAR: {
    message: '資格確認端末の結果から、患者さんを1人に決められません（該当なし、または複数該当）。',
    next: '資格確認端末の画面で結果を確認し、紙の保険資格の書類と見比べてください。',
  },
  TERMINAL_NO_ANSWER: {
    message: '資格確認端末から時間内に回答がありませんでした。',
    next: '資格確認端末の連携アプリが動いているか確認して、もう一度お試しください。',
  },
  TERMINAL_REQUESTS_USED_UP: {
    message: '資格確認端末に1日に出せる要求の数（9999件）を使い切りました。',
    next: 'あす以降にもう一度お試しください。急ぐときは資格確認端末の画面で確認してください。',
  },
  TERMINAL_MAPPING_INVALID: ({ field, line }) => ({
    message: `資格確認端末の項目の対応表を使えません${inBrackets({ field: line ? `${line}行目` : field })}。前の内容で続けています。`,
    next: '対応表のファイルを直すよう、システム担当者に連絡してください。直すと自動で読み込みます。',
  }),
  PATIENT_NOT_MATCHED: {
    message: 'この患者さんは、これまでの受付に見つかりません。',
    next: '氏名と生年月日を確認し、初めての方として受け付けるか決めてください。',
  },
  PATIENT_MATCHES_SEVERAL: {
    message: 'この患者さんかもしれない方が、これまでの受付にいます。自動では決められません。',
    next: '氏名と生年月日を見比べて、同じ方を選んでください。',
  },
  PATIENT_BIRTH_DAY_UNKNOWN: {
    message: '生年月日の「日」が分からない結果です。自動では決められません。',
    next: '氏名と生年月を見比べて、同じ方を選んでください。いないときは、マイナンバーカードをこのパソコンのリーダーに置いて受け付けてください。',
  },
  AGENT_ALREADY_RUNNING: ({ field }) => ({
    message: field ? `窓口は、ほかの利用者（${field}）がすでに起動しています。` : '窓口はすでに起動しています。',
    next: field
      ? `そちらの画面を使うか、その利用者に終了してもらってから、${again}`
      : `開いている画面を使うか、そちらを終了してから、${again}`,
  }),
  DATA_FOLDER_FOREIGN: {
    message: 'データの保存場所が、ほかの利用者のものです。',
    next: 'システム担当者に連絡し、保存場所とその中の所有者を確認してください。',
  },
  DATA_FOLDER_TOO_LONG: {
    message: 'データの保存場所のパスが長すぎて、開けません。',
    next: 'システム担当者に連絡し、漢字なら130文字、英数字なら400文字までのパスの場所に変えてください。',
  },
  STORE_KEY_WRONG: {
    message: '保存データの鍵が合わないため、開けません。',
    next: 'データはそのまま残っています。元の利用者で起動するか、システム担当者に連絡してください。',
  },
  STORE_KEY_MISSING: {
    message: '保存データの鍵が見つからないため、開けません。',
    next: 'データはそのまま残っています。鍵のファイルを元に戻すよう、システム担当者に依頼してください。',
  },
  STORE_NEWER: {
    message: '保存データは、もっと新しい版の窓口で使われていました。',
    next: 'データはそのまま残っています。新しい版の窓口をもう一度インストールしてください。',
  },
  STORE_IS_LIVE: {
    message: '本番の患者さんの記録があるため、練習では起動できません。',
    next: '記録はそのまま残っています。設定を本番に戻して起動し、「設定」の「次の起動で練習する」を使ってください。',
  },
  STORE_MIGRATION_MISMATCH: {
    message: 'プログラムのファイルが、保存データと合いません。',
    next: 'データはそのまま残っています。窓口をもう一度インストールしてください。',
  },
  STORE_DAMAGED: {
    message: '保存データが壊れています。',
    next: `${maintainer}バックアップがあれば、そこから戻せます。`,
  },
  STORE_ROWS_MISSING: {
    message: '保存したはずの記録の一部が見つからないため、開けません。',
    next: `${maintainer}バックアップから戻すか、残っている記録で続けるかを選べます。`,
  },
  AUDIT_BROKEN: {
    message: '操作の記録が、書かれたときのままではありません。',
    next: 'データには触れず、下の番号を控えて、医療情報の安全管理の責任者に知らせてください。',
  },
  AUDIT_UNPROVED: {
    message: '操作の記録に、書かれたときのままだと確かめられないところがあります。',
    next: '下の内容を控えて、医療情報の安全管理の責任者に知らせてください。',
  },
  STORE_COPY_MISSING: {
    message: '戻せるバックアップがありません。',
    next: 'バックアップのファイルを指定するか、残っている記録で続けてください。',
  },
  STORE_COPY_FAILED: {
    message: '保存データのバックアップを作れませんでした。',
    next: '受付はこのまま続けられます。バックアップの保存先の空きと接続を確かめるよう、システム担当者に連絡してください。',
  },
  STORE_FULL: {
    message: 'ディスクの空きがなく、記録できません。',
    next: '不要なファイルを消して空きを作り、「もう一度受け付ける」を押してください。',
  },
  STORE_UNWRITABLE: {
    message: 'データの保存場所に書き込めません。',
    next: '保存先フォルダーの場所と書き込みの権限を確認してください。',
  },
  STORE_UNREACHABLE: {
    message: '院内の保存サーバーにつながりません。',
    next: `ネットワークの接続を確認して、${again}${askVendor}`,
  },
  STORE_UNTRUSTED: ({ field }) => ({
    message: '保存サーバーが、設定されたものだと確認できませんでした。安全のため接続していません。',
    next: `システム担当者に連絡し、${unfitServer(field)}を確認してください。`,
  }),
  STORE_REFUSED: ({ field }) => ({
    message: '保存サーバーを使えませんでした。',
    next: `システム担当者に連絡し、${refusedBy(field)}を確認してください。`,
  }),
  STORE_COMMIT_UNKNOWN: {
    message: '途中で保存サーバーとの接続が切れ、記録できたかどうかわかりません。',
    next: '受付の一覧で記録されているかを確かめ、ないときだけもう一度操作してください。',
  },
  STORE_NOT_LIVE: {
    message: '移せるのは、本番の患者さんの記録だけです。',
    next: '練習の記録は移さず、移した先の設定で新しく始めてください。',
  },
  STORE_NOT_EMPTY: ({ field }) =>
    field
      ? {
          message: `この窓口に、もう記録があります（${field}）。`,
          next: '何も変えていません。データフォルダーの madoguchi.db と madoguchi.anchor を別の場所に移してから、もう一度実行してください。',
        }
      : {
          message: '移す先に、もう記録があります。',
          next: '何も変えていません。移す先の記録を確かめ、別の場所に移してから、もう一度実行してください。',
        },
  STORE_LEFT_HERE: {
    message: 'この窓口に、保存サーバーへ移していない受付の記録が残っています。',
    next: 'サーバーの担当者に伝え、記録を移す手順を確認してもらってください。',
  },
  STORE_IN_USE: {
    message: '移している間に、ほかの窓口が記録しました。',
    next: '何も移していません。すべての窓口を終了してから、もう一度実行してください。',
  },
  STORE_MOVE_DIFFERS: {
    message: '移した記録が、元の記録と一致しませんでした。',
    next: `何も移していません。元の記録はそのまま使えます。${maintainer}`,
  },
  STORE_NOT_READY: ({ field }) => ({
    message: `保存サーバーにつなぐための${neededForServer(field)}が使えません。`,
    next: 'ファイルの場所と中身、読める利用者を確認するよう、システム担当者に連絡してください。',
  }),
  STORE_NOT_JOINED: {
    message: 'この窓口には、保存サーバーの記録を開く鍵がまだありません。',
    next: 'ほかの窓口で作った復旧シートから鍵を入れるよう、システム担当者に連絡してください。',
  },
  STORE_ON_SERVER: {
    message: '記録は院内の保存サーバーにあるため、この窓口からはできません。',
    next: 'バックアップや復元などは、サーバーの担当者に依頼してください。',
  },
  LEASE_LOST: {
    message: 'しばらく応答できなかったため、ほかの窓口が作業を引き継ぎました。',
    next: '操作は不要です。ほかの窓口が続けています。',
  },
  DESK_AWAY: {
    message: 'サーバーにつながらない間は、この操作はできません。',
    next: 'つながってから、もう一度お試しください。',
  },
  AWAY_NOT_READY: {
    message: 'サーバーにつながらず、この窓口だけで続けるための今日の控えもありません。',
    next: 'つながるまでお待ちください。続くときは、システム担当者に連絡してください。',
  },
  DESTINATION_MISSING: (detail) => ({
    message: `${destination(detail)}のフォルダーが見つかりません。`,
    next: 'レセコンや共有フォルダーへの接続を確認してください。つながると自動で届けます。',
  }),
  DESTINATION_READ_ONLY: (detail) => ({
    message: `${destination(detail)}のフォルダーに書き込めません。`,
    next: 'フォルダーの書き込みの権限を確認してください。直ると自動で届けます。',
  }),
  DESTINATION_BUSY: (detail) => ({
    message: `${destination(detail)}のフォルダーが使用中です。`,
    next: 'このままお待ちください。空くと自動で届けます。',
  }),
  DESTINATION_FULL: (detail) => ({
    message: `${destination(detail)}のディスクに空きがありません。`,
    next: '不要なファイルを消して空きを作ってください。空きができると自動で届けます。',
  }),
  DESTINATION_CONFLICT: (detail) => ({
    message: `${destination(detail)}に、同じ名前で内容の違うファイルがあります。`,
    next: 'そのファイルを確認して移してから、「もう一度送る」を押してください。',
  }),
  DELIVERY_UNVERIFIED: (detail) => ({
    message: `${destination(detail)}にファイルが届いたか確認できません。`,
    next: 'レセコンに取り込まれたかを確認し、まだのときだけ「もう一度送る」を押してください。',
  }),
  DELIVERY_NOT_CURRENT: {
    message: 'このファイルの状態は、すでに変わっています。',
    next: '今の状態を一覧で確認してください。',
  },
  DESTINATION_NOT_TAKEN: (detail) => ({
    message: `${destination(detail)}のファイルが、まだ取り込まれていません。`,
    next: 'レセコンの取り込み画面を確認してください。取り込まれると、表示は自動で変わります。',
  }),
  DESTINATION_REFUSED: (detail) => ({
    message: `${destination(detail)}が、このファイルを受け付けませんでした。`,
    next: 'レセコンの取り込み結果を確認し、直してから「もう一度送る」を押すか、手で入力してください。',
  }),
  DESTINATION_NOT_ALLOWED: (detail) => ({
    message: `${destination(detail)}には、画面からは選べない内容があります${inBrackets(detail)}。`,
    next: '選べるものを増やすときは、システム担当者に settings.json への追加を依頼してください。',
  }),
  DESTINATION_NOT_READY: (detail) => ({
    message: `${destination(detail)}の設定に、使えないものがあります${inBrackets(detail)}。`,
    next: 'システム担当者に、設定とパスワードなどのファイルの確認を依頼してください。直ると自動で届けます。',
  }),
  PATIENT_NUMBER_MISSING: (detail) => ({
    message: `診察券番号が分からないため、${destination(detail)}に送れませんでした。`,
    next: '氏名の下で診察券番号を登録してください。登録すると自動で送ります。',
  }),
  PATIENT_NUMBER_TAKEN: {
    message: 'この診察券番号は、別の患者さんに登録されています。',
    next: '番号を確認してください。この患者さんの番号で間違いないときだけ、付け替えてください。',
  },
  TEXT_NOT_ENCODABLE: (detail) => ({
    message: `${destination(detail)}で使えない文字が含まれるため、ファイルを作りませんでした。`,
    next: '置き換える文字を承認して「もう一度送る」を押すか、レセコンに手で入力してください。',
  }),
  TEXT_LIKE_FORMULA: (detail) => ({
    message: `「=」「+」「-」「@」で始まる文字があるため、${destination(detail)}のファイルを作りませんでした。`,
    next: '氏名などの登録内容を確認してください。このまま渡してよいかは、システム担当者に確認してください。',
  }),
  CLOCK_WRONG: {
    message: '時計の日付を確認できないため、レセコンへの受け渡しと登録を止めています。',
    next: 'パソコンの時計を直すか、画面の上のお知らせで日付を確認してください。受け渡しはそのあと自動で続けます。',
  },
  BOOKINGS_UNREADABLE: {
    message: '予約の一覧を読み取れませんでした。',
    next: '診察券番号・カナ氏名・生年月日の列がある、カンマ区切りの一覧（5,000件まで）を選んでください。',
  },
  BOOKINGS_CHANGED: {
    message: 'この予約の一覧は、ほかの窓口で入れ替えられたか、止められました。',
    next: '画面の予約の一覧を確認して、必要なときはもう一度操作してください。',
  },
  CLAIMS_UNREADABLE: {
    message: 'レセプト件数のファイルを読み取れませんでした。',
    next: '1列目が年月（2026-10、2026年10月、令和8年10月など）、2列目が件数の、カンマ区切りの一覧を選んでください。',
  },
  DOSES_UNREADABLE: (detail) => ({
    message: `接種歴のファイルを読み取れませんでした${inBrackets(detail)}。`,
    next: 'ファイルの場所と、書き方（生年月日と、ワクチン・接種日の一覧）を確認してください。',
  }),
  MASTER_UNREADABLE: {
    message: '地単公費マスターのファイルを開けませんでした。',
    next: 'ファイルの場所と、読み取りの権限を確認してください。',
  },
  MASTER_ENCODING: (detail) => ({
    message: `地単公費マスターの文字を読み取れません${atLine(detail)}。何も取り込んでいません。`,
    next: masterAgain,
  }),
  MASTER_COLUMNS: (detail) => ({
    message: `地単公費マスターの列の数が94ではありません${atLine(detail)}。何も取り込んでいません。`,
    next: masterAgain,
  }),
  MASTER_CELL: (detail) => ({
    message: `地単公費マスターの「${detail.field ?? ''}」が正しくありません${atLine(detail)}。何も取り込んでいません。`,
    next: masterAgain,
  }),
  MASTER_EMPTY: { message: '地単公費マスターのファイルが空です。何も取り込んでいません。', next: masterAgain },
  MASTER_TOO_LARGE: {
    message: '地単公費マスターとしては大きすぎるファイルです。何も取り込んでいません。',
    next: masterAgain,
  },
  MASTER_OLDER: {
    message: '取り込み済みの地単公費マスターより古いファイルです。何も取り込んでいません。',
    next: 'ファイル名の日付を確認し、新しいほうを選んでください。',
  },
  MASTER_IS_SAMPLE: {
    message: '練習用の見本の地単公費マスターです。何も取り込んでいません。',
    next: '支払基金のウェブサイトで公開されている確定事業一覧を選んでください。',
  },
  MASTER_MISSING: {
    message: '地単公費マスターがまだ取り込まれていません。',
    next: '支払基金のウェブサイトで公開されている確定事業一覧を取り込んでください。',
  },
  CAP_SHEET_CHANGED: {
    message: '上限額管理に、ほかの記入がありました。',
    next: '最新の内容を確認して、もう一度記入してください。',
  },
  CAP_ENTRY_DAY: {
    message: '日付がこの月ではないか、先の日付です。',
    next: '受診した日を入力してください。ほかの月の分は、その月を開いて記入してください。',
  },
  CAP_ENTRY_AMOUNT: {
    message: '金額を確認できません。',
    next: '自己負担額は、医療費総額（10割）以下の金額で入力してください。',
  },
  CAP_ENTRY_OVER: {
    message: '自己負担額が、月額自己負担上限額を超えています。',
    next: '残りの額と、紙の受給者証の上限額を確認してください。',
  },
  CAP_ENTRY_REPEATED: {
    message: '同じ内容の行がすでにあります。',
    next: '金額などを直すときは、その行の「訂正」を押してください。',
  },
  CAP_ENTRY_GONE: {
    message: 'この行はすでに取り消されています。',
    next: '必要なときは、新しい行として記入してください。',
  },
  ORCA_UNREACHABLE: (detail) => ({
    message: `${orca(detail)}につながりません。`,
    next: '日レセとネットワークを確認してください。つながると自動で登録します。',
  }),
  ORCA_BUSY: (detail) => ({
    message: `${orca(detail)}で、この患者さんが使用中です。`,
    next: '日レセでこの患者さんの画面を閉じてください。空くと自動で登録します。',
  }),
  ORCA_UNTRUSTED: (detail) => ({
    message: `${orca(detail)}のサーバー証明書を確認できないため、つなぎませんでした。`,
    next: `日レセの証明書を発行した認証局${inBrackets(detail)}とアドレスを、システム担当者に確認してください。`,
  }),
  ORCA_LOGIN_REFUSED: (detail) => ({
    message: `${orca(detail)}にログインできません${orcaCode(detail)}。`,
    next: 'ユーザー、パスワード、クライアント証明書の設定を、システム担当者に確認してください。',
  }),
  ORCA_NOT_ENABLED: (detail) => ({
    message: `${orca(detail)}で、必要な連携機能が有効になっていません。`,
    next: '日レセ側の設定を、システム担当者に確認してください。',
  }),
  ORCA_ANSWER_INVALID: (detail) => ({
    message: `${orca(detail)}の応答を読み取れませんでした。`,
    next: '日レセで登録の状態を確認し、システム担当者に連絡してください。',
  }),
  ORCA_REFUSED: (detail) => ({
    message: `${orca(detail)}が処理を受け付けませんでした${orcaCode(detail)}。`,
    next: '日レセで登録の状態を確認し、システム担当者に連絡してください。',
  }),
  ORCA_PATIENT_NOT_FOUND: (detail) => ({
    message: `カナ氏名と生年月日が同じ患者さんが、${orca(detail)}に見つかりません。`,
    next: '日レセに患者さんを登録してから、「もう一度送る」を押してください。',
  }),
  ORCA_PATIENT_AMBIGUOUS: (detail) => ({
    message: `カナ氏名と生年月日が同じ患者さんが、${orca(detail)}に複数います。`,
    next: '診察券番号を登録してから、「もう一度送る」を押してください。',
  }),
  ORCA_PATIENT_DIFFERS: (detail) => ({
    message: `${orca(detail)}の患者さんと、カナ氏名か生年月日が一致しません。`,
    next: '診察券番号と日レセの登録内容を確認し、直してから「もう一度送る」を押してください。',
  }),
  ORCA_BENEFIT_INCOMPLETE: (detail) => ({
    message: `公費の番号がないか、${orca(detail)}に登録できない形です。`,
    next: '受給者証を確認し、日レセに手で入力してください。',
  }),
  ORCA_BENEFIT_DIFFERS: (detail) => ({
    message: `同じ番号の公費が、期間の違う形で${orca(detail)}に登録されています。`,
    next: '受給者証を確認し、日レセの登録を直してください。',
  }),
  ORCA_BENEFIT_REFUSED: (detail) => ({
    message: `${orca(detail)}が公費の登録を受け付けませんでした${orcaCode(detail)}。`,
    next: '日レセの保険・公費の登録を確認し、手で入力してください。',
  }),
  ORCA_QUESTION: (detail) => ({
    message: `${orca(detail)}が登録の前に確認を求めたため、登録を止めました${orcaCode(detail)}。`,
    next: '日レセで内容を確認し、手で入力してください。',
  }),
  ORCA_RECEPTION_REFUSED: (detail) => ({
    message: `公費の登録は済みましたが、${orca(detail)}の受付ができませんでした${orcaCode(detail)}。`,
    next: '日レセで受付をしてください。診療科と医師のコードの設定も確認してください。',
  }),
  ORCA_TRAINING: (detail) => ({
    message: `練習の受付は、${orca(detail)}に登録しません。`,
    next: 'このまま練習を続けてください。',
  }),
  SIGN_IN_REQUIRED: {
    message: 'サインインしていないため、操作できません。',
    next: '職員コードと確認コードでサインインしてください。',
  },
  SIGN_IN_REFUSED: {
    message: 'サインインできませんでした。',
    next: '職員コードと、認証アプリにいま表示されている6桁の確認コードを入力してください。一度使った確認コードは使えません。次の番号が出るのを待ってください。',
  },
  SIGN_IN_PAUSED: ({ retryAfterS }) => ({
    message: '続けて間違えたため、この職員コードではしばらくサインインできません。',
    next: `${retryAfterS ? `${waitText(retryAfterS)}ほど` : '少し'}待ってから、もう一度入力してください。認証アプリが使えないときは、システム担当者に連絡してください。`,
  }),
  ROLE_INSUFFICIENT: {
    message: 'この操作は、いまの役割ではできません。',
    next: 'その役割の職員と交代してください。役割は、システム担当者が「職員」で変えられます。',
  },
  STAFF_CODE_TAKEN: ({ field }) => ({
    message:
      field === 'account'
        ? 'このパソコンのアカウントは、ほかの職員が使っています。'
        : 'この職員コードは、ほかの職員が使っています。',
    next: '別のものを入力してください。やめた職員のものも、記録のために残ります。',
  }),
  STAFF_LAST_IT: {
    message: '職員を登録できる人がいなくなるため、変更していません。',
    next: '先に、ほかの職員をシステム担当にしてください。',
  },
  PRINTER_MISSING: {
    message: 'このパソコンで使えるプリンターがありません。',
    next: 'プリンターの電源と接続を確認してから、もう一度印刷してください。見つからないときは、システム担当者に連絡してください。',
  },
  PRINTER_GONE: {
    message: '選ばれているプリンターが見つかりません。',
    next: 'プリンターの電源と接続を確認するか、ほかのプリンターを選んで印刷してください。',
  },
  PRINTER_REFUSED: {
    message: '印刷できませんでした。',
    next: 'プリンターの表示（用紙切れ、紙詰まりなど）と、紙が出ていないことを確認してから、もう一度印刷してください。',
  },
  VISIT_INTERRUPTED: {
    message: '途中で窓口が終了したため、受付が中断しました。',
    next: 'カードをリーダーに置いて、もう一度受け付けてください。',
  },
  VISIT_DAY_TURNED: {
    message: '日付が変わったため、この受付は終わりました。',
    next: '今日の受付として、暗証番号から続けてください。',
  },
  VISIT_DAY_WRONG: {
    message: '時計の日付が確認できない間の受付のため、受付日が違うおそれがあります。',
    next: '受付日を確かめてください。正しければ「もう一度送る」、違うときは「送らない」を押し、受付をやり直してください。',
  },
  VISIT_CANCELLED: {
    message: '受付を取り消しました。',
    next: '次の患者さんに進むときは「閉じる」、続けるときは「もう一度受け付ける」を押してください。',
  },
  VISIT_STOPPED_BY_PATIENT: {
    message: '患者さんが「やめる」を押したため、受付を取り消しました。',
    next: '次の患者さんに進むときは「閉じる」、続けるときは「もう一度受け付ける」を押してください。',
  },
  VISIT_NOT_CURRENT: { message: 'この受付は終わっています。', next: '画面の表示を確認してください。' },
  VISIT_REPEATED: {
    message: '同じ患者さんを、あとからもう一度受け付けています。',
    next: '新しいほうの受付を確認してください。この受付での操作は不要です。',
  },
  VISIT_UNDECIDED: {
    message: '受付の方の確認が必要なため、まだ渡していません。',
    next: '窓口の画面で一覧からこの受付を開き、内容を確かめてください。見当たらないときは、もう一度カードを置いてください。',
  },
  VISIT_TO_DESK: {
    message: '再来受付機から、受付にご案内しました。',
    next: '患者さんのカードを受付のリーダーに置いてください。同じ受付番号で続けられます。',
  },
  VISIT_ELSEWHERE: {
    message: 'この受付は、ほかの窓口で進めています。',
    next: 'この窓口で続けるときは、一覧からこの受付を開き、「この窓口で続ける」を押してください。',
  },
  VISIT_MOVED: {
    message: 'ほかの窓口から引き継いだ受付です。',
    next: '患者さんのカードを、引き継いだ窓口のリーダーに置いてください。同じ受付番号で続けられます。',
  },
  REQUEST_INVALID: ({ field }) => ({
    message: field ? `指定に誤りがあります（${field}）。` : 'この操作は受け付けられません。',
    next: '指定を確認して、もう一度お試しください。',
  }),
  // Why, setting-faults.ts says: its words come later than the screen's first sight.
  SETTINGS_INVALID: ({ field, line }) => ({
    message: `設定に誤りがあります${inBrackets({ field: line ? `${field ?? 'settings.json'} の${line}行目` : field })}。`,
    next: 'settings.json の内容を確認してください。',
  }),
  SECRET_NOT_SET: (detail) => ({
    message: `${detail.destination ? destination(detail) : 'PMHへの接続'}のパスワードを入れる環境変数${detail.variable ? `（${detail.variable}）` : ''}に、使える値がありません。`,
    next: '環境変数を設定してから窓口を起動し直すよう、システム担当者に依頼してください。届いていないものは、そのあと自動で届けます。',
  }),
  PORT_TAKEN: ({ field }) => ({
    message: `ポート ${field ?? ''} を開けませんでした。ほかのプログラムが使っているか、使えない番号です。`,
    next: 'ポート番号を変えるか、指定せずに起動してください。',
  }),
  LOOPBACK_UNAVAILABLE: {
    message: 'このパソコンの中だけの通信（127.0.0.1）を使えません。',
    next: 'ネットワークの設定を確かめてから、起動し直してください。直らないときはシステム担当者に連絡してください。',
  },
  AGENT_FAULT: { message: 'プログラムの不具合で処理を続けられませんでした。', next: `${again}${askVendor}` },
}

/** On an error screen: what support asks for first. */
export const referenceText = (number: string): string => `お問い合わせ番号 ${number}`

/** The two sentences of a failure. */
export function sentence(failure: Failure): Sentence {
  const entry = failures[failure.code]
  return typeof entry === 'function' ? entry(failure.detail ?? {}) : entry
}
