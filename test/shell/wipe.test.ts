// The end of a desk's data as clinic IT brings it about: told first, done with the word for it, proven in every byte.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import type { World } from '../../src-main/shell/commands/command.ts'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { databaseOf, openData } from '../../src-main/store/data-folder.ts'
import { databaseKey } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { liveSettings } from '../live-settings.ts'
import { at, confirmedVisit, migrationsDir, newDelivery, patient } from '../store/samples.ts'
import { found, traces } from '../store/traces.ts'
import { must, temporaryFolder } from '../support.ts'

function desk(dataDir: string) {
  const place = { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir, lockWaitMs: 0 }
  const world: World = {
    typed: 'madoguchi',
    hasOtherFolders: true,
    place: async () => ok(place),
    sources: ownFileOnly,
    program: { entries: { readerHost: '', deliveryThread: '', folderThread: '', photoThread: '' }, version: 'test' },
  }
  return {
    place,
    async madoguchi(...words: string[]) {
      const { said, exitCode } = await carryOut(words, world)
      return { exitCode, lines: said.lines.join('\n'), answer: said.answer }
    },
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** A live desk with a patient in the database, in a copy, in what was put aside, and in a file that has not arrived. */
async function clinic() {
  const dataDir = temporaryFolder()
  const other = join(temporaryFolder(), 'disk')
  const receipt = temporaryFolder()
  const { place, madoguchi } = desk(dataDir)
  const destinations = [{ id: 'receipt', format: 'csv', folder: receipt }]
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ ...liveSettings, destinations, backupFolder: other }))
  const { store } = must(await openData(place))
  must(await store.writeFor('live', { at }))
  const payload = Buffer.from(`the file of this patient: ${patient.name}`)
  const visit = await confirmedVisit(store, [newDelivery('receipt', { payload })])
  must(await store.linkPatientNumber({ visitId: visit.id, number: '100', isMoved: false, at }))
  store.close()
  expect(await madoguchi('backup')).toMatchObject({ exitCode: 0 })
  expect(await madoguchi('key', 'sheet')).toMatchObject({ exitCode: 0 })
  expect(await madoguchi('staff', 'add', '1', '--name', '山田', '--role', 'it')).toMatchObject({ exitCode: 0 })
  copyFileSync(databaseOf(dataDir), join(dataDir, 'madoguchi-aside-20261123093000.db'))
  const key = await databaseKey(dataDir)
  /** In every database that lies in the data folder. */
  const tracesLeft = () =>
    filesIn(dataDir)
      .filter((file) => file.endsWith('.db'))
      .flatMap((file) => found({ file, key }))
  const snapshot = () => filesIn(dataDir).filter((file) => !file.endsWith('held-by.json'))
  return { dataDir, other, receipt, place, madoguchi, tracesLeft, snapshot }
}

const gone = { changed: false, known: { kinds: { visits: 1, numbers: 1 }, undelivered: 1 } }

test('nothing goes before the word is typed; what would go, what stays and what has not arrived is told', async () => {
  const { dataDir, other, receipt, madoguchi, tracesLeft, snapshot } = await clinic()
  const before = snapshot()
  const told = await madoguchi('wipe')
  expect(told).toMatchObject({ exitCode: 2, answer: { ok: false, ...gone } })
  for (const line of [
    '受付1件',
    '診察券番号1件',
    'バックアップと、前のデータ 2個',
    receipt,
    other,
    'まだ届いていないものが1件',
  ])
    expect(told.lines).toContain(line)
  expect(told.lines).toContain('madoguchi wipe --confirm ERASE --undelivered 1')
  expect((await madoguchi('wipe', '--all')).lines).toContain('madoguchi wipe --all --confirm ERASE-ALL --undelivered 1')
  for (const words of [
    ['--yes'],
    ['--confirm'],
    ['--confirm', 'yes'],
    ['--confirm', 'ERASE-ALL'],
    ['--all', '--confirm', 'ERASE', '--undelivered', '1'],
    ['--confirm', 'ERASE'],
    ['--confirm', 'ERASE', '--undelivered', '2'],
    ['--all', '--confirm', 'ERASE-ALL'],
  ]) {
    expect(await madoguchi('wipe', ...words)).toMatchObject({
      exitCode: 2,
      answer: { ok: false, error: { code: 'REQUEST_INVALID' } },
    })
  }
  expect(snapshot()).toEqual(before)
  expect([...new Set(tracesLeft())].toSorted()).toEqual([...traces].toSorted())
  expect(existsSync(join(dataDir, 'settings.json'))).toBe(true)
})

