// The wiring of the Electron entry, under plain Node with a stand-in for the `electron` module. What Electron does with
// what it is told here (sandbox, windows, DPAPI) needs its binary; see docs/decisions/0003-electron-shell.md.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { contentSecurityPolicy } from '../../src-main/shell/content-security-policy.ts'
import { fault } from '../faults.ts'
import { eventually, root, temporaryFolder } from '../support.ts'
import { type Entry, startEntry } from './electron-entry.ts'

const file = join(root, 'dist/main/electron.js')
const ownPage = { url: 'app://madoguchi/index.html', parent: null }

describe('one desktop program', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-electron-'))
  let entry: Entry
  beforeAll(async () => {
    // A real reader, so that the reader host is started.
    mkdirSync(join(dataDir, 'desktop'))
    writeFileSync(join(dataDir, 'desktop/settings.json'), JSON.stringify({ reader: 'pcsc' }))
    entry = startEntry(file, dataDir)
    expect(await entry.ready).toBe(true)
  })
  afterAll(async () => {
    entry.process.kill()
    await entry.ended
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('the page is isolated, sandboxed, without Node, kept in memory only and leads nowhere', async () => {
    expect(await entry.tell('facts')).toMatchObject({
      isSandboxed: true,
      applicationMenu: null,
      schemes: [{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }],
      windows: [
        {
          address: 'app://madoguchi/index.html',
          partition: expect.not.stringMatching(/^(persist:.*)?$/),
          webPreferences: {
            preload: join(root, 'dist/main/preload.cjs'),
            contextIsolation: true,
            sandbox: true,
            nodeIntegration: false,
            webSecurity: true,
          },
          opened: 'deny',
          prevented: ['will-frame-navigate', 'will-attach-webview'],
        },
      ],
    })
  })

  test('the page may use nothing of the computer', async () => {
    expect(await entry.tell('facts')).toMatchObject({ check: false })
    for (const name of ['media', 'hid', 'serial', 'clipboard-read', 'notifications', 'openExternal']) {
      expect([name, await entry.tell('mayUse', name)]).toEqual([name, false])
    }
  })

  test('the page comes from our own scheme under our policy', async () => {
    expect(await entry.tell('page', 'app://madoguchi/index.html')).toEqual({
      status: 200,
      policy: contentSecurityPolicy,
    })
    expect(await entry.tell('page', 'app://madoguchi/../main/electron.js')).toMatchObject({ status: 404 })
  })

  test('the agent answers our page and nobody else, and checks what is asked', async () => {
    expect(await entry.tell('call', ownPage, 'reception', {})).toMatchObject({
      ok: true,
      value: { whole: { version: '9.9.9' } },
    })
    const refused = { ok: false, error: { code: 'REQUEST_INVALID' } }
    expect(await entry.tell('call', { ...ownPage, url: 'https://example.test/' }, 'reception', {})).toEqual(refused)
    expect(await entry.tell('call', ownPage, 'constructor', {})).toMatchObject(refused)
    expect(await entry.tell('call', ownPage, 'enterPin', { visitId: '1', pin: 1234 })).toMatchObject(refused)
  })

  test('the page is told of changes', async () => {
    const pushes = async () => z.object({ pushes: z.number() }).parse(await entry.tell('facts')).pushes
    const before = await pushes()
    await entry.tell('call', ownPage, 'reception', {})
    expect(await pushes()).toBeGreaterThan(before)
  })

  test('agent and reader host are utility processes, which are told nothing on their command line', async () => {
    const program = (entry: string, serviceName: string) => ({
      entry: join(root, 'dist/main', entry),
      args: [],
      serviceName,
    })
    const facts = z.object({ programs: z.array(z.unknown()) })
    await eventually('both are there', async () => facts.parse(await entry.tell('facts')).programs.length === 2)
    expect(await entry.tell('facts')).toMatchObject({
      programs: [program('electron-agent.js', 'Madoguchi agent'), program('reader-host.js', 'Madoguchi reader host')],
    })
  })

  test('data, key and log lie in a folder of their own, what Chromium writes in a folder within', async () => {
    expect(await entry.tell('facts')).toMatchObject({ paths: { userData: join(dataDir, 'desktop/browser') } })
    expect(readdirSync(dataDir)).toEqual(['desktop'])
    expect(readdirSync(join(dataDir, 'desktop'))).toEqual(
      expect.arrayContaining(['browser', 'database.key.wrapped', 'logs', 'madoguchi.db']),
    )
    expect(existsSync(join(dataDir, 'desktop/database.key'))).toBe(false)
    expect(readdirSync(join(dataDir, 'desktop/browser'))).toEqual([])
  })

  test('the tray icon is a picture that exists, and opens the window again after it was closed', async () => {
    for (const name of ['tray.png', 'tray-waiting.png'])
      expect(existsSync(join(root, 'dist/renderer', name))).toBe(true)
    expect(await entry.tell('facts')).toMatchObject({
      trayImage: join(root, 'dist/renderer/tray.png'),
      menu: ['窓口を開く', null, '終了'],
    })
    await entry.tell('closeWindow')
    // The agent is still at work, and what changes does not go to a window that is no more.
    expect(await entry.tell('call', ownPage, 'reception', {})).toMatchObject({ ok: true })
    await entry.tell('choose', '窓口を開く')
    expect(await entry.tell('facts')).toMatchObject({ windows: [{}, { address: 'app://madoguchi/index.html' }] })
  })

  fault('sleep', 'The computer wakes up from sleep', {
    seen: 'nothing',
    class: 'transient',
    data: 'Nothing is lost.',
    recovery: 'Day, clock and line are looked at again at once, and the page is told.',
  })
  test('a computer that has slept has the desk look at day, clock and line again', async () => {
    const pushes = async () => z.object({ pushes: z.number() }).parse(await entry.tell('facts')).pushes
    await entry.tell('choose', '窓口を開く')
    const before = await pushes()
    await entry.tell('power', 'resume')
    await eventually('the page is told', async () => (await pushes()) > before)
  })

  test('a computer that is locked hides the desk and leaves cards alone until it is opened again', async () => {
    const isLocked = async () =>
      z
        .object({ value: z.object({ whole: z.object({ isLocked: z.boolean() }) }) })
        .parse(await entry.tell('call', ownPage, 'reception', {})).value.whole.isLocked
    await entry.tell('power', 'lock-screen')
    await eventually('it is locked', isLocked)
    await entry.tell('power', 'unlock-screen')
    await eventually('it is open', async () => !(await isLocked()))
    // No page says so.
    expect(await entry.tell('call', ownPage, 'computerLocked', { isLocked: true })).toMatchObject({ ok: false })
  })

  test('a second start brings the window back', async () => {
    await entry.tell('closeWindow')
    await entry.tell('secondInstance')
    expect(await entry.tell('facts')).toMatchObject({ windows: [{}, {}, { address: 'app://madoguchi/index.html' }] })
  })

  test('to quit is to stop the agent first', async () => {
    void entry.tell('choose', '終了')
    expect(await entry.ended).toBe(0)
    const logs = join(dataDir, 'desktop/logs')
    const lines = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8').trimEnd().split('\n').at(-1))
    expect(lines).toEqual([expect.stringContaining('"agentStopped"')])
    expect(entry.errorBoxes).toEqual([])
  })
})

describe('a desktop program with a kiosk', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-electron-'))
  let entry: Entry
  beforeAll(async () => {
    mkdirSync(join(dataDir, 'desktop'))
    const settings = { kiosk: { reader: '再来受付機のリーダー' } }
    writeFileSync(join(dataDir, 'desktop/settings.json'), JSON.stringify(settings))
    entry = startEntry(file, dataDir)
    expect(await entry.ready).toBe(true)
  })
  afterAll(async () => {
    entry.process.kill()
    await entry.ended
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('opens it over the whole second display, under the same rules as the desk’s', async () => {
    expect(await entry.tell('facts')).toMatchObject({
      windows: [
        { address: 'app://madoguchi/index.html' },
        {
          address: 'app://madoguchi/kiosk.html',
          alwaysOnTop: true,
          x: 1920,
          webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false },
          opened: 'deny',
        },
      ],
      menu: ['窓口を開く', '再来受付機の画面を開く', null, '終了'],
    })
  })

  test('gives it its own view and its own calls only', async () => {
    const page = { url: 'app://madoguchi/kiosk.html', parent: null }
    expect(await entry.tell('call', page, 'reception', {})).toMatchObject({
      value: { whole: { step: { kind: 'waiting' } } },
    })
    expect(await entry.tell('call', page, 'openKiosk', { isOpen: false })).toMatchObject({ ok: false })
    expect(await entry.tell('call', page, 'insertTrainingCard', { persona: 'none' })).toMatchObject({ ok: false })
    await entry.tell('call', ownPage, 'insertTrainingCard', { persona: 'none', at: 'kiosk' })
    await eventually('the kiosk asks for the PIN', async () =>
      JSON.stringify(await entry.tell('call', page, 'reception', {})).includes('"kind":"pin"'),
    )
  })
})

describe('a desktop program with a screen for patients', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-electron-'))
  let entry: Entry
  beforeAll(async () => {
    mkdirSync(join(dataDir, 'desktop'))
    writeFileSync(join(dataDir, 'desktop/settings.json'), JSON.stringify({ pinEntry: { side: 'patient' } }))
    entry = startEntry(file, dataDir)
    expect(await entry.ready).toBe(true)
  })
  afterAll(async () => {
    entry.process.kill()
    await entry.ended
    rmSync(dataDir, { recursive: true, force: true })
  })
  const windows = z.object({ windows: z.array(z.object({ address: z.string() })) })
  const addresses = async () => windows.parse(await entry.tell('facts')).windows.map(({ address }) => address)

  test('opens it over the whole second display, under the same rules as the desk’s', async () => {
    expect(await entry.tell('facts')).toMatchObject({
      windows: [
        { address: 'app://madoguchi/index.html' },
        {
          address: 'app://madoguchi/patient.html',
          alwaysOnTop: true,
          x: 1920,
          webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false },
          opened: 'deny',
        },
      ],
      menu: ['窓口を開く', '患者さんの画面を開く', null, '終了'],
    })
  })

  test('gives it its own view only', async () => {
    const page = { url: 'app://madoguchi/patient.html', parent: null }
    expect(await entry.tell('call', page, 'reception', {})).toMatchObject({
      value: { whole: { step: { kind: 'waiting' } } },
    })
    expect(await entry.tell('call', page, 'insertTrainingCard', { persona: 'none' })).toMatchObject({ ok: false })
  })

  test('brings it back from the tray, or with the next card', async () => {
    await entry.tell('closeWindow')
    await entry.tell('choose', '患者さんの画面を開く')
    expect((await addresses()).slice(2)).toEqual(['app://madoguchi/patient.html'])
    await entry.tell('closeWindow')
    await entry.tell('call', ownPage, 'insertTrainingCard', { persona: 'none' })
    await eventually('the window is back', async () => (await addresses()).length === 4)
    expect((await addresses())[3]).toBe('app://madoguchi/patient.html')
  })

  test('never takes the keyboard from what reception is typing', async () => {
    await entry.tell('drawn')
    const facts = z.object({ windows: z.array(z.object({ shown: z.array(z.string()) })) })
    const { windows: all } = facts.parse(await entry.tell('facts'))
    expect([all.at(0)?.shown, all.at(-1)?.shown]).toEqual([['show'], ['showInactive', 'at 1920']])
  })

  fault('displays', 'The patient’s display gets another size or place', {
    seen: 'nothing',
    class: 'transient',
    data: 'The visit stays as it is.',
    recovery: 'The patient’s window covers it anew.',
  })
  test('covers its display anew when that has another size or place, and not for a task bar', async () => {
    const before = (await addresses()).length
    await entry.tell('changeDisplay', 'workArea')
    expect(await addresses()).toHaveLength(before)
    await entry.tell('changeDisplay', 'workArea', 'bounds')
    const facts = z.object({ windows: z.array(z.object({ isOpen: z.boolean(), x: z.number().optional() })) })
    const { windows: all } = facts.parse(await entry.tell('facts'))
    expect(all.slice(before - 1)).toMatchObject([{ isOpen: false }, { isOpen: true, x: 2560 }])
  })

  fault('displays', 'The kiosk’s display is pulled out', {
    seen: 'nothing',
    class: 'transient',
    data: 'The kiosk’s page goes on, and does not lie over the desk’s.',
    recovery: 'It takes its display again once it is plugged in.',
  })
  test('is a window among others, not over the desk’s, when its display has gone', async () => {
    await entry.tell('unplugDisplay')
    const facts = z.object({ windows: z.array(z.object({ isOpen: z.boolean(), alwaysOnTop: z.boolean().optional() })) })
    const { windows: all } = facts.parse(await entry.tell('facts'))
    expect(all.slice(-2)).toEqual([{ isOpen: false, alwaysOnTop: true }, { isOpen: true }])
  })
})

