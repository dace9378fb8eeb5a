import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const onPostgres = 'test/store/postgres*.test.ts'

// What is the same whichever engine a desk's store has: all of it by hand (`npm run test:postgres -- --suite`), a few otherwise.
const ofAgent = process.env.TEST_SUITE === 'whole' ? ['test/agent/*.test.ts'] : ['test/agent/worklist.test.ts']

/** About the files of a desk's own database, a look into it, or copies of a data folder. */
const aboutFiles = ['data', 'data-folder', 'doctor', 'maintenance', 'safekeeping', 'traces', 'wrong-clock'].map(
  (name) => `test/agent/${name}.test.ts`,
)

export default defineConfig({
  test: {
    // One more than the two cores that a build machine has: of what tests with servers, threads and child processes take, nearly
    // half is waiting for one of these. Wine has less patience.
    maxWorkers: process.platform === 'win32' ? 2 : 3,
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
      { extends: true, test: { name: 'house', include: ['test/**/*.test.ts'], exclude: [onPostgres] } },
      // Of one server that is started for them, and only where one of them runs.
      { extends: true, test: { name: 'postgres', include: [onPostgres], globalSetup: 'test/postgres/for-all.ts' } },
      {
        extends: true,
        test: {
          name: 'site',
          include: ofAgent,
          exclude: aboutFiles,
          env: { TEST_STORE: 'postgres' },
          globalSetup: 'test/postgres/for-all.ts',
        },
      },
    ],
  },
})
