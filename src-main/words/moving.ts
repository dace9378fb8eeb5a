// What is said to clinic IT about moving the whole store to the site's server and back.
export const moving = {
  about: '記録をすべて、このパソコンから院内の保存サーバーへ、または保存サーバーからこのパソコンへ移す',
  to: '移す先（site: 保存サーバー、desk: このパソコン）',
  whileAllEnded: '院内のすべての窓口を終了してから使います。',
  sourceStays: '移す元の記録は、そのまま残ります。移せるのは本番の記録だけです。',
  toSite: (rows: number) => `${rows}行の記録を、保存サーバーへ移しました。`,
  toDesk: (rows: number) => `${rows}行の記録を、このパソコンへ移しました。`,
  proved: '移した先で読み直し、すべての表が元と同じ内容だと確かめました（表、行数、SHA-256）。',
  rows: (rows: number) => `${rows}行`,
  afterSite: (file: string): readonly string[] => [
    `このパソコンの元の記録は、暗号化されたまま残っています: ${file}`,
    '保存サーバーの記録で受付できること、保存サーバーのバックアップができていることを確かめるまで、消さないでください。',
  ],
  afterDesk: (file: string): readonly string[] => [
    `このパソコンの記録: ${file}`,
    '設定から保存サーバー（store）を外して起動すると、この記録で続きます。保存サーバーに残った記録は、もう使わないでください。',
  ],
} as const
