// A paper in the whole product, by the keyboard alone: from the result to the browser's own print, and the size that is still
// chosen the next time.
import { expect, pressEnter, settle, test } from './desk.ts'

for (const { name, width, height, text } of [
  { name: '1280 × 800', width: 1280, height: 800, text: 16 },
  { name: '1024 × 768', width: 1024, height: 768, text: 16 },
  { name: 'twice the text', width: 1280, height: 800, text: 32 },
]) {
  test(`at ${name} a paper is chosen, printed and remembered without a mouse`, async ({ desk }) => {
    test.skip(await desk.evaluate(() => window.madoguchi !== undefined), 'the desktop program has printers of its own')
    await desk.setViewportSize({ width, height })
    const protocol = await desk.context().newCDPSession(desk)
    await protocol.send('Page.setFontSizes', { fontSizes: { standard: text } })
    await desk.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', document.title)
    })
    await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
    await settle(desk)
    await desk.keyboard.press('F8')
    await expect(desk.getByLabel('受付票', { exact: true })).toBeFocused()
    await desk.keyboard.press('ArrowDown')
    const preview = desk.getByRole('region', { name: '印刷の見本' })
    await expect(preview.getByRole('heading', { name: '公費の一覧' })).toBeVisible()
    await expect(preview.getByText('54 13 601 5').or(preview.getByText('54136015'))).toBeVisible()
    await desk.keyboard.press('Tab')
    await desk.keyboard.press('ArrowDown')
    await expect(desk.getByLabel('A5', { exact: true })).toBeChecked()
    await pressEnter(desk)
    await expect(desk.locator('html')).toHaveAttribute('data-printed', '窓口')
    await expect(desk.getByRole('button', { name: '印刷' })).toBeFocused()
    await expect(desk.getByText('用紙の大きさとプリンター')).toBeVisible()

    await settle(desk)
    await desk.keyboard.press('F8')
    await desk.keyboard.press('ArrowDown')
    await expect(desk.getByLabel('A5', { exact: true })).toBeChecked()
    await desk.keyboard.press('Escape')
    await expect(desk.getByRole('button', { name: '印刷' })).toBeFocused()
  })
}
