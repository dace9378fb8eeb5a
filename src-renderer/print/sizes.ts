// How large the papers are, in millimetres, and which size each is printed on while nobody has chosen another.
import type { PaperFormat, PaperFormats, PaperName, PaperSize } from '../../src-main/contract/papers.ts'

interface Measures {
  readonly width: number
  /** null: as long as its content. */
  readonly height: number | null
  /** Free on each side: no printer prints up to the edge. A roll's head is 72 mm wide. */
  readonly margin: number
  /** For labels beside their values. */
  readonly label: number
  /** Too narrow for columns. */
  readonly isNarrow: boolean
}

export const measures: Readonly<Record<PaperSize, Measures>> = {
  a4: { width: 210, height: 297, margin: 15, label: 40, isNarrow: false },
  a5: { width: 148, height: 210, margin: 10, label: 36, isNarrow: false },
  a6: { width: 105, height: 148, margin: 7, label: 29, isNarrow: true },
  roll80: { width: 80, height: null, margin: 4, label: 25, isNarrow: true },
}

const usual: Readonly<Record<PaperName, PaperSize>> = {
  receptionSlip: 'a6',
  certificates: 'a4',
  capLine: 'a6',
  capSheet: 'a4',
  emergencySheet: 'a4',
  doseRecord: 'a6',
  daySheet: 'a4',
  monthlyReport: 'a4',
  selfTest: 'a4',
  enrolment: 'a6',
}

export const formatOf = (formats: PaperFormats, paper: PaperName): PaperFormat =>
  formats[paper] ?? { size: usual[paper], printer: null }
