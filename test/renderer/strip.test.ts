// Whose visit it is, and how it stands: on every view of a visit, however far one reads and however little room there is.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { standingOf } from '../../src-renderer/visit/standing.ts'
import { chromiumPath, launchEngine } from '../browser.ts'
import { eventually, hangMs } from '../support.ts'
import { scenes } from './scenes.ts'
import { openStage, type Stage } from './stage.ts'

describe('how a visit stands', () => {
  const told = (visit: VisitView | null) => {
    const { tone, word, text } = (visit && standingOf(visit)) ?? {}
    return [tone, word, text]
  }

  test.each<[string, VisitView | null, string, string, string]>([
    ['with certificates for the claim', scenes.result.current, 'good', '公費 1件', 'この受付で使う公費は1件です。'],
    ['looked up', scenes.lookedUp.shown, 'good', '公費 1件', 'この受付で使う公費は1件です。'],
    [
      'without an answer',
      scenes.absent.current,
      'care',
      '登録なし（紙を確認）',
      '紙の受給者証をお持ちでないか確認してください。',
    ],
    [
      'with an end',
      scenes.ended.current,
      'care',
      '終了',
      '資格が終わったと登録されています。新しい証がないか確認してください。',
    ],
    [
      'with a question',
      scenes.question.current,
      'care',
      '要確認',
      '確認が必要です。決めるまで、レセコンには送りません。',
    ],
    ['with something to type', scenes.decidedByHand.current, 'care', '要対応', '2件は手入力が必要です。'],
    ['once it is typed', scenes.enteredByHand.current, 'good', '公費 1件', 'この受付で使う公費は1件です。'],
    [
      'with a file that does not get out',
      scenes.heldUp.current,
      'care',
      '届いていません',
      'レセコンに届いていないファイルがあります。',
    ],
    [
      'without the hub',
      scenes.offline.current,
      'care',
      '照会できません',
      '今回は照会できていません。紙の証で確認してください。',
    ],
    [
      'before anybody has said whose it is',
      scenes.choosing.shown,
      'care',
      'どなたか確認',
      'どの患者さんの結果か、選んでください。',
    ],
    ['that was put away', scenes.cancelled.current, 'plain', '取り消し', '受付を取り消しました。'],
  ])('%s is one word and one sentence', (_, visit, tone, word, text) => {
    expect(told(visit)).toEqual([tone, word, text])
  })
})

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at the strip')

describe.skipIf(!chromiumPath)('the patient’s strip', () => {
  let stage: Stage
  let browser: Browser

  beforeAll(async () => {
    stage = await openStage(scenes.waiting)
    browser = await launchEngine()
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  const open = async (width: number, height: number, scene: Reception): Promise<Page> => {
    stage.show(scene)
    const page = await browser.newPage({ viewport: { width, height }, locale: 'ja-JP' })
    page.setDefaultTimeout(hangMs)
    await page.goto(stage.address)
    return page
  }
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

  const looked: Reception = { ...scenes.lookedUp, shown: scenes.vouchers.current }

  describe.each([
    ['1280 × 800', 1280, 800],
    ['1024 × 768', 1024, 768],
    ['1280 × 800 at 200 %', 640, 400],
    ['320 px', 320, 800],
  ])('at %s', (_, width, height) => {
    test.each([
      ['at the counter', scenes.vouchers],
      ['who is looked up', looked],
    ])('keeps the name in sight of a patient %s, however far one reads', async (_who, scene) => {
      const page = await open(width, height, scene)
      const name = heading(page, '田中　陽翔')
      await name.waitFor()
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('main, html')) each.scrollTop = 600
      })
      await eventually('it has scrolled', async () => {
        return page.evaluate(() => [...document.querySelectorAll('main, html')].some((each) => each.scrollTop > 300))
      })
      const isOnTop = await name.evaluate((element) => {
        const { left, top, height } = element.getBoundingClientRect()
        return document.elementFromPoint(left + 8, top + height / 2) === element
      })
      expect(isOnTop).toBe(true)
      await page.close()
    })

    test('covers nothing that has the focus', async () => {
      const page = await open(width, height, scenes.vouchersToRegister)
      await heading(page, '田中　陽翔').waitFor()
      await page.getByRole('complementary').getByRole('textbox').focus()
      const covered: string[] = []
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Shift+Tab')
        const at = await page.evaluate(() => {
          const element = document.activeElement
          if (!element?.closest('main')) return null
          const { left, top, width, height } = element.getBoundingClientRect()
          const seen = document.elementFromPoint(left + width / 2, top + height / 2)
          return element.contains(seen) || seen?.contains(element) ? '' : (element.textContent ?? element.tagName)
        })
        if (at) covered.push(at)
      }
      expect(covered).toEqual([])
      await page.close()
    })
  })

  test('tells who it is as reception tells people apart: birth date by era, and babies by months', async () => {
    const { current } = scenes.numberKnown
    const patient = current?.patient ? { ...current.patient, birthDate: '2026-09-23' } : null
    const page = await open(1280, 800, { ...scenes.numberKnown, current: current && { ...current, patient } })
    await heading(page, '佐藤　美咲').waitFor()
    const text = (await page.getByRole('region', { name: '照会の結果' }).textContent()) ?? ''
    for (const part of ['サトウ　ミサキ', '令和8年9月23日（2026年）', '生後2か月', '女性', '0012345', '公費 1件']) {
      expect(text).toContain(part)
    }
    expect(await page.getByText('記録を表示中').count()).toBe(0)
    stage.show(scenes.lookedUp)
    await page.getByText('記録を表示中').waitFor()
    await page.close()
  })
})
