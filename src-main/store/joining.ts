// A desk gets the key of its site: from the file beside a recovery sheet, opened by what stands on the paper. It is kept only once the
// site's data have been opened with it.
import { dirname } from 'node:path'
import { clinicMoment } from '../ground/clock.ts'
import { fail, type Result } from '../ground/result.ts'
import { onDisk, openData, siteDesk } from './data-folder.ts'
import type { MaintenanceOptions } from './maintenance.ts'
import { readPaper, recoverKey } from './recovery-key.ts'
import { newSigning } from './signing.ts'
import { openSiteWith } from './site.ts'
import { keepSiteKey } from './site-key.ts'

/**
 * `file`: the recovery.key that was made with the sheet. Errors: STORE_NOT_READY (no server is set), REQUEST_INVALID (mistyped),
 * STORE_KEY_MISSING (no such file), STORE_KEY_WRONG (another paper, or the key of another site), AGENT_ALREADY_RUNNING, those of openSite.
 */
export async function joinSite(options: MaintenanceOptions, file: string, typed: string): Promise<Result<void>> {
  const { dataDir, keyStore, migrationsDir, clock, site: server } = options
  if (!server) return fail('STORE_NOT_READY', { field: 'store' })
  const secret = readPaper(typed)
  if (!secret) return fail('REQUEST_INVALID', { field: 'recovery key' })
  const key = recoverKey(dirname(file), secret)
  if (!key.ok) return key
  const own = await openData({ ...options, site: null })
  if (!own.ok) return own
  try {
    const deskKey = await keyStore.load()
    if (!deskKey.ok) return deskKey
    const { value: wrapping } = deskKey
    if (!wrapping) return fail('STORE_KEY_MISSING')
    // Whoever joins anew, because the desk was set up anew or its key may be another's, signs with another key from then on.
    const signing = newSigning(dataDir, wrapping)
    const opened = await onDisk(() =>
      openSiteWith({ server, migrationsDir, desk: siteDesk(options), signing }, key.value),
    )
    if (!opened.ok) return opened
    if (!opened.value.ok) return opened.value
    const site = opened.value.value
    const noted = await site.noteCommand('deskJoined', { at: clinicMoment(clock.now()) })
    site.close()
    if (!noted.ok) return noted
    return await onDisk(async () => {
      signing.keep()
      keepSiteKey(dataDir, wrapping, key.value)
    })
  } finally {
    own.value.store.close()
  }
}
