// The sheet of a monthly cap in the states that a page shows apart: nothing known, what is entered here, the cap reached,
// more than the cap, no cap, and an unknown one. The agent's own functions make them of rows.
import type { CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import {
  type CapContent,
  type CapRow,
  capLines,
  capTotal,
  paidSoFar,
  paperCompleteOn,
} from '../../src-main/eligibility/cap/sheet.ts'

const visitId = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const today = '2026-11-23'
const at = '2026-11-23T09:20:00.000+09:00'
const idOf = (place: number) => `6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a${String(place).padStart(2, '0')}`

const line = (place: number, content: Partial<CapContent>, ofVisit: string | null = null): CapRow => ({
  kind: 'entry',
  at,
  id: idOf(place),
  visitId: ofVisit,
  content: { day: '2026-11-05', institution: 'みどり薬局', totalCostYen: 12_000, paidYen: 2_400, ...content },
})
const own = (paidYen: number) => line(9, { day: today, institution: null, totalCostYen: paidYen * 5, paidYen }, visitId)
const seen: CapRow = { kind: 'paper', at, completeOn: today }

function sheetOf(rows: readonly CapRow[], changes: Partial<CapSheetView> = {}): CapSheetView {
  const { capYen = 10_000 } = changes
  const lines = capLines(rows)
  return {
    visitId,
    visitDay: today,
    today,
    patient: { name: '佐藤　美咲', nameKana: 'サトウ　ミサキ' },
    certificate: {
      name: '特定医療費（指定難病）受給者証',
      payerNumber: '54136015',
      recipientNumber: '5401602',
    },
    month: '2026-11',
    capYen,
    clinicName: 'トレーニング診療所',
    institutions: ['トレーニング診療所', '窓口薬局'],
    seen: rows.length,
    lines: lines.map(({ visitId: _, corrections, ...each }) => ({ ...each, corrections: [...corrections] })),
    ownLineId: lines.find((each) => each.visitId === visitId && !each.isStruck)?.id ?? null,
    paperCompleteOn: paperCompleteOn(rows),
    total: capTotal(rows, today, capYen),
    ...changes,
  }
}

const corrected: readonly CapRow[] = [
  line(1, {}),
  {
    kind: 'correction',
    at,
    of: idOf(1),
    content: { day: '2026-11-06', institution: 'みどり薬局 元本郷町店', totalCostYen: null, paidYen: 240 },
    by: '受付 田村',
    why: '桁の読み違い',
  },
  line(2, { day: '2026-11-12', institution: '社会医療法人財団 八王子まんなか総合病院 附属クリニック', paidYen: 1_960 }),
  line(3, { day: '2026-11-14' }),
  { kind: 'correction', at, of: idOf(3), content: null, by: '受付 田村', why: '二重に記入した' },
  own(3_000),
]

/** `empty`: the counter with nobody at it; `result`: with the patient whose sheets they are. */
export const capScenes = (empty: Reception, result: Reception) => {
  const shown = (sheet: CapSheetView | null): Reception => ({ ...empty, page: { name: 'capSheet', sheet } })
  const { payerNumber, recipientNumber } = sheetOf([]).certificate
  const paidBefore = (rows: readonly CapRow[]): Reception => {
    const paid = { certificate: { payerNumber, recipientNumber }, ...paidSoFar(rows, { day: today, visitId }) }
    return { ...result, current: result.current && { ...result.current, paid: [paid] } }
  }
  return {
    resultPaidHere: paidBefore([line(1, { institution: null })]),
    resultPaidEverywhere: paidBefore([line(1, { paidYen: 8_800, totalCostYen: null }), own(3_000), seen]),
    capUnknown: shown(sheetOf([])),
    capHere: shown(sheetOf([own(3_000)])),
    capCorrected: shown(sheetOf(corrected)),
    capEverywhere: shown(sheetOf([line(1, {}), own(3_000), seen])),
    capReached: shown(sheetOf([line(1, { paidYen: 7_600, totalCostYen: 38_000 }), own(2_400), seen])),
    capExceeded: shown(sheetOf([line(1, { paidYen: 8_000, totalCostYen: 40_000 }), own(3_000), seen])),
    capZero: shown(sheetOf([own(0), seen], { capYen: 0 })),
    capNotSaid: shown(sheetOf([line(1, {}), seen], { capYen: null, clinicName: null })),
    capEarlierMonth: shown(sheetOf([], { month: '2026-10' })),
    capGone: shown(null),
  } satisfies Record<string, Reception>
}
