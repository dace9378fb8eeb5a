// The Debian package on a fresh Debian: installed with all that it needs, used, made newer over a desk that runs, refused
// when older, removed, purged. The program in it is the product on a stand-in Electron (33). One story, in order.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDebianPackage } from '../../installer/debian/package.mjs'
import { eventually } from '../support.ts'
import { type Chroot, freshDebian, openChroot } from './tried/chroot.ts'
import { checkIn, listening, windowOf } from './tried/window.ts'
import { addMigration } from './tried/windows-programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-debian-'))
let debian: Chroot

/** A version of the product as a package; the newer one knows one migration more. */
function packageOf(version: string, isNewer: boolean): string {
  const script = join(import.meta.dirname, 'tried/program.ts')
  const said = execFileSync(process.execPath, [script, join(folder, version), version], { encoding: 'utf8' })
  const program = said.trimEnd().split('\n').at(-1) ?? ''
  if (isNewer) addMigration(join(program, 'resources/migrations'))
  return makeDebianPackage({ program, folder, version })
}

const user = 'uketsuke'
const dataDir = `home/${user}/.local/share/madoguchi/desktop`
const files = () => readdirSync(debian.path(dataDir, 'import/csv')).filter((name) => name.endsWith('.csv'))
const events = () =>
  readdirSync(debian.path(dataDir, 'logs'))
    .toSorted()
    .flatMap((name) =>
      readFileSync(debian.path(dataDir, 'logs', name), 'utf8')
        .trimEnd()
        .split('\n'),
    )
    .map((line) => JSON.parse(line).event)

const aptGet = (...args: string[]) =>
  debian.run(['apt-get', '-y', '-qq', '--no-install-recommends', ...args], {
    environment: { DEBIAN_FRONTEND: 'noninteractive' },
  })
const asUser = { user, environment: { XDG_RUNTIME_DIR: `/home/${user}` } }
/** Its main process: the one without Chromium's word. What has ended and nobody has taken away has no program any more. */
const endDesk = `for p in /proc/[0-9]*; do
  [ "$(readlink $p/exe)" = /opt/Madoguchi/madoguchi ] || continue
  tr '\\0' ' ' <$p/cmdline | grep -q -- ' --type=' || kill \${p#/proc/}
done`
const startDesk = () => debian.start(['xvfb-run', '-a', 'madoguchi', listening], asUser)
/** A command of clinic IT, as the user of the desk types it. */
function madoguchi(words: readonly string[], program = 'madoguchi', environment = {}) {
  const options = { ...asUser, environment: { ...asUser.environment, ...environment } }
  const { code, said } = debian.run(['xvfb-run', '-a', program, ...words, '--json'], options)
  const answer = said.split('\n').find((line) => line.startsWith('{'))
  return { code, answer: JSON.parse(answer ?? 'null') }
}
const check = (program?: string) => madoguchi(['check'], program)

