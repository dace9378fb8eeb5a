// Visits whose papers are hard to print: five benefits with long names, characters that no usual font has, doses of today, and
// nobody to be asked.
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'

/** `crowded`: a visit with many 公費; `doses`: one in which a dose was registered; `offline`: one of which nothing is known. */
export const printScenes = (crowded: Reception, doses: Reception, offline: Reception) => {
  const named = (scene: Reception, change: Partial<VisitView>): Reception => ({
    ...scene,
    current: scene.current && { ...scene.current, ...change },
  })
  const { patient } = crowded.current ?? {}
  return {
    printCrowded: named(crowded, {
      number: 128,
      patientNumber: '0012345',
      patient: patient ? { ...patient, name: '𠮷髙　●子', nameKana: 'ヨシタカ　マルコ' } : null,
    }),
    printLongName: named(crowded, {
      patient: patient
        ? {
            ...patient,
            name: 'クリスティーナ　アレクサンドラ　マクシミリアノヴナ　フォン　ホーエンツォレルン',
            nameKana: 'クリスティーナ　アレクサンドラ　マクシミリアノヴナ　フォン　ホーエンツォレルン',
          }
        : null,
    }),
    printDoses: named(doses, {
      registrations: (doses.current?.registrations ?? []).map((registration) => {
        const { content, isStanding } = registration
        if (!isStanding || !content || !('dose' in content)) return registration
        const dose = { ...content.dose, vaccineCode: 'japaneseEncephalitis', doseNumber: 2 }
        const next = { label: '第1期追加', earliest: '2027-05-23' }
        return { ...registration, name: '日本脳炎 第1期初回', content: { dose }, next }
      }),
    }),
    printOffline: offline,
  } satisfies Record<string, Reception>
}
