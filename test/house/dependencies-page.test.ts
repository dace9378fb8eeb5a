// docs/dependencies.md says what package.json, the lock file and the build say. After a change of one, `vitest run
// test/house/dependencies-page.test.ts --update` writes the page anew.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dependenciesPage } from '../dependencies-page.ts'
import { root } from '../support.ts'

test('the page of the dependencies is what the lock file and the build say, with a reason for each', async () => {
  await expect(dependenciesPage()).toMatchFileSnapshot(join(root, 'docs/dependencies.md'))
})
