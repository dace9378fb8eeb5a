// The MSI on a fresh Windows of Wine, by msiexec without questions as a group policy does it: installed, repaired, made newer,
// refused when older, taken away. Windows' own Node stands in for Electron. One story, in order.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { makeMsi } from '../../installer/windows/msi.mjs'
import { root } from '../support.ts'
import { openWindows, type Windows } from './tried/windows.ts'
import { newerProgram, windowsProgram } from './tried/windows-programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-msi-'))
let windows: Windows

const place = 'C:\\Program Files\\Madoguchi'
const installed = (...names: string[]) => windows.driveC('Program Files/Madoguchi', ...names)
const files = () =>
  readdirSync(windows.driveC('users/root/AppData/Local/Madoguchi/import/csv')).filter((name) => name.endsWith('.csv'))
const msiexec = (...words: string[]) => windows.run(['msiexec', ...words, '/qn'])
const checkIn = () => {
  const entry = `${place}\\resources\\app\\dist\\main\\headless.js`
  const { code, said } = windows.run([`${place}\\Madoguchi.exe`, entry, '--once', '--json'])
  return { code, answer: JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? 'null') }
}
const startsWithWindows = () =>
  (windows.registry().get('Software\\Microsoft\\Windows\\CurrentVersion\\Run') ?? []).includes(
    String.raw`"Madoguchi"="\"C:\\Program Files\\Madoguchi\\Madoguchi.exe\" --at-log-on"`,
  )
const leavesDumps = () =>
  !(
    windows.registry().get('Software\\Microsoft\\Windows\\Windows Error Reporting\\ExcludedApplications') ?? []
  ).includes('"Madoguchi.exe"=dword:00000001')
/** Wine lays the entry into the menu of the user who installs, Windows into everybody's: it is for the whole computer. */
const isInMenu = () =>
  ['ProgramData', 'users/root/AppData/Roaming'].some((place) =>
    existsSync(windows.driveC(place, 'Microsoft/Windows/Start Menu/Programs/Madoguchi.lnk')),
  )
/** Versions of the product that Windows lists. */
const listed = () =>
  [...windows.registry()]
    .filter(
      ([key, lines]) => key.includes('CurrentVersion\\Uninstall\\') && lines.includes('"DisplayName"="Madoguchi"'),
    )
    .flatMap(([, lines]) => lines.filter((line) => line.startsWith('"DisplayVersion"=')))

beforeAll(async () => {
  windows = await openWindows()
  const older = windowsProgram(join(folder, '0.1.0'))
  const newer = newerProgram(older, join(folder, '0.2.0'))
  for (const [version, program] of [
    ['0.1.0', older],
    ['0.2.0', newer],
  ] as const) {
    copyFileSync(makeMsi({ program, folder, version }), windows.driveC(`${version}.msi`))
  }
})
afterAll(async () => {
  await windows?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('it installs without a question, for the whole computer, and starts with Windows', () => {
  expect(msiexec('/i', 'C:\\0.1.0.msi')).toMatchObject({ code: 0 })
  expect(listed()).toEqual(['"DisplayVersion"="0.1.0"'])
  expect(isInMenu()).toBe(true)
  expect([startsWithWindows(), leavesDumps()]).toEqual([true, false])
  expect(checkIn()).toMatchObject({ code: 0, answer: { ok: true } })
  expect(files()).toHaveLength(1)
})

test('a repair brings back what has gone', () => {
  rmSync(installed('resources/app/dist/main/headless.js'))
  // What `/fa` stands for; Wine knows that with a product's code only.
  expect(msiexec('/i', 'C:\\0.1.0.msi', 'REINSTALL=ALL', 'REINSTALLMODE=amus')).toMatchObject({ code: 0 })
  expect(checkIn()).toMatchObject({ code: 0 })
})

test('a newer one takes its place and goes on with the data', () => {
  writeFileSync(installed('settings.json'), '{}')
  expect(msiexec('/i', 'C:\\0.2.0.msi')).toMatchObject({ code: 0 })
  expect(listed()).toEqual(['"DisplayVersion"="0.2.0"'])
  expect(checkIn()).toMatchObject({ code: 0, answer: { ok: true } })
  expect(files()).toHaveLength(3)
  expect(existsSync(installed('settings.json'))).toBe(true)
})

test('an older one is refused, and changes nothing', () => {
  expect(msiexec('/i', 'C:\\0.1.0.msi').code).not.toBe(0)
  expect(listed()).toEqual(['"DisplayVersion"="0.2.0"'])
  expect(checkIn()).toMatchObject({ code: 0 })
})

test('taken away, what it has brought is gone; the settings of the policy and the data stay', () => {
  expect(msiexec('/x', 'C:\\0.2.0.msi')).toMatchObject({ code: 0 })
  const left = readdirSync(installed(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  // The headless shell, which only stands in here, lays Node's cache beside itself.
  const ofStandIn = `${sep}compile-cache${sep}`
  expect(left.filter((entry) => !entry.parentPath.includes(ofStandIn)).map(({ name }) => name)).toEqual([
    'settings.json',
  ])
  expect([listed(), startsWithWindows(), isInMenu()]).toEqual([[], false, false])
  expect(files()).toHaveLength(4)
})

test('without its feature Autostart it does not start with Windows', () => {
  expect(msiexec('/i', 'C:\\0.1.0.msi', 'ADDLOCAL=Program')).toMatchObject({ code: 0 })
  expect([startsWithWindows(), leavesDumps()]).toEqual([false, false])
  expect(existsSync(installed('Madoguchi.exe'))).toBe(true)
})

test('beside Setup it is refused', () => {
  expect(msiexec('/x', 'C:\\0.1.0.msi')).toMatchObject({ code: 0 })
  const { nsis } = z
    .object({ nsis: z.object({ guid: z.string() }) })
    .parse(parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')))
  windows.run(['reg', 'add', `HKLM\\Software\\${nsis.guid}`, '/v', 'InstallLocation', '/d', place, '/f'])
  expect(msiexec('/i', 'C:\\0.1.0.msi').code).not.toBe(0)
  expect(existsSync(installed('Madoguchi.exe'))).toBe(false)
})
