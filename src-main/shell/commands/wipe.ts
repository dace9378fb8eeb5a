// The end of a desk's data by command: said first, done only with the word for it.
import { join, sep } from 'node:path'
import { z } from 'zod'
import { fail, ok } from '../../ground/result.ts'
import { loadSettings } from '../../settings/settings.ts'
import { type Outlook, outlookOf, undeliveredWord, wipeFolder, wipePatients } from '../../store/wiping.ts'
import { type CommandName, maintenance } from '../../words/maintenance.ts'
import { wipeText as text } from '../../words/wipe.ts'
import { done, refused, type Said } from '../said.ts'
import { dataCommand } from './command.ts'
import { optionsOf } from './maintenance.ts'

/** Different ones, so that a line out of a script for the one does not do the other. */
const wordFor = (isAll: boolean) => (isAll ? 'ERASE-ALL' : 'ERASE')

const typedWord = z.string().min(1).optional()

export const wipe = dataCommand({
  name: 'wipe',
  isOfFiles: true,
  about: text.about,
  notes: [maintenance.whileEnded],
  operands: {},
  options: {
    all: { about: text.all },
    confirm: { value: 'WORD', about: text.confirm(wordFor(false), wordFor(true)), schema: typedWord },
    undelivered: { value: 'N', about: text.undelivered, schema: typedWord },
  },
  async run({ all, confirm, undelivered }, place, { typed, sources }) {
    if (confirm !== undefined && confirm !== wordFor(all)) return fail('REQUEST_INVALID', { field: '--confirm' })
    const options = await optionsOf(place, sources)
    const settings = await loadSettings(place.dataDir, sources)
    const folders = settings.ok
      ? settings.value.destinations.flatMap((each) => ('folder' in each ? [each.folder] : []))
      : []
    const isInside = (folder: string) => folder.startsWith(join(place.dataDir, 'import', sep))
    const outside = {
      folders: all ? folders.filter((folder) => !isInside(folder)) : folders,
      backupFolder: options.backupFolder,
    }
    const outlook = await outlookOf(options, all)
    if (!outlook.ok) return outlook
    const said = linesOf(outlook.value, all, outside)
    const answer = { all, ...outlook.value, outside }
    const word = undeliveredWord(outlook.value)
    const how = text.how(typed, wordsFor(all, word))
    if (confirm === undefined)
      return ok({
        isRefused: true,
        answer: { ok: false, changed: false, ...answer },
        lines: [...said, text.nothingDone, how],
      })
    if (word !== null && undelivered !== word) return ok(notNamed(answer, [...said, text.nothingDone, how], typed))
    if (all) {
      const wiped = await wipeFolder(options, undelivered)
      return wiped.ok ? ok(done({ changed: true, ...answer, ...wiped.value }, [...said, text.doneAll])) : wiped
    }
    const wiped = await wipePatients(options, undelivered)
    if (!wiped.ok) return wiped
    const { rows, freePages } = wiped.value.left
    return ok(done({ changed: true, ...answer, ...wiped.value }, [...said, text.done, text.proof(rows, freePages)]))
  },
})

const wordsFor = (isAll: boolean, undelivered: string | null): string =>
  [
    ...(isAll ? ['--all'] : []),
    `--confirm ${wordFor(isAll)}`,
    ...(undelivered === null ? [] : [`--undelivered ${undelivered}`]),
  ].join(' ')

const notNamed = (answer: object, lines: readonly string[], typed: CommandName): Said =>
  refused({ code: 'REQUEST_INVALID', detail: { field: '--undelivered' } }, typed, {
    more: { changed: false, ...answer },
    lines,
  })

function linesOf(
  { known, files, stays }: Outlook,
  isAll: boolean,
  { folders, backupFolder }: { readonly folders: readonly string[]; readonly backupFolder: string | null },
): readonly string[] {
  const counted = known ? [text.goes(known.kinds)] : [text.goesUnknown]
  const besides = isAll
    ? [text.goesAll, ...(files.includes('import') ? [text.goesImport] : [])]
    : [...(files.length > 0 ? [text.copies(files.length)] : []), text.stays]
  const waiting = known
    ? known.undelivered > 0
      ? [text.undeliveredSome(known.undelivered)]
      : []
    : [text.undeliveredUnknown]
  return [
    ...counted,
    ...besides,
    ...(stays.length > 0 ? [text.staysThere(stays)] : []),
    ...folders.map(text.outsideFolder),
    ...(backupFolder === null ? [] : [text.outsideCopies(backupFolder)]),
    text.outsideReceipt,
    ...waiting,
  ]
}