describe('a desktop program whose agent goes', () => {
  const facts = z.object({
    line: z.string().nullable().optional(),
    notes: z.array(z.string()),
    windows: z.array(z.object({ isOpen: z.boolean() })),
  })
  const openEntry = async () => {
    const entry = startEntry(file, temporaryFolder())
    onTestFinished(() => void entry.process.kill())
    expect(await entry.ready).toBe(true)
    const factsNow = async () => facts.parse(await entry.tell('facts'))
    /** What the page is told of the line, or that there is something to see. */
    const standing = async () => {
      const answer = await entry.tell('call', ownPage, 'reception', {})
      const { value } = z
        .object({ value: z.looseObject({ line: z.string().optional(), whole: z.unknown().optional() }) })
        .parse(answer)
      return value.line ?? (value.whole === undefined ? 'nothing' : 'up')
    }
    const killAgent = async () => {
      await eventually('the agent is at work', async () => (await standing()) === 'up')
      await entry.tell('killAgent')
    }
    return { entry, factsNow, standing, killAgent }
  }

  test('says so on its page, has another one, and gives up with the third within a minute', async () => {
    const { entry, factsNow, killAgent } = await openEntry()
    for (const line of ['restarting', 'restarting', 'failed']) {
      await killAgent()
      await eventually('the page says it', async () => (await factsNow()).line === line)
    }
    // To close the window, as it says, is to end the program.
    void entry.tell('closeWindow')
    expect(await entry.ended).toBe(0)
    expect(entry.errorBoxes).toEqual([])
  })

  fault('agent', 'The agent is given up while its window is closed', {
    seen: 'words/tray tray.failedNote',
    class: 'permanent',
    data: 'What was confirmed is not lost.',
    recovery: 'The window opens again and says what to do.',
  })
  test('opens the window again and says it beside it, where nobody would know', async () => {
    const { entry, factsNow, standing, killAgent } = await openEntry()
    await entry.tell('closeWindow')
    await killAgent()
    await killAgent()
    expect((await factsNow()).windows).toEqual([{ isOpen: false }])
    await killAgent()
    await eventually('nobody is at work any more', async () => (await standing()) === 'failed')
    const { windows, notes } = await factsNow()
    expect(windows).toEqual([{ isOpen: false }, { isOpen: true }])
    expect(notes).toEqual(['窓口プログラムが止まりました。窓口の画面の案内をご覧ください。'])
  })
})

