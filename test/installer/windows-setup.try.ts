// The Windows installer on a fresh Windows of Wine, silently as clinic IT would: installed with the clinic's settings, used,
// made newer over a desk that runs, refused when older, taken away with the data kept and with them wiped. Windows' own Node
// stands in for Electron. One story, in order. Wine asks for no elevation and locks no running program: docs/release.md.
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support.ts'
import { openWindows, type Windows } from './tried/windows.ts'
import { newerProgram, windowsProgram } from './tried/windows-programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-windows-'))
const tried = join(import.meta.dirname, 'tried')
let windows: Windows
/** What was there before anything of ours. */
let registryBefore: ReadonlyMap<string, readonly string[]>

const programs = 'C:\\Program Files\\Madoguchi'
const installed = (...names: string[]) => windows.driveC('Program Files/Madoguchi', ...names)
const headless = 'resources\\app\\dist\\main\\headless.js'
const dataDir = (...names: string[]) => windows.driveC('users/root/AppData/Local/Madoguchi', ...names)
const menu = () => windows.driveC('ProgramData/Microsoft/Windows/Start Menu/Programs/窓口.lnk')
const dumpsKey = 'Software\\Microsoft\\Windows\\Windows Error Reporting\\ExcludedApplications'
const runKey = 'Software\\Microsoft\\Windows\\CurrentVersion\\Run'

function setupOf(version: string, program: string): void {
  const script = join(tried, 'nsis.mjs')
  const run = join(tried, 'write-uninstaller.ts')
  const said = execFileSync(process.execPath, [script, program, join(folder, version, 'setup'), version, run], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  copyFileSync(said.trimEnd().split('\n').at(-1) ?? '', windows.driveC(`setup-${version}.exe`))
}

const setup = (version: string, ...options: string[]) => windows.run([`C:\\setup-${version}.exe`, '/S', ...options])
const uninstall = (place: string, ...options: string[]) =>
  windows.run([`${place}\\Uninstall Madoguchi.exe`, '/S', ...options])
const checkIn = (place = programs) => {
  const { code, said } = windows.run([`${place}\\Madoguchi.exe`, `${place}\\${headless}`, '--once', '--json'])
  return { code, answer: JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? 'null') }
}
const files = () => readdirSync(dataDir('import/csv')).filter((name) => name.endsWith('.csv'))
const valuesOf = (key: string) => (windows.registry().get(key) ?? []).join('\n')
const uninstallKey = () =>
  [...windows.registry().keys()].find(
    (key) => key.includes('CurrentVersion\\Uninstall\\') && valuesOf(key).includes('Madoguchi'),
  ) ?? ''

