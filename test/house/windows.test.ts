// The short selection of `npm run test:windows` names tests that are there: one that was renamed would be left out silently.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testsOfWindows } from '../../scripts/tests-of-windows.mjs'
import { root } from '../support.ts'

test('every test of the selection exists', () => {
  expect(testsOfWindows.filter((file) => !existsSync(join(root, file)))).toEqual([])
})
