// The line to the site's server is cut: a desk goes on with what it has, and what it wrote comes to the site once.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Conflict, conflictSchema } from '../../src-main/contract/conflicts.ts'
import { numberText, seriesStart } from '../../src-main/contract/visit-number.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import {
  type AwayData,
  type AwayOptions,
  type CopyKeeper,
  type CopyStanding,
  isUnmerged,
  keepCopy,
  type Merged,
  mergeAway,
  openAway,
} from '../../src-main/store/away/away.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { testClock } from '../clock.ts'
import { newSite } from '../postgres/server.ts'
import { temporaryFolder } from '../support.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { at, migrationsDir } from './samples.ts'
import { openDesk } from './site-desks.ts'

const away = (dataDir = temporaryFolder()): AwayOptions => ({
  dataDir,
  keyStore: createKeyFile(join(dataDir, 'database.key')),
  migrationsDir,
  lockWaitMs: 0,
  clock: testClock,
})

test('a number of a desk that is away says its series', () => {
  expect([7, seriesStart(3) + 1, seriesStart(12) + 40].map(numberText)).toEqual(['7', '3-1', '12-40'])
})

test('a conflict says whose desk had what, and what the site has', () => {
  const conflict: Conflict = {
    id: 'c',
    desk: '受付3',
    at,
    foundAt: at,
    staffId: null,
    visitId: 'v',
    content: { kind: 'number', here: { number: '12', name: null }, site: null, holder: '' },
  }
  expect(conflictSchema.parse(conflict)).toEqual(conflict)
})

describe.skipIf(!hasPostgres())('a desk without a copy', () => {
  test('does not go on alone, and has nothing to bring', async () => {
    const options = away()
    const site = await openDesk(newSite(postgres()), 'one')
    const keeper: CopyKeeper = keepCopy(site, { ...options, isBusy: () => true })
    const standing: CopyStanding | null = keeper.standing()
    expect(standing).toBeNull()
    await keeper.close()
    const opened: AwayData | null = await openAway(options).then((result) => (result.ok ? result.value : null))
    expect(opened).toBeNull()
    expect(await openAway(options)).toEqual(fail('AWAY_NOT_READY'))
    expect(isUnmerged(options.dataDir)).toBe(false)
    const merged: Merged | null = await mergeAway(site, options).then((result) => (result.ok ? result.value : null))
    expect(merged).toBeNull()
    expect(await mergeAway(site, options)).toEqual(ok(null))
  })
})
