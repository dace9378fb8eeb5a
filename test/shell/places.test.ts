// The product where its surroundings are odd: outputs that nobody reads, ports that are taken, a home that is none. Told in a
// sentence, with an exit code that says who has to do something, and never with a stack trace.
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src-main/ground/clock.ts'
import { startOptions } from '../../src-main/shell/command-line.ts'
import { dataFolder } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { root, temporaryFolder } from '../support.ts'

const agent = join(root, 'dist/main/headless.js')
const stack = /\bat .*:\d+:\d+/

/** Through a shell, for what only a shell does with outputs. */
const inShell = (line: string, env = process.env): SpawnSyncReturns<string> =>
  spawnSync('/bin/sh', ['-c', line], { encoding: 'utf8', cwd: root, env })
const command = (...args: string[]) => `'${process.execPath}' '${agent}' ${args.map((arg) => `'${arg}'`).join(' ')}`

describe.skipIf(!existsSync('/dev/full'))('an output that takes nothing', () => {
  test('is not read as a success: the result was lost', async () => {
    const line = command('--once', '--json', '--data', await dataFolder(undefined, systemClock))
    const { status, stderr } = inShell(`${line} > /dev/full`)
    expect(status).toBe(2)
    expect(stderr).toContain('結果を標準出力に書けませんでした')
    expect(stderr).not.toMatch(stack)
  })

  test('for people only does not keep the check-in from its end', async () => {
    const line = command('--once', '--json', '--data', await dataFolder(undefined, systemClock))
    const { status, stdout } = inShell(`${line} 2> /dev/full`)
    expect(status).toBe(0)
    expect(JSON.parse(stdout).ok).toBe(true)
  })

  test('whose reader goes after the first line leaves no check-in half done', async () => {
    const dataDir = await dataFolder(undefined, systemClock)
    const once = command('--once', '--data', dataDir)
    const { stdout } = inShell(`( ${once} 2>&1; echo "ended with $?" >&2 ) | head -1`)
    expect(stdout.trim().split('\n').length).toBe(1)
    const { stdout: listed } = inShell(command('--deliveries', '--json', '--data', dataDir))
    const states = JSON.parse(listed).deliveries.map(({ state }: { state: string }) => state)
    expect(states).toEqual(['delivered', 'delivered'])
  })

  fault('sessions', 'The terminal in which the desk was started is closed', {
    seen: 'nothing',
    class: 'transient',
    data: 'The desk goes on.',
    recovery: 'It ends in order when it is told to.',
  })
  test('does not close a desk: it goes on, and ends in order', async () => {
    const dataDir = await dataFolder(undefined, systemClock)
    const desk = spawn(process.execPath, [agent, '--data', dataDir], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void desk.kill('SIGKILL'))
    desk.stderr.destroy()
    const [printed] = await once(desk.stdout, 'data')
    desk.stdout.destroy()
    const { origin } = new URL(String(printed).trim())
    expect((await fetch(origin)).status).toBe(200)
    desk.kill('SIGTERM')
    expect(await once(desk, 'exit')).toEqual([0, null])
  })
})

describe('a port', () => {
  fault('agent', 'The port of the settings is another program’s', {
    seen: 'PORT_TAKEN',
    detail: { field: '8443' },
    data: 'Nothing is begun.',
    recovery: 'Another port is named, or none.',
  })
  test('that is taken is told as taken, not as wrong', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { status, stderr } = spawnSync(
      process.execPath,
      [agent, '--data', await dataFolder(undefined, systemClock), '--port', String(port)],
      { encoding: 'utf8' },
    )
    expect(status).toBe(2)
    expect(stderr).toContain(`ポート ${port} を開けませんでした`)
    expect(stderr).toContain('(PORT_TAKEN)')
  })
})

describe('the command line', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8', cwd: root })

  test('lists every option it knows', () => {
    const { status, stderr } = run(agent, '--help')
    expect(status).toBe(0)
    for (const [name, { about }] of Object.entries(startOptions)) {
      const line = stderr.split('\n').find((each) => each.startsWith(`  --${name} `))
      expect({ name, line }).toEqual({ name, line: expect.stringContaining(about) })
    }
  })

  test.each([
    [['--card', 'nobody'], '--card'],
    [['--nope'], '--nope'],
    [['--pin'], '--pin'],
  ])('names the option that is wrong: %s', async (args, option) => {
    const { status, stdout } = run(
      agent,
      '--once',
      '--json',
      '--data',
      await dataFolder(undefined, systemClock),
      ...args,
    )
    expect(status).toBe(2)
    expect(JSON.parse(stdout).error.message).toContain(option)
  })

  test('says nothing in English about a word that belongs to no option, and does not repeat it', () => {
    const { status, stdout } = run(agent, '--once', '--json', '9876')
    expect(status).toBe(2)
    expect(JSON.parse(stdout).error.message).not.toMatch(/[a-z]|9876/)
  })

  test.each(['virtual-card', 'sandbox'])('of %s tells how it is typed when asked for help', (name) => {
    const { status, stderr } = run(join(root, `dist/main/${name}.js`), '--help')
    expect(status).toBe(0)
    expect(stderr).toContain(`npm run ${name} -- `)
  })

  test.each([
    ['dist/main/virtual-card.js', '使い方'],
    ['dist/main/sandbox.js', '使い方'],
    ['scripts/run.mjs', 'virtual-card'],
  ])('of %s tells its usage where it does not understand', (script, usage) => {
    const { status, stderr } = run(join(root, script), '--nope')
    expect(status).toBe(2)
    expect(stderr).toContain(usage)
    expect(stderr).not.toMatch(stack)
  })
})

describe.skipIf(process.platform !== 'linux')('a place that is none', () => {
  test('a home in which no folder can be made is told at once', () => {
    const { MADOGUCHI_DATA: _, XDG_DATA_HOME: __, ...env } = process.env
    const { status, stdout } = inShell(command('--once', '--json'), { ...env, HOME: '/proc' })
    expect(status).toBe(2)
    expect(JSON.parse(stdout).error.code).toBe('STORE_UNWRITABLE')
  })

  const canUnshare = spawnSync('unshare', ['-n', 'true']).status === 0
  if (!canUnshare) process.stderr.write('!! LEFT OUT: a computer without 127.0.0.1: it needs root and unshare\n')
  test.skipIf(!canUnshare)('a computer without 127.0.0.1 is told as that', async () => {
    const line = command('--once', '--json', '--data', await dataFolder(undefined, systemClock))
    const { status, stdout } = inShell(`unshare -n sh -c "ip link set lo up; ip addr del 127.0.0.1/8 dev lo; ${line}"`)
    expect(status).toBe(2)
    expect(JSON.parse(stdout).error.code).toBe('LOOPBACK_UNAVAILABLE')
  })
})

// Only where the binary is not there already: then nothing has to be fetched.
test.skipIf(existsSync(join(root, 'node_modules/electron/path.txt')))(
  'a desktop program that cannot be fetched is something that a person can put right',
  { timeout: 120_000 },
  () => {
    const env = { ...process.env, ELECTRON_MIRROR: 'http://127.0.0.1:9/', electron_config_cache: temporaryFolder() }
    const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'electron'], {
      encoding: 'utf8',
      cwd: root,
      env,
    })
    expect(stderr).toContain('Electron を取得できないため、起動できません。')
    expect(stderr).not.toMatch(stack)
    expect(status).toBe(2)
  },
)
