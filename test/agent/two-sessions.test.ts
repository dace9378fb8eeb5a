// Two users' sessions on one computer, as on a terminal server: each agent has data of its own, and the terminal's results
// are for one of them.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { dataFolder, openDesk, tryAgent } from './fixture.ts'

/** With the terminal's folders written in another way. */
async function sessionOf(terminal: string): Promise<string> {
  const dataDir = await dataFolder()
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ mode: 'training', terminal: { folder: terminal } }))
  return dataDir
}

fault('sessions', 'Two sessions of one computer watch one terminal', {
  seen: 'AGENT_ALREADY_RUNNING',
  data: 'The first one goes on; no result is taken twice.',
  recovery: 'The second one is let in when the first has ended.',
})
test('the second agent on the folders of one terminal is refused, and let in when the first has ended', async () => {
  const terminal = temporaryFolder()
  mkdirSync(join(terminal, 'face'))
  const first = await openDesk(await sessionOf(terminal))
  const dataDir = await sessionOf(`${terminal}/face/../`)
  expect(await tryAgent(dataDir)).toEqual(fail('AGENT_ALREADY_RUNNING'))
  // Nothing of it is left half open, and another terminal is another one's.
  await openDesk(await sessionOf(temporaryFolder()))
  await first.stop()
  const second = must(await tryAgent(dataDir))
  await second.stop()
  expect(readdirSync(dataDir)).toContain('madoguchi.db')
})
