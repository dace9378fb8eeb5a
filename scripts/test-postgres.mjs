// `npm run test:postgres`: the store on PostgreSQL, on a server that is started for it (test/postgres/server.ts). As root on Debian
// it is installed; elsewhere it is said what to type. Names of files and other options are vitest's. `--suite`: the agent's own tests
// as well, with every desk's store on the server.
import { step } from './behind-door.mjs'
import { hasPostgres, postgresParts, provideSystemParts } from './system-parts.mjs'

provideSystemParts(postgresParts)
if (hasPostgres()) {
  const given = process.argv.slice(2)
  const isWhole = given.includes('--suite')
  if (isWhole) process.env.TEST_SUITE = 'whole'
  const files = given.filter((each) => each !== '--suite')
  await step('node_modules/vitest/vitest.mjs', 'run', '--project', 'postgres', '--project', 'site', ...files)
} else {
  // Nothing ran, and that is no success.
  process.exitCode = 2
}
