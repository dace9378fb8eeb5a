// Programs that are not ours and look at what we made: openssl, xmllint, iconv, Python, sqlite3, poppler. Where one is missing
// the tests that need it are skipped, and `npm test` has said so (scripts/system-parts.mjs).
import { TestRunner } from 'vitest'
import { isInstalled } from './installed.ts'

export const outsideTools = [
  'openssl',
  'xmllint',
  'iconv',
  'python3',
  'sqlite3',
  'pdfinfo',
  'pdftotext',
  'pdffonts',
] as const
type OutsideTool = (typeof outsideTools)[number]

/** The name of a tool, for whatever starts it; skips the test that asks for one that is not there. */
export function outside(tool: OutsideTool): string {
  if (!isInstalled(tool)) TestRunner.getCurrentTest()?.context.skip(`${tool} is not installed`)
  return tool
}
