// `npm test`: everything that must hold, one suite after the other, stopping at the first that does not.
import { spawnSync } from 'node:child_process'
import { check } from './check.mjs'
import { root } from './set-up.mjs'
import { provideSystemParts } from './system-parts.mjs'

provideSystemParts()
check()
const suites = [
  ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)],
  ['node_modules/@playwright/test/cli.js', 'test'],
]
for (const [script, ...args] of suites) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
