// A receipt computer that is not tame: it polls its folders, takes some files at once and holds others open for a while,
// deletes, acknowledges or refuses them as it likes, and parses each wholly. What it has taken it has written down durably
// before the file goes, so that a delivery taken twice is seen. It runs in a process of its own, beside an agent that dies.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { z } from 'zod'

export const importedFormats = ['csv', 'json', 'xml', 'fhir', 'receipt'] as const
type ImportedFormat = (typeof importedFormats)[number]

const entrySchema = z.object({
  format: z.enum(importedFormats),
  fileName: z.string(),
  /** The row id in the content; of a `receipt.txt`, which has none, its 受付番号. null: the file was not whole. */
  id: z.string().nullable(),
  fate: z.enum(['imported', 'refused']),
})
type Entry = z.infer<typeof entrySchema>

export interface ImportingComputer {
  /** Takes what still lies there, stops, and tells all it has ever taken, in order. */
  finish(): Promise<readonly Entry[]>
}

/** `folder` holds one folder per format, named by it; `journal` is the file in which it writes down what it took. */
export function startImportingComputer(folder: string, journal: string): ImportingComputer {
  const importer = fork(import.meta.filename, [folder, journal], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    async finish() {
      const ended = once(importer, 'exit')
      importer.send('finish')
      const [code] = await ended
      if (code !== 0) throw new Error(`the importing computer ended with ${code}`)
      const lines = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').slice(0, -1) : []
      return lines.map((line) => entrySchema.parse(JSON.parse(line)))
    },
  }
}

const japanese = (content: Uint8Array) => new TextDecoder('shift_jis', { fatal: true }).decode(content)
const universal = (content: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(content)

/** The fields of every line; a quoted field may hold commas and line ends (RFC 4180). */
function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let end = 0
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy)) {
    rows.at(-1)?.push(match[1] ?? '')
    if (match[2] === '\r\n') rows.push([])
    end = match.index + match[0].length
  }
  if (end !== text.length) throw new Error('the last line is torn')
  return rows.slice(0, -1)
}

/** The row id; throws when the file is not whole. */
const parsers: Readonly<Record<ImportedFormat, (content: Uint8Array) => string>> = {
  csv(content) {
    const [header = [], ...rows] = csvRows(japanese(content))
    const ids = new Set(rows.map((row) => row[header.indexOf('delivery_id')]))
    const [id] = ids
    if (!id || ids.size !== 1 || rows.some(({ length }) => length !== header.length)) throw new Error('torn rows')
    return id
  },
  json: (content) => z.object({ deliveryId: z.uuid() }).parse(JSON.parse(universal(content))).deliveryId,
  xml(content) {
    const parser = new SaxesParser()
    let element = ''
    let id = ''
    parser.on('error', (error) => {
      throw error
    })
    parser.on('opentag', ({ name }) => {
      element = name
    })
    parser.on('closetag', () => {
      element = ''
    })
    parser.on('text', (text) => {
      if (element === 'ArbitraryFileIdentifier') id = text
    })
    parser.write(japanese(content)).close()
    return z.uuid().parse(id)
  },
  fhir: (content) =>
    z.object({ resourceType: z.literal('Bundle'), id: z.uuid() }).parse(JSON.parse(universal(content))).id,
  receipt(content) {
    const line = /^[0-9A-Za-z-]+,0,0,0,0,0,[^,]+,\d{4}\/\d\d\/\d\d,\d\d:\d\d:\d\d,受付:(\d+)\r\n$/.exec(
      japanese(content),
    )
    if (!line?.[1]) throw new Error('a torn line')
    return line[1]
  },
}

/** One format's folder. `poll` says whether files are left that it is in no hurry to take. */
function createImporter(format: ImportedFormat, folder: string, journal: number) {
  const held = new Map<string, { readonly file: number; readonly dueAt: number }>()
  for (const name of ['ack', 'err']) mkdirSync(join(folder, name), { recursive: true })

  /** Dynamics deletes its file; the others say what they have done as our specification lets them. */
  const wayOut = (): 'delete' | 'ack' | 'err' => {
    const dice = Math.random()
    return format === 'receipt' || dice < 0.6 ? 'delete' : dice < 0.9 ? 'ack' : 'err'
  }

  const take = (fileName: string, file: number) => {
    const content = readFileSync(file)
    closeSync(file)
    let id: string | null = null
    try {
      id = parsers[format](content)
    } catch {
      // Written down as torn.
    }
    const way = wayOut()
    const entry: Entry = { format, fileName, id, fate: way === 'err' ? 'refused' : 'imported' }
    writeSync(journal, `${JSON.stringify(entry)}\n`)
    fsyncSync(journal)
    if (way === 'delete') rmSync(join(folder, fileName))
    else renameSync(join(folder, fileName), join(folder, way, fileName))
  }

  return {
    poll(): boolean {
      for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())) {
        if (name.endsWith('.tmp') || held.has(name)) continue
        const dueAt = Math.random() < 0.5 ? 0 : performance.now() + Math.random() * 400
        held.set(name, { file: openSync(join(folder, name), 'r'), dueAt })
      }
      for (const [name, { file, dueAt }] of held) {
        if (dueAt > performance.now()) continue
        held.delete(name)
        take(name, file)
      }
      return held.size > 0
    },
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , folder = '', journalFile = ''] = process.argv
  const journal = openSync(journalFile, 'a')
  const importers = importedFormats.map((format) => createImporter(format, join(folder, format), journal))
  let isFinishing = false
  process.once('message', () => {
    isFinishing = true
  })
  // The test is gone.
  process.once('disconnect', () => process.exit(1))
  for (;;) {
    const isLast = isFinishing
    const isLeft = importers.map((importer) => importer.poll()).includes(true)
    if (isLast && !isLeft) process.exit(0)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