fault('sleep', 'The computer is shut down, or its user logs off', {
  seen: 'nothing',
  class: 'transient',
  data: 'The agent ends in order, with everything written.',
  recovery: 'The next start goes on.',
})
test.each([
  ['whose user logs off, with a window open', 'endSession', []],
  ['that is shut down, without a window', 'power', ['shutdown']],
])('a computer %s lets the agent stop in order', async (_, command, values) => {
  const dataDir = temporaryFolder()
  const entry = startEntry(file, dataDir)
  onTestFinished(() => void entry.process.kill())
  expect(await entry.ready).toBe(true)
  if (command === 'power') await entry.tell('closeWindow')
  void entry.tell(command, ...values)
  expect(await entry.ended).toBe(0)
  const logs = join(dataDir, 'desktop/logs')
  const last = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8').trimEnd().split('\n').at(-1))
  expect(last).toEqual([expect.stringContaining('"agentStopped"')])
})

/** A start that is expected to end by itself. */
async function startInVain(dataDir: string, env: Record<string, string> = {}, words: readonly string[] = []) {
  const entry = startEntry(file, dataDir, env, [...words])
  onTestFinished(() => void entry.process.kill())
  return { code: await entry.ended, errorBoxes: entry.errorBoxes, wasReady: await entry.ready }
}

