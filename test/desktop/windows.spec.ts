// The program's windows on a real desktop with a window manager: the desk's and the patient's, the keyboard, the tray, a
// second start, and a page whose process has gone.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { fault } from '../faults.ts'
import { closeWindow, type Desktop, ownFolder, prepare, windowOf } from './desktop.ts'
import type { Display } from './display.ts'
import { expect, test } from './test.ts'

test.skip(process.platform !== 'linux', 'by the tools of an X server')

const waiting = { name: 'カードをリーダーに置いてください' }
const forPatients = (folder: string) =>
  writeFileSync(join(ownFolder(folder), 'settings.json'), JSON.stringify({ pinEntry: { side: 'patient' } }))

/** The page of the window that has the keyboard; null: none of ours. */
const pageWithKeyboard = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const address = BrowserWindow.getFocusedWindow()?.webContents.getURL()
    return address?.split('/').at(-1) ?? null
  })

async function bothWindows({ app, desk }: Desktop) {
  const patient = await windowOf(app, 'patient.html')
  await expect(desk.getByRole('heading', waiting)).toBeVisible()
  await expect(patient.getByRole('heading', { name: 'マイナンバーカードを置いてください' })).toBeVisible()
  return { desk, patient }
}

/** Keys as from a keyboard: whichever window has it gets them. */
const pressKeys = (display: Display, ...keys: string[]) => display.run('xdotool', 'key', '--delay', '50', ...keys)

test('a whole check-in goes through both windows, and the patient’s never learns who it is', async ({
  folder,
  start,
}) => {
  forPatients(folder)
  const { desk, patient } = await bothWindows(await start())
  await desk.getByRole('button', { name: '更生医療とひとり親の併用' }).click()
  await expect(desk.getByText('患者さんの画面で、暗証番号の入力をお待ちしています').last()).toBeVisible()
  await expect(patient.getByLabel('暗証番号（4桁）')).toBeVisible()
  for (const digit of '1234') await patient.getByRole('button', { name: digit, exact: true }).click()
  await patient.getByRole('button', { name: '確認する' }).click()
  await expect(patient.getByRole('heading', { name: '確認が終わりました' })).toBeVisible()
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()
  expect(await patient.content()).not.toMatch(/鈴木|スズキ/)

  // The patient's page has the same bridge, and its door lets through what a patient may do.
  const asked = await patient.evaluate(async () => [
    await window.madoguchi?.call('reception', {}),
    await window.madoguchi?.call('removeTrainingCard', {}),
  ])
  expect(asked).toEqual([
    { ok: true, value: { whole: expect.objectContaining({ step: { kind: 'done' } }) } },
    { ok: false, error: { code: 'REQUEST_INVALID' } },
  ])
  expect(JSON.stringify(asked)).not.toMatch(/鈴木|スズキ/)
})

test('the patient’s window never takes the keyboard: not at the start, not with a card, not from the tray', async ({
  folder,
  start,
  display,
}) => {
  forPatients(folder)
  const desktop = await start()
  const { app } = desktop
  const { desk, patient } = await bothWindows(desktop)
  await expect.poll(() => pageWithKeyboard(app)).toBe('index.html')

  await closeWindow(app, patient)
  await desk.getByRole('button', { name: '更生医療とひとり親の併用' }).click()
  const back = await windowOf(app, 'patient.html')
  await expect(back.getByLabel('暗証番号（4桁）')).toBeVisible()
  expect(await pageWithKeyboard(app)).toBe('index.html')
  // What reception types now is no PIN.
  if (display) pressKeys(display, '1', '2', '3', '4', 'Return')
  await desk.evaluate(() => window.madoguchi?.call('reception', {}))
  expect(await pageWithKeyboard(app)).toBe('index.html')
  await expect(back.getByLabel('暗証番号（4桁）')).toHaveValue('')
})

