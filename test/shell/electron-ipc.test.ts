import { expect, test } from 'vitest'
import type { CallAnswer } from '../../src-main/contract/call-answer.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { ok } from '../../src-main/ground/result.ts'
import { deskDoor, patientDoor } from '../../src-main/shell/doors.ts'
import { connectIpc, connectPage, type IpcPort } from '../../src-main/shell/electron-ipc.ts'
import { openAgent, reception } from './reception.ts'

type Listener = Parameters<IpcPort<null>['handle']>[1]
type Sender = Parameters<Listener>[0]['senderFrame']

const ownPage: Sender = { url: 'app://madoguchi/index.html', parent: null }

/** An agent behind the sender check, and what has reached it. */
function connected(answer: CallAnswer = ok(undefined), state = reception) {
  const { port, reached } = openAgent(answer, state)
  let listener: Listener | undefined
  const channels: string[] = []
  connectIpc<null>(
    {
      handle(channel, given) {
        channels.push(channel)
        listener = given
      },
    },
    port,
    {},
  )
  const send = async (senderFrame: Sender, ...values: unknown[]) => listener?.({ senderFrame, sender: null }, ...values)
  return { channels, reached, send }
}

const refused = { ok: false, error: { code: 'REQUEST_INVALID' } }

test('a call from our own page reaches the agent once, as it was said, and its answer goes back', async () => {
  const { channels, reached, send } = connected()
  expect(await send(ownPage, 'insertTrainingCard', { persona: 'child' })).toEqual({ ok: true })
  expect(reached).toMatchObject([[{ door: 'desk', desk: 1 }, 'insertTrainingCard', { persona: 'child' }]])
  expect(channels).toEqual(['madoguchi:call'])
})

test.each<[string, Sender]>([
  ['a frame that has gone', null],
  ['a frame inside our page', { url: 'app://madoguchi/index.html', parent: { url: 'app://madoguchi/index.html' } }],
  ['another page of the web', { url: 'https://madoguchi/index.html', parent: null }],
  ['a host that begins like ours', { url: 'app://madoguchi.example/index.html', parent: null }],
  ['a host that ends like ours', { url: 'app://evil-madoguchi/index.html', parent: null }],
  ['our host behind a user name', { url: 'app://madoguchi@evil/index.html', parent: null }],
  ['our host on a port', { url: 'app://madoguchi:8080/index.html', parent: null }],
  ['a file', { url: 'file:///app://madoguchi/index.html', parent: null }],
  ['an empty page', { url: 'about:blank', parent: null }],
  ['no address at all', { url: '', parent: null }],
])('%s is not heard', async (_what, sender) => {
  const { reached, send } = connected()
  expect(await send(sender, 'reception', {})).toEqual(refused)
  expect(reached).toEqual([])
})

test.each([[undefined], [null], [1], [['reception']], [{ toString: () => 'reception' }]])(
  'a call named %o does not reach the agent',
  async (name) => {
    const { reached, send } = connected()
    expect(await send(ownPage, name, {})).toEqual(refused)
    expect(reached).toEqual([])
  },
)

test('an answer that does not fit the contract never reaches the page', async () => {
  const odd: Reception = { ...reception, today: 'tomorrow' }
  await expect(connected(ok(undefined), odd).send(ownPage, 'reception', {})).rejects.toThrow()
})

test('nothing that the contract does not name goes along with an answer', async () => {
  const talkative = { ...reception, pin: '1234' }
  expect(await connected(ok(undefined), talkative).send(ownPage, 'reception', {})).toEqual({
    ok: true,
    value: { whole: reception },
  })
})

test('the page is told the whole, then every change, checked against the contract, until it is gone', () => {
  const sent: unknown[] = []
  let isDestroyed = false
  const { port, change } = openAgent()
  const page = { isDestroyed: () => isDestroyed, send: (...message: unknown[]) => void sent.push(message) }
  connectPage(page, deskDoor, port)
  expect(sent).toEqual([['madoguchi:reception', { whole: reception }]])
  change({ ...reception, revision: 8, hideAfterMin: 9 })
  expect(sent.slice(1)).toEqual([
    ['madoguchi:reception', { after: 7, parts: { revision: 8, hideAfterMin: 9 }, lists: {} }],
  ])
  expect(() => change({ ...reception, today: 'tomorrow' })).toThrow()
  isDestroyed = true
  change({ ...reception, revision: 9 })
  expect(sent).toHaveLength(2)
})

const patientPage: Sender = { url: 'app://madoguchi/patient.html', parent: null }

test('the patient’s page is answered with its own view and reaches only its own calls', async () => {
  const { reached, send } = connected(ok(undefined), {
    ...reception,
    pinEntry: { side: 'patient', isShuffled: true },
  })
  const view = { revision: 7, mode: 'training', isShuffled: true, isReadAloud: false, step: { kind: 'waiting' } }
  expect(await send(patientPage, 'reception', {})).toEqual({ ok: true, value: { whole: view } })
  for (const name of ['insertTrainingCard', 'closeVisit', 'readFace', 'confirmFace', 'chooseReader', 'toString']) {
    expect(await send(patientPage, name, {})).toEqual(refused)
  }
  expect(reached).toEqual([[{ door: 'patient', desk: 1 }, 'reception', {}]])
})

test('the patient’s page hears what came of a call in its own view only, never why something failed', async () => {
  const { send } = connected({ ok: false, error: { code: 'HUB_UNTRUSTED', detail: { destination: 'csv' } } })
  expect(await send(patientPage, 'enterPin', {})).toEqual({ ok: true })
})

test('a page of ours that is neither is not heard', async () => {
  const { send } = connected()
  expect(await send({ url: 'app://madoguchi/other.html', parent: null }, 'reception', {})).toEqual(refused)
})

test('the patient’s page is told in its own view', () => {
  const sent: unknown[] = []
  connectPage(
    { isDestroyed: () => false, send: (...message) => void sent.push(message) },
    patientDoor,
    openAgent().port,
  )
  expect(sent).toEqual([
    [
      'madoguchi:reception',
      { whole: { revision: 7, mode: 'training', isShuffled: false, isReadAloud: false, step: { kind: 'off' } } },
    ],
  ])
})
