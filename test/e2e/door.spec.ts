// The headless door in a real browser: nobody but the tab that came with the printed address gets in. What the server
// itself refuses is in test/shell/headless-server.test.ts.
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { type Headless, startHeadless } from '../headless.ts'
import { eventually } from '../support.ts'
import { test as base, expect } from './desk.ts'

const test = base.extend<{ agent: Headless; context: BrowserContext }>({
  agent: async ({ dataDir }, use) => {
    const agent = await startHeadless(dataDir)
    await use(agent)
    await agent.stop()
  },
  context: async ({ systemBrowser }, use, info) => {
    if (!systemBrowser) return info.skip(true, 'LEFT OUT: Chromium is not installed')
    const context = await systemBrowser.newContext({ locale: 'ja-JP' })
    await use(context)
    await context.close()
  },
})

const patientName = '佐藤　美咲'
const shut = 'この画面では窓口を開けません'

/** Another program's server on this computer, on a port of its own, and what a browser tells it. */
async function openNeighbour() {
  const heard: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    heard.push(request.headers)
    response.setHeader('content-type', 'text/html').end('<title>neighbour</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the neighbour has no port')
  return {
    address: `http://127.0.0.1:${address.port}/`,
    heard,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** A call as a program makes it that has heard these headers. */
function replay(agent: Headless, headers: Record<string, string>): Promise<number> {
  const { origin, port } = new URL(agent.address)
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path: '/api/call/reception',
        method: 'POST',
        headers: { ...headers, origin, 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    asked.on('error', reject)
    asked.end('{}')
  })
}

test('the address opens one tab, which stays open over a reload; the token is in no address after that', async ({
  agent,
  context,
}) => {
  const desk = await context.newPage()
  await desk.goto(agent.address)
  await expect(desk.getByRole('heading', { name: patientName })).toBeVisible()
  expect(desk.url()).toBe(`${new URL(agent.address).origin}/`)
  await desk.reload()
  await expect(desk.getByRole('heading', { name: patientName })).toBeVisible()

  // A new address in the same tab is taken like the first: the browser itself would load nothing.
  await desk.goto(`${desk.url()}#spent`)
  await expect.poll(() => desk.url()).not.toContain('#')
  await expect(desk.getByRole('heading', { name: patientName })).toBeVisible()

  const second = await context.newPage()
  await second.goto(agent.address)
  await expect(second.getByRole('heading', { name: shut })).toBeVisible()
  await second.goto(new URL('/', agent.address).href)
  await expect(second.getByRole('heading', { name: shut })).toBeVisible()
  expect(await second.content()).not.toContain('佐藤')
})

test('what another program on this computer hears from the browser opens nothing', async ({ agent, context }) => {
  const neighbour = await openNeighbour()
  const desk = await context.newPage()
  await desk.goto(agent.address)
  await expect(desk.getByRole('heading', { name: patientName })).toBeVisible()
  expect(await desk.evaluate(() => document.cookie)).toBe('')
  expect(await context.cookies()).toEqual([])

  // In another tab, and in the desk's own.
  const other = await context.newPage()
  await other.goto(neighbour.address)
  await desk.goto(neighbour.address)
  expect(await desk.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).toBe('{}')
  expect(neighbour.heard.length).toBeGreaterThanOrEqual(2)
  for (const headers of neighbour.heard) {
    expect(Object.keys(headers)).not.toContain('cookie')
    expect(Object.keys(headers)).not.toContain('authorization')
    expect(`${headers.referer}`).not.toContain(new URL(agent.address).host)
    const { cookie = '', authorization = '' } = headers
    expect(await replay(agent, { cookie, authorization })).toBe(403)
  }
  await neighbour.close()
})

test('a page from another port cannot call, follow or read the desk', async ({ agent, context }) => {
  const neighbour = await openNeighbour()
  const page = await context.newPage()
  await page.goto(neighbour.address)
  const { origin } = new URL(agent.address)
  const tried = await page.evaluate(async (address) => {
    const outcome = (path: string, init: RequestInit) =>
      fetch(`${address}${path}`, init).then(
        ({ type, status }) => `${type} ${status}`,
        () => 'refused',
      )
    return Promise.all([
      outcome('/api/call/reception', { method: 'POST', body: '{}' }),
      outcome('/api/call/reception', { method: 'POST', body: '{}', headers: { authorization: 'Bearer x' } }),
      outcome('/api/events', { credentials: 'include' }),
      outcome('/', { mode: 'no-cors' }),
    ])
  }, origin)
  expect(tried).toEqual(['refused', 'refused', 'refused', 'refused'])
  await neighbour.close()
})

test('when the agent has gone, nobody is left on the page, and it does not pretend', async ({ agent, context }) => {
  const desk = await context.newPage()
  await desk.clock.install()
  await desk.goto(agent.address)
  await expect(desk.getByRole('heading', { name: patientName })).toBeVisible()
  await agent.stop()
  await expect(desk.getByRole('heading', { name: '窓口プログラムとの接続が切れました' })).toBeVisible()
  expect(await desk.content()).not.toMatch(/佐藤|5401602/)
  // Each try is a real one, and takes what it takes beside the page's own time.
  await eventually('it gives up', async () => {
    await desk.clock.runFor(2000)
    return desk.getByRole('heading', { name: '窓口プログラムにつながりません' }).isVisible()
  })
  await expect(desk.getByText('つなぎ直しています')).toHaveCount(0)
})

test('nobody’s name gets into the browser’s profile, and the token in its history is spent', async ({ agent }) => {
  test.skip(!chromiumPath, 'LEFT OUT: Chromium is not installed')
  const profile = mkdtempSync(join(tmpdir(), 'madoguchi-profile-'))
  const options = { executablePath: chromiumPath ?? '', args: chromiumArguments, locale: 'ja-JP' }
  const context = await chromium.launchPersistentContext(profile, options)
  const desk = await context.newPage()
  await desk.goto(agent.address)
  await expect(desk.getByRole('heading', { name: patientName })).toBeVisible()
  // Going back leads to no address with a token.
  await desk.goBack()
  expect(desk.url()).toBe('about:blank')
  await desk.goto(agent.address)
  await context.close()

  const found: string[] = []
  for (const name of readdirSync(profile, { recursive: true, encoding: 'utf8' })) {
    const file = join(profile, name)
    if (!statSync(file).isFile()) continue
    const bytes = readFileSync(file)
    for (const text of ['佐藤', 'サトウ', '5401602', '1979-11-24']) {
      if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.push(`${name}: ${text}`)
    }
  }
  rmSync(profile, { recursive: true, force: true })
  expect(found).toEqual([])
  const token = new URL(agent.address).hash.slice(1)
  const { origin } = new URL(agent.address)
  const headers = { origin, 'content-type': 'application/json' }
  const entered = await fetch(`${origin}/enter`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  expect(entered.status).toBe(403)
})
