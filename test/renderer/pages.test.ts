// The pages beside the counter: numbers, bookings, the master of local schemes.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { calls } from '../../src-main/contract/calls.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, the pages beside the counter were not looked at')

describe.skipIf(!chromiumPath)('the pages beside the counter', () => {
  const desk = onDesk()
  const { focusIs, settle, enter, called, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
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
      await page.getByText('子ども医療費受給者証：更新（有効期間の開始、有効期間の終了）').waitFor()
    })
  })
})
