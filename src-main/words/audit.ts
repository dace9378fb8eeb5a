// What is said to clinic IT about the audit trail (操作の記録). Rows have numbers, from 1.
import type { ChainBreak, Unproved } from '../ground/trail.ts'

const whyUnproved: Record<Unproved['why'], (desk: string) => string> = {
  forged: (desk) => `「${desk}」の署名が合いません`,
  unsigned: () => 'どの窓口の署名もありません',
  unknown: () => '院に登録のない鍵の署名です',
}

const moment = (at: string) => at.slice(0, 19).replace('T', ' ')
const range = (from: number, to: number) => (from === to ? `${from} 番` : `${from}〜${to} 番`)

export const audit = {
  about: '操作の記録（監査記録）が書かれたときのままか調べる（何も変えない）',
  listAbout: '操作の記録の新しいものを一覧する',
  exportAbout: '操作の記録をすべて CSV に書き出す（氏名は入らない）',
  day: 'この日の記録だけ（YYYY-MM-DD）',
  limit: '新しいものから何件まで（指定しなければ 100）',
  out: '書き出すファイル。すでにあるファイルは上書きしない',
  from: 'この日から（YYYY-MM-DD）',
  until: 'この日まで（YYYY-MM-DD）',
  isRow: '読んだことも記録に残ります。',
  columns: ['番号', '日時', '席', '担当', '種類', '操作', '対象', '受付ID', '送信ID', '患者（仮名）', 'コード', '変更'],
  none: '当てはまる記録はありません。',
  row: (id: number, at: string, desk: string, what: string, whom: string) =>
    [String(id), moment(at), desk, what, whom].filter((part) => part !== '').join('  '),
  exported: (rows: number, file: string) => `操作の記録${rows}件を書き出しました: ${file}`,
  whileEnded: '窓口を終了してから使います。',
  nothingYet: 'まだ操作の記録はありません。',
  whole: (rows: number) => `操作の記録${rows}件は、書かれたときのままです。`,
  noted: (day: string) => `データの外に控えた末尾（最後は ${day}）とも合っています。`,
  notNoted: 'データの外の控えは、まだありません（1日に1回、バックアップと一緒に作ります）。',
  unread: (file: string) => `データの外の控えを読めません: ${file}`,
  accepted: (id: number) => `${id} 番までは、失われた記録をあきらめて続けたところより前です。`,
  neverSigned: '窓口の署名は、まだ1件もありません。記録のつながりだけを確かめました。',
  signedFrom: (id: number) => `${range(1, id - 1)}は、窓口が署名を始める前の記録です。つながりだけを確かめました。`,
  signedBy: ({ desk, key, rows, until }: { desk: string; key: string; rows: number; until: string }) =>
    `「${desk}」（鍵 ${key}）の署名を確かめました: ${rows}件、最後は ${moment(until)}。`,
  atDesk: (rows: number) => `ほかの${rows}件は、記録が1台の窓口に移っていた間のもので、署名はありません。`,
  unproved: ({ why, desk, from, to, since, rows }: Unproved) =>
    `${whyUnproved[why](desk ?? '')}: ${range(from, to)}のうち${rows}件（${moment(since)} から）。`,
  broken: (broken: ChainBreak): string => {
    switch (broken.kind) {
      case 'missing':
        return `${range(broken.from, broken.id - 1)}の記録がありません。`
      case 'moved':
        return broken.after === 0
          ? `${broken.id} 番の記録は、最初に書かれたものです。並べ替えられています。`
          : `${broken.id} 番の記録は、いまの ${broken.after} 番のすぐあとに書かれたものです。並べ替えられています。`
      case 'changed':
        return `${broken.id} 番の記録か、そのすぐ前の記録が書き換えられています。`
    }
  },
} as const
