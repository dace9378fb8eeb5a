// `npm test`: everything that must hold, one suite after the other, stopping at the first that does not.
import { step } from './behind-door.mjs'
import { check } from './check.mjs'
import { provideSystemParts } from './system-parts.mjs'

provideSystemParts()
await check()
await step('node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2))
await step('node_modules/@playwright/test/cli.js', 'test')
await step('test/desktop/run.ts', '--unless-missing')