test('the second of two starts ends at once and starts no agent', async () => {
  const dataDir = temporaryFolder()
  expect(await startInVain(dataDir, { STAND_IN_SECOND: '1' })).toEqual({ code: 0, errorBoxes: [], wasReady: false })
  expect(readdirSync(join(dataDir, 'desktop'))).toEqual(['browser'])
})

test('the start at log-on is a setting: a user who has switched it off starts it by hand', async () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'desktop'))
  writeFileSync(join(dataDir, 'desktop/settings.json'), '{"startAtLogOn":false}')
  expect(await startInVain(dataDir, {}, ['--at-log-on'])).toEqual({ code: 0, errorBoxes: [], wasReady: false })
  const byHand = startEntry(file, dataDir)
  onTestFinished(() => void byHand.process.kill())
  expect(await byHand.ready).toBe(true)
  void byHand.tell('choose', '終了')
  expect(await byHand.ended).toBe(0)

  writeFileSync(join(dataDir, 'desktop/settings.json'), '{}')
  const atLogOn = startEntry(file, dataDir, {}, ['--at-log-on'])
  onTestFinished(() => void atLogOn.process.kill())
  expect(await atLogOn.ready).toBe(true)
})

test('settings that cannot be used are on the page of the window, which the desk comes to once they are mended', async () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'desktop'))
  const settings = join(dataDir, 'desktop/settings.json')
  writeFileSync(settings, '{"mode":"life"}')
  const entry = startEntry(file, dataDir)
  onTestFinished(() => void entry.process.kill())
  expect(await entry.ready).toBe(true)
  const faults = [{ layer: 'site', line: 1, column: 9, path: 'mode', reason: 'choice', meant: 'live' }]
  expect(await entry.tell('call', ownPage, 'reception', {})).toMatchObject({
    ok: true,
    value: { line: 'unsettled', failure: { code: 'SETTINGS_INVALID', detail: { faults } }, files: [settings] },
  })
  expect(existsSync(join(dataDir, 'desktop/madoguchi.db'))).toBe(false)
  writeFileSync(settings, '{}')
  const whole = z.object({ ok: z.literal(true), value: z.object({ whole: z.object({ version: z.string() }) }) })
  await eventually(
    'the desk is there',
    async () => whole.safeParse(await entry.tell('call', ownPage, 'reception', {})).success,
  )
  expect(entry.errorBoxes).toEqual([])
  void entry.tell('choose', '終了')
  expect(await entry.ended).toBe(0)
})

