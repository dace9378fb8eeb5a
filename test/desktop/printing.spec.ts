// A paper from the desktop program to the printers of this computer, which has none: said so, with what to do, and nothing is
// lost by it.
import { execFileSync } from 'node:child_process'
import { pressEnter, type } from '../e2e/desk.ts'
import { expect, test } from './test.ts'

/** The printers of this computer, by the system's own word; where it has none to ask there are none. */
function printersHere(): string[] {
  try {
    return execFileSync('lpstat', ['-e'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .filter((line) => line !== '')
  } catch {
    return []
  }
}

test.skip(process.platform !== 'linux' || printersHere().length > 0, 'this computer has printers')

test('where there is no printer the preview says so, and the visit is as it was', async ({ start }) => {
  const { desk } = await start()
  await desk.clock.install()
  await desk.getByRole('button', { name: '更生医療とひとり親の併用' }).click()
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(desk, '1234')
  await pressEnter(desk)
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()

  await desk.clock.fastForward(1_000)
  await desk.keyboard.press('F8')
  const preview = desk.getByRole('region', { name: '印刷の見本' })
  await expect(preview.getByRole('heading', { name: '受付票' })).toBeVisible()
  await expect(preview.getByText('トレーニング', { exact: true })).toBeVisible()
  // Nothing to choose from but what the system itself asks.
  await expect(desk.getByLabel('プリンター').getByRole('option')).toHaveText(['印刷するときに選ぶ'])
  await pressEnter(desk)
  await expect(desk.getByRole('alert')).toContainText('このパソコンで使えるプリンターがありません。')
  await expect(preview).toBeVisible()

  await desk.keyboard.press('Escape')
  await expect(desk.getByRole('button', { name: '印刷' })).toBeFocused()
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()
})

test('a page that asks for another printer than there is learns that it has gone or that there is none', async ({
  start,
}) => {
  const { desk } = await start()
  const answers = await desk.evaluate(async () => [
    await window.madoguchi?.call('printers', {}),
    await window.madoguchi?.call('print', { printer: 'Slip', widthMm: 80, heightMm: 143 }),
    await window.madoguchi?.call('print', { printer: 'Slip', widthMm: 1, heightMm: 143 }),
  ])
  expect(answers).toMatchObject([
    { ok: true, value: [] },
    { ok: false, error: { code: 'PRINTER_MISSING' } },
    { ok: false, error: { code: 'REQUEST_INVALID' } },
  ])
})
