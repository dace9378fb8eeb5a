// From the result to paper by the keyboard alone: the preview, what Enter does and when, what is remembered and written down,
// and where the focus is afterwards.
import type { Page } from 'playwright'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath } from '../browser.ts'
import { fault } from '../faults.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { drawn } from './drawn.ts'
import { inspect } from './inspect.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nothing was printed')

describe.skipIf(!chromiumPath)('printing', () => {
  const desk = onDesk()
  const { settle, enter, called, focusIs, freeze } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })
  beforeEach(async () => {
    await page.evaluate(() => {
      const jobs: string[] = []
      Object.assign(window, { jobs, print: () => void jobs.push(document.title) })
    })
  })

  const jobs = () => page.evaluate<string[]>(() => Reflect.get(window, 'jobs'))
  const names = () => stage.calls.map(({ name }) => name)
  const preview = () => page.getByRole('region', { name: '印刷の見本' })
  const open = async (scene: Reception) => {
    await drawn(page, stage.show(scene))
    await page.getByRole('button', { name: '印刷' }).waitFor()
    await settle()
    await page.keyboard.press('F8')
    await preview().waitFor()
  }
  const isChosen = (name: string) => page.getByLabel(name, { exact: true }).isChecked()

  test('F8 shows the paper, arrows choose another, Enter prints it, and the focus is back', async () => {
    await open(scenes.printCrowded)
    expect(await isChosen('受付票')).toBe(true)
    await preview().getByText('128番', { exact: true }).waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await isChosen('公費の一覧')).toBe(true)
    await preview().getByText('公費負担者番号').first().waitFor()
    await page.getByRole('status').filter({ hasText: '公費の一覧、A4、' }).waitFor()
    await enter()
    await eventually('the job', async () => (await jobs()).length === 1)
    await focusIs('印刷F8')
    await page.getByRole('status').filter({ hasText: '公費の一覧を印刷に回しました。' }).waitFor()
    const visitId = scenes.printCrowded.current?.id
    expect(stage.calls).toEqual([{ name: 'notePaper', request: { paper: 'certificates', visitId, isPrinted: true } }])
  })

  test('the job names nobody, whatever the page is called, and the page has its title back', async () => {
    await open(scenes.printCrowded)
    const title = '●1件 要確認 佐藤　美咲'
    await page.evaluate((text) => {
      document.title = text
    }, title)
    await enter()
    await eventually('the job', async () => (await jobs()).length === 1)
    expect(await jobs()).toEqual(['窓口'])
    await eventually('the title', async () => (await page.title()) === title)
  })

  test('a stray Enter in the first second prints nothing, nor does one that is held down', async () => {
    await drawn(page, stage.show(scenes.printCrowded))
    await page.getByRole('button', { name: '印刷' }).waitFor()
    await settle()
    await freeze()
    await page.keyboard.press('F8')
    await preview().waitFor()
    await page.keyboard.press('Enter')
    await page.clock.fastForward(900)
    await page.keyboard.press('Enter')
    await page.keyboard.press('F8')
    await page.getByText('表示が変わった直後のため').waitFor()
    expect(await jobs()).toEqual([])
    expect(names()).toEqual([])
    await page.clock.fastForward(200)
    await page.keyboard.press('Enter')
    await eventually('the job', async () => (await jobs()).length === 1)
    await page.clock.resume()
  })

  test('Esc goes back to the visit as it was, and the focus to where it had been', async () => {
    await open(scenes.printDoses)
    await page.keyboard.press('Escape')
    await focusIs('印刷F8')
    expect(await preview().count()).toBe(0)
    expect(await jobs()).toEqual([])
  })

  test('no key of the visit behind it counts', async () => {
    await open(scenes.printOffline)
    await settle()
    for (const key of ['F4', 'F6', 'F8']) await page.keyboard.press(key)
    expect(await preview().count()).toBe(1)
    expect(names()).toEqual([])
    expect(await page.getByRole('textbox', { name: 'メモ' }).count()).toBe(0)
  })

  test('another size is remembered with the print, for that paper alone; the same is not said again', async () => {
    await open(scenes.printCrowded)
    await page.getByLabel('ロール紙（幅80mm）').check()
    await enter()
    const request = await called('rememberPaper')
    expect(request).toEqual({ paper: 'receptionSlip', format: { size: 'roll80', printer: null } })
    await eventually('the job', async () => (await jobs()).length === 1)
    stage.calls.length = 0

    const { papers } = scenes.printCrowded
    const kept: Reception = {
      ...scenes.printCrowded,
      papers: { ...papers, formats: { receptionSlip: { size: 'roll80', printer: null } } },
    }
    await drawn(page, stage.show(scenes.waiting))
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    await open(kept)
    expect(await isChosen('ロール紙（幅80mm）')).toBe(true)
    await enter()
    await eventually('the second job', async () => (await jobs()).length === 2)
    expect(names()).toEqual(['notePaper'])
  })

  fault('printer', 'A paper is printed while our disk is full', {
    seen: 'STORE_FULL',
    data: 'What cannot be written down is not printed.',
    recovery: 'Room is made, and it is printed.',
  })
  test('what cannot be written down is not printed', async () => {
    await open(scenes.printCrowded)
    stage.answer = { ok: false, error: { code: 'STORE_FULL' } }
    await enter()
    await page.getByRole('alert').waitFor()
    expect(await jobs()).toEqual([])
    expect(names()).toEqual(['notePaper'])
    expect(await preview().count()).toBe(1)
  })

  test('the preview goes with its visit, and with the screen that hides', async () => {
    await open(scenes.printCrowded)
    await drawn(page, stage.show(scenes.reading))
    await focusIs('カードを読み取っています')
    expect(await page.locator('[data-sheet]').count()).toBe(0)
    await open(scenes.printCrowded)
    await page.keyboard.press('F9')
    await page.getByRole('heading', { name: '画面を隠しています' }).waitFor()
    expect(await page.locator('[data-sheet]').count()).toBe(0)
    expect(await page.content()).not.toContain('𠮷髙')
    await settle()
    await page.getByRole('button', { name: '表示する' }).click()
  })

  test('a visit that goes while its paper is being written down is not printed, and that is written down too', async () => {
    await open(scenes.printCrowded)
    let write = () => {}
    stage.answer = new Promise((resolve) => {
      write = () => resolve({ ok: true, value: null })
    })
    await enter()
    await called('notePaper')
    await drawn(page, stage.show(scenes.reading))
    await focusIs('カードを読み取っています')
    write()
    await eventually('the second row', () => stage.calls.length === 2)
    const visitId = scenes.printCrowded.current?.id
    const row = { paper: 'receptionSlip', visitId, isPrinted: true }
    expect(stage.calls.map(({ request }) => request)).toEqual([row, { ...row, isPrinted: false }])
    expect(await jobs()).toEqual([])
  })

  test('the screen as it stands is never printed, with a paper open or without', async () => {
    const seen = () => page.locator('body > *').filter({ visible: true }).count()
    await drawn(page, stage.show(scenes.printCrowded))
    await page.getByRole('button', { name: '印刷' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await seen()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    await open(scenes.printCrowded)
    await page.emulateMedia({ media: 'print' })
    expect(await seen()).toBe(1)
    expect(await page.locator('[data-papers]').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
  })

  test.each([
    { name: 'twice the text', width: 1280, height: 800, text: 200 },
    { name: '320 px', width: 320, height: 800, text: 100 },
    { name: '1024 × 768', width: 1024, height: 768, text: 100 },
  ])('at $name the preview is whole, and no paper makes anybody scroll sideways', async ({ width, height, text }) => {
    await page.setViewportSize({ width, height })
    const protocol = await page.context().newCDPSession(page)
    await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * text) / 100 } })
    const found: string[] = []
    for (const scene of [scenes.printLongName, scenes.printDoses, scenes.capCorrected]) {
      await open(scene)
      for (const paper of await page.getByRole('group', { name: '用紙の種類' }).getByRole('radio').all()) {
        await paper.check()
        for (const size of await page.getByRole('group', { name: '用紙の大きさ' }).getByRole('radio').all()) {
          await size.check()
          // A paper has points, see paper.test.ts.
          found.push(...(await page.evaluate(inspect)).filter((fault) => !fault.startsWith('small text')))
        }
      }
      await page.keyboard.press('Escape')
    }
    await protocol.send('Page.setFontSizes', { fontSizes: { standard: 16 } })
    await page.setViewportSize({ width: 1280, height: 800 })
    expect(found).toEqual([])
  })

  test('of a visit that may be about several people nothing can be printed', async () => {
    await drawn(page, stage.show(scenes.choosing))
    await page.getByRole('heading', { name: /どの患者さん/ }).waitFor()
    await settle()
    await page.keyboard.press('F8')
    expect(await page.getByRole('button', { name: '印刷' }).count()).toBe(0)
    expect(await preview().count()).toBe(0)
  })

  test('the sheet of a cap and its line are papers like the others', async () => {
    await open(scenes.capReached)
    await preview().getByText('上限額管理票に書く行').waitFor()
    await page.keyboard.press('ArrowDown')
    await preview().getByText('自己負担上限額管理票').first().waitFor()
    await enter()
    const { page: shown } = scenes.capReached
    const visitId = 'sheet' in shown ? shown.sheet?.visitId : null
    expect(await called('notePaper')).toEqual({ paper: 'capSheet', visitId, isPrinted: true })
  })
})