test('a second start shows the first one’s window, wherever it has gone, and ends', async ({
  folder,
  start,
  display,
}) => {
  if (!display) throw new Error('no display')
  const { app, desk } = await start()
  await expect(desk.getByRole('heading', waiting)).toBeVisible()
  const startAgain = async () => {
    const { program, env } = prepare({ folder, display })
    const second = spawn(program, [], { env, stdio: 'ignore' })
    const [code] = await once(second, 'exit')
    return code
  }
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
    .toBe(true)
  expect(await startAgain()).toBe(0)
  await expect.poll(() => pageWithKeyboard(app)).toBe('index.html')

  await closeWindow(app, desk)
  expect(app.windows()).toEqual([])
  expect(await startAgain()).toBe(0)
  const back = await windowOf(app, 'index.html')
  await expect(back.getByRole('heading', waiting)).toBeVisible()
  await expect.poll(() => pageWithKeyboard(app)).toBe('index.html')
})

/** The place of the program's icon among those of the tray. */
async function trayIcon(display: Display): Promise<{ readonly x: number; readonly y: number }> {
  let icon: { x: number; y: number } | undefined
  await expect
    .poll(() => {
      const found = display.run(
        'sh',
        '-c',
        'xdotool search --onlyvisible --class "^madoguchi$" getwindowgeometry --shell %@ || true',
      )
      const windows = found.split(/(?=^WINDOW=)/m).map((text) =>
        Object.fromEntries(
          text
            .trim()
            .split('\n')
            .map((line) => line.split('=')),
        ),
      )
      const small = windows.find(
        ({ WIDTH, HEIGHT }) => Number(WIDTH) === Number(HEIGHT) && Number(WIDTH) >= 16 && Number(WIDTH) <= 64,
      )
      icon = small && { x: Number(small.X) + Number(small.WIDTH) / 2, y: Number(small.Y) + Number(small.HEIGHT) / 2 }
      return icon !== undefined
    })
    .toBe(true)
  if (!icon) throw new Error('there is no icon')
  return icon
}

test('the tray’s icon brings the window back, and its menu ends the program', async ({ start, display }) => {
  if (!display) throw new Error('no display')
  const { app, desk } = await start()
  await expect(desk.getByRole('heading', waiting)).toBeVisible()
  const { x, y } = await trayIcon(display)
  const click = (button: string) => display.run('xdotool', 'mousemove', String(x), String(y), 'click', button)
  await closeWindow(app, desk)
  click('1')
  const back = await windowOf(app, 'index.html')
  await expect(back.getByRole('heading', waiting)).toBeVisible()

  const ended = app.waitForEvent('close')
  const program = app.process()
  click('3')
  // 窓口を開く, 終了.
  await expect
    .poll(() => {
      pressKeys(display, 'Up', 'Return')
      return program.exitCode
    })
    .toBe(0)
  await ended
})

/** What a page shows, asked in it: Playwright looks no more at one whose process has gone. */
const shownIn = (app: ElectronApplication, page: string) =>
  app.evaluate(async ({ BrowserWindow }, name) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().endsWith(name))
    const text: unknown = await window?.webContents.executeJavaScript('document.body.innerText')
    return String(text)
  }, page)

fault('displays', 'The desk’s or the patient’s page is killed in the middle of a PIN', {
  seen: 'nothing',
  class: 'transient',
  data: 'The visit stays where it was.',
  recovery: 'Both pages are back with what they showed.',
})
test('a page whose process was killed is back by itself, with what it showed', async ({ folder, start }) => {
  forPatients(folder)
  const desktop = await start()
  const { app } = desktop
  const { desk, patient } = await bothWindows(desktop)
  await desk.getByRole('button', { name: '更生医療とひとり親の併用' }).click()
  await expect(patient.getByLabel('暗証番号（4桁）')).toBeVisible()
  const kill = (page: string) =>
    app.evaluate(({ BrowserWindow }, name) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        if (webContents.getURL().endsWith(name)) process.kill(webContents.getOSProcessId(), 'SIGKILL')
      }
    }, page)
  for (const [name, page, text] of [
    ['index.html', desk, '患者さんの画面で、暗証番号の入力をお待ちしています'],
    ['patient.html', patient, '暗証番号'],
  ] as const) {
    const gone = page.waitForEvent('crash')
    await kill(name)
    await gone
    await expect.poll(() => shownIn(app, name)).toContain(text)
  }
  expect(await pageWithKeyboard(app)).toBe('index.html')
})
