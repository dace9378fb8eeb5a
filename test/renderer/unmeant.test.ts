// What nobody meant: a key too early, a scanner, a screen left alone, a card beside the visit, a result closed unread.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath } from '../browser.ts'
import { fault } from '../faults.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at what happens unmeant')

describe.skipIf(!chromiumPath)('what nobody meant', () => {
  const desk = onDesk()
  const { focused, focusIs, type, freeze, settle, enter, called, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  describe('a key that nobody meant', () => {
    const scan = async (text: string) => {
      await freeze()
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
      await page.clock.resume()
    }
    const hint = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
    const early = '表示が変わった直後のため'

    test.each([
      ['a result', scenes.result, '次の患者へ', 'closeVisit'],
      ['a failure', scenes.expired, '閉じる', 'closeVisit'],
      ['a failure that may pass', scenes.timeout, 'もう一度受け付ける F4', 'retryVisit'],
      ['the face in the chip', scenes.face, '同じ方です', 'confirmFace'],
      ['a visit that waits for a person', scenes.waitsForPerson, '確認に進む', 'takeUpVisit'],
      ['an earlier visit', scenes.lookedUp, '受付画面に戻る Esc', 'showVisit'],
      ['an offline answer', scenes.offline, '次の患者へ', 'closeVisit'],
    ])('decides nothing in the first second after %s has appeared', async (_, scene, button, call) => {
      await freeze()
      await show(scene)
      const action = page.getByRole('button', { name: button, exact: true })
      for (const key of ['Enter', 'Space'] as const) {
        await action.press(key)
        await hint(early)
      }
      // As a screen reader or a voice presses it.
      await action.evaluate((node) => node instanceof HTMLElement && node.click())
      expect(stage.calls).toEqual([])
      await settle()
      await page.clock.resume()
      await action.press('Enter')
      await called(call)
    })

    test('does nothing where nothing was focused by the page, and the focus can be seen after the mouse too', async () => {
      await page.getByRole('button', { name: '難病（月額上限あり）' }).click()
      await show(scenes.result)
      await focusIs('佐藤　美咲')
      const ring = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)
      expect(ring).toBe('solid')
      stage.calls.length = 0
      await enter()
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: /田中/ }).click()
      await called('showVisit')
      expect(stage.calls.map(({ name }) => name)).toEqual(['showVisit'])
    })

    test('comes from a scanner: its Enter closes no result, wherever the focus is', async () => {
      await show(scenes.result)
      await settle()
      const notFound = 'この診察券番号の受付は、本日の一覧にありません。'
      await scan('0012345')
      await hint(notFound)
      await page.getByRole('button', { name: '次の患者へ' }).focus()
      await scan('0012345')
      await hint(notFound)
      await type('0012345')
      await page.keyboard.press('Enter')
      await hint(notFound)
      expect(stage.calls).toEqual([])
    })

    test('comes from a scanner: an open form takes the number, and a person sends it', async () => {
      await show(scenes.result)
      await page.getByRole('button', { name: '登録', exact: true }).click()
      const field = page.getByLabel('診察券番号')
      await page.getByRole('button', { name: '次の患者へ' }).focus()
      await scan('0012345')
      expect(await field.inputValue()).toBe('0012345')
      await hint('読み取った内容を入れました')
      await field.fill('')
      await field.focus()
      await scan('0077')
      expect(await field.inputValue()).toBe('0077')
      expect(stage.calls).toEqual([])
      await enter()
      expect(await called('linkPatientNumber')).toMatchObject({ patientNumber: '0077' })
    })

    fault('typing', 'A scanner types a barcode into the PIN', {
      seen: 'words/desk screen.keyHint.scanUnused',
      class: 'transient',
      data: 'No try of the PIN is spent.',
      recovery: 'The PIN is typed by hand.',
    })
    test('comes from a scanner: no try of a PIN is spent on it', async () => {
      stage.show(scenes.pin)
      await focusIs('pin')
      await settle()
      await scan('0012345')
      await hint('バーコードまたはキーの文字は')
      expect(await page.locator('#pin').inputValue()).toBe('')
      expect(stage.calls).toEqual([])
    })

    test('finds the focus at the part it belonged to, after a form or a button has gone', async () => {
      await show(scenes.vouchersToRegister)
      await page.getByRole('button', { name: '接種を登録する' }).first().click()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '登録する', exact: true }).waitFor({ state: 'detached' })
      await eventually('focus on the voucher', async () => `${await focused()}`.startsWith('麻しん・風しん（MR）第2期'))
      await show(scenes.hardName)
      await page.getByRole('button', { name: '登録', exact: true }).click()
      await page.getByLabel('診察券番号').fill('12')
      await enter()
      await page.getByLabel('診察券番号').waitFor({ state: 'detached' })
      await focusIs('𠮷髙　●子')
    })
  })

  describe('a screen that nobody watches', () => {
    const covered = () => page.getByRole('heading', { name: '画面を隠しています' }).waitFor()
    const isEmpty = async () => expect(await page.content()).not.toMatch(/佐藤|サトウ|田中|5401602/)
    const uncover = async () => {
      await page.getByRole('button', { name: '表示する' }).click()
      await page.getByRole('heading', { name: '画面を隠しています' }).waitFor({ state: 'detached' })
    }
    /** In these scenes it takes five seconds: the line itself is only believed for so long without a sign of life. */
    const soon = <S extends Reception>(scene: S) => ({ ...scene, hideAfterMin: 5 / 60 })
    const seconds = (count: number) => page.clock.fastForward(count * 1000)

    test('hides after its minutes: nothing about anybody is left in the page, and a press brings it back', async () => {
      await show(soon(scenes.result))
      await seconds(5)
      await covered()
      await isEmpty()
      await page.getByRole('status').filter({ hasText: '患者さんの情報は表示していません。' }).waitFor()
      for (const name of ['予約', '診察券']) expect(await page.getByRole('button', { name }).isDisabled()).toBe(true)
      await focusIs('画面を隠しています')
      await uncover()
      await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    })

    test.each([
      ['a key', () => page.keyboard.press('Tab')],
      ['the mouse', () => page.mouse.move(300, 300)],
      ['another visit', () => show(soon(scenes.pin))],
    ])('stays open for its minutes again after %s', async (_, act) => {
      await show(soon(scenes.result))
      await seconds(4)
      await act()
      await seconds(4)
      expect(await page.getByText('画面を隠しています').count()).toBe(0)
      await seconds(1)
      await covered()
      await uncover()
    })

    test('is hidden at once by a key that stands on the screen, also while something is typed', async () => {
      await show(scenes.result)
      await page.getByRole('button', { name: '登録', exact: true }).click()
      await page.getByLabel('診察券番号').fill('12')
      await page.keyboard.press('F9')
      await covered()
      await isEmpty()
      await uncover()
      await page.getByRole('button', { name: '画面を隠す F9' }).click()
      await covered()
      await uncover()
    })

    fault('sessions', 'The computer is locked in the middle of a check-in', {
      seen: 'words/desk screen.cover',
      class: 'transient',
      data: 'Nothing about anybody is in the page.',
      recovery: 'The computer is opened, and 表示する shows it again.',
    })
    test('is hidden with the computer that is locked, whatever comes, and until somebody shows it', async () => {
      await show(scenes.result)
      await show({ ...scenes.result, isLocked: true })
      await covered()
      await isEmpty()
      await page.getByRole('button', { name: '表示する' }).click()
      await covered()
      await isEmpty()
      await show(scenes.pin)
      await page.getByRole('status').filter({ hasText: 'カードが置かれています。' }).waitFor()
      await covered()
      await isEmpty()
      await uncover()
      await page.locator('#pin').waitFor()
    })

    test('stays hidden when somebody new comes, and says that a card is there', async () => {
      await page.keyboard.press('F9')
      await covered()
      await show(scenes.pin)
      await page.getByRole('status').filter({ hasText: 'カードが置かれています。' }).waitFor()
      expect(await page.locator('#pin').count()).toBe(0)
      await show(scenes.result)
      await isEmpty()
      await uncover()
      await page.getByRole('heading', { name: '佐藤　美咲' }).waitFor()
    })
  })

  describe('a card beside the visit at the counter', () => {
    test('is told as another one that waits, while a question is open', async () => {
      await show({ ...scenes.question, otherCard: 'waiting' })
      await page.getByRole('status').filter({ hasText: '別のカードが置かれています。' }).waitFor()
    })

    fault('card', 'The patient before has left the card', {
      seen: 'words/desk screen.cardLeft',
      class: 'transient',
      data: 'It is not read a second time.',
      recovery: 'It is given back, and the next one is laid.',
    })
    test('that the last patient has left is to be given back first', async () => {
      await show({ ...scenes.waiting, otherCard: 'left' })
      await focusIs('前のカードが残っています')
      await page.getByText('お返ししてから、次のカードを置いてください。', { exact: true }).waitFor()
    })
  })

  describe('a decision that was made a moment ago', () => {
    const undo = () => page.getByRole('button', { name: '元に戻す' })
    const decide = async () => {
      await show(scenes.question)
      await settle()
      for (const group of await page.getByRole('radiogroup').all())
        await group.getByRole('radio').first().press('Space')
      await page.getByRole('button', { name: '確定してレセコンに送る' }).press('Enter')
      await called('decideDifferences')
      await show({ ...scenes.question, current: scenes.result.current })
      return scenes.question.current?.id
    }

    test('is taken back for ten seconds, by a press that was meant, whoever comes meanwhile', async () => {
      const visitId = await decide()
      await page.getByRole('status').filter({ hasText: 'を確定しました。10秒後にレセコンに送ります。' }).waitFor()
      await enter()
      expect(stage.calls.map(({ name }) => name)).not.toContain('takeBack')
      await show(scenes.reading)
      await undo().click()
      expect(await called('takeBack')).toEqual({ visitId })
      await undo().waitFor({ state: 'detached' })
    })

    test('is not after them', async () => {
      await decide()
      await undo().waitFor()
      await page.clock.fastForward(10_000)
      await undo().waitFor({ state: 'detached' })
    })

    test('about whom a result is can be taken back as well', async () => {
      await show(scenes.choosing)
      await settle()
      await page.getByRole('radio').first().press('Space')
      await page.getByRole('button', { name: 'この方で受け付ける' }).press('Enter')
      await called('choosePatient')
      await page.getByRole('status').filter({ hasText: '10秒以内なら選び直せます。' }).waitFor()
      await undo().click()
      expect(await called('takeBack')).toEqual({ visitId: scenes.choosing.shown.id })
    })
  })

  describe('a result that was closed', () => {
    const close = async () => {
      await show(scenes.result)
      await settle()
      await page.getByRole('button', { name: /次の患者へ/ }).press('Enter')
      expect(await called('closeVisit')).toEqual({ visitId: scenes.result.current?.id })
      await show({ ...scenes.result, current: null })
    }
    const undo = () => page.getByRole('button', { name: '元に戻す' })

    test('comes back for ten seconds, by a press that was meant', async () => {
      await close()
      await page.getByText(/^受付 \d+番を閉じました。/).waitFor()
      await enter()
      expect(stage.calls.map(({ name }) => name)).not.toContain('reopenVisit')
      await undo().click()
      expect(await called('reopenVisit')).toEqual({ visitId: scenes.result.current?.id })
      await undo().waitFor({ state: 'detached' })
    })

    test('does not after them, nor once the next patient is there', async () => {
      await close()
      await undo().waitFor()
      await page.clock.fastForward(10_000)
      await undo().waitFor({ state: 'detached' })
      await close()
      await undo().waitFor()
      await show(scenes.pin)
      expect(await undo().count()).toBe(0)
    })
  })
})
