// What reception reads about the server of the site: that it is gone, and that this desk goes on without it.

export const siteServerScreen = {
  silent: (since: string) => `院内の保存サーバーが、${since}から応答していません。`,
  silentGoesOn:
    'このままなら、まもなくこの窓口だけで受付を続けます。操作が記録できなかったときは、切り替わってからもう一度お願いします。',
  silentWaits: 'つながるまで、受付を記録できません。急ぐときは、紙の受給者証で確認してください。',
  alone: (since: string) => `院内の保存サーバーにつながらないため、${since}から、この窓口だけで受付を続けています。`,
  aloneMeans: (since: string) =>
    `受付番号は、この窓口だけの番号（「3-1」など）になります。ほかの窓口の受付は表示されません。${since}より前の受付は控えで、変更できません。サーバーにつながると、自動で元に戻ります。`,
  mergeFailed: (why: string) =>
    `サーバーにはつながりましたが、この間の受付をまだ移せません（${why}）。受付はこのまま続けられます。続くときは、システム担当者に連絡してください。`,
} as const
