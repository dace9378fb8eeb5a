// What the installers hold, as electron-builder itself packs it from electron-builder.yml, and whether that is enough.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createPhotoDecoder } from '../../src-main/card/photo.ts'
import images from '../../src-main/stand-ins/card/images.json' with { type: 'json' }
import { startEntry } from '../shell/electron-entry.ts'
import { root, temporaryFolder } from '../support.ts'

const installerSchema = z.object({
  targets: z.array(z.string()),
  perMachine: z.boolean(),
  fuses: z.record(z.string(), z.boolean()),
  disableAsarIntegrity: z.boolean(),
  unpacked: z.array(z.string()),
})
const installersSchema = z.object({ linux: installerSchema, win: installerSchema })
let installers: z.infer<typeof installersSchema>

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-installer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(() => {
  const script = join(import.meta.dirname, 'pack.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`electron-builder refuses: ${stderr}`)
  installers = installersSchema.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''))
})

/** Paths of all files in a folder, with `/`. */
const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'))

describe.each(['linux', 'win'] as const)('the %s installer', (os) => {
  const app = join(folder, os, 'app')
  const resources = join(folder, os, 'resources')
  let files: readonly string[] = []
  beforeAll(() => {
    files = filesIn(app)
  })

  test('holds the built product, the two native packages and nothing of the repository', () => {
    const tops = new Set(files.map((file) => /^(dist\/\w+|node_modules\/(?:@\w+\/)?[^/]+|.*)/.exec(file)?.[1]))
    expect([...tops].sort()).toEqual([
      'dist/main',
      'dist/renderer',
      // Only the host's package of koffi is installed, so only that installer can be complete here.
      ...({ linux: 'linux', win: 'win32' }[os] === process.platform
        ? [`node_modules/@koromix/koffi-${process.platform}-${process.arch}`]
        : []),
      'node_modules/better-sqlite3',
      'node_modules/koffi',
      'package.json',
    ])
  })

  test('holds no source, no source map and no C++', () => {
    expect(files.filter((file) => /\.(tsx?|map|cc|hh?|gypi?|md|sql)$/.test(file))).toEqual([])
  })

  test('holds no entry that would need plain Node', () => {
    const entries = files.filter((file) => /^dist\/main\/[^/]+$/.test(file)).sort()
    expect(entries).toEqual([
      // The three threads are workers of the agent's process, not processes of their own.
      'dist/main/delivery-thread.js',
      'dist/main/electron-agent.js',
      'dist/main/electron.js',
      'dist/main/folder-thread.js',
      // The photo thread's codec.
      'dist/main/openjpegwasm_decode.wasm',
      'dist/main/photo-thread.js',
      'dist/main/preload.cjs',
      'dist/main/reader-host.js',
    ])
    const behindHeadless = 'dist/main/chunks/headless.js'
    expect(existsSync(join(root, behindHeadless))).toBe(true)
    expect(files).not.toContain(behindHeadless)
  })

  test('holds the binaries of its own platform only, outside the archive, and only they are outside', () => {
    const platform = { linux: 'linux', win: 'win32' }[os]
    const koffi = `node_modules/@koromix/koffi-${platform}-x64/${platform}_x64/koffi.node`
    const expected = [
      ...(existsSync(join(root, koffi)) ? [koffi] : []),
      `node_modules/better-sqlite3/prebuilds/${platform}-x64.node`,
    ]
    expect(files.filter((file) => file.endsWith('.node')).sort()).toEqual(expected)
    expect(installers[os].unpacked.map((file) => file.split(sep).join('/')).sort()).toEqual(expected)
    expect(
      filesIn(resources)
        .filter((file) => file.startsWith('app.asar.unpacked/'))
        .sort(),
    ).toEqual(expected.map((file) => `app.asar.unpacked/${file}`))
  })

  test('lays the migrations beside the archive, byte for byte', () => {
    const names = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
    expect(filesIn(resources).filter((file) => file.startsWith('migrations/'))).toEqual(
      names.map((name) => `migrations/${name}`),
    )
    for (const name of names) {
      expect(readFileSync(join(resources, 'migrations', name))).toEqual(readFileSync(join(root, 'migrations', name)))
    }
  })

  test('lays the schema of the settings beside the archive, for editors', () => {
    const name = 'settings.schema.json'
    expect(readFileSync(join(resources, name))).toEqual(readFileSync(join(root, 'docs', name)))
  })

  test('lays the command where a console finds it, on Windows', () => {
    const command = join(folder, os, 'bin/madoguchi.cmd')
    expect(existsSync(command)).toBe(os === 'win')
    if (os === 'win') expect(readFileSync(command, 'utf8')).toContain(String.raw`"%~dp0..\Madoguchi.exe" %*`)
  })

  test('holds every file that its own code asks for', () => {
    const scripts = files.filter((file) => /^dist\/main\/.*\.js$/.test(file))
    const missing = scripts.flatMap((file) =>
      [...readFileSync(join(app, file), 'utf8').matchAll(/(?:from|import\(?)\s*"(\.{1,2}\/[^"]+)"/g)]
        .map((match) =>
          join(dirname(file), match[1] ?? '')
            .split(sep)
            .join('/'),
        )
        .filter((target) => !files.includes(target)),
    )
    expect(missing).toEqual([])
  })

  test('is of the kind that the system takes, on Windows for the whole computer', () => {
    expect(installers[os].targets).toEqual({ linux: ['AppImage'], win: ['nsis'] }[os])
    expect(installers[os].perMachine).toBe(true)
  })

  test('has every fuse set to the safe side, and the archive is checked before it is run', () => {
    expect(installers[os].fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(installers[os].disableAsarIntegrity).toBe(false)
  })
})

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'what is packed for this computer is enough: agent, database, migrations, photo, Koffi and page work from it alone',
  async () => {
    const app = join(folder, 'linux/app')
    const resources = join(folder, 'linux/resources')
    const dataDir = temporaryFolder()
    const entry = startEntry(join(app, 'dist/main/electron.js'), dataDir, { STAND_IN_RESOURCES: resources })
    onTestFinished(() => void entry.process.kill())
    expect([await entry.ready, entry.errorBoxes]).toEqual([true, []])
    const page = { url: 'app://madoguchi/index.html', parent: null }
    expect(await entry.tell('call', page, 'reception', {})).toMatchObject({
      ok: true,
      value: { whole: { mode: 'training' } },
    })
    expect(await entry.tell('page', page.url)).toMatchObject({ status: 200 })
    expect(await entry.tell('facts')).toMatchObject({ windows: [{ webPreferences: { devTools: false } }] })
    void entry.tell('choose', '終了')
    expect(await entry.ended).toBe(0)

    const decode = createPhotoDecoder({ entry: join(app, 'dist/main/photo-thread.js') })
    expect(await decode(Buffer.from(images.nanbyo.photo, 'base64'))).toMatchObject({ ok: true })

    const koffi = "import koffi from 'koffi'; process.stdout.write(typeof koffi.load)"
    const loaded = spawnSync(process.execPath, ['--input-type=module', '-e', koffi], { cwd: app, encoding: 'utf8' })
    expect([loaded.stdout, loaded.stderr]).toEqual(['function', ''])
  },
)

// Where the binary is there, this would build real installers for minutes.
test.skipIf(existsSync(join(root, 'node_modules/electron/path.txt')))(
  'where Electron cannot be had, `npm run dist` says so of each installer in one sentence and fails',
  () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/dist.mjs')], {
      encoding: 'utf8',
      // Nothing listens on this port, and nothing was fetched before.
      env: { ...process.env, ELECTRON_MIRROR: 'http://127.0.0.1:9/', electron_config_cache: temporaryFolder() },
    })
    expect(stdout).toBe('')
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^準備中: /),
      'Electron の本体を取得できません。',
      ...(process.platform === 'win32'
        ? [
            'NSIS: Electron の本体がないため、作れません。',
            expect.stringMatching(/^MSI: /),
            expect.stringMatching(/^deb, /),
          ]
        : [
            'deb: Electron の本体がないため、作れません。',
            'AppImage: Electron の本体がないため、作れません。',
            'NSIS: Windows の上で作ります（docs/release.md）。',
            'MSI: Windows の上で作った本体から作ります（docs/release.md）。',
          ]),
    ])
    expect(status).toBe(2)
  },
)
