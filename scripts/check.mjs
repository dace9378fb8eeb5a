// `npm run check`: types, lint and format, dead code. The import rules are a test (test/house/imports.test.ts), because
// they read like one.
import { pathToFileURL } from 'node:url'
import { step } from './behind-door.mjs'

const checks = [
  ['types', 'node_modules/typescript/bin/tsc'],
  ['lint and format', 'node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'],
  ['dead code', 'node_modules/knip/bin/knip.js', '--no-progress', '--cache'],
  ['import rules', 'node_modules/vitest/vitest.mjs', 'run', 'test/house'],
]

export async function check() {
  for (const [name, script, ...args] of checks) {
    process.stderr.write(`check: ${name}\n`)
    await step(script, ...args)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await check()
