// Both sides of the border between main process and agent, with a process between them, and the real reader host in a third.
// Only Electron's own part is a stand-in here (utility-process.ts); the agent is one of nothing but answers.
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { type KeeperPorts, keepAgent } from '../../src-main/shell/agent-keeper.ts'
import { deskDoor, patientDoor } from '../../src-main/shell/doors.ts'
import type { KeyStore } from '../../src-main/store/key-store.ts'
import { fault } from '../faults.ts'
import { eventually, root } from '../support.ts'
import { reception } from './reception.ts'
import { type Forked, forkUtility, openChannel } from './utility-process.ts'

const place = { dataDir: '/nowhere', migrationsDir: '/nowhere', settings: null, version: '9.9.9' }

function openKeeper(
  keyStore: Partial<KeyStore> = {},
  more: {
    readonly endLimitMs?: number
    readonly readerHost?: string
    readonly untilSettled?: KeeperPorts<never>['untilSettled']
  } = {},
) {
  const agents: Forked[] = []
  const hosts: Forked[] = []
  const entries: LogEntry[] = []
  const refusals: unknown[] = []
  const told: unknown[] = []
  let uptimeS = 0
  let isOver = false
  const keep = (list: Forked[], entry: string) => {
    const forked = forkUtility(join(root, entry))
    list.push(forked)
    // An agent that went is started again, also when the test has just ended.
    if (isOver) forked.child.kill('SIGKILL')
    return forked
  }
  const agent = keepAgent({
    forkAgent: () => keep(agents, 'test/shell/answering-agent.ts'),
    forkReaderHost: () => keep(hosts, more.readerHost ?? 'native/reader-host.ts'),
    openChannel,
    keyStore: { load: async () => ok(null), create: async () => fail('STORE_UNWRITABLE'), ...keyStore },
    place,
    log: { write: (entry) => void entries.push(entry) },
    uptimeS: () => uptimeS,
    refused: (failure) => void refusals.push(failure),
    untilSettled: async () => expect.fail('nobody waits for settings'),
    ...more,
  })
  agent.follow(deskDoor, (said) => void told.push(said))
  onTestFinished(() => {
    isOver = true
    for (const { child } of [...agents, ...hosts]) child.kill('SIGKILL')
  })
  return {
    agent,
    agents,
    hosts,
    told,
    refusals,
    events: () => entries.map(({ event }) => event),
    after: (seconds: number) => {
      uptimeS += seconds
    },
    /** The newest agent’s process goes, and everybody has noticed. */
    async crash() {
      const last = agents.at(-1)
      const gone = last && once(last.child, 'exit')
      last?.child.kill('SIGKILL')
      await gone
    },
  }
}

/** Asks the agent of nothing but answers to do something; see there. */
const ask = (agent: Pick<ReturnType<typeof openKeeper>['agent'], 'call'>, name: string, request: unknown = {}) =>
  agent.call(deskDoor, name, request)

const whole = { whole: reception }

/** The page would be shown the desk. */
const isUp = async (agent: Parameters<typeof ask>[0]) => {
  const answer = await ask(agent, 'reception')
  return answer.ok && answer.value !== undefined && 'whole' in answer.value
}

test('calls go to the agent’s process by their door and come back answered, changes are told from the whole on', async () => {
  const { agent, told } = openKeeper()
  expect(await agent.start()).toEqual(ok(undefined))
  expect(await ask(agent, 'reception')).toEqual(ok(whole))
  expect(await agent.call(patientDoor, 'reception', {})).toMatchObject({ value: { whole: { step: { kind: 'off' } } } })
  expect(await ask(agent, 'change')).toEqual({ ok: true })
  await eventually('the change is told', () => told.length > 1)
  expect(told).toEqual([whole, { after: 7, parts: { revision: 8, hideAfterMin: 9 }, lists: {} }])
  // With the number under which its lines stand in the log.
  const reference: string = expect.stringMatching(/^\d{3}-\d{3}$/)
  expect(await ask(agent, 'fail')).toEqual(fail('PIN_WRONG', { triesLeft: 2, reference }))
  // What does not fit the contract stays inside.
  expect(await ask(agent, 'say something odd')).toMatchObject(fail('AGENT_FAULT'))
  await agent.stop()
})

test('the little that is shown beside the pages is known before the agent counts as started', async () => {
  const { agent } = openKeeper()
  await agent.start()
  const told: unknown[] = []
  agent.onOutlook((outlook) => void told.push(outlook))
  expect(told).toEqual([{ hasPatientPage: false, hasKiosk: false, asksForPin: false, waiting: [] }])
})

test('the key goes over once, and is wiped where it came from', async () => {
  const key = new Uint8Array(32).fill(7)
  let loads = 0
  const { agent } = openKeeper({
    async load() {
      loads += 1
      return ok(key)
    },
  })
  await agent.start()
  expect(await ask(agent, 'has the key of sevens')).toEqual({ ok: true })
  expect(loads).toBe(1)
  expect([...key]).toEqual(Array(32).fill(0))
})

