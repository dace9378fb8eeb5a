// First starts that go wrong, and that the next one heals. The installation itself (0.7 GB) is stood in for, with the very
// ways in which npm fails; its question to the registry is npm's own, in a real process.
import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createSetUp } from '../../scripts/set-up.mjs'
import { eventually, root, temporaryFolder } from '../support.ts'
import { onWindows } from '../system.ts'

const native = 'node_modules/better-sqlite3/native.node'

/** A checkout with nothing installed, in which npm and the build do what the test says. */
function checkout(name = '') {
  const folder = join(temporaryFolder(), name)
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('package.json', '{}')
  write('package-lock.json', '{"packages":{"":{},"node_modules/@scope/tool":{"version":"1.2.3"}}}')
  for (const source of ['src-main', 'src-renderer', 'native']) write(join(source, 'a.ts'), '')
  write('scripts/build.mjs', '')
  write('vite.config.ts', '')
  const world = {
    freeMb: 50_000,
    /** What npm answers: undefined is success. */
    view: undefined as string | undefined,
    install: undefined as string | undefined,
    build: { code: 0, signal: null as string | null, output: '' },
    calls: [] as string[],
    said: [] as string[],
    /** Packages as npm leaves them. */
    unpack: () => write(native, 'whole'),
  }
  const start = () =>
    createSetUp(folder, {
      say: (text: string) => void world.said.push(text),
      freeMb: () => world.freeMb,
      npm: async (_folder: string, args: string[]) => {
        world.calls.push(args.includes('--offline') ? `${args[0]} --offline` : `${args[0]}`)
        const failure = args[0] === 'view' ? world.view : world.install
        if (args[0] === 'install') world.unpack()
        return { code: failure && !failure.startsWith('npm warn') ? 1 : 0, signal: null, output: failure ?? '' }
      },
      build: async () => {
        world.calls.push('build')
        if (world.build.code === 0) {
          write('dist/main/headless.js', 'agent')
          write('dist/renderer/index.html', 'page')
        }
        return world.build
      },
    }).setUp()
  const failure = () =>
    start().then(
      () => null,
      (error: { code: string; message: string; next: string; exitCode: number }) => error,
    )
  return { folder, world, start, failure, has: (path: string) => existsSync(join(folder, path)) }
}

test('a fresh clone is installed and built once, and a second start does nothing', async () => {
  const { world, start, folder } = checkout()
  await start()
  expect(world.calls).toEqual(['view', 'install', 'build'])
  world.calls.length = 0
  world.said.length = 0
  await start()
  expect(world.calls).toEqual([])
  expect(world.said).toEqual([])
  expect(readdirSync(folder)).not.toContain('.set-up.lock')
})

test('a place whose name the bundler cannot read is told before anything is fetched', async () => {
  const { world, failure, folder } = checkout('受付 #2')
  const failed = await failure()
  expect(failed).toMatchObject({ code: 'SET_UP_PLACE_UNUSABLE', exitCode: 2 })
  expect(failed?.message).toContain(folder)
  expect(world.calls).toEqual([])
})

