// What the desktop program says beside its windows: tray, notifications, its own menu.

/** The tray icon of the desktop program. */
export const tray = {
  name: '窓口 Madoguchi',
  open: '窓口を開く',
  patient: '患者さんの画面を開く',
  kiosk: '再来受付機の画面を開く',
  quit: '終了',
  /** On the tray icon: visits that wait for a person. */
  waiting: (count: number) => `窓口 ${count}件の確認が必要です`,
  /** The agent goes on failing; the window says what to do. */
  failedNote: '窓口プログラムが止まりました。窓口の画面の案内をご覧ください。',
  waitingNote: (count: number) => `${count}件の確認が必要です。窓口を開いて、一覧で確認してください。`,
} as const
