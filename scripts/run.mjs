#!/usr/bin/env node
// The door behind every npm script, and the command `madoguchi`. This file only looks whether this Node can read the rest.
import process from 'node:process'

// Whoever reads what is printed may go: that ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const needed = 20
if (Number(process.versions.node.split('.')[0]) < needed) {
  const { SetUpFailure, tellFailure } = await import('./set-up-failure.mjs')
  const failure = new SetUpFailure('SET_UP_NODE_TOO_OLD', process.versions.node, needed)
  tellFailure(failure, process.argv.includes('--json'))
  process.exit(failure.exitCode)
}
await import('./door.mjs')
