// A checkout on Windows, where git turns line ends round by default, has the same bytes as everywhere.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isInstalled } from '../installed.ts'
import { root } from '../support.ts'

const isCheckout = existsSync(join(root, '.git')) && isInstalled('git')

test.skipIf(!isCheckout)('autocrlf changes nothing', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.autocrlf=true', ...args], { cwd: root, encoding: 'latin1' })
  const asThere = git('cat-file', '--filters', 'HEAD:scripts/run.mjs')
  expect(asThere).toBe(git('cat-file', 'blob', 'HEAD:scripts/run.mjs'))
})
