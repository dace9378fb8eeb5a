// `madoguchi settings …` as clinic IT uses it: settings are shown with where they come from, and go from desk to desk without
// what is a desk's own, checked, compared, noted, and with the file before kept.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { temporaryFolder } from '../support.ts'
import { worldOf } from '../world.ts'

const hub = { url: 'https://hub.example.jp', caFile: 'secrets/ca', clientCertificateFile: 'b.pem', clientKeyFile: 'c' }
const clinic = {
  retentionDays: 60,
  clinic: { names: ['まどぐち内科'] },
  hub: { ...hub, proxy: 'http://clinic@proxy:3128' },
  destinations: [
    { id: 'orca', format: 'orca', url: 'https://orca.example.jp', user: 'm', passwordFile: 'secrets/orca' },
  ],
}
const desk = { chosenReader: 'Reader 1', backupFolder: 'D:/copies', papers: { daySheet: { size: 'a4', printer: 'P' } } }

const write = (dataDir: string, settings: object) =>
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings))
const saved = (dataDir: string): unknown => JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))

function deskOf(settings?: object, environment: Record<string, string> = {}) {
  const dataDir = temporaryFolder()
  if (settings) write(dataDir, settings)
  const world = worldOf(dataDir, { ...ownFileOnly, environment })
  return { dataDir, run: (...words: string[]) => carryOut(['settings', ...words], world) }
}

test('show tells every setting with where it comes from, and no secret', async () => {
  const { run } = deskOf(
    { ...clinic, ...desk, substitutions: { 𠮷: '吉' } },
    { MADOGUCHI_SETTING_HIDESCREENAFTERMIN: '9' },
  )
  const { said, exitCode } = await run('show')
  expect(exitCode).toBe(0)
  expect(said.answer).toMatchObject({
    ok: true,
    fallback: null,
    settings: expect.arrayContaining([
      expect.objectContaining({ path: 'retentionDays', value: 60, from: 'site' }),
      expect.objectContaining({ path: 'hideScreenAfterMin', value: 9, from: 'environment' }),
      expect.objectContaining({ path: 'pinEntry.side', value: 'desk', from: 'default' }),
      expect.objectContaining({ path: 'hub.proxy', value: 'http://proxy:3128' }),
    ]),
  })
  expect(said.lines).toContain('retentionDays = 60  （受付の記録を残す日数、settings.json）')
  expect(said.lines).toContain('hideScreenAfterMin = 9  （画面を隠すまでの分、環境変数）')
  // What stands in a list has a line each, however long the whole is.
  expect(said.lines).toContain('destinations[0].url = "https://orca.example.jp"  （取り込み先、settings.json）')
  expect(said.lines).toContain('papers.daySheet.printer = "P"  （用紙とプリンター、settings.json）')
  expect(said.lines).toContain('substitutions["𠮷"] = "吉"  （氏名の文字の置き換え、settings.json）')
  expect(said.lines).toContain('clinic.institutionCode = なし  （医療機関コード、初期値）')
  expect(said.lines.filter((line) => line.includes('\\"'))).toEqual([])
})

test('a password in the environment is told by the name of its variable only, and named to whoever takes the settings over', async () => {
  const [destination] = clinic.destinations
  const { passwordFile: _file, ...orca } = destination ?? expect.fail('no destination')
  const settings = { destinations: [{ ...orca, password: { env: 'ORCA_PASSWORD' } }] }
  const { dataDir, run } = deskOf(settings, { ORCA_PASSWORD: 'hunter2secret' })
  const out = join(dataDir, 'out.json')
  const said = [await run('check'), await run('show'), await run('export', out)].map((each) => each.said)
  expect(said[1]?.lines).toContain('destinations[0].password.env = "ORCA_PASSWORD"  （取り込み先、settings.json）')
  expect(said[2]?.answer).toMatchObject({ missing: [], variables: ['ORCA_PASSWORD'] })
  expect(said[2]?.lines).toContain('次の環境変数は、取り込む先でも設定してください: ORCA_PASSWORD')
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(settings)
  expect(JSON.stringify(said) + readFileSync(out, 'utf8')).not.toContain('hunter2secret')
})

