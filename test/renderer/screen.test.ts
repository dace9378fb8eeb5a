// The screen in a real browser, in every state that the agent can send, under the product's own policy.
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { calls } from '../../src-main/contract/calls.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { registrationContentSchema } from '../../src-main/eligibility/registrations.ts'
import type { Result } from '../../src-main/ground/result.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { inspect } from './inspect.ts'
import { type OnStage, openOnStage } from './on-stage.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the screen was not looked at')

describe.skipIf(!chromiumPath)('the reception screen', () => {
  let stage: Stage
  let on: OnStage<Reception> | undefined
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    on = await openOnStage(scenes.waiting)
    ;({ stage, page } = on)
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`policy: ${violatedDirective} ${blockedURI}`),
      )
    })
    problems = []
    await page.goto(stage.address)
  })
  afterAll(() => on?.close())

  beforeEach(async () => {
    stage.answer = { ok: true, value: scenes.waiting }
    stage.show(scenes.waiting)
    await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    stage.calls.length = 0
  })
  afterEach(() => {
    // A page under a strict policy must not even try what is forbidden.
    expect(problems).toEqual([])
  })

  const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.id)
  const focusIs = (what: string) => eventually(`focus on ${what}`, async () => (await focused()) === what)
  /** As a person presses keys; a scanner is faster. */
  const type = (text: string) => page.keyboard.type(text, { delay: 50 })
  /** From here on time stands still until it is moved, or `resume`. */
  const freeze = async () => page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000))
  /** What stands there has been seen. */
  const settle = () => page.clock.fastForward(1000)
  /** Enter, after what stands there has been seen. */
  const enter = async () => {
    await settle()
    await page.keyboard.press('Enter')
  }
  const called = async (name: string) => {
    await eventually(`call ${name}`, () => stage.calls.some((call) => call.name === name))
    return stage.calls.find((call) => call.name === name)?.request
  }
  /** Shows a scene and waits until the page has it: each state of a visit is announced in its own words. */
  const show = async (scene: Reception) => {
    const before = await page.evaluate(() => document.querySelector('#root')?.innerHTML)
    stage.show(scene)
    await eventually('the scene', async () => {
      return (await page.evaluate(() => document.querySelector('#root')?.innerHTML)) !== before
    })
  }

  test.each([100, 125])(
    'with text of %i percent no state is cut off, too pale, too small or silent',
    async (percent) => {
      await page.evaluate((size) => {
        document.documentElement.style.fontSize = `${size}%`
      }, percent)
      const found: string[] = []
      for (const [name, scene] of Object.entries<Reception>(scenes)) {
        if (name !== 'waiting') await show(scene)
        for (const fault of await page.evaluate(inspect)) found.push(`${name}: ${fault}`)
        if (!(await page.getByRole('status').first().textContent())) found.push(`${name}: nothing announced`)
        const isMarked = await page.getByRole('banner').getByText('トレーニング', { exact: true }).isVisible()
        if (isMarked !== (scene.mode === 'training')) found.push(`${name}: wrong mode`)
      }
      await page.evaluate(() => document.documentElement.removeAttribute('style'))
      expect(found).toEqual([])
    },
  )

  test('the page speaks Japanese and has its landmarks', async () => {
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja')
    for (const role of ['banner', 'main', 'complementary'] as const) expect(await page.getByRole(role).count()).toBe(1)
  })

  test('the focus follows the visit', async () => {
    await focusIs('カードをリーダーに置いてください')
    stage.show(scenes.reading)
    await focusIs('カードを読み取っています')
    stage.show(scenes.pin)
    await focusIs('pin')
    stage.show(scenes.wrongPin)
    await focusIs('pin')
    stage.show(scenes.asking)
    await focusIs('PMHに照会しています')
    stage.show(scenes.delivering)
    await focusIs('佐藤　美咲')
    await page.keyboard.press('Tab')
    const elsewhere = await focused()
    // The file arrives: nothing is taken away from under the hands.
    await show(scenes.result)
    expect(await focused()).toBe(elsewhere)
    stage.show(scenes.timeout)
    await focusIs('PMH（公費等の照会先）から時間内に返事がありませんでした。')
    stage.show(scenes.reading)
    await focusIs('カードを読み取っています')
    stage.show(scenes.expired)
    await focusIs('カードの電子証明書の有効期限が切れています。')
    stage.show(scenes.question)
    await focusIs('前回確認した内容との違い確認が必要です')
    stage.show(scenes.choosing)
    await focusIs('この結果は、どの患者さんのものですか？確認が必要です')
  })

  describe('the 診察券番号', () => {
    test('is typed in whatever width, and sent by Enter', async () => {
      await show(scenes.result)
      await settle()
      await page.getByRole('button', { name: '登録', exact: true }).press('Enter')
      await page.getByLabel('診察券番号').fill('００１２ー３')
      expect(await page.getByRole('button', { name: '登録する' }).isDisabled()).toBe(true)
      await page.getByLabel('診察券番号').fill('００１２ 345')
      await enter()
      expect(await called('linkPatientNumber')).toMatchObject({ patientNumber: '0012345', isMoved: false })
    })

    test('of another patient is moved only on a second word', async () => {
      await show(scenes.result)
      stage.answer = { ok: false, error: { code: 'PATIENT_NUMBER_TAKEN' } }
      await page.getByRole('button', { name: '登録', exact: true }).click()
      await page.getByLabel('診察券番号').fill('0012345')
      await enter()
      await page.getByText('この診察券番号は、別の患者さんに登録されています。').waitFor()
      await show(scenes.numberTaken)
      await page
        .getByRole('alert')
        .getByText('登録されている方: 田中　陽翔（タナカ　ハルト）　令和3年2月28日（2021年）生　男性')
        .waitFor()
      await page.getByText(/その方の診察券番号は未登録になります。$/).waitFor()
      await enter()
      expect(stage.calls.filter(({ name }) => name === 'linkPatientNumber')).toHaveLength(1)
      stage.answer = { ok: true, value: scenes.numberKnown }
      await page.getByRole('button', { name: 'この患者さんに付け替える' }).click()
      await page.getByLabel('診察券番号').waitFor({ state: 'detached' })
      expect(stage.calls.at(-1)?.request).toMatchObject({ patientNumber: '0012345', isMoved: true })
    })

    test('of an earlier card is only proposed', async () => {
      await show(scenes.numberStale)
      await page.getByRole('button', { name: 'この番号で登録する' }).click()
      expect(await called('linkPatientNumber')).toMatchObject({ patientNumber: '0012345', isMoved: false })
    })

    test('is left by Esc without a word, and taken away by its own button', async () => {
      await show(scenes.numberKnown)
      await page.getByRole('button', { name: '変更' }).click()
      await page.keyboard.press('Escape')
      expect(stage.calls).toEqual([])
      await page.getByRole('button', { name: '外す', exact: true }).click()
      const unlinking = page.getByRole('group', { name: /この患者さんから外しますか。$/ })
      await unlinking.getByRole('button', { name: 'やめる' }).click()
      expect(stage.calls).toEqual([])
      await page.getByRole('button', { name: '外す', exact: true }).click()
      await unlinking.getByRole('button', { name: '外す' }).click()
      expect(await called('unlinkPatientNumber')).toMatchObject({ visitId: scenes.numberKnown.current?.id })
    })

    test('that nothing brings any more stands in a list of its own', async () => {
      await page.getByRole('button', { name: '診察券' }).click()
      expect(await called('openPage')).toEqual({ page: 'staleNumbers' })
      await show(scenes.staleNumbers)
      await focusIs('確認が必要な診察券番号')
      await page.getByRole('button', { name: 'A-77 登録を外す' }).click()
      await page
        .getByRole('group', { name: '診察券番号「A-77」の登録を外しますか。' })
        .getByRole('button', { name: '登録を外す' })
        .click()
      expect(await called('removeStaleNumber')).toEqual({ patientNumber: 'A-77' })
      await show(scenes.pin)
      expect(await page.getByRole('button', { name: '診察券' }).isDisabled()).toBe(true)
    })
  })

  describe('the master of local schemes', () => {
    test('tells what a certificate’s scheme is, its conditions as choices, and what is not in the list', async () => {
      await show(scenes.localSchemes)
      await page.getByText('現物給付の一覧にない: 償還払いの可能性があります。', { exact: false }).waitFor()
      await page.getByText('この番号には条件が2通りあります。', { exact: false }).waitFor()
      await page.getByText('制度の内容（地単公費マスター）').click()
      const conditions = page.getByRole('heading', { name: '八王子市ひとり親家庭等医療費の助成' })
      expect(await conditions.allTextContents()).toEqual([
        '条件 1／2八王子市ひとり親家庭等医療費の助成',
        '条件 2／2八王子市ひとり親家庭等医療費の助成',
      ])
      await page.getByText('1か月18,000円', { exact: true }).waitFor()
    })

    test('is sent in pieces, in order, as it is', async () => {
      await show(scenes.localMaster)
      const buffer = Buffer.from('公費'.repeat(125_000))
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'ファイルを選ぶ' }).click()
      await (await choosing).setFiles({ name: 'master.csv', mimeType: 'text/csv', buffer })
      await eventually('all is sent', () => stage.calls.filter(({ name }) => name === 'sendMaster').length === 2)
      const sent = stage.calls.map(({ request }) => calls.sendMaster.parse(request))
      expect(sent.map(({ place, isLast }) => [place, isLast])).toEqual([
        [0, false],
        [1, true],
      ])
      expect(Buffer.concat(sent.map(({ content }) => Buffer.from(content, 'base64'))).equals(buffer)).toBe(true)
    })

    test('is taken over after its changes were shown, or not', async () => {
      await show(scenes.localMasterDraft)
      await page.getByText('2026/11/02時点の一覧（23,012行）を読み取りました。').waitFor()
      await page.getByText('ほかに41件あります。').waitFor()
      await page.getByRole('button', { name: 'やめる' }).click()
      expect(await called('dropMaster')).toEqual({})
      await settle()
      await page.getByRole('button', { name: '取り込む' }).press('Enter')
      expect(await called('takeMaster')).toEqual({})
    })
  })

  describe('the bookings', () => {
    test('are chosen as a file, whose bytes are handed over as they are', async () => {
      await page.getByRole('button', { name: '予約' }).click()
      expect(await called('openPage')).toEqual({ page: 'bookings' })
      await show(scenes.bookings)
      const choosing = page.waitForEvent('filechooser')
      await settle()
      await page.getByRole('button', { name: '予約の一覧を選ぶ' }).press('Enter')
      const buffer = Buffer.from([0x83, 0x4a, 0x2c, 0x31])
      await (await choosing).setFiles({ name: 'list.csv', mimeType: 'text/csv', buffer })
      expect(await called('readBookings')).toEqual({ content: buffer.toString('base64') })
    })

    test('are not even sent when nobody could have so many', async () => {
      await show(scenes.bookings)
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: '予約の一覧を選ぶ' }).click()
      await (await choosing).setFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.alloc(800_000) })
      await page.getByText('予約の一覧を読み取れませんでした。').waitFor()
      expect(stage.calls).toEqual([])
    })

    test('are asked about once every column is told, and no column is two things', async () => {
      await show(scenes.bookingColumns)
      const start = page.getByRole('button', { name: '照会を始める' })
      await page.getByLabel('カナ氏名').selectOption('患者番号')
      expect(await start.isDisabled()).toBe(true)
      await page.getByLabel('カナ氏名').selectOption('カナ氏名')
      await settle()
      await start.press('Enter')
      expect(await called('startBookings')).toEqual({
        columns: { patientNumber: '患者番号', nameKana: 'カナ氏名', birthDate: '生年月日' },
        day: '2026-11-24',
      })
    })

    test('are stopped, and tell how long it takes', async () => {
      await show(scenes.bookingsRunning)
      await page.getByText('残り約3分です。').waitFor()
      await page.getByRole('button', { name: '照会を止める' }).click()
      expect(await called('steerBookings')).toEqual({ way: 'stop' })
      await show(scenes.bookingsStopped)
      await page.getByText('PMHが、この医療機関の証明書を受け付けませんでした。').waitFor()
      await page.getByRole('button', { name: '照会を続ける' }).click()
      await eventually('it goes on', () => stage.calls.length === 2)
      expect(stage.calls.at(-1)?.request).toEqual({ way: 'resume' })
    })

    test('are read by what became of them', async () => {
      await show(scenes.bookingsDone)
      expect(await page.getByRole('row').count()).toBe(5)
      await page.getByRole('button', { name: '変更あり 1' }).click()
      expect(await page.getByRole('row').count()).toBe(2)
      await page.getByText('更新: 子ども医療費受給者証').waitFor()
    })
  })

  describe('the PIN', () => {
    const ask = async (scene: Reception) => {
      stage.show(scene)
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

  test('the reader that reception uses is chosen with the keyboard', async () => {
    await show(scenes.twoReaders)
    await page.getByLabel('受付に使うリーダー').focus()
    await page.keyboard.press('ArrowDown')
    expect(await called('chooseReader')).toEqual({ reader: 'Sony FeliCa Port/PaSoRi 4.0 00 00' })
    await show(scenes.manyReaders)
    expect(await page.getByLabel('受付に使うリーダー').inputValue()).toBe('Sony FeliCa Port/PaSoRi 4.0 00 00')
  })

  test('a card that another program holds says so and that reading goes on by itself', async () => {
    await show(scenes.busy)
    await focusIs('ほかのソフトがカードを使っています。')
    await page.getByText('空くと自動で読み取ります。').first().waitFor()
  })

  test('two helps of municipalities are asked about with nothing chosen, by the keyboard alone', async () => {
    await show(scenes.helps)
    await focusIs('市区町村の助成が重なっています確認が必要です')
    const goOn = page.getByRole('button', { name: 'この内容で進む' })
    expect(await goOn.isDisabled()).toBe(true)
    await freeze()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await eventually('a help is chosen', () => goOn.isEnabled())
    await page.keyboard.press('Tab')
    await enter()
    const visitId = scenes.helps.current?.id
    expect(await called('chooseHelps')).toEqual({ visitId, used: [expect.any(Number)] })
    await page.clock.resume()
  })

  test.each([
    ['ends soon', scenes.certificateEnds, '令和9年1月12日です'],
    [
      'is in its grace',
      scenes.certificateGrace,
      '令和8年10月12日に切れました。保険証として使えるのは令和9年1月31日までです。',
    ],
  ])('a certificate that %s is told with its date beside the answer', async (_, scene, text) => {
    await show(scene)
    await page.getByText(text).waitFor()
  })

  test('what clinic IT should know stands above, calm at first and pressing later', async () => {
    await show(scenes.hubCertificate)
    await page.getByText('令和9年1月15日です（あと53日）').waitFor()
    await show(scenes.hubDown)
    await page.getByText('令和8年11月28日です（あと5日）').waitFor()
    await page.getByText('このパソコンの時計が約7分遅れています。').waitFor()
    await page.getByRole('banner').getByText('つながりません').waitFor()
  })

  test('without the hub the patient is told before typing that only the last answer will be shown', async () => {
    await show(scenes.pinWithoutHub)
    await page.getByText('PMHにつながりません。暗証番号を確認したあと、前回の照会内容を表示します。').waitFor()
    await focusIs('pin')
  })

  test('a sheet to write the person down is printed, with what is known and nothing else of the page', async () => {
    await show(scenes.offline)
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes')
    })
    await page.getByRole('button', { name: '控え用紙を印刷' }).click()
    expect(await page.locator('body').getAttribute('data-printed')).toBe('yes')
    await page.emulateMedia({ media: 'print' })
    const sheet = page.getByRole('heading', { name: '受付控え（後日確認用）', includeHidden: true }).locator('..')
    expect(await sheet.isVisible()).toBe(true)
    const box = await sheet.boundingBox()
    expect([box?.x, box?.y, box?.width]).toEqual([0, 0, 1280])
    expect(await sheet.textContent()).toContain('佐藤　美咲')
    await page.emulateMedia({ media: 'screen' })
    expect(await page.title()).toBe('窓口')
  })

  test('a patient nobody can name is read from the card for the sheet, by another PIN, and only when they want', async () => {
    await show(scenes.unknownWithoutHub)
    expect(await page.locator('#pin').count()).toBe(0)
    await page.getByRole('button', { name: 'カードから氏名・住所を読み取る' }).click()
    stage.answer = { ok: false, error: { code: 'PIN_LAST_TRY', detail: { triesLeft: 1 } } }
    await page.getByLabel('券面事項入力補助用の暗証番号（4桁）').fill('1234')
    await enter()
    expect(await called('readAttributes')).toMatchObject({ pin: '1234', lastTry: false })
    await page.getByText('最後の1回であることを患者さんに確認しました').waitFor()
    await page.locator('#pin').fill('1234')
    expect(await page.getByRole('button', { name: '読み取る', exact: true }).isDisabled()).toBe(true)
    await show(scenes.holderRead)
    await page.getByText('東京都八王子市元本郷町三丁目24番1号').last().waitFor()
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
      await page.getByText('暗証番号が違います。あと2回入力できます。').waitFor()
      expect(await page.locator('#pin').count()).toBe(0)
      await page.getByRole('button', { name: '暗証番号が使えないとき' }).click()
      await page.getByRole('heading', { name: 'カードの顔写真で確認します' }).waitFor()
    })
  })

  test('a clock in doubt says what contradicts it, what waits meanwhile, and takes the word of a person for today only', async () => {
    await show(scenes.clockOff)
    const notice = page.locator('section', { hasText: 'PMHの時刻は' })
    expect(await notice.textContent()).toContain('令和8年11月23日 9:00ですが、PMHの時刻は令和8年11月24日 9:00です。')
    expect(await notice.textContent()).toContain('レセコンへの受け渡し')
    await show(scenes.clockAhead)
    await page.getByText('前回使ったとき（令和8年10月2日 18:00）').waitFor()
    expect(await page.getByText('レセコンへの受け渡し').count()).toBe(0)
    await page.getByRole('button', { name: '今日は令和8年11月23日で合っています' }).click()
    expect(await called('confirmClock')).toEqual({ today: '2026-11-23' })
  })

  test('a notice that goes with its button leaves the focus on what the page is about', async () => {
    await show({ ...scenes.result, clockDoubt: scenes.clockOff.clockDoubt })
    await settle()
    await page.getByRole('button', { name: '今日は令和8年11月23日で合っています' }).focus()
    await focusIs('今日は令和8年11月23日で合っています')
    // Else the line, silent in this test, would be made anew, and the page with it.
    await freeze()
    await show(scenes.result)
    await focusIs('佐藤　美咲')
    await page.clock.resume()
  })

  test('the day of a file is a question once the clock is certain, and points to the clock before', async () => {
    const doubtful = (state: 'queued' | 'conflict'): Reception => {
      const { current } = scenes.result
      if (!current) throw new Error('nobody is at the counter')
      const deliveries = current.deliveries.map((each) => ({
        ...each,
        state,
        failure: { code: 'VISIT_DAY_WRONG' as const },
      }))
      return { ...scenes.result, current: { ...current, deliveries } }
    }
    const question = page.getByText('正しければ「再試行」')
    await show(doubtful('queued'))
    await page.getByText('画面の上のお知らせで日付を確認してください。').first().waitFor()
    expect(await question.count()).toBe(0)
    await show(doubtful('conflict'))
    await question.first().waitFor()
  })

  test('a number of four digits leaves the name in the list readable', async () => {
    const visits = scenes.result.visits.map((each) => ({ ...each, number: 1003 }))
    await show({ ...scenes.result, visits })
    const row = page.getByRole('region', { name: '本日の受付' }).getByRole('listitem').first()
    await row.getByText('1003', { exact: true }).waitFor()
    const [number, name] = await row.evaluate((item) => {
      const range = document.createRange()
      return [...item.querySelectorAll('button > span:nth-child(-n+2)')].map((part) => {
        range.selectNodeContents(part)
        return range.getBoundingClientRect()
      })
    })
    expect(number?.right).toBeLessThan(name?.left ?? 0)
  })

  describe('a decision', () => {
    const numbers = () =>
      page
        .locator('article dd')
        .filter({ hasText: /^[0-9]+$/ })
        .allTextContents()

    test('says of each choice what it does to the receipt computer, before it is made', async () => {
      await show(scenes.question)
      const choices = await page
        .getByRole('main')
        .getByRole('radio')
        .evaluateAll((radios) => radios.map((radio) => radio.closest('label')?.textContent))
      expect(choices).toEqual([
        '今回の内容を使うレセコンには今回の内容が入ります。',
        '前回の内容を使うレセコンには前回の内容が入ります。今回の内容は入りません。',
        'まだ使わないレセコンには入りません。手で入力してください。',
        '紙で前回と同じ内容を確認したレセコンには前回の内容が「紙で確認」として入ります。',
        '今回は保留（次回また確認）レセコンには入りません。使うときは、手で入力してください。',
      ])
    })

    test('about a certificate without an answer shows what was confirmed of it, to compare with the paper', async () => {
      await show(scenes.question)
      const line = page.getByText('前回確認した内容', { exact: false }).filter({ hasText: '公費負担者番号' }).last()
      expect(await line.textContent()).toBe(
        '前回確認した内容 公費負担者番号 81136244公費受給者番号 0613042有効期間 2026/10/01 ～ 期限の定めなし',
      )
    })

    test('to leave something out is never green: above, beside the patient, and in the list', async () => {
      await show(scenes.decidedByHand)
      expect(await page.getByRole('status').first().textContent()).toContain('2件は手入力が必要です')
      const panel = page.getByRole('region', { name: '2件は手入力が必要です' })
      expect(await panel.getByRole('listitem').count()).toBe(2)
      // Numbers that nobody accepted are not for copying; those to look for on the paper are.
      expect(await panel.textContent()).toContain('81136244')
      expect(await panel.textContent()).not.toContain('54136015')
      expect(await numbers()).toEqual(['88138243', '1234566'])
      expect(await page.getByText('要対応').count()).toBe(2)
      const row = page.locator('ol button').filter({ hasText: '要対応' })
      expect(await row.textContent()).toContain('2件は手入力')
      expect(await row.textContent()).not.toContain('送信済み')
    })

    test('to leave something out is settled by whoever has entered it, and can be taken back', async () => {
      await show(scenes.decidedByHand)
      await page.getByRole('button', { name: '手で入力した' }).click()
      const visitId = scenes.decidedByHand.current?.id
      expect(await called('enteredByHand')).toEqual({ visitId, isEntered: true })
      await show(scenes.enteredByHand)
      await page.getByRole('region', { name: '1件は9:20に手で入力しました' }).waitFor()
      expect(await page.getByText('要対応').count()).toBe(0)
      stage.calls.length = 0
      await page.getByRole('button', { name: '入力していない' }).click()
      expect(await called('enteredByHand')).toEqual({ visitId, isEntered: false })
    })

    test('shows exactly what was handed over: the numbers kept, not the numbers refused', async () => {
      await show(scenes.decidedAsBefore)
      expect(await numbers()).toEqual(['54136015', '5401602', '81136244', '0613042'])
      expect(await page.locator('article').first().textContent()).toContain('前回の内容')
      expect(await page.locator('article').last().textContent()).toContain('紙で確認')
      // The new 不開示 counts although the rest was kept as before.
      expect(await page.getByText('不開示の対象です').first().isVisible()).toBe(true)
    })

    test('that takes over nothing shows no certificate as one that was sent', async () => {
      await show(scenes.nothingAccepted)
      expect(await page.locator('article').count()).toBe(0)
      expect(await page.getByText('回答を使っていません').isVisible()).toBe(true)
    })

    test('about the order that comes after the file leaves the cards as the file is, and says so', async () => {
      await show(scenes.orderedLater)
      expect(await numbers()).toEqual(['81136244', '0613042', '88138243', '1234566'])
      expect(await page.locator('article').first().textContent()).toContain('第1公費')
      await page.getByRole('heading', { name: '次回からの請求での順序' }).waitFor()
      const sent = 'この受付は、第1公費 ひとり親家庭等医療費受給者証、第2公費 子ども医療費受給者証の順で送っています。'
      await page.getByText(sent).waitFor()
    })
  })

  describe('the answer', () => {
    test('keeps the name in sight however far one reads, and the page itself never scrolls', async () => {
      await show(scenes.question)
      await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
      const top = () =>
        page.getByRole('heading', { name: '佐藤　美咲' }).evaluate((node) => node.getBoundingClientRect().top)
      expect(await top()).toBeGreaterThanOrEqual(0)
      expect(await page.locator('main').evaluate((main) => main.scrollTop)).toBeGreaterThan(0)
      await page.getByRole('heading', { name: '佐藤　美咲' }).and(page.locator(':visible')).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true)
    })

    test('numbers are grouped for the eye and whole when copied', async () => {
      await show(scenes.result)
      const copied = await page.evaluate(() => {
        const number = [...document.querySelectorAll('dd')].find(({ textContent }) => textContent === '54136015')
        if (number) getSelection()?.selectAllChildren(number)
        return [getSelection()?.toString(), number?.childElementCount]
      })
      expect(copied).toEqual(['54136015', 4])
    })

    test('only today is anything called valid', async () => {
      await show(scenes.result)
      expect(await page.getByText('有効', { exact: true }).count()).toBe(1)
      await show(scenes.offline)
      expect(await page.getByText('有効', { exact: true }).count()).toBe(0)
      await page.getByText('11月2日 10:05（21日前）に照会した内容です。今回の回答ではありません。').first().waitFor()
    })

    test('of a protected person says so before the cards', async () => {
      await show(scenes.undisclosed)
      const tops = await page
        .getByText('不開示の対象です。')
        .or(page.getByRole('article').first())
        .evaluateAll((elements) => elements.map((element) => [element.tagName, element.getBoundingClientRect().top]))
      const [first] = tops.toSorted(([, a], [, b]) => Number(a) - Number(b))
      expect(first?.[0]).toBe('P')
      await show(scenes.result)
      expect(await page.getByText('不開示の対象です。').count()).toBe(0)
    })

    test('that could not be had can be asked for again', async () => {
      await show(scenes.offline)
      await page.getByRole('button', { name: 'もう一度' }).click()
      expect(await called('retryVisit')).toEqual({ visitId: scenes.offline.current?.id })
    })

    test('a file that cannot get out stands above the answer, with a way on only where trying again can help', async () => {
      await show(scenes.heldUp)
      const order = await page.locator('h3').allTextContents()
      expect(order[0]).toBe('レセコンへの連携')
      const again = page.getByRole('button', { name: '再試行' })
      expect(await again.count()).toBe(1)
      await again.click()
      expect(await called('retryDelivery')).toEqual({ deliveryId: scenes.heldUp.current?.deliveries[1]?.id })
      await show(scenes.result)
      expect((await page.locator('h3').allTextContents()).at(-1)).toBe('レセコンへの連携')
    })

    test('a file that was refused or is not taken says so, and a person can settle it', async () => {
      await show(scenes.refused)
      await page.getByText('受け付けられず').waitFor()
      await page.getByText('未取り込み').waitFor()
      const [refused, untaken] = scenes.refused.current?.deliveries ?? []
      await page.getByRole('button', { name: 'もう一度送る' }).click()
      expect(await called('retryDelivery')).toEqual({ deliveryId: refused?.id })
      await page.getByRole('button', { name: '送らない' }).click()
      expect(await called('cancelDelivery')).toEqual({ deliveryId: refused?.id })
      await page.getByRole('button', { name: '取り込み済みにする' }).last().click()
      expect(await called('markDeliveryImported')).toEqual({ deliveryId: untaken?.id })
    })

    test('a call that is refused says why', async () => {
      stage.answer = { ok: false, error: { code: 'CARD_NOT_PRESENT' } }
      await show(scenes.timeout)
      await page.getByRole('button', { name: 'もう一度' }).click()
      await page.getByRole('alert').filter({ hasText: 'カードが置かれていません。' }).waitFor()
    })
  })

  describe('an earlier visit', () => {
    test('is asked for from the list, and left with the keyboard', async () => {
      await page.getByRole('button', { name: /田中/ }).click()
      expect(await called('showVisit')).toEqual({ visitId: scenes.lookedUp.shown.id })
      await show(scenes.lookedUp)
      await page.getByText('受付 1番の記録を表示しています').waitFor()
      await focusIs('田中　陽翔')
      stage.calls.length = 0
      await settle()
      await page.getByRole('button', { name: '受付画面に戻る' }).press('Enter')
      expect(await called('showVisit')).toEqual({ visitId: null })
      await show(scenes.waiting)
      await focusIs('カードをリーダーに置いてください')
    })

    test('that waits for a person is taken up from there', async () => {
      await show(scenes.waitsForPerson)
      await page.getByRole('listitem').getByText('11/21').waitFor()
      await focusIs('佐藤　美咲')
      await settle()
      await page.getByRole('button', { name: '確認に進む' }).press('Enter')
      expect(await called('takeUpVisit')).toEqual({ visitId: scenes.waitsForPerson.shown.id })
    })

    test('is not taken up in the middle of another one', async () => {
      await show({ ...scenes.question, shown: { ...scenes.waitsForPerson.shown, id: scenes.lookedUp.shown.id } })
      await page.getByText('ほかの受付の途中です。').waitFor()
      expect(await page.getByRole('button', { name: '確認に進む' }).count()).toBe(0)
    })
  })

  describe('a dose', () => {
    test('is registered with the keyboard and the scanner', async () => {
      await show(scenes.vouchersToRegister)
      await settle()
      await page.getByRole('button', { name: '接種を登録する' }).first().press('Enter')
      await type('0104987123456786172712311012X45')
      await page.getByText('バーコードから読み取り: 12X45').waitFor()
      await page.keyboard.press('Tab')
      await page.getByLabel('接種部位').selectOption('左上腕')
      await settle()
      await page.getByRole('button', { name: '登録する', exact: true }).press('Enter')
      expect(await called('register')).toMatchObject({
        name: '麻しん・風しん（MR）第2期',
        content: { dose: { lotNumber: '12X45', site: 'leftUpperArm', doseNumber: 2, givenOn: '2026-11-23' } },
      })
    })

    test('outside its rule is registered only with a reason', async () => {
      await show(scenes.vouchersToRegister)
      const card = page.getByRole('article').filter({ hasText: '日本脳炎 第1期追加' })
      expect(await card.getByRole('button', { name: '接種を登録する' }).count()).toBe(0)
      await card.getByRole('button', { name: '対象外・時期外のまま登録する…' }).click()
      await card.getByLabel('製造番号（ロット）').fill('12X45')
      await card.getByLabel('接種部位').selectOption('左上腕')
      const send = card.getByRole('button', { name: '登録する', exact: true })
      expect(await send.isDisabled()).toBe(true)
      await card.getByLabel(/登録する理由/).selectOption('医師が必要と判断した')
      await send.click()
      expect(await called('register')).toMatchObject({ name: '日本脳炎 第1期追加', reason: 'doctor' })
    })

    test('that was registered says so on its card, and cannot be registered there again', async () => {
      await show(scenes.vouchers)
      const card = page.getByRole('article').filter({ hasText: '麻しん・風しん（MR）第2期' })
      expect(await card.getByRole('status').textContent()).toMatch(/登録済み訂正と取り消しは/)
      expect(await card.getByRole('button').count()).toBe(0)
    })

    test('whose record was cancelled does not stand there as registered', async () => {
      await show(scenes.vouchersCancelled)
      const lines = page.getByRole('region', { name: 'この受付で登録した記録' }).locator('p')
      const [first, cancelled] = await lines.allInnerTexts()
      expect(first).toMatch(/^変更・取り消し前の記録/)
      expect(cancelled).toMatch(/^取り消しました/)
      await page
        .getByRole('article')
        .filter({ hasText: '麻しん・風しん（MR）第2期' })
        .getByRole('button', { name: '接種を登録する' })
        .waitFor()
    })

    test('that is refused says so in view, wherever the form stands', async () => {
      await show(scenes.vouchersToRegister)
      stage.answer = { ok: false, error: { code: 'HUB_RECORD_DUPLICATE' } }
      const card = page.getByRole('article').filter({ hasText: '麻しん・風しん（MR）第2期' })
      await card.getByRole('button', { name: '接種を登録する' }).click()
      await card.getByLabel('製造番号（ロット）').fill('12X45')
      await card.getByLabel('接種部位').selectOption('左上腕')
      await card.getByRole('button', { name: '登録する', exact: true }).click()
      const refusal = page.getByRole('alert').filter({ hasText: '登録' })
      await refusal.waitFor()
      const scrolled = await page.getByRole('main').evaluate((main) => {
        main.scrollTo(0, main.scrollHeight)
        return main.scrollTop
      })
      expect(scrolled).toBeGreaterThan(200)
      const box = await refusal.boundingBox()
      expect(box && box.y >= 0 && box.y + box.height <= 800).toBe(true)
      await card.getByRole('button', { name: 'やめる' }).click()
    })

    test('is cancelled only after the question', async () => {
      await show(scenes.vouchers)
      await page.getByRole('button', { name: '登録を取り消す' }).click()
      expect(stage.calls.map(({ name }) => name)).not.toContain('changeRegistration')
      await page.getByRole('button', { name: '取り消す', exact: true }).click()
      expect(await called('changeRegistration')).toMatchObject({ content: null })
    })
  })

  test('every dose that was ever given is looked through at one click, with the rule behind what is found', async () => {
    await show(scenes.vouchers)
    await page.getByText('接種歴を確かめる（気になる記録1件）').click()
    await page.getByText('1期初回1回目の接種記録がありません。母子健康手帳で確認してください。').last().waitFor()
    await page.getByRole('heading', { name: 'これから受ける接種' }).waitFor()
  })

  describe('a checkup after a birth', () => {
    const items = ['問診', '診察', '体重測定', '血圧測定', '尿蛋白', '尿糖']
    const open = async () => {
      await show(scenes.postpartumToRegister)
      await settle()
      await page.getByRole('button', { name: '健診の結果を登録する' }).press('Enter')
      await page.getByRole('combobox', { name: /^結果/ }).selectOption('異常なし')
    }
    const send = () => page.getByRole('button', { name: '登録する', exact: true })

    test('is registered when all is done that the subsidy asks for, and staff have judged', async () => {
      await open()
      await page.getByText(/^未記入の項目: 問診、診察、/).waitFor()
      for (const item of items) await page.getByLabel(item, { exact: true }).check()
      await page.getByLabel('EPDSの合計').fill('9')
      await page.getByLabel('EPDSの質問10').fill('0')
      await page.getByText(/市区町村へ、速やかに情報提供してください。理由: EPDSの合計が9点（9点以上）/).waitFor()
      expect(await send().isDisabled()).toBe(true)
      await page.getByLabel('支援の判断（医師など）').selectOption('支援が必要')
      await settle()
      await send().press('Enter')
      const { content } = z.object({ content: registrationContentSchema }).parse(await called('register'))
      const measured = 'checkup' in content ? content.checkup.measurements : []
      expect(Object.fromEntries(measured.map(({ item, value }) => [item, value]))).toEqual({
        ...Object.fromEntries(items.map((item) => [item, '実施'])),
        ...{ EPDSの合計: '9', EPDSの質問10: '0', 支援の判断: '必要' },
      })
    })

    test('is registered with something missing only when staff say that it is not paid for', async () => {
      await open()
      await page.getByLabel('支援の判断（医師など）').selectOption('今は必要ない')
      expect(await send().isDisabled()).toBe(true)
      await page.getByLabel('助成の対象にならないことを承知して登録する').check()
      expect(await send().isDisabled()).toBe(false)
    })

    test('that was registered still says whom to tell', async () => {
      await show(scenes.postpartum)
      await page.getByText(/市区町村へ、速やかに情報提供してください。/).waitFor()
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
      ['a failure that may pass', scenes.timeout, 'もう一度 F4', 'retryVisit'],
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

    test('that the last patient has left is to be given back first', async () => {
      await show({ ...scenes.waiting, otherCard: 'left' })
      await focusIs('前のカードが残っています')
      await page.getByText('お返ししてから、次のカードを置いてください。', { exact: true }).waitFor()
    })
  })

  describe('what is half typed when a card takes its form away', () => {
    const visit = scenes.vouchersToRegister.current
    const lookedUp: Reception = {
      ...scenes.vouchersToRegister,
      current: null,
      shown: visit,
    }
    const card = () => page.getByRole('article').filter({ hasText: '麻しん・風しん（MR）第2期' })

    // What other tests have left half typed is none of this.
    beforeEach(async () => {
      await page.reload()
      await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
    })

    test('is told once the patient does not look any more, and stands there again', async () => {
      await show(lookedUp)
      await card().getByRole('button', { name: '接種を登録する' }).click()
      await card().getByLabel('製造番号（ロット）').fill('12X45')
      await card().getByLabel('接種部位').selectOption('左上腕')
      await show(scenes.pin)
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
      await show({ ...lookedUp, shown: null })
      await page.getByText('書きかけの入力があります。').waitFor()
      await page.getByRole('button', { name: /^受付 \d+番に戻る$/ }).click()
      expect(await called('showVisit')).toEqual({ visitId: visit?.id })
      await show(lookedUp)
      expect(await card().getByLabel('製造番号（ロット）').inputValue()).toBe('12X45')
      expect(await card().getByLabel('接種部位').inputValue()).toBe('leftUpperArm')
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
      await card().getByRole('button', { name: 'やめる' }).click()
      await show({ ...lookedUp, shown: null })
      expect(await page.getByText('書きかけの入力があります。').count()).toBe(0)
    })

    test('is a question to the terminal and a 診察券番号, too', async () => {
      await show(scenes.terminalQuery)
      await page.getByLabel('番号', { exact: true }).fill('1234567')
      await show(lookedUp)
      await page.getByRole('button', { name: '登録', exact: true }).click()
      await page.getByLabel('診察券番号').fill('00123')
      await show({ ...scenes.terminalQuery, visits: lookedUp.visits })
      expect(await page.getByLabel('番号', { exact: true }).inputValue()).toBe('1234567')
      await page.getByRole('button', { name: /^受付 \d+番に戻る$/ }).waitFor()
      await show(lookedUp)
      expect(await page.getByLabel('診察券番号').inputValue()).toBe('00123')
      await page.getByRole('button', { name: 'やめる' }).click()
      await page.getByRole('button', { name: '資格照会に戻る' }).waitFor()
      await show(scenes.terminalQuery)
      await page.getByLabel('番号', { exact: true }).fill('')
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

  test('the way back from a looked-up visit names who is at the counter, and is no next patient then', async () => {
    await show({ ...scenes.choosing, current: scenes.result.current })
    await page.getByRole('button', { name: '佐藤　美咲さんの受付に戻る' }).waitFor()
    expect(await page.getByRole('button', { name: '次の患者へ' }).count()).toBe(0)
    await show(scenes.choosing)
    await page.getByRole('button', { name: '次の患者へ' }).waitFor()
  })

  test('what has come in the place of something long begins at its top', async () => {
    const topOf = () => page.locator('main').evaluate((main) => main.scrollTop)
    const scrollDown = () => page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
    await show(scenes.question)
    await scrollDown()
    await show(scenes.decidedByHand)
    await focusIs('佐藤　美咲')
    expect(await topOf()).toBe(0)
    await scrollDown()
    await show(scenes.lookedUp)
    await focusIs('田中　陽翔')
    expect(await topOf()).toBe(0)
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

    test('that has gone to another page leaves nothing here, and is not fetched back', async () => {
      await show(scenes.result)
      stage.take()
      await isTold('窓口を別の画面で開きました')
      await isEmpty()
      await reopen()
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
