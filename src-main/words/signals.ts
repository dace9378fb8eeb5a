// The desk's sounds: their page, what is said with them, and what the window's title tells.

import type { SignalKind, Volume } from '../contract/signals.ts'
import { pageNames } from './pages.ts'

export const signalsScreen = {
  open: pageNames.signals,
  title: '音と読み上げ',
  note: '画面を見ていないときに、音でお知らせします。同じことは必ず画面にも出ます。この受付のパソコンだけの設定です。',
  volume: '音の大きさ',
  volumes: { off: '鳴らさない', low: '小', middle: '中', high: '大' } satisfies Record<Volume, string>,
  sounds: '鳴らす音',
  kinds: {
    done: { name: '終わりました', when: '公費などを確認でき、することが残っていないとき' },
    attention: { name: '確認してください', when: '決めること・手で入力することがあるとき' },
    error: { name: '進めません', when: '暗証番号の間違い、読み取りや照会の失敗、送れないファイル' },
    cardLeft: { name: 'カードが残っています', when: '前の患者さんのカードがリーダーにあるとき' },
  } satisfies Record<SignalKind, { readonly name: string; readonly when: string }>,
  hear: '鳴らしてみる',
  aloud: '読み上げ',
  voice: '短く読み上げる',
  voiceNote: '氏名は読みません。画面を隠している間と、日本語の音声がないパソコンでは読み上げません。',
  patients: '患者さんの画面を読み上げる',
  patientsNote:
    '患者さんの画面と再来受付機の案内を、患者さんが「読み上げ」を押さなくても読み上げます。氏名、番号、受付へご案内する理由は読みません。',
  /** Never a name: whoever waits hears it as well. */
  spoken: {
    done: '受付が終わりました',
    attention: '確認をお願いします',
    error: '画面を確認してください',
    cardLeft: 'カードをお返しください',
  } satisfies Record<SignalKind, string>,
  /** Of the window, also while it is hidden: how many, never who. */
  windowTitle: (waiting: number) => (waiting === 0 ? '窓口' : `●${waiting}件 要確認 - 窓口`),
} as const
