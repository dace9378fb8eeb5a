// Training on the screen: the lessons and their tasks, what goes wrong because somebody has switched it so, and that both are
// there with the keyboard alone.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { trainingFaultSchema } from '../../src-main/contract/training.ts'
import { faultText } from '../../src-main/words/training.ts'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody trained')

describe.skipIf(!chromiumPath)('training', () => {
  const desk = onDesk()
  const { focused, called, show, settle } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  const tabTo = async (name: string) => {
    for (let steps = 0; steps < 80; steps++) {
      const at = await page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
      )
      if (at === name) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`no Tab leads to ${name}`)
  }

  test('is reached from the head of the page, and no way leads there on a real day', async () => {
    await page.getByRole('banner').getByRole('button', { name: '練習', exact: true }).click()
    expect(await called('openPage')).toEqual({ page: 'training' })
    await show(scenes.live)
    expect(await page.getByRole('button', { name: '練習', exact: true }).count()).toBe(0)
  })

  test('begins a lesson by the keyboard and goes to the counter with it', async () => {
    await show(scenes.trainingPage)
    await settle()
    await tabTo('氏名の●: 始める')
    await page.keyboard.press('Enter')
    expect(await called('startLesson')).toEqual({ lesson: 'maskedName' })
    expect(await called('openPage')).toEqual({ page: 'counter' })
  })

  test('goes on with the lesson that somebody is at, without beginning it anew', async () => {
    await show(scenes.trainingPage)
    await settle()
    await tabTo('難病と上限額管理票: 続ける')
    await page.keyboard.press('Enter')
    expect(await called('openPage')).toEqual({ page: 'counter' })
    expect(stage.calls.map(({ name }) => name)).not.toContain('startLesson')
  })

  test('says of every task in words whether it is done, and which is the next', async () => {
    await show(scenes.lesson)
    const tasks = page.getByRole('list', { name: 'すること' }).getByRole('listitem')
    expect(await tasks.allTextContents()).toEqual([
      expect.stringMatching(/^済み/),
      expect.stringMatching(/^済み/),
      expect.stringMatching(/^まだ1人目の方が/),
      expect.stringMatching(/^まだ/),
    ])
    expect(await tasks.nth(2).getAttribute('aria-current')).toBe('step')
    // Nothing can be ticked off.
    expect(await page.getByRole('region', { name: '同姓同名の方' }).getByRole('checkbox').count()).toBe(0)
    await tabTo('上限額いろいろを顔認証付きカードリーダーに置く')
    await page.keyboard.press('Enter')
    expect(await called('useFaceReader')).toEqual({ persona: 'g-payment' })
  })

  test('tells that a lesson is done, and leads to the next one', async () => {
    await show(scenes.lessonDone)
    await page.getByRole('status').filter({ hasText: 'できました。' }).waitFor()
    await tabTo('次の練習: 使えない暗証番号と顔写真')
    await page.keyboard.press('Enter')
    expect(await called('startLesson')).toEqual({ lesson: 'blocked' })
    await tabTo('練習を終える')
    await page.keyboard.press('Enter')
    expect(await called('leaveLesson')).toEqual({})
  })

  test('has a switch for every fault that says whether it is on', async () => {
    await show(scenes.trainingFaults)
    await settle()
    for (const fault of trainingFaultSchema.options) {
      const isOn = ['hubDown', 'folderAway'].includes(fault)
      const way = page.getByRole('button', { name: `${faultText[fault].name}: ${isOn ? '直す' : '故障させる'}` })
      expect(await way.count(), fault).toBe(1)
    }
    await tabTo('リーダーが外れた: 故障させる')
    await page.keyboard.press('Enter')
    expect(await called('switchTrainingFault')).toEqual({ fault: 'readerGone', isOn: true })
  })

  test('says on every view what goes wrong by itself, and ends it with one button', async () => {
    const faults = ['hubDown', 'cardPulled'] as const
    for (const scene of [scenes.waiting, scenes.pin, scenes.result, scenes.bookings, scenes.lookedUp]) {
      const training = scene.training && { ...scene.training, faults: [...faults] }
      await show({ ...scene, training })
      const notice = page
        .getByRole('status')
        .filter({ hasText: '練習用の故障: PMHにつながらない、読み取り中にカードが離れる' })
      await notice.getByRole('button', { name: 'すべて直す' }).waitFor()
    }
    await settle()
    await page.getByRole('button', { name: 'すべて直す' }).press('Enter')
    expect(await called('endTrainingFaults')).toEqual({})
    await show(scenes.lookedUp)
    expect(await page.getByText('練習用の故障').count()).toBe(0)
    expect(await focused()).not.toBe('')
  })
})
