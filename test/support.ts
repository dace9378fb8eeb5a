// What many tests need: a folder of their own, training certificates made once, and the one way to wait for something.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Log } from '../src-main/ground/log.ts'
import type { Result } from '../src-main/ground/result.ts'
import { openTrainingPki, type TrainingPki } from '../src-main/stand-ins/certificates/pki.ts'
import { madeAt } from './kept-certificates.ts'

export const root = join(import.meta.dirname, '..')

export const silentLog: Log = { write: () => undefined }

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

let pki: Promise<TrainingPki> | undefined

/** The same certificates for every test file. Valid on 2026-11-23. */
export function testPki(): Promise<TrainingPki> {
  pki ??= makePki()
  return pki
}

async function makePki() {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-pki-'))
  const moment = new Date('2026-11-23T00:00:00Z')
  try {
    cpSync(await madeAt(moment), folder, { recursive: true })
    return await openTrainingPki(folder, moment)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The value of a result that has to be one; the failure's code is what a failing test shows. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected failure ${result.error.code}`)
  return result.value
}

/** Catches what hangs and nothing else: however loaded a machine is, what happens at all happens within it. */
export const hangMs = 60_000

/** Waits for something to become true; where it never does, says what was waited for. `limitMs`: of a longer work. */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = hangMs,
): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** What comes of the work; how it was drawn is said where it fails, which an expectation leaves out of what a promise is rejected with. */
export const saidWith = <T>(how: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw new Error(how, { cause: error })
  })