test('a new key is made by the main process, and why there is none is said', async () => {
  const { agent } = openKeeper({ create: async () => ok(new Uint8Array(32).fill(7)) })
  await agent.start()
  expect(await ask(agent, 'make a key')).toEqual({ ok: true })
  const without = openKeeper()
  await without.agent.start()
  expect(await ask(without.agent, 'make a key')).toMatchObject(fail('STORE_UNWRITABLE'))
})

fault('agent', 'The agent’s process crashes', {
  seen: 'words/desk screen.line.restarting',
  class: 'transient',
  data: 'What was confirmed is not lost.',
  recovery: 'Another one is started by itself, and the page is fed again.',
})
test('an agent whose process is killed is followed by another, and the pages are told both', async () => {
  const { agent, agents, told, crash, events } = openKeeper()
  await agent.start()
  await eventually('the whole is told', () => told.length === 1)
  const unanswered = ask(agent, 'never answer')
  await crash()
  expect(await unanswered).toEqual(fail('AGENT_FAULT'))
  expect(told.slice(1)).toEqual([{ line: 'restarting' }])
  // A page that comes just now asks what to show.
  expect(await ask(agent, 'reception')).toEqual(ok({ line: 'restarting' }))
  expect(await ask(agent, 'change')).toEqual(fail('AGENT_FAULT'))
  await eventually('the next one tells the whole', () => told.length === 3)
  expect(told[2]).toEqual(whole)
  expect(agents).toHaveLength(2)
  expect(await ask(agent, 'reception')).toEqual(ok(whole))
  expect(events()).toEqual(['agentGone'])
})

test('a page that asks what to show of an agent that goes before it answers is told that', async () => {
  const { agent, crash } = openKeeper()
  await agent.start()
  await ask(agent, 'be busy for ever')
  const asked = ask(agent, 'reception')
  await crash()
  expect(await asked).toEqual(ok({ line: 'restarting' }))
})

test('that the computer is locked is said to the agent, and to the one that comes after it', async () => {
  const { agent, crash } = openKeeper()
  const isLocked = async () => {
    const answer = await ask(agent, 'reception')
    return answer.ok && answer.value && 'whole' in answer.value ? answer.value.whole.isLocked : null
  }
  await agent.start()
  agent.sayLocked(true)
  await eventually('the agent knows', async () => (await isLocked()) === true)
  await crash()
  await eventually('the next one knows', async () => (await isLocked()) === true)
  agent.sayLocked(false)
  await eventually('it is open', async () => (await isLocked()) === false)
})

test('a bug in the agent ends its process, and is followed by another one as well', async () => {
  const { agent, agents, told } = openKeeper()
  await agent.start()
  await ask(agent, 'throw')
  await eventually('another one tells the whole', () => agents.length === 2 && told.at(-1) !== undefined)
})

fault('agent', 'The agent’s process crashes again and again', {
  seen: 'words/desk screen.line.failed',
  class: 'permanent',
  data: 'What was confirmed is not lost.',
  recovery: 'After the third within a minute it is given up, and the page says what to do.',
})
test('three that go within a minute are enough: the pages are told, and no other one is started', async () => {
  const { agent, agents, told, crash, events, after } = openKeeper()
  await agent.start()
  for (const count of [1, 2]) {
    await crash()
    await eventually('another one is at work', () => isUp(agent))
    expect(agents).toHaveLength(count + 1)
    after(29)
  }
  expect(agent.hasFailed()).toBe(false)
  await crash()
  expect(told.at(-1)).toEqual({ line: 'failed' })
  expect(agent.hasFailed()).toBe(true)
  expect(agents).toHaveLength(3)
  expect(await ask(agent, 'reception')).toEqual(ok({ line: 'failed' }))
  expect(events().at(-1)).toBe('agentGivenUp')
  await agent.stop()
})

test('those that go now and then are followed for ever', async () => {
  const { agent, agents, crash, after } = openKeeper()
  await agent.start()
  for (let count = 1; count <= 4; count++) {
    await crash()
    await eventually('another one is at work', () => isUp(agent))
    expect(agents).toHaveLength(count + 1)
    after(31)
  }
})

test('what refuses to start says why, the first time to whoever starts it, later to a person', async () => {
  const wrong = openKeeper({ load: async () => fail('STORE_KEY_WRONG') })
  expect(await wrong.agent.start()).toEqual(fail('STORE_KEY_WRONG'))

  let isThere = true
  const later = openKeeper({ load: async () => (isThere ? ok(null) : fail('STORE_KEY_WRONG')) })
  await later.agent.start()
  isThere = false
  await later.crash()
  await eventually('a person is told', () => later.refusals.length > 0)
  expect(later.refusals).toEqual([{ code: 'STORE_KEY_WRONG' }])
})