test('a file is checked before it is anybody’s', async () => {
  const { dataDir, run } = deskOf(clinic)
  const other = join(dataDir, 'other.json')
  writeFileSync(other, '{\n  "retentionDay": 3\n}')
  expect((await run('check')).said.answer).toMatchObject({ ok: true, nextStart: [] })
  const { said, exitCode } = await run('check', other)
  expect(exitCode).toBe(2)
  expect(said.answer).toMatchObject({
    ok: false,
    error: { code: 'SETTINGS_INVALID' },
    faults: [{ layer: 'site', path: 'retentionDay', line: 2, column: 3, reason: 'unknown', meant: 'retentionDays' }],
  })
  const absent = (await run('check', `${other}.none`)).said
  expect(absent.answer).toMatchObject({ error: { code: 'REQUEST_INVALID' }, why: 'notFound' })
  expect(absent.lines).toContain('ファイルが見つかりません。場所と名前を確認してください。')
})

test('a folder without settings is not one whose settings are in order, so that a mistyped one is noticed', async () => {
  const { dataDir, run } = deskOf()
  const { said, exitCode } = await run('check')
  expect(exitCode).toBe(0)
  expect(said.answer).toMatchObject({ ok: true, isThere: false })
  expect(said.lines).toEqual([`この席の設定ファイルはまだありません: ${join(dataDir, 'settings.json')}`])
  write(dataDir, {})
  expect((await run('check')).said.answer).toMatchObject({ ok: true, isThere: true })
})

test('what does not count before the next start is said', async () => {
  const { dataDir, run } = deskOf({ ...clinic, retentionDays: 61, pinEntry: { side: 'patient' } })
  writeFileSync(join(dataDir, 'settings.last-good.json'), JSON.stringify(clinic))
  const { said } = await run('check')
  expect(said.answer).toMatchObject({ nextStart: expect.arrayContaining(['pinEntry.side']) })
  expect(said.lines.at(-1)).toContain('次回起動から使う設定: ')
  const doctor = await carryOut(['doctor'], worldOf(dataDir))
  expect(doctor.said.lines.find((line) => line.includes('設定を読み取りました'))).toContain(
    '次回起動から使う設定：暗証番号を入力する画面。',
  )
})

