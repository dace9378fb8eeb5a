// 操作の記録 on the screen: what is asked for by whom, and what is saved.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../browser.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at the audit trail')

describe.skipIf(!chromiumPath)('操作の記録', () => {
  const desk = onDesk()
  const { settle, called, show, focusIs } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  test('says what was done, at which desk, to whom, and what nobody did', async () => {
    await show(scenes.auditDay)
    await focusIs('操作の記録')
    const rows = page.getByRole('table', { name: '操作の記録の一覧' }).getByRole('row')
    expect(await rows.nth(2).textContent()).toBe('11/23 16:40:55席1公費の一覧を印刷した佐藤　美咲2026/11/23 31番')
    expect(await rows.nth(4).textContent()).toContain('過去の受付を探した（2026/11/12）')
    // Of whom nothing is kept any more, the rows still belong together.
    expect(await rows.nth(5).textContent()).toContain('仮名 7a6d3f0c91b2')
    expect(await rows.nth(6).textContent()).toContain('自動')
  })

  test('is asked for by day, by patient and narrowed, each look once', async () => {
    const narrowed = { what: null, atDesk: null, sheet: 0 }
    await show(scenes.auditDay)
    await settle()
    await page.getByRole('button', { name: '前の日' }).press('Enter')
    expect(await called('openAudit')).toEqual({ kind: 'day', day: '2026-11-22', ...narrowed })
    stage.calls.length = 0
    await page.getByText('患者さんで探す').press('Enter')
    await page.getByLabel('診察券番号').fill('００１２３')
    await page.getByLabel('診察券番号').press('Enter')
    expect(await called('openAudit')).toEqual({ kind: 'number', patientNumber: '00123', ...narrowed })
    stage.calls.length = 0
    await page.getByLabel('内容').selectOption('印刷')
    await page.getByLabel('席の番号').fill('2')
    expect(stage.calls).toEqual([])
    await page.getByRole('button', { name: '絞り込む' }).press('Enter')
    expect(await called('openAudit')).toEqual({ kind: 'day', day: '2026-11-23', what: 'printed', atDesk: 2, sheet: 0 })
    stage.calls.length = 0
    await page.getByRole('button', { name: '古い記録' }).press('Enter')
    expect(await called('openAudit')).toEqual({ kind: 'day', day: '2026-11-23', ...narrowed, sheet: 1 })
  })

  test('is saved when the rows have come, with nobody’s name in the file', async () => {
    await show(scenes.auditDay)
    await settle()
    await page.getByRole('button', { name: 'CSVで保存' }).press('Enter')
    expect(await called('exportAudit')).toEqual({})
    const saving = page.waitForEvent('download')
    stage.show(scenes.auditSaved)
    const download = await saving
    expect(download.suggestedFilename()).toBe('操作の記録_2026-11-23.csv')
    const text = readFileSync(await download.path(), 'utf8')
    expect(text).toContain('4118,2026-11-23T16:40:12.120+09:00,1,,受付の内容を見た,,2026-11-23,31,3f0c91b27a6d,\r\n')
    expect(text).not.toContain('佐藤')
  })

  test('of nobody says so', async () => {
    await show(scenes.auditNone)
    await page.getByText('令和8年11月23日（2026年、月曜日）の記録はありません。').waitFor()
    expect(await page.getByRole('button', { name: 'CSVで保存' }).count()).toBe(0)
  })
})