test('every patient is gone from the database and its copies; staff, trail and settings stay', async () => {
  const { dataDir, place, madoguchi, tracesLeft } = await clinic()
  const wiped = await madoguchi('wipe', '--confirm', 'ERASE', '--undelivered', '1')
  expect(wiped).toMatchObject({
    exitCode: 0,
    answer: { ok: true, changed: true, known: { kinds: { visits: 1 } }, left: { rows: 0, freePages: 0 } },
  })
  expect(tracesLeft()).toEqual([])
  expect(readdirSync(join(dataDir, 'backup')).toSorted()).toEqual(['audit-heads.txt', 'recovery.key'])
  expect(readdirSync(dataDir).filter((name) => name.includes('aside'))).toEqual([])
  expect((await madoguchi('audit', 'verify')).answer).toMatchObject({ ok: true })
  expect((await madoguchi('check')).answer).toMatchObject({ ok: true, isNew: false })
  expect((await madoguchi('staff', 'list')).answer).toMatchObject({ staff: [{ code: '1' }] })
  const { store } = must(await openData(place))
  expect((await store.auditTrail({ after: 0, limit: 100 })).map(({ event }) => event)).toContain('patientsErased')
  expect(await store.countKnown()).toMatchObject({ undelivered: 0, kinds: { visits: 0, numbers: 0 } })
  store.close()
  // Nothing is waiting any more that would have to be named.
  expect((await madoguchi('wipe', '--confirm', 'ERASE')).answer).toMatchObject({ ok: true })
})

test('with all of it nothing of ours is left, and what is somebody else’s is', async () => {
  const { dataDir, madoguchi } = await clinic()
  writeFileSync(join(dataDir, 'notes.txt'), 'of the clinic')
  for (const folder of ['logs', 'secrets', 'practice', 'import/csv'])
    mkdirSync(join(dataDir, folder), { recursive: true })
  const wiped = await madoguchi('wipe', '--all', '--confirm', 'ERASE-ALL', '--undelivered', '1')
  expect(wiped).toMatchObject({ exitCode: 0, answer: { ok: true, stays: ['notes.txt'] } })
  expect(readdirSync(dataDir)).toEqual(['notes.txt'])
  expect(readFileSync(join(dataDir, 'notes.txt'), 'utf8')).toBe('of the clinic')
  // There is no data folder any more that could be wiped, or be made by trying.
  expect((await madoguchi('wipe', '--all')).answer).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  expect(readdirSync(dataDir)).toEqual(['notes.txt'])
})

test('what nobody can open any more goes too, once that is named', async () => {
  const { dataDir, madoguchi } = await clinic()
  for (const name of readdirSync(dataDir)) if (name.startsWith('database.key')) rmSync(join(dataDir, name))
  expect((await madoguchi('wipe')).answer).toMatchObject({ error: { code: 'STORE_KEY_MISSING' } })
  const word = ['--all', '--confirm', 'ERASE-ALL']
  expect((await madoguchi('wipe', ...word)).answer).toMatchObject({ error: { code: 'REQUEST_INVALID' }, known: null })
  expect(existsSync(databaseOf(dataDir))).toBe(true)
  expect(await madoguchi('wipe', ...word, '--undelivered', 'unknown')).toMatchObject({ exitCode: 0 })
  expect(readdirSync(dataDir)).toEqual([])
})

fault('agents', 'The patients’ data are to be wiped while the desk runs', {
  seen: 'AGENT_ALREADY_RUNNING',
  data: 'Nothing goes.',
  recovery: 'The desk is ended first.',
})
test('beside an agent that runs nothing is told and nothing goes', async () => {
  const { dataDir, place, madoguchi, snapshot } = await clinic()
  const practice = join(dataDir, 'practice')
  mkdirSync(practice)
  const before = snapshot()
  const running = must(await openData(place)).store
  for (const words of [[], ['--confirm', 'ERASE', '--undelivered', '1'], ['--all', '--confirm', 'ERASE-ALL']])
    expect((await madoguchi('wipe', ...words)).answer).toMatchObject({ error: { code: 'AGENT_ALREADY_RUNNING' } })
  running.close()
  expect(snapshot()).toEqual(before)
  const practising = must(await openData({ ...place, dataDir: practice, keyStore: openHeadlessKey(practice) })).store
  expect((await madoguchi('wipe', '--all')).answer).toMatchObject({ error: { code: 'AGENT_ALREADY_RUNNING' } })
  practising.close()
})

test('a folder that is none of ours is left alone', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'import'))
  for (const words of [[], ['--all', '--confirm', 'ERASE-ALL']])
    expect((await desk(folder).madoguchi('wipe', ...words)).answer).toMatchObject({
      error: { code: 'REQUEST_INVALID' },
    })
  expect(readdirSync(folder)).toEqual(['import'])
})
