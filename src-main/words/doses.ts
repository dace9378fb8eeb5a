// What is said about a whole childhood by the command of clinic IT. The sentences about doses themselves are those of the
// counter (vaccination.ts).
import type { Basis } from '../eligibility/basis.ts'

export const doses = {
  about: '1人の接種歴を、1回ずつの決まりと照らす',
  file: '接種歴の JSON（氏名や番号は要りません）',
  date: 'その日として確かめる（指定しなければ今日）',
  notes: [
    'FILE の例: {"birthDate":"2025-10-01","sex":"female",',
    '            "doses":[{"vaccine":"B型肝炎","on":"2025-12-08","dose":1}]}',
  ],
  looked: (day: string, count: number) => `${day} 時点で、接種の記録${count}件を確かめました。`,
  nothingFound: '気になる記録はありません。',
  finding: (vaccine: string, sentence: string) => `・${vaccine}: ${sentence}`,
  rule: ({ title, confirmed }: Basis) => [`    根拠: ${title}${confirmed ? '' : '（未確認）'}`],
  next: (vaccine: string, dose: string, verdict: string) => `次: ${vaccine} ${dose}　${verdict}`,
  because: (sentence: string) => `    ${sentence}`,
} as const
