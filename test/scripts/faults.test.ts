// A bug that nobody caught, in the real product: it leaves its place in the log and nothing of a patient anywhere, and the
// door starts the desk again, at the same address, as long as that makes sense.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src-main/ground/clock.ts'
import { dataFolder } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { openClient } from '../headless.ts'
import { eventually, root, temporaryFolder } from '../support.ts'

const secret = '窓口花子 1990-01-01'

/** Loaded into the product: it fails when it is told to, or as soon as somebody would notice. */
function faultyNode(when: 'asked' | 'at once'): string {
  const file = join(temporaryFolder(), 'fault.mjs')
  const fail = `const fail = async () => { throw new TypeError(${JSON.stringify(secret)}) }`
  writeFileSync(
    file,
    when === 'asked'
      ? `${fail}\nprocess.on('SIGUSR2', () => void fail())`
      : `${fail}\nconst look = setInterval(() => {
           if (process.listenerCount('uncaughtException') === 0) return
           clearInterval(look)
           void fail()
         }, 1)`,
  )
  return `--import ${pathToFileURL(file)}`
}

const logLines = (dataDir: string): { event: string; where?: string[] }[] =>
  readdirSync(join(dataDir, 'logs')).flatMap((name) =>
    readFileSync(join(dataDir, 'logs', name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  )

fault('agent', 'The program meets a bug', {
  seen: 'AGENT_FAULT',
  data: 'Its place stands in the log, and nothing about a patient.',
  recovery: 'It is begun again; the number on the screen finds the lines of the log.',
})
test('a check-in for a script that meets a bug prints the one object, exits with 1, and keeps the message to itself', async () => {
  const dataDir = await dataFolder(undefined, systemClock)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['dist/main/headless.js', '--once', '--json', '--data', dataDir],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: faultyNode('at once') } },
  )
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'AGENT_FAULT' } })
  expect(stdout + stderr).not.toContain('窓口花子')
  const fault = logLines(dataDir).find(({ event }) => event === 'fault')
  expect(fault?.where?.[0]).toBe('TypeError')
  expect(fault?.where?.[1]).toMatch(/fault\.mjs:\d+:\d+/)
  expect(JSON.stringify(logLines(dataDir))).not.toContain('窓口花子')
})

describe.skipIf(process.platform !== 'linux')('a desk whose agent goes down', () => {
  async function openDesk() {
    const dataDir = await dataFolder(undefined, systemClock)
    const door = spawn(process.execPath, ['scripts/run.mjs', 'start', '--data', dataDir], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: faultyNode('asked') },
    })
    onTestFinished(() => void door.kill('SIGTERM'))
    let printed = ''
    for (const stream of [door.stdout, door.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text
      })
    }
    const addresses = () => [...printed.matchAll(/http:\/\/\S+/g)].map(([address]) => new URL(address))
    const agent = () =>
      Number(readFileSync(`/proc/${door.pid}/task/${door.pid}/children`, 'utf8').trim().split(' ').at(-1))
    const opened = (count: number) =>
      eventually(`the desk is open ${count} times`, () => addresses().length >= count, 60_000)
    await opened(1)
    return { dataDir, door, agent, opened, addresses, printed: () => printed }
  }

  test('is started again with its screen at the same address, and stops in order after that', async () => {
    const desk = await openDesk()
    const call = await openClient(String(desk.addresses()[0]))
    process.kill(desk.agent(), 'SIGUSR2')
    await desk.opened(2)
    // The page that was in stays in: nobody has to type an address at the counter.
    expect((await call('insertTrainingCard', { persona: 'nanbyo' })).ok).toBe(true)
    // What the system ends (no memory left, say) comes back as well.
    process.kill(desk.agent(), 'SIGKILL')
    await desk.opened(3)
    expect(new Set(desk.addresses().map(({ port }) => port)).size).toBe(1)
    expect(desk.printed()).toContain('再起動します')
    expect(desk.printed()).not.toContain('窓口花子')
    desk.door.kill('SIGTERM')
    expect(await once(desk.door, 'exit')).toEqual([0, null])
    const events = logLines(desk.dataDir).map(({ event }) => event)
    expect(events.filter((event) => event === 'fault').length).toBe(1)
    expect(events.at(-1)).toBe('agentStopped')
  }, 90_000)

  test('is given up with a sentence when it goes down again and again', async () => {
    const desk = await openDesk()
    const ended = once(desk.door, 'exit')
    for (let start = 1; start <= 4; start++) {
      await desk.opened(start)
      process.kill(desk.agent(), 'SIGUSR2')
    }
    expect(await ended).toEqual([1, null])
    expect(desk.printed()).toContain('再起動をやめました')
  }, 90_000)
})

describe.skipIf(process.platform !== 'linux')('a process that holds patient data', () => {
  test('dumps no core and opens no debugger, whoever signals it', async () => {
    const dataDir = await dataFolder(undefined, systemClock)
    const door = spawn(process.execPath, ['scripts/run.mjs', 'start', '--data', dataDir], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onTestFinished(() => void door.kill('SIGTERM'))
    let complaints = ''
    door.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text
    })
    await once(door.stdout, 'data')
    const agent = Number(readFileSync(`/proc/${door.pid}/task/${door.pid}/children`, 'utf8').trim().split(' ').at(-1))
    expect(readFileSync(`/proc/${agent}/limits`, 'utf8')).toMatch(/Max core file size +0 +0 /)
    expect(readFileSync(`/proc/${agent}/cmdline`, 'utf8')).toContain('--disable-sigusr1')
    process.kill(agent, 'SIGUSR1')
    process.kill(agent, 'SIGTERM')
    expect(await once(door, 'exit')).toEqual([0, null])
    expect(complaints).not.toMatch(/debugger/i)
  })
})
