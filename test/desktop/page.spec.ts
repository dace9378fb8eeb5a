// What Chromium does with the page as it was told: sandbox, no Node, a bridge of two functions, the content security policy,
// no way to anywhere else. Until this ran, only that it had been told was known.
import { readFileSync, readlinkSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { permissionsPolicy } from '../../src-main/shell/content-security-policy.ts'
import type { Desktop } from './desktop.ts'
import { expect, test } from './test.ts'
import { session } from './told.ts'

const home = 'app://madoguchi/index.html'

/** The process that draws the page. */
const rendererOf = ({ app }: Desktop) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)

test('the page is shut in, and has a bridge of two functions that carries answers', async ({ start }) => {
  const running = await start()
  await test.step('it is drawn in a sandbox, by a process that may do nothing, of a user that is not root', () =>
    isShutIn(running))
  await test.step('the bridge cannot be changed, and there is nothing of Node', () => isAllThereIs(running))
  await test.step('nothing of the program’s own world comes with an answer', () => carriesAnswers(running))
})

async function isShutIn(running: Desktop) {
  // As Linux tells it.
  if (process.platform !== 'linux') return
  const pid = await rendererOf(running)
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const is = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(status)?.[1]
  expect({ seccomp: is('Seccomp'), gainsNothing: is('NoNewPrivs'), capabilities: Number(is('CapEff')) }).toEqual({
    // 2: each of its system calls is looked at by a filter.
    seccomp: '2',
    gainsNothing: '1',
    capabilities: 0,
  })
  expect(is('Uid')?.split(/\s+/)).not.toContain('0')
  if (session.user) expect(is('Uid')).toContain(String(session.user.uid))
  // It sees no other process, and has no network.
  for (const kind of ['pid', 'net']) {
    expect(readlinkSync(`/proc/${pid}/ns/${kind}`)).not.toBe(readlinkSync(`/proc/self/ns/${kind}`))
  }
}

async function isAllThereIs({ desk }: Desktop) {
  const found = await desk.evaluate(() => {
    const bridge = Object.entries(Object.getOwnPropertyDescriptors(Reflect.get(window, 'madoguchi')))
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'global',
      'Buffer',
      '__dirname',
      'electron',
      'ipcRenderer',
    ]
    const worldly = names.filter((name) => name in window)
    const isTaken = Reflect.set(window, 'madoguchi', { call: () => 'mine' })
    return {
      bridge: bridge.map(([name, { value, writable }]) => [name, typeof value, writable]),
      worldly,
      isTaken,
    }
  })
  expect(found).toEqual({
    bridge: [
      ['call', 'function', false],
      ['onReception', 'function', false],
    ],
    worldly: [],
    isTaken: false,
  })
}

async function carriesAnswers({ desk }: Desktop) {
  const reached = await desk.evaluate(async () => {
    const { madoguchi } = window
    const answer = await madoguchi?.call('reception', {})
    const worlds = [madoguchi?.call, answer, madoguchi?.onReception].map((value) =>
      // The function that makes functions, of whatever world the value is from.
      Reflect.get(Reflect.get(value ?? {}, 'constructor'), 'constructor'),
    )
    return worlds.map((world) => world === Function)
  })
  expect(reached).toEqual([true, true, true])
  expect(await desk.evaluate(() => window.madoguchi?.call('constructor', {}))).toMatchObject({
    ok: false,
    error: { code: 'REQUEST_INVALID' },
  })
}

/** What the page tries, and under which rule of the policy it was stopped. */
const attempts: Readonly<Record<string, { readonly rule: string; readonly html?: string }>> = {
  'a script in the page': { rule: 'script-src-elem', html: '<script>window.isBroken = true</script>' },
  'a script from elsewhere': { rule: 'script-src-elem', html: '<script src="https://example.test/x.js"></script>' },
  'a handler in the page': { rule: 'script-src-attr', html: '<img src="x.png" onerror="window.isBroken = true">' },
  'a style in the page': { rule: 'style-src-elem', html: '<style>body { display: none }</style>' },
  'a picture from elsewhere': { rule: 'img-src', html: '<img src="https://example.test/x.png">' },
  'a frame': { rule: 'frame-src', html: '<iframe src="app://madoguchi/patient.html"></iframe>' },
  'an object': { rule: 'object-src', html: '<object data="https://example.test/x"></object>' },
  'another base': { rule: 'base-uri', html: '<base href="https://example.test/">' },
}

