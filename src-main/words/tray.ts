// What the desktop program says beside its windows: tray, notifications, its own menu.

/** The tray icon of the desktop program. */
export const tray = {
  name: '窓口 Madoguchi',
  open: '窓口を開く',
  patient: '患者さんの画面を開く',
  quit: '終了',
} as const
