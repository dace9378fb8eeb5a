// What the pages of the desk's screen are called on the way to them: apart from what stands on them, because the way is there
// from the first sight on.
export const pageNames = {
  past: '過去の受付',
  bookings: '予約',
  staleNumbers: '診察券',
  report: '集計',
  destinations: '取り込み先',
  settings: '設定',
  firstRun: 'はじめての設定',
  selfTest: '自己診断',
  supportBundle: 'サポート用の情報',
  clinicRules: '医院の決まり',
  audit: '操作の記録',
  signals: '音',
  staff: '職員',
  terminalQuestion: '資格照会',
  training: '練習',
  conflicts: '食い違い',
  guide: '手引き',
} as const
