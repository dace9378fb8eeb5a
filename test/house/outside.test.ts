// What a machine lacks is left out of the tests, and said: every program of others that a test starts is asked for through
// `outside`, and the list of the system's parts names it.
import { expect, test } from 'vitest'
import { packagesOf, parts, reportOf } from '../../scripts/system-parts.mjs'
import { outsideTools } from '../outside.ts'
import { sourcesIn, textOf } from './sources.ts'

const files = sourcesIn('test')

test('every tool that a test may ask for is among the parts of the system, with what is left out without it', () => {
  for (const tool of outsideTools) expect(parts.find(({ command }) => command === tool)?.tests).toBeTypeOf('string')
})

test('no test starts one of them without asking', () => {
  const started = new RegExp(`(execFile|execFileSync|spawn|spawnSync)\\(\\s*'(${outsideTools.join('|')})'`)
  // A real pcscd is there with all of them or not at all, the benches are for a machine that has everything, and what
  // Playwright runs asks by itself.
  const found = files
    .filter((name) => !/^test\/(card\/pcsc|bench|e2e|desktop)\//.test(name))
    .filter((name) => started.test(textOf(name)))
  expect(found).toEqual([])
})

test('what is missing is told with what to type, and what needs root as such', () => {
  const missing = parts.filter(({ command }) => command === 'xmllint' || command === 'gcc')
  expect(reportOf(missing, 'linux', 0)).toEqual([
    '!! LEFT OUT: xmllint as an outside check of the XML files: xmllint is missing',
    '!! SLOWER: the tests of the card through a real pcscd: gcc is missing',
    '!! Where there is apt-get, type: sudo apt-get install --no-install-recommends libxml2-utils gcc libc6-dev',
  ])
  expect(reportOf([], 'linux', 1000)).toEqual([
    '!! LEFT OUT: the card through a real pcscd (test/card/pcsc): pcscd has to be started as root',
    '!! LEFT OUT: full and read-only disks, folders of other users: only root can mount them and give files away',
  ])
  expect(reportOf([], 'linux', 0)).toEqual([])
  expect(reportOf(missing, 'win32', null)).toHaveLength(2)
})

test('a package that brings several of them is installed once', () => {
  const missing = parts.filter(({ command }) => command?.startsWith('pdf'))
  expect(missing).toHaveLength(3)
  expect(packagesOf(missing)).toEqual(['poppler-utils'])
})
