// What needs no computer of its own to be seen of the installers: the Windows script compiles with our macros in it, both
// passes, with every warning an error; the Debian package holds what it says, as whom it says; fuses are read, not believed;
// the workflow calls what there is.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { makeDebianPackage } from '../../installer/debian/package.mjs'
import { wrongFuses } from '../../scripts/fuses.mjs'
import { isInstalled } from '../installed.ts'
import { root, temporaryFolder } from '../support.ts'

/** As electron-builder lays a program, as far as installers look at it. */
function program(executable: string): string {
  const folder = join(temporaryFolder(), 'program')
  mkdirSync(join(folder, 'resources'), { recursive: true })
  writeFileSync(join(folder, executable), 'program', { mode: 0o700 })
  for (const name of ['chrome-sandbox', 'resources/app.asar', 'resources/THIRD-PARTY-NOTICES.txt']) {
    writeFileSync(join(folder, name), name, { mode: 0o600 })
  }
  return folder
}

test.skipIf(!isInstalled('makensis'))(
  'the script of the Windows installer compiles into electron-builder’s own without a warning',
  () => {
    const folder = temporaryFolder()
    const script = join(import.meta.dirname, 'tried/nsis.mjs')
    const made = spawnSync(process.execPath, [script, program('Madoguchi.exe'), folder, '1.2.3'], { encoding: 'utf8' })
    expect([made.status, made.stderr]).toEqual([0, ''])
    const setup = readFileSync(join(folder, 'Madoguchi Setup 1.2.3.exe'))
    expect(setup.subarray(0, 2).toString()).toBe('MZ')
  },
)

test.skipIf(!isInstalled('dpkg-deb'))('the Debian package belongs to root, and only it can write', () => {
  const made = makeDebianPackage({ program: program('madoguchi'), folder: temporaryFolder(), version: '1.2.3' })
  const ask = (...words: string[]) => spawnSync('dpkg-deb', [...words, made], { encoding: 'utf8' }).stdout
  const listed = new Map(
    ask('--contents')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [mode = '', owner, , , , ...path] = line.split(/\s+/)
        return [path.join(' '), `${mode} ${owner}`]
      }),
  )
  expect(Object.fromEntries([...listed].filter(([path]) => !path.endsWith('/')))).toEqual({
    './etc/xdg/autostart/madoguchi.desktop': '-rw-r--r-- root/root',
    './opt/Madoguchi/chrome-sandbox': '-rwsr-xr-x root/root',
    './opt/Madoguchi/madoguchi': '-rwxr-xr-x root/root',
    './opt/Madoguchi/resources/THIRD-PARTY-NOTICES.txt': '-rw-r--r-- root/root',
    './opt/Madoguchi/resources/app.asar': '-rw-r--r-- root/root',
    './usr/bin/madoguchi': '-rwxr-xr-x root/root',
    './usr/share/applications/madoguchi.desktop': '-rw-r--r-- root/root',
    './usr/share/doc/madoguchi/copyright': '-rw-r--r-- root/root',
    './usr/share/icons/hicolor/512x512/apps/madoguchi.png': '-rw-r--r-- root/root',
  })
  expect(new Set([...listed].filter(([path]) => path.endsWith('/')).map(([, owned]) => owned))).toEqual(
    new Set(['drwxr-xr-x root/root']),
  )
  expect(ask('--field')).toMatch(/^Version: 1\.2\.3$/m)
  const files = temporaryFolder()
  spawnSync('dpkg-deb', ['-x', made, files])
  const started = (path: string) => /^Exec=(.*)$/m.exec(readFileSync(join(files, path), 'utf8'))?.[1]
  expect(started('usr/share/applications/madoguchi.desktop')).toBe('/usr/bin/madoguchi')
  expect(started('etc/xdg/autostart/madoguchi.desktop')).toBe('/usr/bin/madoguchi --at-log-on')
})

test.skipIf(!isInstalled('dpkg'))('its scripts refuse an older version and let every other through', () => {
  const script = readFileSync(join(root, 'installer/debian/preinst'), 'utf8').replaceAll('@VERSION@', '1.9.0')
  const preinst = (...words: string[]) => spawnSync('sh', ['-s', ...words], { input: script, encoding: 'utf8' }).status
  expect([preinst('install'), preinst('upgrade', '1.2.0'), preinst('upgrade', '1.9.0')]).toEqual([0, 0, 0])
  expect([preinst('upgrade', '1.10.0'), preinst('upgrade', '2.0.0')]).toEqual([1, 1])
})

test('a fuse that was not turned is found in the binary', async () => {
  const file = join(temporaryFolder(), 'electron')
  // As in Electron's binary: a mark, the wire's version and length, then one character for each fuse.
  const wire = (states: string) =>
    Buffer.concat([
      Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.from([1, states.length]),
      Buffer.from(states),
    ])
  // In Electron's order; r: removed.
  writeFileSync(file, Buffer.concat([Buffer.alloc(100), wire('01001100')]))
  expect(await wrongFuses(file)).toEqual([])
  writeFileSync(file, Buffer.concat([Buffer.alloc(100), wire('11001r00')]))
  expect(await wrongFuses(file)).toEqual(['runAsNode', 'onlyLoadAppFromAsar'])
})

test('the workflow calls commands and files that there are', () => {
  const steps = z.array(z.looseObject({ run: z.string().optional() }))
  const workflow = z.object({ jobs: z.record(z.string(), z.looseObject({ steps })) })
  const { jobs } = workflow.parse(parse(readFileSync(join(root, '.github/workflows/installers.yml'), 'utf8')))
  const lines = Object.values(jobs).flatMap((job) => job.steps.flatMap(({ run }) => run ?? []))
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const called = lines.flatMap((line) => [...line.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? ''))
  expect(called.length).toBeGreaterThan(2)
  expect(called.filter((name) => !(name in scripts))).toEqual([])
  const files = lines.flatMap((line) => [...line.matchAll(/\binstaller\/[\w/.-]+/g)].map(([file]) => file))
  expect(files.length).toBeGreaterThan(1)
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})
