// Makes a folder and what is missing above it, on the disk before anything is put into it: what is synced in a folder is lost with the
// folder's own name. Node's own recursive way never returns where a system answers "not there"
// for a folder whose parent is there (below /proc, on some shares): a start would hang without a word.
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './durable-write.ts'
import { systemCode } from './system-error.ts'

/** Every folder that is made is its owner's alone. Throws what the system says. */
export function makeFolder(folder: string): void {
  const missing: string[] = []
  for (let path = folder; !existsSync(path) && dirname(path) !== path; path = dirname(path)) missing.unshift(path)
  for (const path of missing) makeOne(path)
  // A file of that name, say.
  if (!statSync(folder).isDirectory()) mkdirSync(folder)
}

function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another program has made it meanwhile.
    if (systemCode(error) !== 'EEXIST') throw error
  }
  syncFolder(dirname(path))
}
