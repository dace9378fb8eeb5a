// The line from the page to the agent: broken, given up, silent, taken by another page, not to be understood.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../browser.ts'
import { fault } from '../faults.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the line to the agent was not looked at')

describe.skipIf(!chromiumPath)('the line to the agent on the screen', () => {
  const desk = onDesk()
  const { problems, focusIs, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  describe('the line to the agent', () => {
    const isTold = (title: string) => page.getByRole('heading', { name: title }).waitFor()
    /** Nothing about anybody is left in the page. */
    const isEmpty = async () => expect(await page.content()).not.toMatch(/佐藤|サトウ|田中|5401602|昭和54年/)
    const reopen = async () => {
      stage.show(scenes.waiting)
      await page.goto(stage.address)
      await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
      // The browser reports every attempt that failed meanwhile.
      problems.length = 0
    }

    fault('displays', 'The page loses its line to the program', {
      seen: 'words/desk screen.line.retrying',
      class: 'transient',
      data: 'Nothing about anybody is left in the page.',
      recovery: 'It is joined again by itself, and shows what it showed.',
    })
    test('when broken takes everybody out of the page at once, says that it is tried again, and comes back', async () => {
      await show(scenes.result)
      stage.disconnect()
      await isTold('窓口プログラムとの接続が切れました')
      await page.getByRole('alert').filter({ hasText: 'つなぎ直しています。' }).waitFor()
      await isEmpty()
      stage.connect()
      await page.clock.runFor(2000)
      await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
      problems.length = 0
    })

    fault('displays', 'The page’s line to the program does not come back', {
      seen: 'words/desk screen.line.gone',
      class: 'permanent',
      data: 'Nothing about anybody is left in the page.',
      recovery: 'The program is started again, and its new address opened.',
    })
    test('that does not come back is not pretended to, and says what to do', async () => {
      await show(scenes.result)
      stage.disconnect()
      await isTold('窓口プログラムとの接続が切れました')
      // Each try is a real one, and takes what it takes beside the page's own time.
      await eventually('it gives up', async () => {
        await page.clock.runFor(2000)
        return page.getByRole('heading', { name: '窓口プログラムにつながりません' }).isVisible()
      })
      expect(problems.filter((problem) => problem.includes('503'))).toHaveLength(9)
      await page.getByRole('alert').filter({ hasText: '新しいアドレスを開いてください' }).waitFor()
      expect(await page.getByText('つなぎ直しています').count()).toBe(0)
      await isEmpty()
      stage.connect()
      await reopen()
    })

    test('that is silent for too long counts as broken, though nobody has closed it', async () => {
      await show(scenes.result)
      await page.clock.fastForward(15_000)
      await isTold('窓口プログラムとの接続が切れました')
      await isEmpty()
      await page.clock.runFor(2000)
      await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    })

    test('of a page that stood still behind the browser’s print window is not broken, but for what stays silent then', async () => {
      await show(scenes.result)
      // No timer is due in between: the page is woken a minute later, before it has read what came.
      await page.clock.fastForward(60_000)
      expect(await page.getByRole('heading', { name: '佐藤　美咲' }).count()).toBe(1)
      await page.clock.fastForward(5_900)
      expect(await page.getByRole('heading', { name: '佐藤　美咲' }).count()).toBe(1)
      await page.clock.fastForward(100)
      await isTold('窓口プログラムとの接続が切れました')
      await page.clock.runFor(2000)
      await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    })

    fault('displays', 'The desk is opened in a second page', {
      seen: 'words/desk screen.line.taken',
      class: 'permanent',
      data: 'Nothing about anybody is left in the first page.',
      recovery: 'The second page goes on; the first one is closed.',
    })
    test('that has gone to another page leaves nothing here, and is not fetched back', async () => {
      await show(scenes.result)
      stage.take()
      await isTold('窓口を別の画面で開きました')
      await isEmpty()
      await reopen()
    })

    fault('displays', 'The page is sent something that it does not understand', {
      seen: 'words/desk screen.line.faulty',
      class: 'transient',
      data: 'Nothing half understood is shown.',
      recovery: 'It shows again what is right.',
    })
    test('that sends something else than the contract shows nothing until it is right again', async () => {
      await show(scenes.result)
      stage.sendRaw('{"revision": 99')
      await isTold('窓口から届いた内容を確認できません')
      await isEmpty()
      await show(scenes.pin)
      await focusIs('pin')
    })

    test('survives a reload, with the token out of the address', async () => {
      await show(scenes.result)
      expect(page.url()).not.toContain('#')
      await page.reload()
      await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    })

    fault('displays', 'A page of before is opened with a key that is spent', {
      seen: 'words/desk screen.line.shut',
      class: 'permanent',
      data: 'Nothing about anybody is shown.',
      recovery: 'The address that the program prints is opened.',
    })
    test('is not to be had with a key that opens nothing any more', async () => {
      await show(scenes.result)
      stage.shut()
      await page.clock.runFor(2000)
      await isTold('この画面では窓口を開けません')
      await isEmpty()
      problems.length = 0
    })
  })
})
