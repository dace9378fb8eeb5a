import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests start servers, child processes and pcscd; two cores are what a build machine has.
    maxWorkers: 2,
    // For what hangs: longer than `eventually` in test/support.ts waits, so that it can say for what.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
