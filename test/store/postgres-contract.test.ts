// The same questions to the store on a server.
import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { newSite } from '../postgres/server.ts'
import { must } from '../support.ts'
import { storeContract } from './contract/contract.ts'
import { hasPostgres, postgres, serverMigrations, siteDesk } from './postgres-server.ts'

if (hasPostgres()) {
  storeContract('PostgreSQL', () => {
    const options = {
      access: newSite(postgres()),
      key: randomBytes(32),
      migrationsDir: serverMigrations,
      desk: siteDesk,
    }
    return {
      async open() {
        const store = must(await openSiteStore(options))
        onTestFinished(() => store.close())
        return store
      },
    }
  })
}
