// The way to a printer: under Electron the shell's own, silent where one was chosen; in a browser its window. Either prints
// the page, of which there is nothing then but the sheets (for-printer.tsx). The job bears nobody's name.
import { createContext } from 'react'
import { z } from 'zod'
import type { Outside, ShellCall } from '../../src-main/contract/outside.ts'
import { type Printers, type PrintRequest, printersSchema } from '../../src-main/contract/papers.ts'
import { failureSchema } from '../../src-main/ground/failures.ts'
import { fail, ok, type Result } from '../../src-main/ground/result.ts'
import { printScreen as words } from '../../src-main/words/papers.ts'

export interface Printer {
  /** null: the browser's own window asks for one. */
  list(): Promise<Printers | null>
  /** Whether it was printed, as far as anybody can tell; false: it was called off. Errors: PRINTER_ codes. */
  print(request: PrintRequest): Promise<Result<boolean>>
}

const failed = z.object({ ok: z.literal(false), error: failureSchema })
const listedSchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: printersSchema }), failed])
const printedSchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value: z.boolean() }), failed])

/** Anything, also where the shell has gone: what comes is checked. */
const ask = (outside: Outside, name: ShellCall, request: object): Promise<unknown> =>
  outside.call(name, request).catch(() => null)

const shellPrinter = (outside: Outside): Printer => ({
  async list() {
    const listed = listedSchema.safeParse(await ask(outside, 'printers', {}))
    return listed.success && listed.data.ok ? listed.data.value : []
  },
  async print(request) {
    const printed = printedSchema.safeParse(await ask(outside, 'print', request))
    return printed.success ? printed.data : fail('PRINTER_REFUSED')
  },
})

const browserPrinter: Printer = {
  list: async () => null,
  async print() {
    window.print()
    return ok(true)
  },
}

/** Prints under a title that names nobody, whatever the page is called meanwhile. */
const namingNobody = ({ list, print }: Printer): Printer => ({
  list,
  async print(request) {
    const { title } = document
    document.title = words.job
    try {
      // A kanji of a name may still be on its way.
      await document.fonts.ready
      return await print(request)
    } finally {
      if (document.title === words.job) document.title = title
    }
  },
})

const openPrinter = (outside: Outside | undefined): Printer =>
  namingNobody(outside ? shellPrinter(outside) : browserPrinter)

export const PrinterContext = createContext<Printer>(openPrinter(window.madoguchi))
