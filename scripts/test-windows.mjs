// `npm run test:windows`: the tests on Windows' own Node, which runs unmodified under Wine (scripts/windows-machine.mjs), with
// the card through winscard.dll. Alone: all of them; with names of tests or other options of vitest: those; with --short:
// the few that look at what Windows does otherwise, for CI; with --make: only the Windows is made, for CI beside other tests.
// Where no such Windows can be made, a sentence says why.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './place.mjs'
import { aloneIn } from './set-up-memory.mjs'
import { testsOfWindows } from './tests-of-windows.mjs'
import { checkout, copyCheckout } from './windows-checkout.mjs'
import { makeWindows, runWindowsNode, whyNoWindows, windowsFolder } from './windows-machine.mjs'

const say = (text) => process.stderr.write(`${text}\n`)

const isShort = process.argv.includes('--short')
const isMaking = process.argv.includes('--make')
const given = process.argv.slice(2).filter((word) => word !== '--short')

/** The virtual card reader's driver pauses 44 ms for each command without it. */
function compiledShim() {
  const file = join(windowsFolder, 'loopback-nodelay.so')
  const source = join(root, 'test/card/loopback-nodelay.c')
  return spawnSync('gcc', ['-shared', '-fPIC', '-O2', '-o', file, source, '-ldl']).status === 0 ? file : undefined
}

async function make() {
  await makeWindows(say)
  return 0
}

async function test() {
  await makeWindows(say)
  await copyCheckout(say)
  const environment = Object.fromEntries(
    ['KILLS', 'FUZZ_RUNS', 'MADOGUCHI_SEED'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  )
  const options = { environment: { ...(isShort && { KILLS: '8' }), ...environment }, shim: compiledShim() }
  const vitest = (files, more) =>
    runWindowsNode(checkout, ['node_modules/vitest/vitest.mjs', 'run', ...files], { ...options, ...more })
  const code = await vitest([...(isShort ? testsOfWindows : []), ...given])
  if (code !== 0 || given.length > 0) return code
  // Wine garbles the list of readers as soon as one of them has a Japanese name: that one has a run of its own.
  return vitest(['test/card/pcsc/reader-name.test.ts'], { reader: 'カードリーダ' })
}

const reason = whyNoWindows()
if (reason) {
  say(`!! LEFT OUT: the tests on Windows' Node under Wine: ${reason}`)
  process.exitCode = 2
} else {
  mkdirSync(windowsFolder, { recursive: true })
  process.exitCode = await aloneIn(windowsFolder, say, isMaking ? make : test)
}
