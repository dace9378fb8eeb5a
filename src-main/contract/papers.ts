// The papers that are printed, their sizes, and what the desk has chosen for each. A paper is a name here, its words in
// words/papers.ts, and whatever makes its content (src-renderer/print); size and printer are remembered by its name.
import { z } from 'zod'

const paperNames = [
  /** 受付票: the patient's number, and what to bring to the counter. */
  'receptionSlip',
  /** 公費の一覧, for the doctor's folder. */
  'certificates',
  /** The line of this visit, to be written on the patient's 上限額管理票. */
  'capLine',
  /** The month in the form of the 上限額管理票. */
  'capSheet',
  /** Who came while nothing could be asked. */
  'emergencySheet',
  /** 接種記録: the doses that were registered today. */
  'doseRecord',
  /** 日報: the counts of a day, about nobody. */
  'daySheet',
  /** 月次報告: the same of a month, with the share of card users. */
  'monthlyReport',
  /** What the self-test has found. */
  'selfTest',
  /** What one of the staff gives their authenticator. */
  'enrolment',
] as const
export const paperNameSchema = z.enum(paperNames)
export type PaperName = z.infer<typeof paperNameSchema>

/** `roll80`: 80 mm wide, as long as its content. */
export const paperSizes = ['a4', 'a5', 'a6', 'roll80'] as const
const paperSizeSchema = z.enum(paperSizes)
export type PaperSize = z.infer<typeof paperSizeSchema>

export const paperFormatSchema = z.strictObject({
  size: paperSizeSchema.describe('用紙の大きさ。roll80 は幅80mmのロール紙。'),
  printer: z
    .string()
    .max(200)
    .nullable()
    .describe('プリンターの名前。null は印刷のたびに選びます（ブラウザーで使うときは常に null）。'),
})
export type PaperFormat = z.infer<typeof paperFormatSchema>

/** By the paper's name; one that nobody has chosen anything for is missing. */
export const paperFormatsSchema = z.partialRecord(paperNameSchema, paperFormatSchema)
export type PaperFormats = z.infer<typeof paperFormatsSchema>

export const papersViewSchema = z.object({
  /** For the head of a paper; null: the settings do not say it. */
  clinicName: z.string().nullable(),
  formats: paperFormatsSchema,
})

/** What a page asks its shell to print: itself, as it stands there for the printer. */
export const printRequestSchema = z.strictObject({
  /** null: the system's own window asks. */
  printer: z.string().max(200).nullable(),
  /** Of one sheet of paper. */
  widthMm: z.number().min(50).max(300),
  heightMm: z.number().min(40).max(5_000),
})
export type PrintRequest = z.infer<typeof printRequestSchema>

/** A printer of this computer: what it is called to the system, and to people. */
export const printersSchema = z.array(z.object({ name: z.string(), label: z.string() }))
export type Printers = z.infer<typeof printersSchema>