beforeAll(async () => {
  const [older, newer] = [packageOf('0.1.0', false), packageOf('0.2.0', true)]
  freshDebian(join(folder, 'debian'))
  debian = await openChroot(join(folder, 'debian'))
  for (const file of [older, newer]) cpSync(file, debian.path('root', file.split('/').at(-1) ?? ''))
  expect(aptGet('update')).toMatchObject({ code: 0 })
  debian.run(['useradd', '--create-home', user])
})
afterAll(async () => {
  await debian?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('apt installs it with all that the program is linked to', () => {
  expect(aptGet('install', '/root/madoguchi_0.1.0_amd64.deb')).toMatchObject({ code: 0 })
  const missing = debian.run([
    'sh',
    '-c',
    'cd /opt/Madoguchi && ldd madoguchi *.so* resources/app.asar.unpacked/node_modules/*/*/*.node',
  ])
  expect(missing.said.split('\n').filter((line) => line.includes('not found'))).toEqual([])
  expect(debian.run(['stat', '-c', '%U %a', '/opt/Madoguchi/chrome-sandbox']).said).toBe('root 4755\n')
  // A screen, which a real computer has.
  expect(aptGet('install', 'xvfb', 'xauth', 'desktop-file-utils')).toMatchObject({ code: 0 })
  const entries = ['/usr/share/applications/madoguchi.desktop', '/etc/xdg/autostart/madoguchi.desktop']
  expect(debian.run(['desktop-file-validate', ...entries])).toEqual({ code: 0, said: '' })
})

test('an ordinary user starts it with the settings of the computer and does a check-in', async () => {
  writeFileSync(debian.path('etc/madoguchi/settings.json'), '{ "retentionDays": 14 }')
  const desk = startDesk()
  const window = await windowOf(desk)
  // A dump of any of its processes would hold patients' data.
  const limits = debian.run(['sh', '-c', 'for p in $(pgrep madoguchi); do grep core /proc/$p/limits; done']).said
  expect(
    new Set(
      limits
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().replaceAll(/\s+/g, ' ')),
    ),
  ).toEqual(new Set(['Max core file size 0 0 bytes']))
  await checkIn(window.page, '更生医療とひとり親の併用', '鈴木　恵子')
  expect(files()).toHaveLength(1)
  expect(JSON.parse(readFileSync(debian.path(dataDir, 'settings.last-good.json'), 'utf8'))).toEqual({
    retentionDays: 14,
  })

  // The desk stays open over what comes next.
  await window.close()
  const before = events().filter((event) => event === 'agentStopped').length
  const upgrade = aptGet('install', '/root/madoguchi_0.2.0_amd64.deb')
  expect(upgrade.said).toContain('動いている窓口を終了しています。')
  expect(upgrade.code).toBe(0)
  await eventually('the desk has gone', () => desk.exitCode !== null || desk.signalCode !== null)
  expect(events().filter((event) => event === 'agentStopped')).toHaveLength(before + 1)
})

test('the newer one goes on with the data that the older one has left', async () => {
  expect(check()).toMatchObject({ code: 0, answer: { ok: true, isNew: false } })
  const desk = startDesk()
  const window = await windowOf(desk)
  await checkIn(window.page, '難病（月額上限あり）', '佐藤　美咲')
  expect(files()).toHaveLength(2)
  await window.close()
  debian.run(['sh', '-c', endDesk])
  await eventually('the desk has gone', () => desk.exitCode !== null || desk.signalCode !== null)
})

test('the commands of clinic IT are there for that user, with the settings of the computer, the desk and the session', () => {
  expect(madoguchi(['doctor'])).toMatchObject({ code: 0, answer: { ok: true } })
  expect(madoguchi(['settings', 'check'])).toMatchObject({ code: 0, answer: { ok: true } })
  // Each layer over the one before: the computer's, the desk's own file, the session's environment.
  const own = debian.path(dataDir, 'settings.json')
  writeFileSync(own, '{ "hideScreenAfterMin": 3 }')
  const shown = madoguchi(['settings', 'show'], 'madoguchi', { MADOGUCHI_SETTING_hideScreenAfterMin: '7' })
  expect(shown.answer.settings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: 'retentionDays', value: 14, from: 'computer' }),
      expect.objectContaining({ path: 'hideScreenAfterMin', value: 7, from: 'environment' }),
    ]),
  )
  writeFileSync(own, '{ "hideScreenAfterMin": "long" }')
  expect(madoguchi(['settings', 'check'])).toMatchObject({ code: 2, answer: { ok: false } })
  rmSync(own)
  expect(madoguchi(['audit', 'verify'])).toMatchObject({ code: 0, answer: { ok: true, rows: expect.any(Number) } })
  const { answer } = madoguchi(['backup'])
  expect(answer).toMatchObject({ ok: true })
  expect(madoguchi(['restore', '--drill'])).toMatchObject({ code: 0, answer: { ok: true } })
  expect(madoguchi(['docter'])).toMatchObject({ code: 2, answer: { nearest: 'doctor' } })
})

test('an older one is refused, and changes nothing', () => {
  const back = aptGet('install', '--allow-downgrades', '/root/madoguchi_0.1.0_amd64.deb')
  expect(back.code).not.toBe(0)
  expect(back.said).toContain('新しい版（0.2.0）が入っているため、0.1.0 には戻せません。')
  expect(debian.run(['dpkg', '-s', 'madoguchi']).said).toContain('\nVersion: 0.2.0\n')
  expect(check()).toMatchObject({ code: 0 })
})

test('an older program that gets at the data all the same refuses them and says the way back', () => {
  debian.run(['dpkg-deb', '-x', '/root/madoguchi_0.1.0_amd64.deb', '/srv/older'])
  expect(check('/srv/older/opt/Madoguchi/madoguchi')).toMatchObject({
    code: 2,
    answer: { error: { code: 'STORE_NEWER' } },
  })
  expect(check()).toMatchObject({ code: 0 })
})

test('removed, it is gone, and what it kept about patients is there', () => {
  expect(aptGet('remove', 'madoguchi')).toMatchObject({ code: 0 })
  expect(existsSync(debian.path('opt/Madoguchi'))).toBe(false)
  expect(debian.run(['ls', '/etc/madoguchi']).said).toBe('settings.json\n')
  expect(files()).toHaveLength(2)
})

test('purged, the settings for the whole computer go too, and it is said where the data are', () => {
  const purge = aptGet('purge', 'madoguchi')
  expect(purge.code).toBe(0)
  expect(purge.said).toContain(`受付のデータは /home/${user}/.local/share/madoguchi に残っています。`)
  const left = ['etc/madoguchi', 'etc/xdg/autostart/madoguchi.desktop', 'usr/share/applications/madoguchi.desktop']
  expect(left.filter((path) => existsSync(debian.path(path)))).toEqual([])
  expect(files()).toHaveLength(2)
})
