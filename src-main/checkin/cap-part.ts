// 自己負担上限額管理 on the screen: the page of one sheet, opened from a certificate of a visit, and what is written on it.
import type { PageName } from '../contract/pages.ts'
import type { PartWith } from '../contract/part.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { type CapSheetsPorts, createCapSheets, type SheetOf } from './cap-sheets.ts'
import type { TakingBack } from './taking-back.ts'

export interface CapPartPorts extends CapSheetsPorts {
  readonly lookedAt: { turnTo(page: PageName): void }
  readonly takingBack: Pick<TakingBack, 'withdraw'>
}

export function createCapPart(ports: CapPartPorts) {
  const sheets = createCapSheets(ports)
  let open: SheetOf | null = null
  /** What stands on the patient's sheet stays there: whose visit it is is settled. */
  const written = async (visitId: string, writing: Promise<Result<void>>) => {
    const done = await writing
    if (done.ok) ports.takingBack.withdraw(visitId)
    return done
  }
  return {
    paidBefore: sheets.paidBefore,
    calls: {
      async openCapSheet(sheet): Promise<Result<void>> {
        const found = await sheets.read(sheet)
        if (!found.ok) return found
        open = sheet
        ports.lookedAt.turnTo('capSheet')
        return ok(undefined)
      },
      enterCapLine: ({ content, ...sheet }) => written(sheet.visitId, sheets.enter(sheet, content)),
      correctCapLine: ({ lineId: of, content, by, why, ...sheet }) =>
        written(sheet.visitId, sheets.correct(sheet, { of, content, by, why })),
      sayCapPaperSeen: ({ isSeen, ...sheet }) => written(sheet.visitId, sheets.saySeen(sheet, isSeen)),
    },
    pages: {
      capSheet: {
        /** There is none but from a certificate. */
        open: async () => (open ? ok(undefined) : fail('VISIT_NOT_CURRENT')),
        async view() {
          const found = open && (await sheets.read(open))
          return { name: 'capSheet', sheet: found?.ok ? found.value : null }
        },
      },
    },
  } satisfies PartWith
}