describe('without network', () => {
  test.each(['EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'SELF_SIGNED_CERT_IN_CHAIN'])(
    'it says so after one question, and the next start heals: %s',
    async (code) => {
      const { world, start, failure } = checkout()
      world.view = `npm error code ${code}\nnpm error syscall getaddrinfo`
      world.install = 'npm error code ENOTCACHED'
      const failed = await failure()
      expect(failed).toMatchObject({ code: 'SET_UP_OFFLINE', exitCode: 2 })
      expect(failed?.message).toContain(code)
      expect(failed?.next).toContain('ネットワーク')
      // npm is only allowed to look into its own cache: it would ask for hundreds of packages in turn.
      expect(world.calls).toEqual(['view', 'install --offline'])
      world.view = undefined
      world.install = undefined
      await start()
      expect(world.calls.slice(2)).toEqual(['view', 'install', 'build'])
    },
  )

  test('packages that npm still has in its cache are enough', async () => {
    const { world, start } = checkout()
    world.view = 'npm error code EAI_AGAIN'
    await start()
    expect(world.calls).toEqual(['view', 'install --offline', 'build'])
  })

  test('a network that goes in the middle is told as well', async () => {
    const { world, failure } = checkout()
    world.install = 'npm error code ECONNRESET'
    expect(await failure()).toMatchObject({ code: 'SET_UP_OFFLINE' })
  })

  const hasNpm = spawnSync('npm', ['--version'], { shell: onWindows }).status === 0
  if (!hasNpm) process.stderr.write('!! LEFT OUT: npm without network: npm is missing\n')
  /** A clone whose only package lies at a registry that is gone, with the real door in it; how it is to be started. */
  async function cutOff() {
    const { folder } = checkout()
    const dependencies = { '@scope/tool': '1.2.3' }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'clone', version: '1.0.0', dependencies }))
    const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({
        name: 'clone',
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'clone', version: '1.0.0', dependencies },
          'node_modules/@scope/tool': { version: '1.2.3', integrity },
        },
      }),
    )
    for (const name of readdirSync(join(root, 'scripts'))) {
      writeFileSync(join(folder, 'scripts', name), readFileSync(join(root, 'scripts', name)))
    }
    // A port that nobody listens on any more.
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await new Promise((resolve) => server.close(resolve))
    return {
      cwd: folder,
      env: {
        ...process.env,
        npm_config_registry: `http://127.0.0.1:${port}/`,
        npm_config_cache: join(folder, 'cache'),
        npm_execpath: undefined,
      },
    }
  }

  test.skipIf(!hasNpm)('the real npm is asked once, and the door ends with the sentence and the object', async () => {
    const run = promisify(execFile)
    const ended = await run(process.execPath, ['scripts/run.mjs', 'start', '--once', '--json'], await cutOff()).catch(
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
    expect(ended).toMatchObject({ code: 2 })
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { code: 'SET_UP_OFFLINE', class: 'transient' } })
    expect(ended.stderr).toContain('ECONNREFUSED')
    expect(ended.stderr).not.toMatch(/\bat .*:\d+:\d+/)
  })

  test.skipIf(!hasNpm)('a reader that goes after the first line changes nothing of that', async () => {
    const door = spawn(process.execPath, ['scripts/run.mjs', 'start'], await cutOff())
    await once(door.stderr, 'data')
    door.stderr.destroy()
    door.stdout.destroy()
    // A stack trace would end it with 1.
    expect(await once(door, 'exit')).toEqual([2, null])
  })
})

describe('on a full disk', () => {
  test('it does not even begin where the packages cannot fit', async () => {
    const { world, failure } = checkout()
    world.freeMb = 280
    const failed = await failure()
    expect(failed).toMatchObject({ code: 'SET_UP_DISK_FULL', exitCode: 2 })
    expect(failed?.message).toContain('280 MB')
    expect(world.calls).toEqual([])
  })

  test.each([
    [
      'npm warns of files that it cut and ends well',
      50_000,
      'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write',
    ],
    ['nothing is left afterwards', 3, undefined],
  ])('half-unpacked packages are never taken for whole ones: %s', async (_, freeMb, install) => {
    const { world, start, failure, folder, has } = checkout()
    world.install = install
    world.unpack = () => {
      mkdirSync(join(folder, 'node_modules/better-sqlite3'), { recursive: true })
      writeFileSync(join(folder, native), 'wh')
      writeFileSync(join(folder, 'node_modules/better-sqlite3/only-half'), '')
      world.freeMb = freeMb
    }
    expect(await failure()).toMatchObject({ code: 'SET_UP_DISK_FULL' })
    // Room was made. What was cut must not survive.
    world.freeMb = 50_000
    world.install = undefined
    world.unpack = () => {
      mkdirSync(join(folder, 'node_modules/better-sqlite3'), { recursive: true })
      writeFileSync(join(folder, native), 'whole')
    }
    await start()
    expect(has('node_modules/better-sqlite3/only-half')).toBe(false)
    expect(readFileSync(join(folder, native), 'utf8')).toBe('whole')
  })

  test('a build that finds no room says so, and the next start builds', async () => {
    const { world, start, failure, has } = checkout()
    world.build = { code: 1, signal: null, output: 'Error: ENOSPC: no space left on device, write' }
    expect(await failure()).toMatchObject({ code: 'SET_UP_DISK_FULL' })
    world.build = { code: 0, signal: null, output: '' }
    await start()
    expect(world.calls).toEqual(['view', 'install', 'build', 'build'])
    expect(has('dist/main/headless.js')).toBe(true)
  })

  test('a tool that crashes on its own cut file has the packages made anew', async () => {
    const { world, start, failure } = checkout()
    world.build = { code: -1, signal: 'SIGBUS', output: '' }
    expect(await failure()).toMatchObject({ code: 'SET_UP_BUILD_FAILED', exitCode: 1 })
    world.build = { code: 0, signal: null, output: '' }
    await start()
    expect(world.calls).toEqual(['view', 'install', 'build', 'view', 'install', 'build'])
  })
})

