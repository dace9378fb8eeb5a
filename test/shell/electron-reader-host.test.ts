// The real reader host behind the port that Electron gives a utility process. Only that port is a stand-in here: a child
// of Node in which `process.parentPort` exists and speaks Electron's way.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createPcscReaders } from '../../src-main/card/pcsc-readers.ts'
import { type UtilityProcessPort, utilityHost } from '../../src-main/shell/electron-reader-host.ts'
import { eventually, root, silentLog, temporaryFolder } from '../support.ts'

/** What a utility process finds: messages as events with `data`, and nothing of Node's own channel. */
const parentPort = `
const send = process.send.bind(process)
const listeners = []
process.on('message', (data) => listeners.forEach((listener) => listener({ data, ports: [] })))
process.parentPort = {
  on: (_event, listener) => void listeners.push(listener),
  postMessage: (message) => void send(message),
}
process.send = undefined
`

function startReaders() {
  const file = join(temporaryFolder(), 'parent-port.mjs')
  writeFileSync(file, parentPort)
  const started: { readonly child: ChildProcess; readonly options: unknown }[] = []
  const utilityProcess: UtilityProcessPort = {
    fork(entry, args, options) {
      const child = fork(entry, args, {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        execArgv: ['--import', pathToFileURL(file).href],
      })
      started.push({ child, options })
      return {
        postMessage: (message) => void child.send(Object(message), () => undefined),
        on: (event, listener) => child.on(event, listener),
        once: (event, listener) => child.once(event, listener),
        kill: () => child.kill(),
      }
    },
  }
  const readers = createPcscReaders({
    hostEntry: join(root, 'native/reader-host.ts'),
    startHost: utilityHost(utilityProcess),
    log: silentLog,
  })
  onTestFinished(() => readers.close())
  return { readers, started }
}

test('the host reports its readers and answers requests through the port', async () => {
  const { readers, started } = startReaders()
  await readers.ready()
  // Without a pcscd the answer is that there is no reader; with one, that this one is not known.
  expect(await readers.connect('no such reader')).toEqual({ ok: false, error: { code: 'READER_UNAVAILABLE' } })
  expect(started).toHaveLength(1)
  expect(started[0]?.options).toEqual({ serviceName: 'Madoguchi reader host', stdio: 'ignore' })
})

test('a host that dies is replaced, and the new one answers', async () => {
  const { readers, started } = startReaders()
  await readers.ready()
  started[0]?.child.kill('SIGKILL')
  await eventually('a second host is started', () => started.length === 2)
  expect((await readers.connect('no such reader')).ok).toBe(false)
})

test('closing ends the host, and no other one is started', async () => {
  const { readers, started } = startReaders()
  await readers.ready()
  const child = started[0]?.child
  const gone = child && once(child, 'exit')
  await readers.close()
  await gone
  expect(started).toHaveLength(1)
  expect(readers.list()).toEqual([])
})
