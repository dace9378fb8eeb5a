// `npm run test:postgres`: the store on PostgreSQL, on a server that is started for it (test/postgres/server.ts). As root on Debian
// it is installed; elsewhere it is said what to type. `--suite`: the tests of the agent and those in a browser as well, with every
// desk's store on the server. Names of files (*.spec.ts are those in a browser) and other options are the test runners'.
// `--chaos`: a hospital in which everything goes wrong, for as long as it takes (test/postgres/chaos/run.ts has its options).
import { step } from './behind-door.mjs'
import { browserParts, hasPostgres, postgresParts, provideSystemParts } from './system-parts.mjs'

const given = process.argv.slice(2)
const isWhole = given.includes('--suite')
provideSystemParts(isWhole ? [...postgresParts, ...browserParts] : postgresParts)
if (hasPostgres()) {
  if (given.includes('--chaos')) {
    await step('test/postgres/chaos/run.ts', ...given.filter((each) => each !== '--chaos'))
    process.exit()
  }
  const isSpec = (word) => word.endsWith('.spec.ts')
  const rest = given.filter((word) => word !== '--suite' && !isSpec(word))
  const specs = given.filter(isSpec)
  if (isWhole) process.env.TEST_SUITE = 'whole'
  if (rest.length > 0 || specs.length === 0) {
    await step('node_modules/vitest/vitest.mjs', 'run', '--project', 'postgres', '--project', 'site', ...rest)
  }
  if (specs.length > 0 || (isWhole && rest.length === 0)) {
    process.env.TEST_STORE = 'postgres'
    await step('node_modules/@playwright/test/cli.js', 'test', ...specs)
  }
} else {
  // Nothing ran, and that is no success.
  process.exitCode = 2
}
