// Who the patient is: by PIN, by the face on the card, by what the terminal's reader says, or not at all.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Result } from '../../src-main/ground/result.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { drawn } from './drawn.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at how patients are identified')

describe.skipIf(!chromiumPath)('who the patient is', () => {
  const desk = onDesk()
  const { focusIs, type, freeze, settle, enter, called, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  describe('the PIN', () => {
    const ask = async (scene: Reception) => {
      await drawn(page, stage.show(scene))
      await focusIs('pin')
    }

    test('is masked, sent by Enter and gone from the page', async () => {
      await ask(scenes.pin)
      await type('12a34')
      expect(await page.locator('#pin').getAttribute('type')).toBe('password')
      await enter()
      expect(await called('enterPin')).toEqual({ visitId: scenes.pin.current?.id, pin: '1234', lastTry: false })
      expect(await page.locator('#pin').inputValue()).toBe('')
      expect(await page.content()).not.toContain('value="1234"')
    })

    test('keeps the digits that are typed when the hub goes away in the middle of them', async () => {
      await ask(scenes.pin)
      await type('12')
      await show(scenes.pinWithoutHub)
      await focusIs('pin')
      await type('34')
      await enter()
      expect(await called('enterPin')).toMatchObject({ pin: '1234' })
    })

    test('of fewer than four digits is not sent', async () => {
      await ask(scenes.pin)
      await type('123')
      await enter()
      await page.keyboard.press('Escape')
      await called('cancelVisit')
      expect(stage.calls.map(({ name }) => name)).toEqual(['cancelVisit'])
    })

    test('on its way says so, and that the card stays, as long as it takes', async () => {
      const answer = Promise.withResolvers<Result<unknown>>()
      stage.answer = answer.promise
      await ask(scenes.pin)
      await type('1234')
      await enter()
      await page.getByRole('button', { name: '確認しています' }).waitFor()
      await page.getByRole('status').filter({ hasText: 'カードはそのままでお待ちください。' }).waitFor()
      stage.answer = { ok: true, value: scenes.pin }
      answer.resolve(stage.answer)
      await page.getByRole('button', { name: /^確認する/ }).waitFor()
    })

    test('can be typed with the mouse and still sent with Enter', async () => {
      await ask(scenes.pin)
      for (const key of ['1', '2', '2', '1字消す', '3', '4']) {
        await page.getByRole('button', { name: key, exact: true }).click()
      }
      await enter()
      expect(await called('enterPin')).toMatchObject({ pin: '1234' })
    })

    test('is sent on the last try only after it was agreed to, with the keyboard alone', async () => {
      await ask(scenes.lastTry)
      await type('1234')
      await enter()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      expect(stage.calls).toEqual([])
      await page.keyboard.press('Tab')
      await enter()
      expect(await called('enterPin')).toMatchObject({ pin: '1234', lastTry: true })
    })

    test('entry shows a refusal that did not end the visit', async () => {
      stage.answer = { ok: false, error: { code: 'PIN_LAST_TRY' } }
      await ask(scenes.pin)
      await type('1234')
      await enter()
      await page.getByRole('alert').filter({ hasText: '入力できるのは、あと1回です。' }).waitFor()
      await focusIs('pin')
    })

    test('is typed with no other patient in sight, before and after it as well', async () => {
      for (const scene of [scenes.reading, scenes.pin, scenes.wrongPin, scenes.asking]) {
        await show(scene)
        expect(await page.getByText('田中').filter({ visible: true }).count()).toBe(0)
      }
      await show(scenes.result)
      expect(await page.getByText('田中').filter({ visible: true }).count()).toBe(1)
    })

    test('sent with a key held down closes nothing behind it', async () => {
      await ask(scenes.pin)
      await type('1234')
      await settle()
      await page.keyboard.down('Enter')
      await show(scenes.result)
      const next = page.getByRole('button', { name: '次の患者へ' })
      await settle()
      await next.focus()
      await page.keyboard.down('Enter')
      await page.keyboard.up('Enter')
      // Whatever the key has called would have been called before this.
      await page.getByRole('button', { name: /田中/ }).click()
      await called('showVisit')
      expect(stage.calls.map(({ name }) => name)).toEqual(['enterPin', 'showVisit'])
    })
  })

  describe('a patient who cannot use the PIN', () => {
    const openForm = async () => {
      await show(scenes.pin)
      await page.getByRole('button', { name: '暗証番号が使えないとき' }).click()
      await page.getByRole('heading', { name: 'カードの顔写真で確認します' }).waitFor()
    }
    const typeFront = async () => {
      await type('昭')
      for (const text of ['54', '11', '24', '2031', '4821']) {
        await page.keyboard.press('Tab')
        await type(text)
      }
    }

    test('is identified by what the card says, typed with the keyboard alone', async () => {
      await openForm()
      await typeFront()
      await enter()
      expect(await called('readFace')).toEqual({
        visitId: scenes.pin.current?.id,
        birthDate: '1979-11-24',
        printedYear: 'era',
        expiryYear: '2031',
        securityCode: '4821',
        lastTry: false,
      })
    })

    test('has nothing sent that cannot be right', async () => {
      await openForm()
      await typeFront()
      await page.getByRole('textbox', { name: '月', exact: true }).fill('13')
      await enter()
      expect(await page.getByRole('button', { name: '顔写真を読み出す' }).isDisabled()).toBe(true)
      expect(stage.calls).toEqual([])
    })

    test('sees how many tries are left, and agrees before the last one', async () => {
      await openForm()
      stage.answer = { ok: false, error: { code: 'FACE_CODE_WRONG', detail: { triesLeft: 9 } } }
      await typeFront()
      await enter()
      await page.getByRole('alert').filter({ hasText: 'あと9回入力できます。' }).waitFor()
      stage.answer = { ok: false, error: { code: 'FACE_CODE_LAST_TRY' } }
      await enter()
      const send = page.getByRole('button', { name: '顔写真を読み出す' })
      await page.getByText('入力できるのは、あと1回です。').first().waitFor()
      expect(await send.isDisabled()).toBe(true)
      stage.calls.length = 0
      await page.getByText('券面と見比べ、最後の1回であることを確認しました').click()
      await send.click()
      expect(await called('readFace')).toMatchObject({ lastTry: true })
    })

    test('goes back to the PIN with Esc, and the next patient finds an empty form', async () => {
      await openForm()
      await typeFront()
      await page.keyboard.press('Escape')
      await focusIs('pin')
      expect(stage.calls).toEqual([])
      await page.getByRole('button', { name: '暗証番号が使えないとき' }).click()
      expect(await page.getByRole('textbox', { name: '年', exact: true }).first().inputValue()).toBe('')
    })

    test.each([
      ['同じ方です', true],
      ['違います', false],
    ])('is compared with the face in the chip: %s', async (button, isSame) => {
      await show(scenes.face)
      await focusIs('カードの顔写真と患者さんは同じ方ですか？')
      await enter()
      expect(stage.calls).toEqual([])
      expect(await page.getByRole('img', { name: '佐藤　美咲' }).isVisible()).toBe(true)
      await page.getByRole('button', { name: button }).click()
      expect(await called('confirmFace')).toEqual({ visitId: scenes.face.current?.id, isSame })
    })

    test('because it is locked has this way offered first', async () => {
      await show(scenes.pinBlocked)
      await focusIs('暗証番号がロックされています。')
      await page.getByRole('button', { name: '顔写真で確認する' }).click()
      await page.getByRole('heading', { name: 'カードの顔写真で確認します' }).waitFor()
    })

    test('on a screen of their own can be helped from the desk', async () => {
      await show(scenes.patientTypedWrong)
      await page.getByText('暗証番号が違います。あと2回まで入力できます。').waitFor()
      expect(await page.locator('#pin').count()).toBe(0)
      await page.getByRole('button', { name: '暗証番号が使えないとき' }).click()
      await page.getByRole('heading', { name: 'カードの顔写真で確認します' }).waitFor()
    })
  })

  describe('an answer that names somebody else than before', () => {
    test.each([
      ['ご本人です（今回の回答で受け付ける）', true],
      ['ご本人ではない（受け付けない）', false],
    ])('is the person at the counter or not, as staff say: %s', async (button, isSame) => {
      await show(scenes.personDoubt)
      await page.getByRole('heading', { name: 'ご本人ですか？' }).waitFor()
      expect(await page.getByRole('row').filter({ hasText: '違います' }).allInnerTexts()).toEqual([
        expect.stringMatching(/佐藤　美咲\s+田中　美咲/),
        expect.stringMatching(/サトウ　ミサキ\s+タナカ　ミサキ/),
      ])
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BUTTON')
      await page.getByRole('button', { name: button }).click()
      expect(await called('confirmPerson')).toEqual({ visitId: scenes.personDoubt.current?.id, isSame })
    })
  })

  describe('a result of the face reader', () => {
    test('that could be about several people is given to one in two steps, with the keyboard alone', async () => {
      await show(scenes.choosing)
      await focusIs('この結果は、どの患者さんのものですか？確認が必要です')
      const accept = page.getByRole('button', { name: 'この方で受け付ける' })
      expect(await accept.isDisabled()).toBe(true)
      await enter()
      expect(stage.calls).toEqual([])
      await page.keyboard.press('Tab')
      await page.keyboard.press('ArrowDown')
      expect(await accept.isDisabled()).toBe(false)
      expect(stage.calls).toEqual([])
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      const { id, candidates } = scenes.choosing.shown
      expect(await called('choosePatient')).toEqual({ visitId: id, patientRef: candidates[1]?.ref })
    })

    test('shows of each candidate what tells people of one kana and birth date apart', async () => {
      await show(scenes.choosing)
      const [first, second] = await page
        .getByRole('radiogroup')
        .getByRole('radio')
        .locator('..')
        .locator('..')
        .allTextContents()
      expect(first).toMatch(/女性.*診察券番号 0012345.*前回の受付 2026\/10\/02公費 特定医療費（指定難病）受給者証/)
      expect(second).toMatch(/女性.*診察券番号 未登録.*前回の受付 2025\/12\/15公費の確認なし/)
    })

    test('may be about somebody new, in two steps as well, or unwanted', async () => {
      await show(scenes.choosing)
      await page.getByText('この中にいません（初めての方）').click()
      expect(stage.calls).toEqual([])
      await page.getByRole('button', { name: '初めての方として受け付ける' }).click()
      expect(await called('choosePatient')).toEqual({ visitId: scenes.choosing.shown.id, patientRef: null })
      await page.getByRole('button', { name: '受け付けない' }).click()
      expect(await called('cancelVisit')).toEqual({ visitId: scenes.choosing.shown.id })
    })

    test('that nobody is known for waits for a decision that a stray Enter does not make', async () => {
      await freeze()
      await show(scenes.choosingNobody)
      await focusIs('この結果は、どの患者さんのものですか？確認が必要です')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByText('表示が変わった直後のため').waitFor()
      expect(stage.calls).toEqual([])
      await page.clock.resume()
      await enter()
      expect(await called('choosePatient')).toEqual({ visitId: scenes.choosing.shown.id, patientRef: null })
    })

    test('that cannot come is told on every screen', async () => {
      await show(scenes.terminalGone)
      await page.getByRole('status').filter({ hasText: 'フォルダー「face」が見つかりません。' }).waitFor()
    })
  })

  test('without the hub the patient is told before typing that only the last answer will be shown', async () => {
    await show(scenes.pinWithoutHub)
    await page.getByText('PMHにつながりません。暗証番号を確認したあと、前回の照会内容を表示します。').waitFor()
    await focusIs('pin')
  })

  test('a locked PIN offers first what it says first, and a line that has just failed is not called good', async () => {
    await show(scenes.pinBlocked)
    await page.getByText('本日は、カードの顔写真か紙の受給者証で確認できます。').waitFor()
    await page.getByRole('button', { name: '顔写真で確認する' }).waitFor()
    await show({ ...scenes.timeout, hub: { ...scenes.timeout.hub, state: 'up' } })
    await page.getByText('接続を確認中').waitFor()
    expect(await page.getByText('接続中', { exact: true }).count()).toBe(0)
  })

  test('a patient nobody can name is read from the card for the sheet, by another PIN, and only when they want', async () => {
    await show(scenes.unknownWithoutHub)
    expect(await page.locator('#pin').count()).toBe(0)
    const others = page.getByText('田中').filter({ visible: true })
    expect(await others.count()).toBe(1)
    await page.getByRole('button', { name: 'カードから氏名・住所を読み取る' }).click()
    // They look at the screen while they type.
    await eventually('nobody else is in sight', async () => (await others.count()) === 0)
    stage.answer = { ok: false, error: { code: 'PIN_LAST_TRY', detail: { triesLeft: 1 } } }
    await page.getByLabel('券面事項入力補助用の暗証番号（4桁）').fill('1234')
    await enter()
    expect(await called('readAttributes')).toMatchObject({ pin: '1234', lastTry: false })
    await page.getByText('最後の1回であることを患者さんに確認しました').waitFor()
    await page.locator('#pin').fill('1234')
    expect(await page.getByRole('button', { name: '読み取る', exact: true }).isDisabled()).toBe(true)
    await show(scenes.holderRead)
    await page.getByText('東京都八王子市元本郷町三丁目24番1号').last().waitFor()
    await eventually('the list is back', async () => (await others.count()) === 1)
  })
})