fault('disk', 'The data folder cannot be made', {
  seen: 'STORE_UNWRITABLE',
  data: 'Nothing is begun.',
  recovery: 'Clinic IT names a folder that can be written.',
})
test('a data folder that cannot be made is said, and the program ends', async () => {
  const dataDir = join(temporaryFolder(), 'a file')
  writeFileSync(dataDir, '')
  const { code, errorBoxes } = await startInVain(dataDir)
  expect(code).toBe(2)
  expect(errorBoxes).toEqual([expect.stringMatching(/\(STORE_UNWRITABLE\) お問い合わせ番号 \d{3}-\d{3}$/)])
})

test('what clinic IT does about the stored data works with the key that only this program unwraps', async () => {
  const dataDir = temporaryFolder()
  // Each beside another one, which is no reason to show that one's window instead.
  const asked = async (...words: string[]) => {
    const entry = startEntry(file, dataDir, { STAND_IN_SECOND: '1' }, words)
    onTestFinished(() => void entry.process.kill())
    return { code: await entry.ended, said: entry.messageBoxes }
  }
  const first = startEntry(file, dataDir)
  expect(await first.ready).toBe(true)
  expect(await asked('check')).toEqual({
    code: 2,
    said: [expect.stringMatching(/^error: .*\(AGENT_ALREADY_RUNNING\)$/s)],
  })
  void first.tell('choose', '終了')
  expect(await first.ended).toBe(0)
  expect(await asked('check')).toEqual({ code: 0, said: [expect.stringMatching(/^info: /)] })
  // Where it was typed in a terminal, no window comes in front of anybody.
  const inTerminal = startEntry(file, dataDir, { MADOGUCHI_CONSOLE: '1' }, ['check'])
  expect(await inTerminal.ended).toBe(0)
  expect(inTerminal.messageBoxes).toEqual([])
  expect(await asked('chekc')).toEqual({ code: 2, said: [expect.stringContaining('もしかして: check')] })
  // Another program's data folder is not for this key.
  expect(await asked('check', '--data', dataDir)).toMatchObject({ code: 2 })

  rmSync(join(dataDir, 'desktop/madoguchi.db'))
  // What to type is said as it is typed here: an installed program has no npm.
  expect((await startInVain(dataDir)).errorBoxes).toEqual([
    expect.stringMatching(
      /: madoguchi check\n.*: madoguchi restore\n[\s\S]*\(STORE_DAMAGED\) お問い合わせ番号 \d{3}-\d{3}$/,
    ),
  ])
  expect(await asked('restore')).toEqual({
    code: 2,
    said: [expect.stringMatching(/: madoguchi accept-loss\n\(STORE_COPY_MISSING\)$/)],
  })
  expect(await asked('accept-loss', '--empty')).toMatchObject({ code: 0 })
  expect(await asked('check')).toMatchObject({ code: 0 })
})
