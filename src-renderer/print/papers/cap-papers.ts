// 自己負担上限額管理 on paper: the line of a visit to be written on the patient's own sheet, and the month in the form of the
// official one. The running total is given only where it is known to be that of the paper; else it is added up there.
import type { CapLineView, CapSheetView } from '../../../src-main/contract/cap-sheet.ts'
import { capScreen as words } from '../../../src-main/words/cap.ts'
import { paperText, paperWords } from '../../../src-main/words/papers.ts'
import { eraDate, numberParts, plainDate } from '../../format.ts'
import type { Block, Fact, Paper } from '../paper.ts'

const { column, sheet: form, paper: line } = words

export function capPapers(sheet: CapSheetView): Paper[] {
  const own = sheet.lines.find(({ id }) => id === sheet.ownLineId)
  return [...(own ? [capLine(sheet, own)] : []), capSheet(sheet)]
}

/** The cells of the line of this visit, in the order of the paper. */
export function ownLineCells(sheet: CapSheetView, own: CapLineView): readonly (readonly [string, string])[] {
  const { paperCompleteOn } = sheet
  const { day, totalCostYen, paidYen } = own.content
  const isWhole = paperCompleteOn !== null && paperCompleteOn >= day
  return [
    [column.day, plainDate(day)],
    [column.institution, sheet.clinicName ?? words.here],
    [column.totalCost, totalCostYen === null ? '' : words.yen(totalCostYen)],
    [column.paid, words.yen(paidYen)],
    [column.sum, isWhole ? words.yen(own.sumYen) : line.addUp(paidYen)],
    [column.stamp, ''],
  ]
}

/** The visit whose line it is has reached the cap. */
export const reachesCap = ({ capYen }: CapSheetView, { sumYen, content }: CapLineView): boolean =>
  capYen !== null && sumYen >= capYen && sumYen - content.paidYen < capYen

function capLine(sheet: CapSheetView, own: CapLineView): Paper {
  return {
    name: 'capLine',
    title: paperText.capLine,
    head: headOf(sheet),
    blocks: [
      { kind: 'facts', rows: certificateFacts(sheet) },
      {
        kind: 'facts',
        isWhole: true,
        // The stamp is put on the patient's own paper.
        rows: ownLineCells(sheet, own)
          .filter(([label]) => label !== column.stamp)
          .map(([label, value]) => ({ label, value: value === '' ? words.noCost : value })),
      },
      ...(reachesCap(sheet, own) ? [{ kind: 'text' as const, text: line.reached, look: 'boxed' as const }] : []),
    ],
  }
}

/** The official form has as many lines at least. */
const leastLines = 12

function capSheet(sheet: CapSheetView): Paper {
  const { capYen, total } = sheet
  const placeOf = ({ institution }: CapLineView['content']) => institution ?? sheet.clinicName ?? words.here
  const lines = sheet.lines.filter(({ isStruck }) => !isStruck)
  const reachedBy = capYen ? lines.find(({ sumYen }) => sumYen >= capYen) : undefined
  const rows = lines.map(({ content, sumYen }) => [
    plainDate(content.day),
    placeOf(content),
    content.totalCostYen === null ? '' : words.yen(content.totalCostYen),
    words.yen(content.paidYen),
    words.yen(sumYen),
    '',
  ])
  const empty = Array.from({ length: Math.max(0, leastLines - rows.length) }, () => Array<string>(6).fill(''))
  // Where nothing was reached the official form is there to be filled in.
  const isOnlyWide = reachedBy === undefined
  const reached: Block = {
    kind: 'table',
    isForm: true,
    isOnlyWide,
    columns: [
      { label: column.day, width: 2, isShort: true },
      { label: column.institution, width: 5 },
      { label: form.confirmed, width: 2 },
    ],
    rows: [reachedBy ? [plainDate(reachedBy.content.day), placeOf(reachedBy.content), ''] : ['', '', '']],
  }
  return {
    name: 'capSheet',
    title: form.title(eraDate(`${sheet.month}-01`).replace(/1日$/, '')),
    head: headOf(sheet),
    blocks: [
      { kind: 'facts', rows: [{ label: form.patient, value: sheet.patient.name }, ...certificateFacts(sheet)] },
      { kind: 'text', text: form.reachedTitle, keepsNext: true, isOnlyWide },
      reached,
      {
        kind: 'table',
        isForm: true,
        columns: [
          { label: column.day, width: 7, isShort: true },
          { label: column.institution, width: 8 },
          { label: column.totalCost, width: 5, isAmount: true },
          { label: column.paid, width: 5, isAmount: true },
          { label: column.sum, width: 5, isAmount: true },
          { label: column.stamp, width: 3 },
        ],
        rows: [...rows, ...empty],
      },
      { kind: 'text', text: form.copy },
      ...(total.scope === 'everywhere' ? [] : [{ kind: 'text' as const, text: form.partial }]),
    ],
  }
}

const headOf = ({ patient, month }: CapSheetView): string => `${paperWords.person(patient.name)}　${words.month(month)}`

function certificateFacts({ certificate, capYen }: CapSheetView): Fact[] {
  const number = (label: string, value: string): Fact => ({
    label,
    value,
    parts: numberParts(value).map(({ text }) => text),
  })
  return [
    number(form.payer, certificate.payerNumber),
    number(form.recipient, certificate.recipientNumber),
    { label: form.cap, value: capYen === null ? words.capUnknown : words.yen(capYen) },
  ]
}
