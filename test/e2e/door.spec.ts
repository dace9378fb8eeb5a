// The headless door: nobody but the browser that came with the printed address gets in.
import { request as httpRequest } from 'node:http'
import { type Headless, startHeadless } from '../headless.ts'
import { test as base, expect } from './desk.ts'

const test = base.extend<{ agent: Headless }>({
  agent: async ({ dataDir }, use) => {
    const agent = await startHeadless(dataDir)
    await use(agent)
    await agent.stop()
  },
})

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
}

/** A raw request, with whatever headers a hostile page or program could send. */
function ask(
  agent: Headless,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { port } = new URL(agent.address)
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port, path, ...options }, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers })
      answer.destroy()
    })
    asked.on('error', reject)
    asked.end(options.method === 'POST' ? '{}' : undefined)
  })
}

const entrance = (agent: Headless) => agent.address.slice(agent.address.indexOf('/enter'))
const cookieOf = ({ headers }: Answer) => String(headers['set-cookie']).split(';')[0] ?? ''
const post = (cookie: string, origin?: string) => ({
  method: 'POST',
  headers: { cookie, 'content-type': 'application/json', ...(origin && { origin }) },
})

test('the token opens the door once', async ({ agent }) => {
  const first = await ask(agent, entrance(agent))
  expect(first.status).toBe(303)
  expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/)
  expect((await ask(agent, entrance(agent))).status).toBe(403)
  expect((await ask(agent, '/', { headers: { cookie: cookieOf(first) } })).status).toBe(200)
})

test('without the cookie nothing is served, and a wrong token leaves the right one valid', async ({ agent }) => {
  for (const path of ['/', '/index.html', '/api/events', '/enter?token=guess', '/enter']) {
    expect((await ask(agent, path)).status).toBe(403)
  }
  expect((await ask(agent, '/api/call/reception', post(''))).status).toBe(403)
  expect((await ask(agent, entrance(agent))).status).toBe(303)
})

test('another host name is refused even with the cookie (DNS rebinding)', async ({ agent }) => {
  const cookie = cookieOf(await ask(agent, entrance(agent)))
  expect((await ask(agent, '/', { headers: { cookie, host: 'clinic.example:80' } })).status).toBe(421)
})

test('a call needs the page own origin', async ({ agent }) => {
  const cookie = cookieOf(await ask(agent, entrance(agent)))
  const own = new URL(agent.address).origin
  expect((await ask(agent, '/api/call/reception', post(cookie, own))).status).toBe(200)
  for (const origin of [undefined, 'null', 'http://127.0.0.1', 'http://evil.example', `${own}.evil.example`]) {
    expect((await ask(agent, '/api/call/reception', post(cookie, origin))).status).toBe(403)
  }
})

test('every answer carries the policy, and no file outside the renderer is served', async ({ agent }) => {
  const cookie = cookieOf(await ask(agent, entrance(agent)))
  const page = await ask(agent, '/', { headers: { cookie } })
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.headers['content-security-policy']).not.toContain('unsafe')
  for (const path of ['/../main/headless.js', '/%2e%2e/main/headless.js', '/..%2fmain%2fheadless.js']) {
    expect((await ask(agent, path, { headers: { cookie } })).status).not.toBe(200)
  }
})
