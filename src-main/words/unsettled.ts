// The page of a start whose settings cannot be used, or whose site's server cannot.
export const unsettledScreen = {
  title: '設定に誤りがあるため、窓口を始められません',
  note: 'カードは読み取らず、何も送りません。設定が直ると自動で始まりますので、この画面のままお待ちください。急ぐときは、紙の受給者証で確認してください。',
  faults: '直すところ',
  count: (n: number) => `${n}か所あります。`,
  files: '調べたファイル',
  ways: {
    title: 'システム担当の方へ',
    steps: [
      '上の場所をエディターで直し、UTF-8 で保存してください。2秒ごとに確かめ、直ると自動で始まります。',
      'コマンド madoguchi settings check でも、同じ内容を確かめられます。',
      '設定のほかも調べるときは、コマンド madoguchi doctor（自己診断）を使ってください。',
    ],
  },
  server: {
    title: '院内の保存サーバーを使えないため、窓口を始められません',
    note: 'カードは読み取らず、何も送りません。サーバーを使えるようになると自動で始まりますので、この画面のままお待ちください。急ぐときは、紙の受給者証で確認してください。',
    reason: '理由',
    steps: [
      '10秒ごとにつなぎ直し、使えるようになると自動で始まります。',
      'サーバーの場所と利用者は、設定（settings.json）の store で決まります。',
      'どこまでつながるかは、コマンド madoguchi doctor（自己診断）で確かめられます。',
    ],
  },
} as const
