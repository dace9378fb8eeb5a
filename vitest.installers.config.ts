import { defineConfig } from 'vitest/config'

// `npm run test:installers`: installers on computers of their own, one story after the other.
export default defineConfig({
  test: {
    include: ['test/installer/*.try.ts'],
    maxWorkers: 1,
    bail: 1,
    // For what hangs; making and entering a computer takes minutes.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
})
