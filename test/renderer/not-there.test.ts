// A part of the page that is fetched later and is not there any more: the program was renewed while the page was open.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../browser.ts'
import { fault } from '../faults.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody opened what is not there any more')

describe.skipIf(!chromiumPath)('a part of the page that is not there any more', () => {
  const desk = onDesk()
  const { problems } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  fault('updates', 'The program was renewed while its page was open, and a part of the page is gone', {
    seen: 'words/desk screen.notThere',
    class: 'transient',
    data: 'The page has nothing of its own: everything is with the agent.',
    recovery: 'A press loads the page again, and the part opens.',
  })
  test('says so with the way out, and is there after that', async () => {
    const part = '**/bookings-page*.js'
    await page.route(part, (route) => route.fulfill({ status: 404 }))
    await page.reload()
    stage.show(scenes.bookings)
    await page.getByRole('heading', { name: 'この画面を開けませんでした' }).waitFor()
    await page.getByRole('alert').filter({ hasText: '窓口プログラムが新しくなった可能性があります。' }).waitFor()
    await page.unroute(part)
    await page.getByRole('button', { name: '画面を読み込み直す' }).click()
    await page.getByRole('heading', { name: '予約の事前照会' }).waitFor()
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([])
    problems.length = 0
  })
})
