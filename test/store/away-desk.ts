// A desk of a site with a data folder of its own, for the tests of what it goes on with when the line is cut.
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type AwayData, type AwayOptions, keepCopy, openAway } from '../../src-main/store/away/away.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import type { ServerAccess } from '../../src-main/store/postgres/access.ts'
import type { Store } from '../../src-main/store/store.ts'
import { settableClock } from '../clock.ts'
import { must, temporaryFolder } from '../support.ts'
import { at, migrationsDir } from './samples.ts'
import { openDesk } from './site-desks.ts'

export type AwayDesk = Awaited<ReturnType<typeof awayDesk>>

/** It has been started once, and its clock stands still. */
export async function awayDesk(site: ServerAccess, id: string, dataDir = temporaryFolder()) {
  const clock = settableClock(at)
  const options = {
    dataDir,
    keyStore: createKeyFile(join(dataDir, 'database.key')),
    migrationsDir,
    lockWaitMs: 0,
    clock,
  } satisfies AwayOptions
  must(await openData(options)).store.close()
  const store = await openDesk(site, id)
  const keeping = (of: Store = store) => {
    const keeper = keepCopy(of, { ...options, isBusy: () => true })
    onTestFinished(() => keeper.close())
    return keeper
  }
  return {
    id,
    options,
    clock,
    store,
    keeping,
    /** The copy as the site is now. */
    async copy() {
      const keeper = keeping()
      must(await keeper.refresh())
      await keeper.close()
    },
    async goAway(): Promise<AwayData> {
      const away = must(await openAway(options))
      onTestFinished(() => away.store.close())
      return away
    },
  }
}
