// Settings of the whole computer, of the environment and of the command line: what they say counts entry by entry, and where
// they are wrong it is said which of them.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultsIn } from '../../src-main/ground/setting-fault.ts'
import {
  computerSettingsFiles,
  isAdministratorsDescriptor,
  isRoots,
} from '../../src-main/settings/computer-settings.ts'
import { ownFileOnly, readLayers, type SettingSources } from '../../src-main/settings/layers.ts'
import { keepLastGood, loadSettings } from '../../src-main/settings/settings.ts'
import { faultText } from '../../src-main/words/setting-faults.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'

function computer(laid: string | null = '{ "retentionDays": 14, "pinEntry": { "side": "patient" } }') {
  const file = join(temporaryFolder(), 'settings.json')
  if (laid !== null) writeFileSync(file, laid)
  const dataDir = temporaryFolder()
  const sources: SettingSources = { ...ownFileOnly, computerFiles: [file], isAdministrators: async () => true }
  return {
    file,
    dataDir,
    sources,
    own: (settings: object) => writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings)),
    load: (more: Partial<SettingSources> = {}) => loadSettings(dataDir, { ...sources, ...more }),
  }
}

test('each entry comes from the strongest that says it: command line, environment, own file, computer', async () => {
  const { own, load, dataDir, sources } = computer()
  expect(must(await load())).toMatchObject({ retentionDays: 14, pinEntry: { side: 'patient', shuffledKeys: false } })
  own({ retentionDays: 20, pinEntry: { shuffledKeys: true } })
  expect(must(await load())).toMatchObject({ retentionDays: 20, pinEntry: { side: 'patient', shuffledKeys: true } })
  const environment = { MADOGUCHI_SETTING_retentionDays: '25', MADOGUCHI_SETTING_PINENTRY__SIDE: 'desk' }
  expect(must(await load({ environment }))).toMatchObject({ retentionDays: 25, pinEntry: { side: 'desk' } })
  const commandLine = ['retentionDays=30', 'clinic.names=["まどぐち=内科"]', 'clinic.institutionCode=1312345678']
  const all = { ...sources, environment, commandLine }
  expect(must(await load(all))).toMatchObject({
    retentionDays: 30,
    clinic: { names: ['まどぐち=内科'], institutionCode: '1312345678' },
  })
  const layers = must(await readLayers(dataDir, all))
  expect(layers.from(['retentionDays'])).toBe('commandLine')
  expect(layers.from(['pinEntry', 'side'])).toBe('environment')
  expect(layers.from(['pinEntry', 'shuffledKeys'])).toBe('site')
  expect(must(await readLayers(dataDir, sources)).from(['pinEntry', 'side'])).toBe('computer')
  expect(layers.from(['hideScreenAfterMin'])).toBeNull()
})

test('lists and tables of the clinic’s own names are taken as a whole, and null is a value', async () => {
  const { own, load } = computer(
    JSON.stringify({
      clinic: { names: ['a', 'b'] },
      substitutions: { 髙: '高' },
      terminal: { folder: 'D:/oqs' },
    }),
  )
  own({ clinic: { names: ['c'] }, substitutions: { 𠮷: '吉' }, terminal: null })
  expect(must(await load())).toMatchObject({ clinic: { names: ['c'] }, terminal: null })
  expect(must(await load()).substitutions).toEqual({ 𠮷: '吉' })
})

test('what is wrong is said of the one it stands in', async () => {
  const { own, load } = computer('{\n  "retentionDays": 0,\n  "mdoe": "live"\n}')
  own({ pinEntry: { side: 'front' } })
  const said = await load({
    environment: { MADOGUCHI_SETTING_startAtLogOn: 'yes' },
    commandLine: ['hideScreenAfterMin=500', 'pinEntry.password=x'],
  })
  expect(said.ok ? [] : faultsIn(said.error).map(faultText)).toEqual([
    expect.stringMatching(/^コマンドライン、pinEntry\.password：パスワードや鍵は/),
    expect.stringMatching(/^コマンドライン、hideScreenAfterMin：1〜60の整数/),
    expect.stringMatching(/^環境変数、startAtLogOn：true か false/),
    expect.stringMatching(/^settings\.json の1行目 21文字目、pinEntry\.side：/),
    expect.stringMatching(/^パソコン全体の settings\.json の2行目 20文字目、retentionDays：/),
    expect.stringMatching(/^パソコン全体の settings\.json の3行目 3文字目、mdoe：この名前の項目はありません。「mode」/),
  ])
})

test('a file of the computer that is no JSON, or no file, is a failure and never a rehearsal', async () => {
  const broken = await computer('{').load()
  expect(broken.ok ? [] : faultsIn(broken.error)).toMatchObject([{ layer: 'computer', line: 1, reason: 'bracketOpen' }])
  const { file, load } = computer(null)
  mkdirSync(file)
  const folder = await load()
  expect(folder.ok ? [] : faultsIn(folder.error)).toMatchObject([{ layer: 'computer', reason: 'notFile' }])
})

test('what anybody can have written for the whole computer is not used, and said', async () => {
  const { load } = computer()
  const refused = await load({ isAdministrators: async () => false })
  expect(refused.ok ? [] : faultsIn(refused.error)).toMatchObject([{ layer: 'computer', reason: 'notAdministrators' }])
})

fault('settings', 'The settings of the whole computer are damaged', {
  seen: 'SETTINGS_INVALID',
  data: 'What last started, of the computer and of the desk, stands in for them as a whole.',
  recovery: 'An administrator mends the file.',
})
test('what last started is kept with all of them, and stands in as a whole', async () => {
  const { file, dataDir, sources, own, load } = computer()
  own({ hideScreenAfterMin: 7 })
  await keepLastGood(dataDir, sources)
  writeFileSync(file, '{')
  expect(must(await load())).toMatchObject({
    retentionDays: 14,
    hideScreenAfterMin: 7,
    fallback: { code: 'SETTINGS_INVALID' },
  })
})

test('where nothing was laid nothing is said', async () => {
  const { load } = computer(null)
  expect(must(await load())).toMatchObject({ mode: 'training', fallback: null })
})

test('they lie where only an administrator writes: the data of all users, beside the program, or /etc', () => {
  const places = { programData: 'C:\\ProgramData', program: join(temporaryFolder(), 'Madoguchi.exe') }
  expect(computerSettingsFiles('win32', places)).toEqual([
    'C:\\ProgramData\\Madoguchi\\settings.json',
    join(places.program, '../settings.json'),
  ])
  expect(computerSettingsFiles('linux', places)).toEqual(['/etc/madoguchi/settings.json'])
})

test.runIf(onPosix && process.getuid?.() === 0)('root’s is what root alone can write', async () => {
  const { file } = computer()
  chmodSync(file, 0o644)
  expect(await isRoots(file)).toBe(true)
  chmodSync(file, 0o664)
  expect(await isRoots(file)).toBe(false)
  expect(await isRoots(`${file}.none`)).toBe(false)
})

test.each([
  ['O:BAG:S-1-5-21-1-2-3-513D:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)', true],
  ['O:SYG:SYD:AI(A;;FA;;;SY)', true],
  ['O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:AI', true],
  ['O:S-1-5-21-1-2-3-1001G:S-1-5-21-1-2-3-513D:AI(A;;FA;;;BA)', false],
  ['', false],
])('of Windows’ descriptor %s: %s', (descriptor, isTheirs) => {
  expect(isAdministratorsDescriptor(descriptor)).toBe(isTheirs)
})
