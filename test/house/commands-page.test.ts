// docs/commands.md says what the tables of the commands say. After a change of one, `vitest run
// test/house/commands-page.test.ts --update` writes the page anew.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandsPage } from '../commands-page.ts'
import { root } from '../support.ts'

test('the page of the commands is what their tables say', async () => {
  await expect(commandsPage()).toMatchFileSnapshot(join(root, 'docs/commands.md'))
})
