import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { eventually, root } from '../support.ts'

const bridgeSchema = z.strictObject({
  call: z.function({ input: [z.string(), z.unknown()], output: z.promise(z.unknown()) }),
  onReception: z.function({ input: [z.custom<(value: unknown) => void>()], output: z.custom<() => void>() }),
})

/** The built script as a sandboxed page runs it: with `require('electron')` and nothing else, no process, no global. */
function runPreload(answer: unknown = { ok: false }) {
  const exposed: Record<string, unknown> = {}
  const invoked: unknown[][] = []
  const listeners: [string, (...values: unknown[]) => void][] = []
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => Object.assign(exposed, { [name]: value }) },
    ipcRenderer: {
      invoke: async (...values: unknown[]) => {
        invoked.push(values)
        return answer
      },
      on: (channel: string, listener: () => void) => void listeners.push([channel, listener]),
      off: (channel: string, listener: () => void) => {
        const at = listeners.findIndex(([name, known]) => name === channel && known === listener)
        if (at >= 0) listeners.splice(at, 1)
      },
    },
  }
  const required: string[] = []
  runInNewContext(readFileSync(join(root, 'dist/main/preload.cjs'), 'utf8'), {
    require: (name: string) => {
      required.push(name)
      return name === 'electron' ? electron : undefined
    },
  })
  return { exposed, invoked, listeners, required }
}

test('the page gets the bridge with its two functions, and nothing else', () => {
  const { exposed, required } = runPreload()
  expect(Object.keys(exposed)).toEqual(['madoguchi'])
  const bridge = z.record(z.string(), z.unknown()).parse(exposed.madoguchi)
  expect(Object.entries(bridge).map(([name, value]) => [name, typeof value])).toEqual([
    ['call', 'function'],
    ['onReception', 'function'],
  ])
  expect(required).toEqual(['electron'])
})

test('a call goes out on the one channel, as it was said', async () => {
  const { exposed, invoked } = runPreload({ ok: false, error: { code: 'PIN_FORMAT' } })
  const { call } = bridgeSchema.parse(exposed.madoguchi)
  expect(await call('enterPin', { pin: '12' })).toEqual({ ok: false, error: { code: 'PIN_FORMAT' } })
  expect(invoked).toEqual([['madoguchi:call', 'enterPin', { pin: '12' }]])
})

test('the page hears the state at once and after every change, without the event behind it, until it stops', async () => {
  const { exposed, invoked, listeners } = runPreload({ ok: true, value: 'first' })
  const { onReception } = bridgeSchema.parse(exposed.madoguchi)
  const heard: unknown[][] = []
  const stop = onReception((...values: unknown[]) => void heard.push(values))
  expect(listeners.map(([channel]) => channel)).toEqual(['madoguchi:reception'])
  await eventually('the page hears', () => heard.length > 0)
  expect(heard).toEqual([['first']])
  expect(invoked).toEqual([['madoguchi:call', 'reception', {}]])
  listeners[0]?.[1]({ sender: 'the whole of Electron' }, 'second')
  expect(heard).toEqual([['first'], ['second']])
  stop()
  expect(listeners).toEqual([])
})
