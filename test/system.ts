// On which system a test can look at what it is about. Tools of others: test/outside.ts.
import { lstatSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const onWindows = process.platform === 'win32'
/** Modes, owners, signals and links are there, and mean what a test says of them. */
export const onPosix = !onWindows

/** Links to files and folders can be made, and show as such: on Windows a user may need a right for it, Wine has none. */
export function makesLinks(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-links-'))
  try {
    writeFileSync(join(folder, 'file'), '')
    symlinkSync(join(folder, 'file'), join(folder, 'to-file'))
    symlinkSync(folder, join(folder, 'to-folder'), 'junction')
    return ['to-file', 'to-folder'].every((name) => lstatSync(join(folder, name)).isSymbolicLink())
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The Windows of `npm run test:windows` has a virtual reader behind its winscard.dll: its port and its name. */
export const windowsReader =
  process.env.VIRTUAL_READER_PORT === undefined
    ? null
    : { port: Number(process.env.VIRTUAL_READER_PORT), name: process.env.VIRTUAL_READER_NAME ?? '' }
