import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests start servers, child processes and pcscd; two cores are what a build machine has.
    maxWorkers: 2,
    // Whatever desk a test starts: the pcscd that another test runs is not its own, and a card is taken by one (pcsc-lite's
    // client goes by this name). The tests of test/card/pcsc take it away again.
    env: { PCSCLITE_CSOCK_NAME: '/run/pcscd/not-for-this-test' },
    // For what hangs: longer than `eventually` in test/support.ts waits, so that it can say for what.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
