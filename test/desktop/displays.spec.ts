// The patient's window on a second display: over all of it when it is there, among the others when it is not.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { fault } from '../faults.ts'
import { ownFolder, windowOf } from './desktop.ts'
import { test as base, expect } from './test.ts'
import { missingForTwoDisplays, openTwoDisplays, type TwoDisplays } from './two-displays.ts'

const test = base.extend<{ displays: TwoDisplays }>({
  displays: async ({ folder }, use) => {
    writeFileSync(join(ownFolder(folder), 'settings.json'), JSON.stringify({ pinEntry: { side: 'patient' } }))
    const displays = await openTwoDisplays()
    await use(displays)
    displays.close()
  },
})
const missing = missingForTwoDisplays()
if (missing) console.warn(`!! LEFT OUT: the patient's window on a second display: ${missing}`)
test.skip(missing !== null, 'said above')

const first = { x: 0, y: 0, width: 1024, height: 768 }
const second = { x: 1024, y: 0, width: 800, height: 600 }
/** icewm keeps the last pixel of a display to itself. */
const whole = (size: number, of: number) => (size === of - 1 ? of : size)

const withKeyboard = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.webContents.getURL())

/** null: the program was too busy to answer (Electron has been seen to throw an answer away); to be asked again. */
async function patientWindow(app: ElectronApplication) {
  const seen = app.evaluate(({ BrowserWindow, screen }) => {
    const open = BrowserWindow.getAllWindows()
    const window = open.find(({ webContents }) => webContents.getURL().endsWith('/patient.html'))
    return {
      windows: open.length,
      isOnTop: window?.isAlwaysOnTop(),
      isVisible: window?.isVisible(),
      bounds: window?.getBounds(),
      displays: screen.getAllDisplays().map((display) => display.bounds),
    }
  })
  const answer = await seen.catch(() => null)
  if (!answer) return null
  const { bounds, ...rest } = answer
  const covered = bounds && { ...bounds, width: whole(bounds.width, 800), height: whole(bounds.height, 600) }
  return { ...rest, bounds: covered }
}

test('with a second display the patient’s window covers it and nothing of the first', async ({ start, displays }) => {
  displays.plug()
  const { app } = await start({ display: displays })
  await windowOf(app, 'patient.html')
  await expect
    .poll(() => patientWindow(app))
    .toEqual({ windows: 2, isOnTop: true, isVisible: true, bounds: second, displays: [first, second] })
  await expect.poll(() => withKeyboard(app)).toBe('app://madoguchi/index.html')
})

fault('displays', 'The patient’s display is pulled out in the middle of a PIN', {
  seen: 'nothing',
  class: 'transient',
  data: 'The visit stays at its PIN, and reception keeps the keyboard.',
  recovery: 'The patient’s window is a window among others, and takes its display again once it is plugged in.',
})
test('plugged in while the program runs, a display gets the window; pulled out, it gives it back', async ({
  start,
  displays,
}) => {
  const { app, desk } = await start({ display: displays })
  await windowOf(app, 'patient.html')
  await expect.poll(() => patientWindow(app)).toMatchObject({ windows: 2, isOnTop: false, isVisible: true })

  displays.plug()
  await expect
    .poll(() => patientWindow(app))
    .toEqual({ windows: 2, isOnTop: true, isVisible: true, bounds: second, displays: [first, second] })
  // Reception types on, whatever is plugged in.
  expect(await withKeyboard(app)).toBe('app://madoguchi/index.html')

  // In the middle of a PIN.
  await desk.getByRole('button', { name: '更生医療とひとり親の併用' }).click()
  const before = await windowOf(app, 'patient.html')
  await expect(before.getByLabel('暗証番号（4桁）')).toBeVisible()
  displays.unplug()
  await expect
    .poll(() => patientWindow(app))
    .toMatchObject({ windows: 2, isOnTop: false, isVisible: true, displays: [first] })
  const after = await windowOf(app, 'patient.html')
  await expect(after.getByLabel('暗証番号（4桁）')).toBeVisible()
  expect(await withKeyboard(app)).toBe('app://madoguchi/index.html')
})
