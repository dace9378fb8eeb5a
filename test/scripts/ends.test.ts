// Every door, ended in every way: it stops in order and leaves no process behind. Real npm, real process groups; a mark in
// the environment finds whatever was started, wherever it went.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src-main/ground/clock.ts'
import { dataFolder } from '../agent/fixture.ts'
import { root } from '../support.ts'
import { onWindows } from '../system.ts'

const canLook = process.platform === 'linux'
const hasNpm = spawnSync('npm', ['--version']).status === 0
if (!canLook || !hasNpm) process.stderr.write('!! LEFT OUT: the ends of every door: they need Linux and npm\n')

let mark = ''
/** Processes that bear the mark, and are not just waiting to be noticed as dead. */
const alive = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`MADOGUCHI_TEST_MARK=${mark}`)) return false
        return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      } catch {
        return false
      }
    })
    .map(Number)

afterEach(() => {
  for (const pid of alive()) process.kill(pid, 'SIGKILL')
})

interface Door {
  readonly task: string
  readonly args: readonly string[]
  /** What it prints when it is at work. */
  readonly isReady: RegExp
}

const doors = {
  start: (dataDir: string): Door => ({ task: 'start', args: ['--data', dataDir], isReady: /Ctrl\+C/ }),
  sandbox: (dataDir: string): Door => ({
    task: 'sandbox',
    args: ['--data', dataDir, '--port', '0', '--office-port', '0'],
    isReady: /Ctrl\+C/,
  }),
  // Nobody listens there: it waits for its reader.
  'virtual-card': (dataDir: string): Door => ({
    task: 'virtual-card',
    args: ['--data', dataDir, '--port', '9'],
    isReady: /待っています/,
  }),
  test: (): Door => ({ task: 'test', args: [], isReady: /check: types/ }),
}

/** Starts a door as npm does, or without it; resolves when it is at work. */
async function open(name: keyof typeof doors, through: 'npm' | 'run.mjs') {
  mark = randomUUID()
  const dataDir = await dataFolder(undefined, systemClock)
  const { task, args, isReady } = doors[name](dataDir)
  const [command, ...rest] =
    through === 'npm' ? ['npm', 'run', task, '--', ...args] : [process.execPath, 'scripts/run.mjs', task, ...args]
  const child = spawn(command ?? '', rest, {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: undefined, npm_execpath: undefined, MADOGUCHI_TEST_MARK: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal gives it.
    detached: true,
  })
  let printed = ''
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed += text
        if (isReady.test(printed)) resolve()
      })
    }
    child.once('exit', () => reject(new Error(`ended before it was ready: ${printed}`)))
  })
  return { child, dataDir }
}

/** Resolves when nothing that bears the mark is alive any more. The test's own limit ends a wait that has no end. */
async function nobodyIsLeft() {
  while (alive().length > 0) await new Promise((resolve) => setTimeout(resolve, 50))
}

const logOf = (dataDir: string) => {
  const folder = join(dataDir, 'logs')
  if (!existsSync(folder)) return ''
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
}
const toOne = (child: ChildProcess, signal: NodeJS.Signals) => process.kill(child.pid ?? 0, signal)
const toAll = (child: ChildProcess, signal: NodeJS.Signals) => process.kill(-(child.pid ?? 0), signal)

describe.skipIf(!canLook || !hasNpm)('a door that is ended leaves nobody behind', () => {
  test.each([
    ['start', 'npm', 'Ctrl+C in its terminal', toAll, 'SIGINT'],
    ['start', 'npm', 'its terminal closed', toAll, 'SIGHUP'],
    ['start', 'npm', 'the whole group ended', toAll, 'SIGTERM'],
    ['start', 'npm', 'npm told to end', toOne, 'SIGTERM'],
    ['start', 'npm', 'npm told to hang up', toOne, 'SIGHUP'],
    ['start', 'npm', 'npm killed', toOne, 'SIGKILL'],
    ['start', 'run.mjs', 'interrupted', toOne, 'SIGINT'],
    ['start', 'run.mjs', 'told to end', toOne, 'SIGTERM'],
    ['start', 'run.mjs', 'told to hang up', toOne, 'SIGHUP'],
    ['start', 'run.mjs', 'killed', toOne, 'SIGKILL'],
    ['sandbox', 'npm', 'Ctrl+C in its terminal', toAll, 'SIGINT'],
    ['sandbox', 'npm', 'npm killed', toOne, 'SIGKILL'],
    ['sandbox', 'run.mjs', 'killed', toOne, 'SIGKILL'],
    ['virtual-card', 'npm', 'its terminal closed', toAll, 'SIGHUP'],
    ['virtual-card', 'npm', 'npm killed', toOne, 'SIGKILL'],
    ['virtual-card', 'run.mjs', 'killed', toOne, 'SIGKILL'],
    ['test', 'npm', 'Ctrl+C in its terminal', toAll, 'SIGINT'],
    ['test', 'npm', 'npm killed', toOne, 'SIGKILL'],
    ['test', 'run.mjs', 'told to end', toOne, 'SIGTERM'],
    ['test', 'run.mjs', 'killed', toOne, 'SIGKILL'],
  ] as const)(
    '%s through %s: %s',
    async (name, through, _, tell, signal) => {
      const { child, dataDir } = await open(name, through)
      expect(alive().length).toBeGreaterThan(1)
      tell(child, signal)
      await nobodyIsLeft()
      if (name === 'start') {
        expect(logOf(dataDir)).toContain('agentStopped')
        expect(existsSync(join(dataDir, 'madoguchi.db-wal'))).toBe(false)
      }
    },
    90_000,
  )
})

describe.skipIf(onWindows)('the agent by itself', () => {
  test.each([
    ['SIGINT', 'SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGINT', 'SIGHUP'],
    ['SIGHUP', 'SIGTERM', 'SIGTERM'],
  ] as const)('stops in order although it is told again and again: %s %s %s', async (...signals) => {
    mark = randomUUID()
    const dataDir = await dataFolder(undefined, systemClock)
    const agent = spawn(process.execPath, ['dist/main/headless.js', '--data', dataDir], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, MADOGUCHI_TEST_MARK: mark },
    })
    await once(agent.stdout, 'data')
    for (const signal of signals) agent.kill(signal)
    const [code, signal] = await once(agent, 'exit')
    expect([code, signal]).toEqual([0, null])
    expect(logOf(dataDir)).toContain('agentStopped')
  })
})

describe.skipIf(onWindows)('a check-in for a script', () => {
  test('that is told to end while it waits for a card stops in order, and is no success', async () => {
    mark = randomUUID()
    const dataDir = await dataFolder({ reader: 'pcsc' }, systemClock)
    const agent = spawn(process.execPath, ['dist/main/headless.js', '--once', '--data', dataDir], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, MADOGUCHI_TEST_MARK: mark },
    })
    // It says that it waits.
    await once(agent.stderr, 'data')
    agent.kill('SIGTERM')
    expect(await once(agent, 'exit')).toEqual([143, null])
    expect(logOf(dataDir)).toContain('agentStopped')
  })
})