beforeAll(async () => {
  windows = await openWindows()
  const older = windowsProgram(join(folder, '0.1.0/program'))
  setupOf('0.1.0', older)
  setupOf('0.2.0', newerProgram(older, join(folder, '0.2.0/program')))
  registryBefore = windows.registry()
})
afterAll(async () => {
  await windows?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('settings that cannot be read stop it before anything is changed', () => {
  expect(setup('0.1.0', '/SETTINGS=C:\\nowhere\\settings.json').code).toBe(4)
  // With the quotes of a command line.
  writeFileSync(windows.driveC('install.cmd'), '@C:\\setup-0.1.0.exe /S /SETTINGS="C:\\no where\\settings.json"\r\n')
  expect(windows.run(['cmd', '/c', 'C:\\install.cmd']).code).toBe(4)
  expect(existsSync(installed())).toBe(false)
  expect(uninstallKey()).toBe('')
})

test('it installs for the whole computer, with the settings of the clinic, a menu entry and its start at log-on', () => {
  mkdirSync(windows.driveC('clinic 設定'))
  // electron-builder's script lays a copy of the installer here, where it takes a program out of its archive.
  const forUpdater = windows.driveC('users/root/AppData/Local/madoguchi-updater')
  mkdirSync(forUpdater, { recursive: true })
  writeFileSync(join(forUpdater, 'installer.exe'), 'setup')
  writeFileSync(windows.driveC('clinic 設定/settings.json'), '{ "mode": "training" }')
  expect(setup('0.1.0', '/SETTINGS=C:\\clinic 設定\\settings.json')).toMatchObject({ code: 0 })
  expect(existsSync(installed('Madoguchi.exe'))).toBe(true)
  expect(existsSync(forUpdater)).toBe(false)
  expect(readFileSync(installed('settings.json'), 'utf8')).toBe('{ "mode": "training" }')
  expect(existsSync(menu())).toBe(true)
  expect(valuesOf(runKey)).toContain(
    String.raw`"Madoguchi"="\"C:\\Program Files\\Madoguchi\\Madoguchi.exe\" --at-log-on"`,
  )
  expect(valuesOf(dumpsKey)).toBe('"Madoguchi.exe"=dword:00000001')
  const entry = valuesOf(uninstallKey())
  expect(entry).toContain('"DisplayVersion"="0.1.0"')
  expect(entry).toContain(String.raw`"DisplayName"="\x7a93\x53e3 Madoguchi"`)
  expect(entry).toContain('"Publisher"="Madoguchi"')
})

test('it changes nothing of Windows but its own keys: no firewall rule, no service, no file type', () => {
  const own = /\\Uninstall\\[0-9a-f-]{36}$|^Software\\[0-9a-f-]{36}$|CurrentVersion\\Run$|\\ExcludedApplications$/
  // Wine writes its graphics and network cards down when they are first asked for.
  const ofWine = /^System\\ControlSet001\\Control\\Class\\|\\NetworkCards$/
  const now = windows.registry()
  const changed = [...now].flatMap(([key, lines]) => (String(registryBefore.get(key)) === String(lines) ? [] : key))
  expect(changed.filter((key) => !own.test(key) && !ofWine.test(key))).toEqual([])
  // A key that has others below it and no value is not listed itself.
  const isThere = (key: string) => [...now.keys()].some((other) => other === key || other.startsWith(`${key}\\`))
  expect([...registryBefore.keys()].filter((key) => !isThere(key) && !ofWine.test(key))).toEqual([])
})

test('what it has installed does a check-in', () => {
  expect(checkIn()).toMatchObject({ code: 0, answer: { ok: true } })
  expect(files()).toHaveLength(1)
})

test('the commands of clinic IT are typed by way of bin\\madoguchi.cmd, which waits and hands the exit code on', () => {
  // Node in Electron's place has to be told which program it is.
  const script = `"${programs}\\resources\\app\\dist\\main\\madoguchi.js"`
  const madoguchi = (words: string) => {
    const typed = `@call "${programs}\\bin\\madoguchi.cmd" ${script} ${words} --json\r\n@exit /b %errorlevel%\r\n`
    writeFileSync(windows.driveC('typed.cmd'), typed)
    const { code, said } = windows.run(['cmd', '/c', 'C:\\typed.cmd'])
    return { code, answer: JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? 'null') }
  }
  expect(madoguchi('settings check')).toMatchObject({ code: 0, answer: { ok: true } })
  expect(madoguchi('doctor').answer).toMatchObject({ checks: expect.any(Array) })
  expect(madoguchi('audit verify')).toMatchObject({ code: 0, answer: { ok: true, rows: expect.any(Number) } })
  expect(madoguchi('backup')).toMatchObject({ code: 0, answer: { ok: true } })
  expect(madoguchi('restore --drill')).toMatchObject({ code: 0, answer: { ok: true } })
  expect(madoguchi('docter')).toMatchObject({ code: 2, answer: { nearest: 'doctor' } })
})

test('a newer one takes the place of a desk that runs, and leaves settings and choices as they are', async () => {
  expect(windows.run(['reg', 'delete', `HKLM\\${runKey}`, '/v', 'Madoguchi', '/f']).code).toBe(0)
  const desk = windows.start([`${programs}\\Madoguchi.exe`, `${programs}\\${headless}`, '--port', '0'])
  const isRunning = () =>
    readFileSync(dataDir('logs', readdirSync(dataDir('logs'))[0] ?? ''), 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line.includes('agentStarted')).length === 2
  await eventually('the desk runs', isRunning)
  expect(setup('0.2.0')).toMatchObject({ code: 0 })
  await eventually('the desk has gone', () => desk.exitCode !== null)
  expect(valuesOf(uninstallKey())).toContain('"DisplayVersion"="0.2.0"')
  expect(readFileSync(installed('settings.json'), 'utf8')).toBe('{ "mode": "training" }')
  expect(valuesOf(runKey)).not.toContain('Madoguchi')
  expect(checkIn()).toMatchObject({ code: 0, answer: { ok: true } })
  expect(files()).toHaveLength(2)
})

test('an older one is refused, and changes nothing', () => {
  expect(setup('0.1.0').code).toBe(3)
  expect(valuesOf(uninstallKey())).toContain('"DisplayVersion"="0.2.0"')
  expect(checkIn()).toMatchObject({ code: 0 })
})

test('an older program that gets at the data all the same refuses them', () => {
  cpSync(join(folder, '0.1.0/program'), windows.driveC('older'), { recursive: true })
  expect(checkIn('C:\\older')).toMatchObject({ code: 2, answer: { error: { code: 'STORE_NEWER' } } })
  expect(checkIn()).toMatchObject({ code: 0 })
})

test('taken away, nothing of it is left but the data', () => {
  expect(uninstall(programs)).toMatchObject({ code: 0 })
  expect(existsSync(installed())).toBe(false)
  expect(existsSync(menu())).toBe(false)
  expect(uninstallKey()).toBe('')
  expect(valuesOf(dumpsKey)).toBe('')
  const now = windows.registry()
  const left = [...now.keys()].filter((key) => !registryBefore.has(key))
  expect(left.filter((key) => key.includes('adoguchi') || key.includes('5d87a85e'))).toEqual([])
  expect(files().length).toBeGreaterThan(2)
})

test('it goes where /D= says, and taken away with /WIPE it takes the data of every user of the computer', () => {
  const place = 'C:\\窓口 1\\Madoguchi'
  expect(setup('0.2.0', '/AUTOSTART=0', '/D=C:\\窓口', '1\\Madoguchi')).toMatchObject({ code: 0 })
  expect(checkIn(place)).toMatchObject({ code: 0 })
  expect(valuesOf(runKey)).not.toContain('Madoguchi')

  const profiles = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList'
  const other = 'users/受付 2/AppData/Local/Madoguchi'
  mkdirSync(windows.driveC(other), { recursive: true })
  writeFileSync(windows.driveC(other, 'madoguchi.db'), 'data')
  windows.run([
    'reg',
    'add',
    `${profiles}\\S-1-5-21-1-2-3-1001`,
    '/v',
    'ProfileImagePath',
    '/t',
    'REG_EXPAND_SZ',
    '/d',
    '%SystemDrive%\\users\\受付 2',
    '/f',
  ])
  expect(uninstall(place, '/WIPE')).toMatchObject({ code: 0 })
  expect(existsSync(windows.driveC('窓口 1/Madoguchi'))).toBe(false)
  expect(existsSync(dataDir())).toBe(false)
  expect(existsSync(windows.driveC(other))).toBe(false)
  expect(existsSync(windows.driveC('users/受付 2/AppData/Local'))).toBe(true)
})

test('beside the MSI it is refused', () => {
  windows.run(['reg', 'add', 'HKLM\\Software\\Madoguchi', '/v', 'InstalledBy', '/d', 'MSI', '/f'])
  expect(setup('0.2.0').code).toBe(5)
  expect(existsSync(installed())).toBe(false)
})