/** Puts the markup into the page as a program would, and tells which rule stopped it. */
function tryMarkup(desk: Page, html: string): Promise<string> {
  return desk.evaluate(
    (markup) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), {
          once: true,
        })
        // Unlike innerHTML this runs what it holds.
        document.body.append(document.createRange().createContextualFragment(markup))
      }),
    html,
  )
}

test('the policy stops whatever is not the page’s own', async ({ start }) => {
  const { desk } = await start()
  const stopped: Record<string, string> = {}
  for (const [name, { html = '' }] of Object.entries(attempts)) stopped[name] = await tryMarkup(desk, html)
  expect(stopped).toEqual(Object.fromEntries(Object.entries(attempts).map(([name, { rule }]) => [name, rule])))
  expect(await desk.evaluate(() => Reflect.get(window, 'isBroken'))).toBeUndefined()

  const tried = await desk.evaluate(async () => {
    const outcome = (what: () => unknown) =>
      // Later: what a debugger starts is not under the page's policy.
      new Promise<string>((resolve) => {
        setTimeout(async () => {
          try {
            await what()
            resolve('done')
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'refused')
          }
        })
      })
    return {
      evaluated: await outcome(() => Reflect.apply(Reflect.get(window, 'eval'), window, ['1'])),
      made: await outcome(() => Reflect.construct(Function, ['return 1'])),
      fetched: await outcome(() => fetch('https://example.test/')),
      beside: await outcome(() => fetch('app://other/index.html')),
      file: await outcome(() => fetch('file:///etc/passwd')),
      own: await outcome(() => fetch('app://madoguchi/index.html')),
      missing: await fetch('app://madoguchi/../main/electron.js').then(({ status }) => status),
    }
  })
  expect(tried).toEqual({
    evaluated: 'EvalError',
    made: 'EvalError',
    fetched: 'TypeError',
    beside: 'TypeError',
    file: 'TypeError',
    own: 'done',
    missing: 404,
  })
})

test('the page leads nowhere and opens nothing', async ({ start }) => {
  const { app, desk } = await start()
  // An address that is tried while a page is still loading stops its scripts.
  await expect(desk.getByRole('heading', { name: 'カードをリーダーに置いてください' })).toBeVisible()
  const opened = await desk.evaluate(() => {
    const link = document.createElement('a')
    Object.assign(link, { href: 'https://example.test/', target: '_blank' })
    document.body.append(link)
    link.click()
    return [window.open('https://example.test/'), window.open('app://madoguchi/patient.html'), window.open('')]
  })
  expect(opened).toEqual([null, null, null])
  for (const address of [
    'https://example.test/',
    'app://madoguchi/patient.html',
    'file:///etc/passwd',
    'javascript:document.write(1)',
    'data:text/html,x',
  ]) {
    await desk.evaluate((to) => {
      window.location.href = to
    }, address)
  }
  await desk.evaluate(() => {
    const form = document.createElement('form')
    form.action = 'https://example.test/'
    document.body.append(form)
    form.submit()
  })
  // A call goes to the agent and back: whatever would have led away had its time.
  await desk.evaluate(() => window.madoguchi?.call('reception', {}))
  // Playwright takes what was tried for still going on.
  const shown = () => desk.evaluate(() => [location.href, document.querySelector('h2')?.textContent])
  expect(await shown()).toEqual([home, 'カードをリーダーに置いてください'])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('the page may use nothing of the computer, and what it is about stays in memory', async ({ start }) => {
  // There is a camera to be refused.
  const { app, desk } = await start({ words: ['--use-fake-device-for-media-stream'] })
  const asked = await desk.evaluate(async () => {
    const refused = (promise: Promise<unknown>) => promise.then(() => 'granted').catch((error: Error) => error.name)
    return {
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
      clipboard: await refused(navigator.clipboard.readText()),
      notification: await Notification.requestPermission(),
    }
  })
  expect(asked).toEqual({ camera: 'NotAllowedError', clipboard: 'NotAllowedError', notification: 'denied' })
  // The header of our own scheme counts like that of a server.
  const features = permissionsPolicy.split(', ').map((entry) => entry.replace('=()', ''))
  const allowed = await desk.evaluate((names) => {
    const policy: { allowsFeature(name: string): boolean } = Reflect.get(document, 'featurePolicy')
    return names.filter((name) => policy.allowsFeature(name))
  }, features)
  expect(allowed).toEqual([])
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.session.isPersistent()),
  ).toBe(false)
})
