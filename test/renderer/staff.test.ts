// Signing in and out on the built screen: what is typed is sent once, F9 and idleness sign out, a hand keeps somebody in, and
// nobody is offered what their role may not do.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody signed in on the screen')

describe.skipIf(!chromiumPath)('the staff on the screen', () => {
  const desk = onDesk()
  const { called, focused, settle, show, type } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  test('whoever comes types code and one-time code, which are sent once, and a refusal is said where they typed', async () => {
    await show(scenes.signedOut)
    await page.getByLabel('職員コード').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await type('21')
    const submit = page.getByRole('button', { name: 'サインインする' })
    expect(await submit.isDisabled()).toBe(true)
    await page.getByLabel('確認コード').fill('123 456')
    stage.answer = fail('SIGN_IN_PAUSED', { retryAfterS: 240 })
    await settle()
    await page.keyboard.press('Enter')
    expect(await called('signIn')).toEqual({ code: '21', oneTimeCode: '123456' })
    await page.getByRole('alert').filter({ hasText: '4分ほど待ってから' }).waitFor()
    expect(await page.getByLabel('確認コード').inputValue()).toBe('')
    expect(await page.getByLabel('職員コード').inputValue()).toBe('21')
    expect(stage.calls.filter(({ name }) => name === 'signIn')).toHaveLength(1)
    stage.answer = ok(undefined)
  })

  test('the account of the computer is offered where it counts, and only there', async () => {
    await show(scenes.signedOut)
    await page.getByLabel('職員コード').waitFor()
    const byAccount = page.getByRole('button', { name: 'パソコンのアカウントでサインインする' })
    expect(await byAccount.count()).toBe(0)
    await show(scenes.signedOutAccount)
    await byAccount.click()
    expect(await called('signInByAccount')).toEqual({})
  })

  test('F9, 交代 and idleness sign out; a hand on the page says so, and not more than every 20 seconds', async () => {
    await show(scenes.signedIn)
    await page.getByText('鈴木　一郎（受付）').waitFor()
    await page.getByRole('button', { name: '交代' }).click()
    expect(await called('signOut')).toEqual({})
    stage.calls.length = 0
    await page.clock.fastForward(21_000)
    for (const x of [300, 320, 340]) await page.mouse.move(x, 300)
    expect(await called('stayIn')).toEqual({})
    expect(stage.calls.filter(({ name }) => name === 'stayIn')).toHaveLength(1)
    await page.keyboard.press('F9')
    await called('signOut')
    expect(await page.content()).not.toContain('田中')
    // What was hidden comes back by signing in, and not by a press.
    stage.calls.length = 0
    await page.getByRole('button', { name: '表示する' }).click()
    await called('signOut')
    expect(await page.content()).not.toContain('田中')
    await show(scenes.signedOut)
  })

  test('IT is offered the settings, no patient and no sample card; the glass is broken with a reason', async () => {
    await show(scenes.signedInIt)
    await page.getByRole('heading', { name: '患者さんの情報は表示されません' }).waitFor()
    for (const name of ['過去の受付', '予約', '集計']) expect(await page.getByRole('button', { name }).count()).toBe(0)
    expect(await page.getByRole('button', { name: '設定', exact: true }).count()).toBe(1)
    expect(await page.getByLabel('探す').count()).toBe(0)
    await page.getByRole('button', { name: '非常時の操作' }).click()
    const begin = page.getByRole('button', { name: '非常時の操作を始める' })
    await page.getByLabel('理由').fill('急')
    expect(await begin.isDisabled()).toBe(true)
    await page.getByLabel('理由').fill('受付の職員が急に不在')
    await begin.click()
    expect(await called('breakGlass')).toEqual({ reason: '受付の職員が急に不在' })
    await show(scenes.glassBroken)
    await page.getByRole('button', { name: '終える' }).click()
    expect(await called('mendGlass')).toEqual({})
  })

  test('a new one is enrolled with code, name and role; what their authenticator is given can be read and put away', async () => {
    await show(scenes.staffPage)
    await page.getByLabel('職員コード').fill('30')
    await page.getByLabel('氏名').fill('中村　葵')
    await page.getByLabel('役割').selectOption({ label: '主任' })
    await page.getByRole('button', { name: '登録する' }).click()
    expect(await called('addStaff')).toEqual({ code: '30', name: '中村　葵', role: 'lead', account: null })
    await show(scenes.staffEnrolment)
    await page.getByRole('img', { name: '認証アプリで読み取るQRコード' }).waitFor()
    expect(await focused()).toBe('鈴木　一郎の認証アプリの設定')
    await page.getByRole('button', { name: '設定を終える' }).click()
    expect(await called('putEnrolmentAway')).toEqual({})
  })

  test('to lock somebody and to reset their authenticator is asked about first', async () => {
    await show(scenes.staffPage)
    await page.getByRole('button', { name: '山田　花子 停止' }).click()
    expect(stage.calls).toEqual([])
    await settle()
    await page.getByRole('button', { name: '停止する' }).click()
    expect(await called('lockStaff')).toMatchObject({ isLocked: true })
    await page.getByRole('button', { name: '高橋　純 停止を解く' }).click()
    await page.getByRole('button', { name: '鈴木　一郎 認証アプリを設定し直す' }).click()
    await settle()
    await page.getByRole('button', { name: '設定し直す', exact: true }).click()
    expect(await called('resetStaff')).toMatchObject({ staffId: expect.any(String) })
  })

  test('in live mode one sentence with a date stands there until somebody is enrolled', async () => {
    await show(scenes.signInDue)
    await page.getByText('令和9年4月1日').waitFor()
  })
})
