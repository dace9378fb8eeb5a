// Two versions of the program for Windows: the newer one knows one migration more.
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function windowsProgram(folder: string): string {
  execFileSync(process.execPath, [join(import.meta.dirname, 'windows-program.mjs'), folder], { stdio: 'inherit' })
  return folder
}

export function newerProgram(older: string, folder: string): string {
  cpSync(older, folder, { recursive: true })
  addMigration(join(folder, 'resources/app/migrations'))
  return folder
}

export function addMigration(folder: string): void {
  // Another engine's lie in a folder beside them.
  const known = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const next = String(known.length + 1).padStart(4, '0')
  writeFileSync(join(folder, `${next}_newer.sql`), 'CREATE TABLE newer (id INTEGER PRIMARY KEY) STRICT;\n')
}
