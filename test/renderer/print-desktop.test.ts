// Printing in the desktop program as its page has it: the printers of the computer, one that is remembered, and what is said
// when nothing comes out. The shell is the test's; a real Electron is in test/desktop.
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath } from '../browser.ts'
import { fault } from '../faults.ts'
import { eventually } from '../support.ts'
import { type OnStage, openOnStage } from './on-stage.ts'
import { scenes } from './scenes.ts'

if (!chromiumPath)
  console.warn('LEFT OUT: Chromium is not installed, nothing was printed by the desktop program’s page')

interface Shell {
  /** What it is asked, in order: calls of the agent by their names, and jobs. */
  readonly asked: [name: string, request: unknown][]
  /** What the next job comes to. */
  answer: unknown
}
declare global {
  interface Window {
    shell: Shell
  }
}

describe.skipIf(!chromiumPath)('a paper in the desktop program', () => {
  let on: OnStage<Reception>
  let page: Page
  beforeAll(async () => {
    on = await openOnStage(scenes.waiting)
    page = on.page
  })
  afterAll(() => on?.close())

  /** The page under a shell that has two printers, at a visit with a paper open. */
  async function open(kept: Reception['papers']['formats'] = {}) {
    const { papers } = scenes.printCrowded
    const reception: Reception = { ...scenes.printCrowded, papers: { ...papers, formats: kept } }
    await page.addInitScript((whole) => {
      const shell: Shell = { asked: [], answer: { ok: true, value: true } }
      const printers = [
        { name: 'slip', label: '受付のロール' },
        { name: 'tray', label: '診察室' },
      ]
      Object.assign(window, {
        shell,
        madoguchi: {
          async call(name: string, request: unknown) {
            if (name === 'reception') return { ok: true, value: { whole } }
            if (name === 'printers') return { ok: true, value: printers }
            shell.asked.push([name, request])
            return name === 'print' ? shell.answer : { ok: true }
          },
          onReception(listener: (told: unknown) => void) {
            listener({ whole })
            return () => undefined
          },
        },
      })
    }, reception)
    await page.goto(on.stage.address)
    await page.getByRole('button', { name: '印刷' }).waitFor()
    await page.clock.fastForward(1_000)
    await page.keyboard.press('F8')
    await page.getByRole('region', { name: '印刷の見本' }).waitFor()
    await page.clock.fastForward(1_000)
  }
  const asked = () => page.evaluate(() => window.shell.asked)
  const answerWith = (answer: unknown) => page.evaluate((next) => Object.assign(window.shell, { answer: next }), answer)
  const visitId = scenes.printCrowded.current?.id
  const slip = { paper: 'receptionSlip', visitId }

  beforeEach(async () => {
    await page.goto('about:blank')
  })

  test('goes to the printer that was chosen, which is remembered for it', async () => {
    await open()
    await page.getByLabel('プリンター').selectOption('受付のロール')
    await page.getByLabel('ロール紙（幅80mm）').check()
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: '受付票を印刷に回しました。' }).waitFor()
    const format = { size: 'roll80', printer: 'slip' }
    expect(await asked()).toEqual([
      ['notePaper', { ...slip, isPrinted: true }],
      ['rememberPaper', { paper: 'receptionSlip', format }],
      ['print', { printer: 'slip', widthMm: 80, heightMm: expect.any(Number) }],
    ])
  })

  test('that was remembered needs no choice, and A6 is A6', async () => {
    await open({ receptionSlip: { size: 'a6', printer: 'slip' } })
    await page.keyboard.press('Enter')
    await eventually('the job', async () => (await asked()).length === 2)
    expect(await asked()).toEqual([
      ['notePaper', { ...slip, isPrinted: true }],
      ['print', { printer: 'slip', widthMm: 105, heightMm: 148 }],
    ])
  })

  fault('printer', 'There is no printer', {
    seen: 'PRINTER_MISSING',
    data: 'The visit is as it was; that nothing was printed is written down.',
    recovery: 'A printer is switched on, and it is printed again.',
  })
  fault('printer', 'The printer that was chosen is gone', {
    seen: 'PRINTER_GONE',
    data: 'Nothing is printed elsewhere unasked; that is written down.',
    recovery: 'Another one is chosen, or it is switched on.',
  })
  fault('printer', 'The printer is jammed or out of paper', {
    seen: 'PRINTER_REFUSED',
    data: 'It may have come out in part; that is written down.',
    recovery: 'A person looks, and prints again.',
  })
  test.each([
    ['PRINTER_MISSING', 'このパソコンで使えるプリンターがありません。'],
    ['PRINTER_GONE', '選ばれているプリンターが見つかりません。'],
    ['PRINTER_REFUSED', '印刷できませんでした。'],
  ])(
    'that does not come out (%s) says so with what to do, is written down, and can be tried again',
    async (code, message) => {
      await open()
      await answerWith({ ok: false, error: { code } })
      await page.keyboard.press('Enter')
      const alert = page.getByRole('alert')
      await alert.filter({ hasText: message }).waitFor()
      expect((await alert.textContent())?.length).toBeGreaterThan(message.length + 10)
      expect((await asked()).map(([name, request]) => [name, name === 'notePaper' ? request : null])).toEqual([
        ['notePaper', { ...slip, isPrinted: true }],
        ['print', null],
        ['notePaper', { ...slip, isPrinted: false }],
      ])
      await answerWith({ ok: true, value: true })
      // Not by an Enter of before.
      await page.keyboard.press('Enter')
      expect(await asked()).toHaveLength(3)
      await page.clock.fastForward(1_000)
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: '印刷に回しました' }).waitFor()
      expect(await alert.count()).toBe(0)
    },
  )

  test.each([undefined, 'printed', { ok: true, value: 'yes' }, { ok: false, error: { code: 'NEW_CODE' } }])(
    'whose shell answers %j was not printed, as far as anybody knows',
    async (answer) => {
      await open()
      await answerWith(answer)
      await page.keyboard.press('Enter')
      await page.getByRole('alert').filter({ hasText: '印刷できませんでした。' }).waitFor()
    },
  )

  test('that was called off is no failure, and stays open', async () => {
    await open()
    await answerWith({ ok: true, value: false })
    await page.keyboard.press('Enter')
    await eventually('the second row', async () => (await asked()).length === 3)
    expect((await asked()).at(-1)).toEqual(['notePaper', { ...slip, isPrinted: false }])
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await page.getByRole('region', { name: '印刷の見本' }).count()).toBe(1)
  })

  test('whose printer has gone names it, and another can be chosen', async () => {
    await open({ receptionSlip: { size: 'a6', printer: 'old one' } })
    await page.getByLabel('プリンター').getByText('old one（見つかりません）').waitFor({ state: 'attached' })
    expect(await page.getByLabel('プリンター').inputValue()).toBe('old one')
  })
})
