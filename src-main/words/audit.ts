// What is said to clinic IT about the audit trail (操作の記録). Rows have numbers, from 1.

/** Where it does not hold; the shapes are those of the store. */
type Broken =
  | { readonly kind: 'missing'; readonly id: number; readonly from: number }
  | { readonly kind: 'moved'; readonly id: number; readonly after: number }
  | { readonly kind: 'changed'; readonly id: number }

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
    [String(id), at.slice(0, 19).replace('T', ' '), desk, what, whom].filter((part) => part !== '').join('  '),
  exported: (rows: number, file: string) => `操作の記録${rows}件を書き出しました: ${file}`,
  whileEnded: '窓口を終了してから使います。',
  nothingYet: 'まだ操作の記録はありません。',
  whole: (rows: number) => `操作の記録${rows}件は、書かれたときのままです。`,
  noted: (day: string) => `データの外に控えた末尾（最後は ${day}）とも合っています。`,
  notNoted: 'データの外の控えは、まだありません（1日に1回、バックアップと一緒に作ります）。',
  unread: (file: string) => `データの外の控えを読めません: ${file}`,
  accepted: (id: number) => `${id} 番までは、失われた記録をあきらめて続けたところより前です。`,
  broken: (broken: Broken): string => {
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