test('one that does not begin with its settings is not gone: the pages say why, and it begins once they are mended', async () => {
  let isMended = false
  const mended = Promise.withResolvers<boolean>()
  const first = { code: 'SETTINGS_INVALID', detail: { field: 'mode' } } as const
  const unsettled = { line: 'unsettled', failure: first, files: ['/nowhere/settings.json'] } as const
  const { agent, agents, told, events } = openKeeper(
    { load: async () => (isMended ? ok(null) : { ok: false, error: first }) },
    {
      untilSettled(asked) {
        expect(asked.first).toEqual(first)
        asked.told(unsettled)
        return mended.promise
      },
    },
  )
  expect(await agent.start()).toEqual(ok(undefined))
  expect(told).toEqual([unsettled])
  expect(await ask(agent, 'reception')).toEqual(ok(unsettled))
  expect(await ask(agent, 'change')).toEqual(fail('AGENT_FAULT'))
  // What is wrong is not for patients.
  expect(await agent.call(patientDoor, 'reception', {})).toEqual(ok({ line: 'restarting' }))
  expect([agents.length, agent.hasFailed(), events()]).toEqual([1, false, []])
  isMended = true
  mended.resolve(true)
  await eventually('the next one tells the whole', () => told.length === 2)
  expect(told.at(-1)).toEqual(whole)
  expect(agents).toHaveLength(2)
})

test('an end while settings are waited for comes at once', async () => {
  const error = { code: 'SETTINGS_INVALID' } as const
  const { agent, agents } = openKeeper(
    { load: async () => ({ ok: false, error }) },
    {
      untilSettled({ told, signal }) {
        told({ line: 'unsettled', failure: error, files: [] })
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(false)))
      },
    },
  )
  await agent.start()
  await agent.stop()
  expect(agents).toHaveLength(1)
})

test('one that never comes up is given up like one that goes', async () => {
  const { agent, agents } = openKeeper({
    async load() {
      agents.at(-1)?.child.kill('SIGKILL')
      return ok(null)
    },
  })
  expect(await agent.start()).toEqual(fail('AGENT_FAULT'))
  expect(agents).toHaveLength(3)
})

test('an end in order waits for the agent, and nobody comes after it', async () => {
  const { agent, agents, told } = openKeeper()
  await agent.start()
  await ask(agent, 'reception')
  const gone = agents[0] && once(agents[0].child, 'exit')
  await agent.stop()
  expect(await gone).toEqual([0, null])
  expect(agents).toHaveLength(1)
  expect(told).toEqual([whole])
})

test('an end that hangs is ended as a crash would end it', async () => {
  const { agent, agents } = openKeeper({}, { endLimitMs: 50 })
  await agent.start()
  await ask(agent, 'hang at the end')
  await agent.stop()
  expect(agents.map(({ child }) => child.signalCode)).toEqual(['SIGKILL'])
})

test('the reader host speaks with the agent over a port of its own, and one that dies is replaced', async () => {
  const { agent, agents, hosts } = openKeeper()
  await agent.start()
  // Without a pcscd the answer is that there is no reader; with one, that this one is not known.
  const connects = async () => expect(await ask(agent, 'connect')).toMatchObject(fail('READER_UNAVAILABLE'))
  await connects()
  expect(hosts).toHaveLength(1)
  hosts[0]?.child.kill('SIGKILL')
  await eventually('a second host is started', () => hosts.length === 2)
  await connects()
  expect(agents).toHaveLength(1)
  expect(await ask(agent, 'close readers')).toEqual({ ok: true })
  await eventually('it has ended', () => hosts[1]?.child.signalCode !== null)
})

test('an agent that goes takes its reader host with it, and the next one gets its own', async () => {
  const { agent, hosts, crash } = openKeeper()
  await agent.start()
  await ask(agent, 'connect')
  const first = hosts[0]
  const gone = first && once(first.child, 'exit')
  await crash()
  await gone
  await eventually('the next agent is at work', () => isUp(agent))
  expect(await ask(agent, 'connect')).toMatchObject(fail('READER_UNAVAILABLE'))
  expect(hosts).toHaveLength(2)
})

test('an agent that goes takes a reader host with it that hangs, and hears of no closed port', async () => {
  const { agent, hosts, crash } = openKeeper({}, { readerHost: 'test/shell/hung-host.ts' })
  await agent.start()
  void ask(agent, 'connect')
  await eventually('there is a host', () => hosts.length > 0)
  const [first] = hosts
  await crash()
  await eventually('it has ended', () => first?.child.signalCode === 'SIGKILL')
})

test('a reader host whose agent’s port is closed ends, also when nobody ends it', async () => {
  const host = forkUtility(join(root, 'native/reader-host.ts'))
  onTestFinished(() => void host.child.kill('SIGKILL'))
  const { port1, port2 } = openChannel()
  host.postMessage({ kind: 'join' }, [port1])
  const heard: unknown[] = []
  port2.on('message', ({ data }) => void heard.push(data))
  port2.start()
  await eventually('it speaks', () => heard.length > 0)
  port2.port.close()
  // Windows knows no signal by which one ends oneself.
  await eventually('it has ended', () => host.child.exitCode !== null || host.child.signalCode !== null)
})
