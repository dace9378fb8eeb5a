// What many tests need: a folder of their own, training certificates made once, and patience with a
// condition instead of a pause.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Result } from '../src-main/contract/result.ts'
import { openTrainingPki, type TrainingPki } from '../src-main/training/pki.ts'

export const root = join(import.meta.dirname, '..')

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

let pki: Promise<TrainingPki> | undefined

/** The same certificates for a whole test file: making them takes half a second. Valid on 2026-11-23. */
export function testPki(): Promise<TrainingPki> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-pki-'))
  pki ??= openTrainingPki(folder, new Date('2026-11-23T00:00:00Z')).finally(() =>
    rmSync(folder, { recursive: true, force: true }),
  )
  return pki
}

/** The value of a result that has to be one; the failure's code is what a failing test shows. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected failure ${result.error.code}`)
  return result.value
}

/** Waits for something to become true; fails with what was waited for. */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
