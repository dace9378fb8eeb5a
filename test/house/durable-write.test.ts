// One durable write for what is ours: a file that is written in some other way is torn by a power failure, or left as .tmp.
import { expect, test } from 'vitest'
import { sourcesIn, textOf } from './sources.ts'

const sources = sourcesIn('src-main', 'native')

/** Who writes or renames files besides, and why. */
const others: Readonly<Record<string, string>> = {
  'src-main/ground/durable-beside.ts': 'the same for what may lie on a share, beside the event loop',
  'src-main/ground/shared-folder.ts': 'what another program takes from a folder that others can write in',
  'src-main/handover/folder/durable-file.ts':
    'the folder of a receipt computer has a protocol of its own, with a commit in it',
  'src-main/hub/terminal/folder-files.ts': 'the terminal reads requests by name while they appear',
  'src-main/settings/file-log.ts': 'a log that has come to its limit is put beside the one that follows it',
  'src-main/stand-ins/terminal/sandbox-terminal.ts': 'plays another program, which writes as terminals do',
  'src-main/store/key-rotation.ts': 'a whole database under another key, which takes the place of the one before',
  'src-main/store/safekeeping.ts': 'copies of a whole database',
  'src-main/store/maintenance.ts': 'whole databases that take each other’s place',
  'src-main/training/faults.ts': 'takes folders of a rehearsal away and brings them back; writes nothing',
}

test('files of our own are written by ground/durable-write.ts', () => {
  const byHand = sources.filter((file) => {
    const text = textOf(file)
    const imports = [...text.matchAll(/import \{([^}]*)\} from 'node:fs(?:\/promises)?'/g)].map(
      ([, names]) => names ?? '',
    )
    return imports.some((names) => /\b(?:writeFile|writeFileSync|rename|renameSync|createWriteStream)\b/.test(names))
  })
  expect(byHand.toSorted()).toEqual(['src-main/ground/durable-write.ts', ...Object.keys(others)].toSorted())
})
