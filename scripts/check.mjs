// `npm run check`: types, lint and format, dead code. The import rules are a test (test/house/imports.test.ts), because
// they read like one.
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { root } from './set-up.mjs'

const checks = [
  ['types', 'node_modules/typescript/bin/tsc'],
  ['lint and format', 'node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'],
  ['dead code', 'node_modules/knip/bin/knip.js', '--no-progress'],
  ['import rules', 'node_modules/vitest/vitest.mjs', 'run', 'test/house'],
]

export function check() {
  for (const [name, script, ...args] of checks) {
    process.stderr.write(`check: ${name}\n`)
    const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
    if (status !== 0) process.exit(status ?? 1)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) check()
