import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Whose desks have a server of their own, whatever the others have.
const onPostgres = ['test/store/postgres*.test.ts', 'test/agent/alone.test.ts']

const ofAgent = (...names: readonly string[]) => names.map((name) => `test/agent/${name}.test.ts`)

/**
 * What is the same whichever engine a desk's store has (docs/decisions/0078-the-same-suite-on-both-engines.md): all of it by hand
 * (`npm run test:postgres -- --suite`); otherwise what is quick and goes through everything that a check-in writes.
 */
const sameOnServer =
  process.env.TEST_SUITE === 'whole'
    ? [...ofAgent('*'), 'test/crash/kill.test.ts', 'test/monday/monday.test.ts']
    : ofAgent('day-turn', 'kiosk-door', 'left-files', 'taken-up', 'tap', 'undecided', 'worklist')

const aboutOwnDatabase = [
  // Its file, its key and its anchor: damaged, missing, held by somebody else, or of an earlier program.
  ...ofAgent('data', 'maintenance'),
  // Its copies, which a server's desks do not make.
  ...ofAgent('safekeeping'),
  // A desk's own parts, broken one by one; what it says of a server is in test/store.
  ...ofAgent('doctor'),
]

export default defineConfig({
  test: {
    // More than the two cores that a build machine has: of what tests with servers, threads and child processes take, more than
    // half is waiting for one of these. Wine has less patience.
    maxWorkers: process.platform === 'win32' ? 2 : 5,
    // Whatever desk a test starts: the pcscd that another test runs is not its own, and a card is taken by one (pcsc-lite's
    // client goes by this name). The tests of test/card/pcsc take it away again.
    env: {
      PCSCLITE_CSOCK_NAME: '/run/pcscd/not-for-this-test',
      // An agent starts several threads and programs from its sources: taking the types out of them anew for each one was a
      // third of the time that the tests of the agent took. Node keeps them by their content.
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compile'),
    },
    // For what hangs: longer than `eventually` in test/support.ts waits, so that it can say for what.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'house', include: ['test/**/*.test.ts'], exclude: onPostgres } },
      // Of one server that is started for them, and only where one of them runs.
      { extends: true, test: { name: 'postgres', include: onPostgres, globalSetup: 'test/postgres/for-all.ts' } },
      {
        extends: true,
        test: {
          name: 'site',
          include: sameOnServer,
          exclude: [...aboutOwnDatabase, ...onPostgres],
          env: { TEST_STORE: 'postgres' },
          globalSetup: 'test/postgres/for-all.ts',
        },
      },
    ],
  },
})
