// A page of ours on paper, by Electron: the printers that the system knows, and one job to one of them. The page stands there
// for the printer by its own style, each sheet of the size that it asks for, without margins of Chromium's. What goes wrong
// is one of three failures; nothing is written to a file by us. The patient's own screen prints nothing.
import type { WebContentsPrintOptions } from 'electron'
import type { ShellCall } from '../contract/outside.ts'
import { type Printers, type PrintRequest, printRequestSchema } from '../contract/papers.ts'
import { type Log, numbered } from '../ground/log.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { patientDoor } from './doors.ts'
import type { OwnCall } from './electron-ipc.ts'

/** The part of a window's `webContents` that is used. */
export interface PrintingPage {
  getPrintersAsync(): Promise<readonly { readonly name: string; readonly displayName: string }[]>
  print(options: WebContentsPrintOptions, done: (isPrinted: boolean, reason: string) => void): void
}

/** What is not printed is told with the number under which `log` tells of it. */
export const printingCalls = (log: Log): Readonly<Record<ShellCall, OwnCall<PrintingPage>>> => ({
  printers: async (page, door) => (door === patientDoor ? fail('REQUEST_INVALID') : ok(await printersOf(page))),
  async print(page, door, request) {
    const parsed = printRequestSchema.safeParse(request)
    if (door === patientDoor || !parsed.success) return fail('REQUEST_INVALID')
    const printed = await print(page, parsed.data)
    return printed.ok ? printed : { ok: false, error: numbered(log, 'printRefused', printed.error) }
  },
})

async function printersOf(page: PrintingPage): Promise<Printers> {
  const found = await page.getPrintersAsync()
  return found.map(({ name, displayName }) => ({ name, label: displayName || name }))
}

/** What Electron says when somebody has closed the system's window without printing. */
const calledOff = 'Print job canceled'

/** Whether it was printed; false: somebody has called it off. Errors: PRINTER_MISSING, PRINTER_GONE, PRINTER_REFUSED. */
async function print(page: PrintingPage, { printer, widthMm, heightMm }: PrintRequest): Promise<Result<boolean>> {
  try {
    const printers = await printersOf(page)
    if (printers.length === 0) return fail('PRINTER_MISSING')
    if (printer !== null && !printers.some(({ name }) => name === printer)) return fail('PRINTER_GONE')
    const options: WebContentsPrintOptions = {
      silent: printer !== null,
      ...(printer !== null && { deviceName: printer }),
      printBackground: true,
      margins: { marginType: 'none' },
      // In micrometres.
      pageSize: { width: Math.round(widthMm * 1_000), height: Math.round(heightMm * 1_000) },
    }
    return await new Promise<Result<boolean>>((resolve) => {
      page.print(options, (isPrinted, reason) => {
        if (isPrinted) resolve(ok(true))
        else resolve(reason === calledOff ? ok(false) : fail('PRINTER_REFUSED'))
      })
    })
  } catch {
    return fail('PRINTER_REFUSED')
  }
}
