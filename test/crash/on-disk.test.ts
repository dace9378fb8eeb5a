// What the house's own ways of writing promise, each by itself: once one of them is over, what it made is on the disk, with its name
// and the names of the folders above it. In a morning (power-loss.test.ts) a later call may put there what an earlier one forgot.
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { root, temporaryFolder } from '../support.ts'
import { openDisk, readFolder, syncedOnly } from './disk.ts'
import { recordModule } from './recording.ts'

const from = (name: string) => JSON.stringify(pathToFileURL(join(root, 'src-main/ground', name)).href)

const cases = [
  {
    way: 'a file that is written durably',
    lines: `import { writeDurably } from ${from('durable-write.ts')}
      writeDurably(at('a.json'), 'whole', { mode: 0o600 })`,
    left: { 'a.json': 'whole' },
  },
  {
    way: 'a file that is written durably where there must be none yet',
    lines: `import { writeDurably } from ${from('durable-write.ts')}
      writeDurably(at('a.json'), 'whole', { mode: 0o600, place: 'new' })`,
    left: { 'a.json': 'whole' },
  },
  {
    way: 'a file that was written under another name and takes its own',
    lines: `import { writeFileSync } from 'node:fs'
      import { takeName } from ${from('durable-write.ts')}
      writeFileSync(at('a.tmp'), 'whole')
      takeName(at('a.tmp'), at('a.db'))`,
    left: { 'a.db': 'whole' },
  },
  {
    way: 'the same beside the event loop',
    lines: `import { writeFileSync } from 'node:fs'
      import { takeNameBeside } from ${from('durable-beside.ts')}
      writeFileSync(at('a.tmp'), 'whole')
      await takeNameBeside(at('a.tmp'), at('a.db'))`,
    left: { 'a.db': 'whole' },
  },
  {
    way: 'a folder, with those above it',
    lines: `import { makeFolder } from ${from('make-folder.ts')}
      makeFolder(at('one/two/three'))`,
    left: { 'one/two/three': null },
  },
  {
    way: 'a folder for whoever works in the one above it',
    lines: `import { makeSharedFolder } from ${from('shared-folder.ts')}
      makeSharedFolder(at('one'), at('.'))`,
    left: { one: null },
  },
  {
    way: 'a folder that is made beside the event loop, with those above it',
    lines: `import { makeFolderBeside } from ${from('durable-beside.ts')}
      await makeFolderBeside(at('one/two/three'))`,
    left: { 'one/two/three': null },
  },
]

test.for(cases)('$way is there after a power failure, as soon as it is made', async ({ lines, left }, context) => {
  const folder = temporaryFolder()
  const [worked, after] = [join(folder, 'worked'), join(folder, 'after')]
  for (const each of [worked, after]) mkdirSync(each)
  const disk = openDisk(worked, readFolder(worked))
  const calls = await recordModule(worked, `const at = (name) => ${JSON.stringify(worked)} + '/' + name\n${lines}`)
  if (!calls) return context.skip('nothing can be recorded here')
  for (const call of calls) disk.do(call)
  disk.leave(worked, after, syncedOnly)
  for (const [name, content] of Object.entries(left)) {
    if (content === null) expect(statSync(join(after, name)).isDirectory()).toBe(true)
    else expect(readFileSync(join(after, name), 'utf8')).toBe(content)
  }
})
