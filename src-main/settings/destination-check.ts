// Before a destination is saved: what it needs is looked at by the same code that the start uses, so that nothing is saved
// that the next start could not use. What is switched off needs nothing.
import { constants } from 'node:fs'
import { access, lstat, realpath } from 'node:fs/promises'
import { isAbsolute, join, resolve, sep } from 'node:path'
import type { Destination } from '../contract/destination.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { type Allowed, checkAllowed } from './allowed.ts'
import { located } from './located.ts'
import { readOrcaAccess, type SecretPlaces } from './orca-access.ts'

/** A share that does not answer in this time is not there now. */
const answerMs = 5_000

/**
 * Whether the screen may save `wanted` in the place of `before` (null: a new one), and the next start could use it.
 * Errors: DESTINATION_NOT_ALLOWED, DESTINATION_MISSING, DESTINATION_READ_ONLY, DESTINATION_NOT_READY, SECRET_NOT_SET.
 */
export async function checkDestination(
  places: SecretPlaces,
  wanted: Destination,
  before: Destination | null,
  allowed: Allowed,
): Promise<Result<void>> {
  const { dataDir } = places
  const mayBe = checkAllowed(wanted, before, allowed)
  if (!mayBe.ok || !wanted.isOn) return mayBe
  if (wanted.format === 'orca') {
    const access = await readOrcaAccess(located(wanted, dataDir), places)
    return access.ok ? ok(undefined) : access
  }
  // One in use keeps its folder also while that is away for an hour.
  const isInUse = before?.isOn && 'folder' in before && before.folder === wanted.folder
  if (isInUse) return ok(undefined)
  const { promise: late, resolve: giveUp } = Promise.withResolvers<Result<void>>()
  const timer = setTimeout(() => giveUp(fail('DESTINATION_MISSING', { destination: wanted.id })), answerMs)
  const checked = await Promise.race([checkFolder(dataDir, wanted.folder, wanted.id), late])
  clearTimeout(timer)
  return checked
}

/** It is a folder, can be written, and is really there: no link, and none inside the data folder that leads out of it. */
async function checkFolder(dataDir: string, named: string, destination: string): Promise<Result<void>> {
  // Without a slash at its end, behind which a link would be followed.
  const folder = resolve(dataDir, named)
  try {
    const state = await lstat(folder)
    const root = await realpath(dataDir)
    const isInside = isAbsolute(named) || (await realpath(folder)).startsWith(join(root, sep))
    if (state.isSymbolicLink() || !isInside) return fail('DESTINATION_NOT_ALLOWED', { destination, field: 'folder' })
    if (!state.isDirectory()) return fail('DESTINATION_MISSING', { destination })
  } catch {
    return fail('DESTINATION_MISSING', { destination })
  }
  return access(folder, constants.W_OK).then(
    () => ok(undefined),
    () => fail('DESTINATION_READ_ONLY', { destination }),
  )
}
