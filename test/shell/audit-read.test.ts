// The audit trail read by command, as clinic IT does it: of a folder in which somebody was checked in and looked at.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { headsOf } from '../../src-main/store/audit-heads.ts'
import { copiesOf } from '../../src-main/store/safekeeping.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { worldOf } from '../world.ts'

async function used() {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const visit = await desk.checkIn('nanbyo')
  must(await desk.call('closeVisit', { visitId: visit.id }))
  must(await desk.call('showVisit', { visitId: visit.id }))
  await desk.stop()
  const madoguchi = async (...words: string[]) => (await carryOut(words, worldOf(dataDir))).said
  return { desk, visit, madoguchi, dataDir }
}

test('the newest rows are listed with desk, deed and pseudonym, and that they were is the next row', async () => {
  const { visit, madoguchi } = await used()
  const first = await madoguchi('audit', 'list', '--limit', '2')
  expect(first.lines).toEqual([
    expect.stringMatching(/ 席1 {2}受付の内容を見た {2}仮名 [0-9a-f]{12}$/),
    expect.stringMatching(/ コマンド（[^）]+） {2}操作の記録をコマンドで読んだ$/),
  ])
  const second = await madoguchi('audit', 'list', '--limit', '100000')
  expect(second.answer).toMatchObject({ ok: true })
  expect(second.lines.filter((line) => line.includes('操作の記録をコマンドで読んだ'))).toHaveLength(2)
  expect(second.lines.join('\n')).not.toContain(visit.patient?.name)
  expect((await madoguchi('audit', 'list', '--day', '2001-01-01')).lines).toEqual(['当てはまる記録はありません。'])
})

test('all of them go into a file, with nobody’s name, and none that is there is written over', async () => {
  const { visit, madoguchi } = await used()
  const out = join(temporaryFolder(), 'trail.csv')
  const { answer } = await madoguchi('audit', 'export', '--out', out)
  const text = readFileSync(out, 'utf8')
  const lines = text.trimEnd().split('\r\n')
  expect(answer).toEqual({ ok: true, rows: lines.length - 1, file: out })
  expect(lines[0]).toBe('\ufeff番号,日時,席,担当,種類,操作,対象,受付ID,送信ID,患者（仮名）,コード,変更')
  expect(lines.some((line) => line.includes(`showVisit,受付の内容を見た,,${visit.id},`))).toBe(true)
  // Whoever reads the file sees who has had it made.
  expect(lines.at(-1)).toContain(`,コマンド,${userInfo().username},trailRead,`)
  expect(text).not.toContain(visit.patient?.name)
  expect((await madoguchi('audit', 'export', '--out', out)).answer).toMatchObject({
    ok: false,
    error: { code: 'REQUEST_INVALID' },
    why: 'exists',
  })
  expect((await madoguchi('audit', 'export', '--out', join(out, 'trail.csv'))).answer).toMatchObject({
    why: 'unwritable',
  })
  expect(readFileSync(out, 'utf8')).toBe(text)
  expect((await madoguchi('audit', 'verify')).answer).toMatchObject({ ok: true })
})

test('nothing is read while an agent has the data', async () => {
  const dataDir = await dataFolder()
  await openDesk(dataDir)
  const { said } = await carryOut(['audit', 'list'], worldOf(dataDir))
  expect(said.answer).toMatchObject({ ok: false, error: { code: 'AGENT_ALREADY_RUNNING' } })
})

fault('database', 'The note of the audit trail’s end cannot be read', {
  seen: 'AUDIT_UNPROVED',
  data: 'It is not taken for none: the trail counts as unproved.',
  recovery: 'The note is put back, or it is looked into.',
})
test('a note of the trail’s end that cannot be read is not taken for none', async () => {
  const { madoguchi, dataDir } = await used()
  const noted = headsOf(copiesOf(dataDir))
  mkdirSync(copiesOf(dataDir), { recursive: true })
  writeFileSync(noted, 'nothing that was noted here\n')
  const garbled = await madoguchi('audit', 'verify')
  expect(garbled.answer).toMatchObject({ ok: false, error: { code: 'AUDIT_UNPROVED' }, unread: [noted] })
  expect(garbled.lines).toContain(`データの外の控えを読めません: ${noted}`)
  rmSync(noted)
  mkdirSync(noted)
  expect((await madoguchi('audit', 'verify')).answer).toMatchObject({ error: { code: 'AUDIT_UNPROVED' } })
  rmSync(noted, { recursive: true })
  expect((await madoguchi('audit', 'verify')).answer).toMatchObject({ ok: true, notedOn: null })
})