test('one desk’s settings are another one’s, without what is the desk’s own', async () => {
  const one = deskOf({ $schema: './x', ...clinic, ...desk })
  const out = join(one.dataDir, 'out.json')
  const exported = await one.run('export', out)
  expect(exported.said.answer).toMatchObject({ ok: true, missing: ['secrets/ca', 'b.pem', 'c', 'secrets/orca'] })
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(clinic)
  expect((await one.run('export', out)).said).toMatchObject({
    answer: { error: { code: 'REQUEST_INVALID' }, why: 'exists' },
    lines: expect.arrayContaining(['この名前のファイルはすでにあります。別の名前を指定してください。']),
  })
  const nowhere = join(out, 'in-a-file', 'out.json')
  expect((await one.run('export', nowhere)).said.answer).toMatchObject({ why: 'unwritable' })
  expect((await one.run('import', nowhere)).said.answer).toMatchObject({ why: 'notFound' })
  await one.run('export', `${out}.all`, '--all')
  expect(JSON.parse(readFileSync(`${out}.all`, 'utf8'))).toEqual({ ...clinic, ...desk })

  const dataDir = await dataFolder({ retentionDays: 10, chosenReader: 'Reader 2' })
  await (await openDesk(dataDir)).stop()
  const run = (...words: string[]) => carryOut(['settings', 'import', ...words], worldOf(dataDir))
  const asked = await run(out)
  expect(asked.exitCode).toBe(2)
  expect(asked.said.answer).toMatchObject({
    ok: false,
    changed: false,
    differences: expect.arrayContaining([expect.objectContaining({ path: 'retentionDays', before: 10, after: 60 })]),
  })
  expect(asked.said.lines).toContain('受付の記録を残す日数（retentionDays）: 10 → 60')
  expect(asked.said.lines).toContain('取り込み先（destinations[0].passwordFile）: なし → "secrets/orca"')
  expect(saved(dataDir)).toEqual({ retentionDays: 10, chosenReader: 'Reader 2' })

  const taken = await run(out, '--yes')
  expect(taken.said.answer).toMatchObject({ ok: true, changed: true })
  expect(saved(dataDir)).toEqual({ $schema: 'settings.schema.json', ...clinic, chosenReader: 'Reader 2' })
  expect(existsSync(join(dataDir, 'settings.schema.json'))).toBe(true)
  const before = readdirSync(dataDir).filter((name) => /^settings\.\d{8}-\d{6}\.json$/.test(name))
  expect(before).toHaveLength(1)
  expect(JSON.parse(readFileSync(join(dataDir, before[0] ?? ''), 'utf8'))).toMatchObject({ retentionDays: 10 })
  const trail = await carryOut(['audit', 'verify'], worldOf(dataDir))
  expect(trail.said.answer).toMatchObject({ ok: true })
  expect((await run(out, '--yes')).said.answer).toMatchObject({ ok: true, changed: false })
  // Nothing that was written down about it holds a secret, or is passed over in silence.
  const read = await carryOut(['audit', 'verify', '--json'], worldOf(dataDir))
  expect(read.said.answer).toMatchObject({ ok: true })
})

test('a file that is wrong is refused with its lines, and changes nothing', async () => {
  const dataDir = await dataFolder({ retentionDays: 10 })
  await (await openDesk(dataDir)).stop()
  const file = join(dataDir, 'in.json')
  writeFileSync(file, '{\n  "retentionDays": 10,\n  "mode": "live"\n}')
  const { said, exitCode } = await carryOut(['settings', 'import', file, '--yes'], worldOf(dataDir))
  expect(exitCode).toBe(2)
  expect(said.answer).toMatchObject({
    faults: [
      { path: 'hub', line: 3 },
      { path: 'destinations', line: 3 },
    ],
  })
  expect(saved(dataDir)).toEqual({ retentionDays: 10 })
})

test('settings that are damaged are mended by taking another desk’s over', async () => {
  const dataDir = await dataFolder({ retentionDays: 10 })
  await (await openDesk(dataDir)).stop()
  writeFileSync(join(dataDir, 'settings.json'), '{ "retentionDays": 10,, }')
  const file = join(dataDir, 'in.json')
  // Where its schema lay says nothing here.
  writeFileSync(file, '{ "$schema": "../elsewhere.json", "retentionDays": 20 }')
  const { said } = await carryOut(['settings', 'import', file, '--yes'], worldOf(dataDir))
  expect(said.answer).toMatchObject({ ok: true, changed: true })
  expect(saved(dataDir)).toEqual({ $schema: 'settings.schema.json', retentionDays: 20 })
})

test('beside a desk that runs nothing is taken over', async () => {
  const dataDir = await dataFolder({ retentionDays: 10 })
  await openDesk(dataDir)
  const file = join(dataDir, 'in.json')
  writeFileSync(file, '{ "retentionDays": 20 }')
  const { said } = await carryOut(['settings', 'import', file, '--yes'], worldOf(dataDir))
  expect(said.answer).toMatchObject({ error: { code: 'AGENT_ALREADY_RUNNING' } })
  expect(saved(dataDir)).toEqual({ retentionDays: 10 })
  expect(existsSync(join(dataDir, 'settings.last-good.json'))).toBe(true)
})
