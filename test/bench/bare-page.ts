// A page in a Chromium that nothing but a few questions reach: whoever drives a browser has it keep what its pages were sent, and that
// would be taken for the page's own memory. Asked over the browser's own protocol (Chrome DevTools Protocol).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { chromiumArguments, enginePath } from '../browser.ts'
import { ownBytes } from './memory-samples.ts'

const answerSchema = z.looseObject({ id: z.int().optional(), result: z.unknown() })
const processesSchema = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.int() })) })
const targetsSchema = z.array(z.object({ type: z.string(), webSocketDebuggerUrl: z.string() }))

async function openTalk(address: string) {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  let last = 0
  return {
    async ask(method: string): Promise<unknown> {
      const id = ++last
      const { promise, resolve } = Promise.withResolvers<unknown>()
      const listen = ({ data }: MessageEvent) => {
        const answer = answerSchema.parse(JSON.parse(String(data)))
        if (answer.id !== id) return
        socket.removeEventListener('message', listen)
        resolve(answer.result)
      }
      socket.addEventListener('message', listen)
      socket.send(JSON.stringify({ id, method }))
      return promise
    },
    close: () => socket.close(),
  }
}

/** Opens this address. Linux, with a Chromium. */
export async function openBarePage(address: string) {
  const profile = mkdtempSync(join(tmpdir(), 'madoguchi-bench-page-'))
  const flags = [...chromiumArguments, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const browser = spawn(enginePath ?? '', [...flags, '--window-size=1280,800', '--lang=ja-JP', address], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const whole = await new Promise<string>((resolve, reject) => {
    let said = ''
    browser.stderr.on('data', (text) => {
      said += text
      const [found] = /ws:\/\/\S+/.exec(said) ?? []
      if (found) resolve(found)
    })
    browser.once('exit', (code) => reject(new Error(`the browser ended with ${code}`)))
  })
  const targets = targetsSchema.parse(await (await fetch(`http://${new URL(whole).host}/json/list`)).json())
  const target = targets.find(({ type }) => type === 'page')
  if (!target) throw new Error('the browser has opened no page')
  const [system, page] = [await openTalk(whole), await openTalk(target.webSocketDebuggerUrl)]
  return {
    collect: () => page.ask('HeapProfiler.collectGarbage'),
    /** Bytes, in JavaScript's heap. */
    held: async () => z.object({ usedSize: z.number() }).parse(await page.ask('Runtime.getHeapUsage')).usedSize,
    /** Bytes of all renderers: a browser keeps one at hand for the next page. */
    async own(): Promise<number> {
      const { processInfo } = processesSchema.parse(await system.ask('SystemInfo.getProcessInfo'))
      return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { id }) => sum + ownBytes(id), 0)
    },
    async close(): Promise<void> {
      for (const each of [system, page]) each.close()
      browser.kill()
      await once(browser, 'exit')
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
