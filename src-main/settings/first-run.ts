// The first set-up as it is kept: a draft beside settings.json that can be left and gone on with, and the one moment in which
// it becomes settings.json. It may name folders and a hub because there is nothing of a clinic yet that could be led astray,
// and whoever sits here owns the data folder anyhow; from that moment on an administrator's word is needed
// (docs/decisions/0047-settings-on-the-screen.md).
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type FirstDraft, type FirstEntry, type FirstValues, firstDraftSchema } from '../contract/first-run.ts'
import { writeDurably } from '../ground/durable-write.ts'
import { makeFolder } from '../ground/make-folder.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { Setting } from '../ground/setting-change.ts'
import { type ChangeLog, changeSettings } from './change.ts'
import { ownFileOnly, type SettingSources } from './layers.ts'
import { isPractice } from './practice.ts'
import { secretsFolder } from './secrets.ts'
import { readSaved } from './settings.ts'
import { lastGoodFile, readSettingsFile } from './settings-file.ts'

const draftFile = (dataDir: string) => join(dataDir, 'first-run.json')

const nothing: FirstDraft = { values: {}, skipped: [] }

/** What says that somebody has set a clinic up: by an editor, with an installer, or by this very set-up. */
const clinicSettings = ['hub', 'terminal', 'destinations', 'allowed'] as const

/** Whether a change of it says something of a clinic. */
export const isOfClinic = (setting: Setting): boolean => clinicSettings.some((name) => name === setting)

function isUnset(content: unknown): boolean {
  const { mode = 'training', ...rest } = z.record(z.string(), z.unknown()).safeParse(content).data ?? {}
  return mode === 'training' && !clinicSettings.some((name) => name in rest)
}

/**
 * Whether nothing of a clinic is set, nor ever was: neither the settings nor those that last started say anything of one, and
 * it is not where one practises that is.
 */
export async function mayBeginFirstRun(dataDir: string, sources: SettingSources = ownFileOnly): Promise<boolean> {
  if (isPractice(dataDir)) return false
  const saved = await readSaved(dataDir, sources)
  const lastGood = await readSettingsFile(lastGoodFile(dataDir))
  return saved.ok && isUnset(saved.value.content) && lastGood.ok && isUnset(lastGood.value?.content ?? {})
}

/** Empty where there is none, or none that can be read. */
export async function readFirstDraft(dataDir: string): Promise<FirstDraft> {
  const written = await readSettingsFile(draftFile(dataDir))
  return (written.ok && firstDraftSchema.safeParse(written.value?.content).data) || nothing
}

/** The folder that secrets are laid into is there before somebody looks for it; where it cannot be made a step says so. */
export function makeSecretsFolder(dataDir: string): void {
  try {
    makeFolder(secretsFolder(dataDir))
  } catch {
    // What lies in the data folder cannot be written: keeping an entry fails in the same way, and is told.
  }
}

/** Errors: STORE_UNWRITABLE. */
export function keepFirstEntry(dataDir: string, draft: FirstDraft, { step, values }: FirstEntry): Result<FirstDraft> {
  const { [step]: _before, ...others } = draft.values
  const skipped = draft.skipped.filter((each) => each !== step)
  const next: FirstDraft = values
    ? { values: { ...draft.values, [step]: values }, skipped }
    : { values: others, skipped: [...skipped, step] }
  try {
    writeDurably(draftFile(dataDir), `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
    return ok(next)
  } catch {
    return fail('STORE_UNWRITABLE')
  }
}

/** As settings.json says them. */
function settingsOfDraft({ values }: FirstDraft): Readonly<Record<string, unknown>> {
  const { clinic, hub, terminal, receipt, patient } = values
  return {
    mode: 'live',
    reader: 'pcsc',
    ...(clinic && { clinic: { names: [clinic.name], institutionCode: clinic.institutionCode } }),
    ...(hub && { hub: hubOfDraft(hub) }),
    terminal: terminal ? { folder: terminal.folder, ...(clinic && { institutionCode: clinic.institutionCode }) } : null,
    destinations: receipt
      ? [
          {
            id: 'receipt',
            format: receipt.format,
            folder: receipt.folder,
            ...(receipt.format === 'fhir' && clinic && { institutionCode: clinic.institutionCode }),
          },
        ]
      : [],
    ...(patient && { pinEntry: patient }),
  }
}

export function hubOfDraft({ url, caFile, certificateFile, keyFile }: FirstValues['hub']) {
  return /\.(p12|pfx)$/i.test(certificateFile)
    ? { url, caFile, clientPfxFile: certificateFile, clientPassphraseFile: keyFile }
    : { url, caFile, clientCertificateFile: certificateFile, clientKeyFile: keyFile }
}

/**
 * The draft becomes settings.json, with its rows in the audit trail; the next start is live. Errors: REQUEST_INVALID (a clinic
 * is set already), SETTINGS_INVALID with what is missing, STORE_ codes.
 */
export async function goLive(
  dataDir: string,
  draft: FirstDraft,
  log: ChangeLog,
  sources: SettingSources,
): Promise<Result<void>> {
  const changed = await changeSettings(
    dataDir,
    async (_now, content) =>
      // Asked once more in turn with every other change of the file.
      isUnset(content) && (await mayBeginFirstRun(dataDir, sources))
        ? ok(settingsOfDraft(draft))
        : fail('REQUEST_INVALID'),
    log,
    sources,
  )
  if (changed.ok) rmSync(draftFile(dataDir), { force: true })
  return changed
}
