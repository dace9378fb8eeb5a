// Two desks of one site beside one terminal, whole agents that call its folder differently: each result is one visit of the site,
// also when the desk that takes them hangs, wakes with what it had in its hands, or ends.
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { watcherIn } from '../../src-main/hub/terminal/desk-record.ts'
import { systemFolders } from '../../src-main/hub/terminal/folder-files.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { openLine } from '../postgres/line.ts'
import { eventually, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'
import { insured, terminalFile } from '../terminal-file.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { anHourPasses, deskFolders } from './site-desks.ts'

/** No record in the folder grows old while the test runs: only the site says whose turn it is. */
const deskTiming = { beatMs: 100, quietMs: 1_800_000, goneMs: 3_600_000 }

function openShare() {
  const share = temporaryFolder()
  for (const name of ['face', 'trash', 'req', 'res']) mkdirSync(join(share, name))
  const drive = join(temporaryFolder(), 'drive')
  symlinkSync(share, drive)
  let laid = 0
  return {
    names: [share, drive],
    lay(today: string) {
      laid++
      const at = `${today.replaceAll('-', '')}0930${String(laid).padStart(2, '0')}`
      const file = `OQSsiquc01res_face_${laid}_${at}.xml`
      writeFileSync(join(share, file), terminalFile({ at }, [{ ...insured, Name: `見本　${'一二三四'[laid - 1]}` }]))
      renameSync(join(share, file), join(share, 'face', file))
    },
    watcher: () => watcherIn(join(share, 'madoguchi'), systemFolders),
  }
}

test.skipIf(!hasPostgres() || !onPosix)('each result is one visit of the site, whoever takes it', async () => {
  const { names, lay, watcher } = openShare()
  const line = await openLine(postgres(), { from: '127.0.0.1', to: 'tcp' })
  const dataDirs = await Promise.all(names.map((folder) => dataFolder({ mode: 'training', terminal: { folder } })))
  const [first, second] = await deskFolders(...dataDirs)
  if (!first || !second) throw new Error('there are no two desks')
  const { access } = first
  const overLine = { ...first, site: async () => ok({ ...access, host: line.host, port: line.port }) }
  const one = await openDesk(first.dataDir, { ...overLine, deskTiming })
  await eventually('the first one takes the results', () => watcher() === '受付1')
  const other = await openDesk(second.dataDir, { ...second, deskTiming })
  const otherDesk = ({ agent }: typeof one) => agent.reception().terminal?.otherDesk?.name ?? null
  await eventually('the second one knows', () => otherDesk(other) === '受付1')
  const { today } = other.agent.reception()
  const people = ({ agent }: typeof one) =>
    agent
      .reception()
      .visits.map(({ name }) => name)
      .toSorted()

  lay(today)
  for (const desk of [one, other]) await eventually('it is a visit of both', () => people(desk).length === 1)

  // It hangs with a result in its hands, and nobody has told it that it is another one's turn.
  line.freeze()
  lay(today)
  await anHourPasses(access)
  await eventually('the second one has taken it', () => people(other).length === 2)
  // Awake again.
  line.thaw()
  await eventually('the first one knows', () => otherDesk(one) === '受付2' && people(one).length === 2)

  // A person wants it here, and then this desk ends.
  expect(await one.call('takeOverTerminal', {})).toEqual(ok(undefined))
  await eventually('the second one has heard it', () => otherDesk(other) === '受付1')
  lay(today)
  await eventually('the first one has taken it', () => people(other).length === 3)
  await one.stop()
  lay(today)
  await eventually('the second one has taken the last one', () => people(other).length === 4)
  expect(people(other)).toEqual([...'一二三四'].map((each) => `見本　${each}`).toSorted())
})