describe('what was made is looked at as a whole', () => {
  const losses: [string, (folder: string) => void, string[]][] = [
    ['a folder of the build', (folder) => rmSync(join(folder, 'dist/renderer'), { recursive: true }), ['build']],
    ['a cut file of the build', (folder) => truncateSync(join(folder, 'dist/main/headless.js'), 1), ['build']],
    ['a native file', (folder) => rmSync(join(folder, native)), ['view', 'install']],
    ['a cut native file', (folder) => truncateSync(join(folder, native), 1), ['view', 'install']],
    [
      'all packages',
      (folder) => rmSync(join(folder, 'node_modules'), { recursive: true }),
      ['view', 'install', 'build'],
    ],
  ]
  test.each(losses)('%s is made again', async (_, lose, calls) => {
    const { world, start, folder } = checkout()
    await start()
    world.calls.length = 0
    lose(folder)
    await start()
    // Without its memory, which lay among the packages, it builds as well.
    expect(world.calls.slice(0, calls.length)).toEqual(calls)
    world.calls.length = 0
    await start()
    expect(world.calls).toEqual([])
  })

  test('a build that was cut off is not taken for the one before it', async () => {
    const { world, start, failure, folder } = checkout()
    await start()
    writeFileSync(join(folder, 'src-main/a.ts'), 'changed')
    world.build = { code: 1, signal: null, output: 'cut off' }
    expect(await failure()).toMatchObject({ code: 'SET_UP_BUILD_FAILED' })
    writeFileSync(join(folder, 'src-main/a.ts'), '')
    world.build = { code: 0, signal: null, output: '' }
    world.calls.length = 0
    await start()
    expect(world.calls).toEqual(['build'])
  })
})

test('a part for this system that npm left out without a word is missed', async () => {
  const { folder, failure } = checkout()
  const own = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] }
  const others = { ...own, os: ['sunos'] }
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/own': own, 'node_modules/others': others } }),
  )
  const failed = await failure()
  expect(failed).toMatchObject({ code: 'SET_UP_PACKAGES_REFUSED' })
  expect(failed?.message).toContain('node_modules/own')
  expect(failed?.message).not.toContain('others')
})

test('a start waits while another one works in the same clone, and no longer than that one lives', async () => {
  const { world, start, folder } = checkout()
  const other = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
  writeFileSync(join(folder, '.set-up.lock'), String(other.pid))
  const started = start()
  await eventually('it says that it waits', () => world.said.some((text) => text.includes('待っています')))
  expect(world.calls).toEqual([])
  other.kill('SIGKILL')
  await started
  expect(world.calls).toEqual(['view', 'install', 'build'])
})

test('a Node that is too old is told before anything else', () => {
  const file = join(temporaryFolder(), 'old.mjs')
  writeFileSync(
    file,
    `Object.defineProperty(process.versions, 'node', { value: '18.19.0' })\nawait import(${JSON.stringify(pathToFileURL(join(root, 'scripts/run.mjs')))})`,
  )
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, 'start', '--json'], { encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stderr).toMatch(/Node\.js 20 以上が必要です（今は 18\.19\.0 です）/)
  expect(JSON.parse(stdout).error.code).toBe('SET_UP_NODE_TOO_OLD')
})
