// `npm run test:postgres`: the store on PostgreSQL, on a server that is started for it (test/postgres/server.ts). As root on Debian
// it is installed; elsewhere it is said what to type. Names of files and other options are vitest's.
import { step } from './behind-door.mjs'
import { hasPostgres, postgresParts, provideSystemParts } from './system-parts.mjs'

provideSystemParts(postgresParts)
if (hasPostgres()) {
  await step('node_modules/vitest/vitest.mjs', 'run', '--project', 'postgres', ...process.argv.slice(2))
} else {
  // Nothing ran, and that is no success.
  process.exitCode = 2
}
