// From the waiting screen to a clinic that is live at its next start, by keyboard alone: the first set-up with a real hub, a
// real folder and the checks of the self-test. And the self-test itself, with a card.
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { systemClock } from '../../src-main/ground/clock.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { startSandboxHub } from '../../src-main/stand-ins/hub/sandbox-hub.ts'
import { expect, pressEnter, test, type } from './desk.ts'

/** What is at the counter at the start takes the focus once, where nobody has put it anywhere yet. */
const counterStands = (desk: Page) =>
  expect.poll(() => desk.evaluate(() => document.activeElement === document.body)).toBe(false)

test('the self-test reads a card that is laid for it, and finds a rehearsal well', async ({ desk }) => {
  await counterStands(desk)
  for (const name of ['設定', '自己診断']) {
    await desk.getByRole('button', { name, exact: true }).focus()
    await pressEnter(desk)
  }
  await expect(desk.getByRole('heading', { name: '自己診断' })).toBeFocused()
  await desk.getByRole('button', { name: 'カードも確かめる' }).focus()
  await pressEnter(desk)
  await expect(desk.getByText('30秒以内にリーダーに置いてください').first()).toBeVisible()
  await desk.getByRole('button', { name: '難病（月額上限あり） 暗証番号' }).focus()
  await pressEnter(desk)
  await expect(desk.getByText('マイナンバーカードを読み取れました。暗証番号は使っていません。')).toBeVisible()
  await expect(desk.getByText(/^異常はありません。/).first()).toBeVisible()
  await expect(desk.getByLabel('暗証番号（4桁）')).toHaveCount(0)
})

test('a clinic is set up by keyboard, and is live from the next start', async ({ desk, dataDir }) => {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-first-'))
  const pki = await openTrainingPki(join(dataDir, 'training'), new Date())
  const hub = await startSandboxHub({ pki, clock: systemClock })
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  const files = { 'ca.pem': pki.hub.ca, 'clinic.pem': pki.hub.clientCertificate, 'key.pem': pki.hub.clientKey }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, 'secrets', name), text, { mode: 0o600 })
  // The desktop program may be another user's than this test.
  const { uid, gid } = statSync(dataDir)
  const laid = ['', ...Object.keys(files)].map((name) => join(dataDir, 'secrets', name))
  for (const path of [folder, ...laid]) chownSync(path, uid, gid)
  const press = async (name: string) => {
    await desk.getByRole('button', { name, exact: true }).focus()
    await pressEnter(desk)
  }
  /** As a person goes on: the next field, and what stands in it. */
  const fill = async (label: string, text: string) => {
    await desk.getByLabel(label, { exact: true }).focus()
    await desk.keyboard.press('ControlOrMeta+a')
    await type(desk, text)
  }
  const choose = async (label: string, option: string) => {
    await desk.getByLabel(label, { exact: true }).focus()
    await type(desk, option)
    await expect(desk.getByLabel(label, { exact: true })).toHaveValue(option)
  }
  try {
    await counterStands(desk)
    await press('設定')
    await press('はじめての設定')
    await expect(desk.getByRole('heading', { name: 'はじめての設定' })).toBeFocused()
    await fill('医療機関の名称', 'Madoguchi Clinic')
    await fill('医療機関コード（10桁）', '1312345678')
    await pressEnter(desk)
    await expect(desk.getByText('7項目のうち、1項目が済みました。').first()).toBeVisible()
    await fill('PMHのアドレス（https://…）', hub.url)
    await choose('認証局の証明書のファイル', 'secrets/ca.pem')
    await choose('接続用の証明書のファイル', 'secrets/clinic.pem')
    await choose('秘密鍵、またはパスフレーズのファイル', 'secrets/key.pem')
    await press('PMH 確かめる')
    await expect(desk.getByText('返事がありました。', { exact: true })).toBeVisible()
    await fill('フォルダー', join(folder, 'nowhere'))
    await press('レセコン 確かめる')
    await expect(desk.getByText('取り込み先「receipt」のフォルダーが見つかりません。')).toBeVisible()
    await fill('フォルダー', folder)
    await press('レセコン 確かめる')
    await expect(desk.getByText('試しのファイルを書き、読み、消せました。')).toBeVisible()
    await press('資格確認端末 あとで設定する')
    await expect(desk.getByText('顔認証付きカードリーダーで受け付けた方は、自動では表示されません。')).toBeVisible()
    expect(existsSync(join(dataDir, 'settings.json'))).toBe(false)
    await press('本番に切り替える')
    await press('切り替える')
    await expect(desk.getByText('窓口を終了して、もう一度起動すると、本番で始まります。').first()).toBeVisible()
    expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({
      mode: 'live',
      hub: { url: hub.url, caFile: 'secrets/ca.pem' },
      destinations: [{ id: 'receipt', folder }],
    })
  } finally {
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
