// The agent's side of the reader host: whatever the child process does, callers get an answer and a new host comes. Real
// child processes that misbehave on purpose.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createPcscReaders } from '../../src-main/card/pcsc-readers.ts'
import { fail } from '../../src-main/ground/result.ts'
import { fault } from '../faults.ts'
import { eventually, must, silentLog, temporaryFolder } from '../support.ts'

const reader = { name: 'counter', state: 'card' }
const tellReaders = `process.send({ kind: 'readers', readers: [${JSON.stringify(reader)}], service: 'up' })`

/** Readers on a host that runs `script`; it ends with its parent, as the real one does. */
function readersOn(script: string, limitMs = 10_000, silenceMs = 600_000) {
  const hostEntry = join(temporaryFolder(), 'host.mjs')
  writeFileSync(hostEntry, `process.on('disconnect', () => process.exit())\n${script}`)
  const readers = createPcscReaders({ hostEntry, log: silentLog, limitMs, silenceMs })
  onTestFinished(() => readers.close())
  return readers
}

fault('reader', 'The process that speaks with the readers dies', {
  seen: 'READER_UNAVAILABLE',
  data: 'Whoever waited for the card gets an answer, and nobody hangs.',
  recovery: 'A new process is started, and its readers are there again.',
})
test('a host that dies answers everybody who waits, its readers are gone, and a new one brings them back', async () => {
  const readers = readersOn(`
    ${tellReaders}
    process.on('message', ({ kind, id }) => {
      if (kind === 'connect') process.send({ kind: 'connected', id, card: 1, isT1: true })
      else process.exit(1)
    })`)
  await readers.ready()
  const connection = must(await readers.connect('counter'))
  const seen: number[] = []
  readers.onChange((list) => seen.push(list.length))
  const answers = await Promise.all([1, 2, 3].map(() => connection.transmit([Uint8Array.of(0, 0xa4, 0, 0)])))
  expect(answers).toEqual(Array.from({ length: 3 }, () => fail('READER_UNAVAILABLE')))
  await eventually('the readers are back', () => readers.list().length === 1)
  expect(seen).toEqual([0, 1])
  must(await readers.connect('counter'))
})

fault('reader', 'The reader’s driver hangs in the middle of a command', {
  seen: 'READER_UNAVAILABLE',
  data: 'The check-in ends; nothing is handed over.',
  recovery: 'The process that hangs is replaced when its time is up.',
})
test('a host that never answers a request is replaced when its time is up', async () => {
  const readers = readersOn(`${tellReaders}\nprocess.on('message', () => {})`, 1_500)
  await readers.ready()
  expect(await readers.connect('counter')).toEqual(fail('READER_UNAVAILABLE'))
  await eventually('the old host is gone', () => readers.list().length === 0)
  await eventually('a new host tells its readers', () => readers.list().length === 1)
})

test('a host that never tells its readers does not hold up the start', async () => {
  const readers = readersOn(`process.on('message', () => {})`, 200)
  await readers.ready()
  expect(readers.list()).toEqual([])
})

fault('reader', 'The process that speaks with the readers cannot be started', {
  seen: 'READER_UNAVAILABLE',
  data: 'The desk opens all the same: list, history and terminal work.',
  recovery: 'It is tried again; what keeps it from starting is mended.',
})
test('a host that cannot be started leaves an agent without readers, not without an answer', async () => {
  const readers = createPcscReaders({ hostEntry: join(temporaryFolder(), 'absent.mjs'), log: silentLog })
  onTestFinished(() => readers.close())
  await readers.ready()
  expect(await readers.connect('counter')).toEqual(fail('READER_UNAVAILABLE'))
})

test.each([
  ['text', `'hello'`],
  ['a reader without a state', `{ kind: 'readers', readers: [{ name: 'counter' }], service: 'up' }`],
  ['an unknown code', `{ kind: 'failed', id: 1, code: 'NO_SUCH_CODE' }`],
])('a host that speaks nonsense is replaced: %s', async (_, nonsense) => {
  const script = `${tellReaders}\nprocess.on('message', () => process.send(${nonsense}))`
  // Far beyond the test's own limit: it is the nonsense that ends this host, not the time.
  const readers = readersOn(script, 600_000)
  await readers.ready()
  expect(await readers.connect('counter')).toEqual(fail('READER_UNAVAILABLE'))
})

test('after the end of a session its connection sends nothing more', async () => {
  const readers = readersOn(`
    ${tellReaders}
    let ended = false
    process.on('message', ({ kind, id }) => {
      if (kind === 'connect') process.send({ kind: 'connected', id, card: 1, isT1: true })
      else if (kind === 'end' && !ended) process.send({ kind: 'ended', id }, () => { ended = true })
      else process.exit(1)
    })`)
  await readers.ready()
  const connection = must(await readers.connect('counter'))
  await connection.end()
  await connection.end()
  expect(await connection.transmit([Uint8Array.of(0, 0xa4, 0, 0)])).toEqual(fail('CARD_REMOVED'))
  must(await readers.connect('counter'))
})

test('a service that no longer answers is told although its host lives, and is back with its first answer', async () => {
  const hung = join(temporaryFolder(), 'hung')
  writeFileSync(hung, '')
  const readers = readersOn(
    `import { existsSync } from 'node:fs'
    const hung = ${JSON.stringify(hung)}
    ${tellReaders}
    setInterval(() => existsSync(hung) || process.send({ kind: 'alive' }), 20)`,
    10_000,
    500,
  )
  await readers.ready()
  await eventually('the readers are gone', () => readers.list().length === 0)
  rmSync(hung)
  await eventually('the readers are back', () => readers.list().length === 1)
})

test('what the system lists without news is no change: a service that is stopped again and again fills no log', async () => {
  const readers = readersOn(`
    const tell = (readers) => process.send({ kind: 'readers', readers, service: 'up' })
    process.on('message', ({ id }) => {
      for (let time = 0; time < 50; time++) tell([])
      for (let time = 0; time < 50; time++) tell([${JSON.stringify(reader)}])
      process.send({ kind: 'failed', id, code: 'CARD_NOT_PRESENT' })
    })
    tell([])`)
  await readers.ready()
  const seen: number[] = []
  readers.onChange((list) => seen.push(list.length))
  await readers.connect('counter')
  expect(seen).toEqual([1])
})

fault('reader', 'The system lists a reader that is none (Windows Hello, a virtual card, a SIM)', {
  seen: 'nothing',
  class: 'permanent',
  data: 'No card in it is ever taken for a patient’s.',
  recovery: 'The real reader is used by itself.',
})
test.each([
  'Windows Hello for Business 1',
  'Microsoft Virtual Smart Card 0',
  'Microsoft UICC ISO Reader 46ea3832 0',
  'Yubico YubiKey OTP+FIDO+CCID 0',
  'Yubico Yubikey NEO OTP+U2F+CCID 1',
])('%s holds its card for ever: it is no reader, beside a real one or alone', async (name) => {
  const fixed = { name, state: 'card' }
  const readers = readersOn(`
    process.on('message', ({ id }) => {
      process.send({ kind: 'readers', readers: [${JSON.stringify(fixed)}], service: 'up' })
      process.send({ kind: 'failed', id, code: 'CARD_NOT_PRESENT' })
    })
    process.send({ kind: 'readers', readers: [${JSON.stringify([fixed, reader]).slice(1, -1)}], service: 'up' })`)
  await readers.ready()
  expect(readers.list()).toEqual([reader])
  await readers.connect('counter')
  expect(readers.list()).toEqual([])
})
