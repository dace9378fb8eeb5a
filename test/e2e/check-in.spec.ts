// A receptionist's day at the counter, with the keyboard where it matters.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { fault } from '../faults.ts'
import { isInstalled } from '../installed.ts'
import { testServer, visitsAt } from '../site.ts'
import { expect, freeze, pressEnter, test, type } from './desk.ts'

const importFiles = (dataDir: string, format: 'csv' | 'json') =>
  readdirSync(join(dataDir, 'import', format)).filter((name) => name.endsWith(`.${format}`))

/** The first visit is still at the counter: make room for the test's own. */
async function nextPatient(desk: Page) {
  await desk.getByRole('button', { name: '次の患者へ' }).click()
  await expect(desk.getByRole('heading', { name: 'カードをリーダーに置いてください' })).toBeVisible()
}

/** The patient at the counter is through, and the reader is free. */
async function takeCardAndGo(desk: Page) {
  await desk.getByRole('button', { name: 'カードを外す' }).click()
  await nextPatient(desk)
}

const layCard = (desk: Page, label: string) => desk.getByRole('button', { name: `${label} 暗証番号` }).click()

async function typePin(desk: Page, pin: string) {
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(desk, pin)
  await pressEnter(desk)
}

test('a first check-in shows its patient, the training mode and its files delivered', async ({ desk, dataDir }) => {
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
  await expect(desk.getByText('トレーニング', { exact: true })).toBeVisible()
  await expect(desk.getByText('送信済み').first()).toBeVisible()
  expect(importFiles(dataDir, 'csv').length).toBe(1)

  await test.step('the database and the key are there, and neither is readable as text', () => {
    expect(existsSync(join(dataDir, 'madoguchi.db'))).toBe(true)
    expect(readFileSync(join(dataDir, 'madoguchi.db')).includes('SQLite format')).toBe(false)
  })

  await test.step('the visit is in the store that this run is about', async () => {
    const server = testServer()
    if (server) expect(await visitsAt(dataDir, server)).toBe(1)
  })

  await test.step('the delivered CSV decodes as CP932 and holds the patient and the numbers', () => {
    test.skip(!isInstalled('iconv'), 'iconv is not installed')
    const [name] = importFiles(dataDir, 'csv')
    const text = execFileSync('iconv', ['-f', 'CP932', '-t', 'UTF-8', join(dataDir, 'import/csv', name ?? '')], {
      encoding: 'utf8',
    })
    expect(text).toContain('佐藤　美咲')
    expect(text).toContain('54136015')
    expect(name).toMatch(/^training_madoguchi_\d{8}_0001_[0-9a-f-]{36}\.csv$/)
  })
})

test('a whole check-in needs no mouse', async ({ desk, dataDir }) => {
  await nextPatient(desk)
  const card = desk.getByRole('button', { name: '更生医療とひとり親の併用' })
  for (let presses = 0; presses < 40 && !(await card.evaluate((node) => node === document.activeElement)); presses++) {
    await desk.keyboard.press('Tab')
  }
  await expect(card).toBeFocused()
  await desk.keyboard.press('Enter')
  await typePin(desk, '1234')
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeFocused()
  await expect.poll(() => importFiles(dataDir, 'csv').length).toBe(2)
  await desk.keyboard.press('Tab')
  const next = desk.getByRole('button', { name: '次の患者へ' })
  for (let presses = 0; presses < 5 && !(await next.evaluate((node) => node === document.activeElement)); presses++) {
    await desk.keyboard.press('Tab')
  }
  await pressEnter(desk)
  await expect(desk.getByRole('heading', { name: '前のカードが残っています' })).toBeFocused()
  await desk.getByRole('button', { name: 'カードを外す' }).press('Enter')
  await expect(desk.getByRole('heading', { name: 'カードをリーダーに置いてください' })).toBeFocused()
})

fault('typing', 'Enter is pressed once too often', {
  seen: 'words/desk screen.keyHint.early',
  class: 'transient',
  data: 'The result stays; nobody is sent away unread.',
  recovery: 'It is pressed again after a second.',
})
test('Enter pressed twice after the PIN leaves the result where it is', async ({ desk }) => {
  await nextPatient(desk)
  await layCard(desk, '更生医療とひとり親の併用')
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(desk, '1234')
  await freeze(desk)
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeFocused()
  for (let presses = 0; presses < 3; presses++) await desk.keyboard.press('Enter')
  await desk.getByRole('button', { name: '次の患者へ' }).press('Enter')
  await expect(desk.getByText('表示が変わった直後のため')).toBeVisible()
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()
})

test('every 公費 is a card of its own with scheme, both numbers, period, cap and warnings', async ({ desk }) => {
  await nextPatient(desk)
  await layCard(desk, '更生医療とひとり親の併用')
  await typePin(desk, '1234')
  const cards = desk.getByRole('article')
  await expect(cards).toHaveCount(2)
  const kosei = cards.nth(0)
  await expect(kosei).toContainText('自立支援医療受給者証（更生医療）')
  await expect(kosei).toContainText('法別 15')
  await expect(kosei).toContainText('15138019')
  await expect(kosei).toContainText(/公費受給者番号\d{7}/)
  await expect(kosei).toContainText('5,000円')
  await expect(kosei).toContainText('有効')
  await expect(kosei).toContainText('自己負担上限額管理票')
  await expect(cards.nth(1)).toContainText('81136244')
  await expect(cards.nth(1)).toContainText('不開示の対象です')
})

test('a PIN is tried, typed on the screen, agreed to and given up, as patients do', async ({ desk }) => {
  await nextPatient(desk)

  await test.step('a wrong PIN shows the tries left and the right one goes on', async () => {
    await layCard(desk, '難病（月額上限あり）')
    await expect(desk.getByText('あと3回まで入力できます', { exact: true })).toBeVisible()
    await typePin(desk, '9999')
    await expect(desk.getByRole('alert')).toContainText('暗証番号が違います。あと2回まで入力できます。')
    await typePin(desk, '1234')
    await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
    await takeCardAndGo(desk)
  })

  await test.step('the last try is sent only after it was agreed to', async () => {
    await layCard(desk, '暗証番号はあと1回')
    await expect(desk.getByText('あと1回まで入力できます', { exact: true })).toBeVisible()
    await type(desk, '1234')
    const send = desk.getByRole('button', { name: /確認する/ })
    await expect(send).toBeDisabled()
    await pressEnter(desk)
    await expect(desk.getByLabel('暗証番号（4桁）')).toBeVisible()
    await desk.getByText('最後の1回であることを患者さんに確認しました').click()
    await send.click()
    await expect(desk.getByRole('heading', { name: '山本　浩二' })).toBeVisible()
    await takeCardAndGo(desk)
  })

  await test.step('the on-screen keys type the PIN too', async () => {
    await layCard(desk, '難病（月額上限あり）')
    for (const key of ['1', '2', '2', '1字消す', '3', '4'])
      await desk.getByRole('button', { name: key, exact: true }).click()
    await desk.getByRole('button', { name: /確認する/ }).click()
    await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
    await takeCardAndGo(desk)
  })

  await test.step('Esc stops the visit without spending a try', async () => {
    await layCard(desk, '難病（月額上限あり）')
    await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
    await type(desk, '12')
    await desk.keyboard.press('Escape')
    await expect(desk.getByRole('heading', { name: '受付を取り消しました。' })).toBeVisible()
    await desk.getByRole('button', { name: 'もう一度' }).click()
    await expect(desk.getByText('あと3回まで入力できます', { exact: true })).toBeVisible()
  })
})

test('no other patient is in sight while a patient types the PIN', async ({ desk }) => {
  await nextPatient(desk)
  await expect(desk.getByRole('button', { name: /佐藤/ })).toBeVisible()
  await layCard(desk, '更生医療とひとり親の併用')
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeVisible()
  await expect(desk.getByText('佐藤').filter({ visible: true })).toHaveCount(0)
  // Nor is it told to a screen reader.
  await expect(desk.getByRole('button', { name: /佐藤/ })).toHaveCount(0)
})

test('a card taken away during the PIN ends the visit, and laid again it goes on under the same number', async ({
  desk,
}) => {
  await nextPatient(desk)
  await layCard(desk, '難病（月額上限あり）')
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeVisible()
  await desk.getByRole('button', { name: 'カードを外す' }).click()
  await expect(desk.getByRole('heading', { name: '読み取りの途中でカードが離れました。' })).toBeVisible()
  await expect(desk.getByText('受付 2番')).toBeVisible()
  await layCard(desk, '難病（月額上限あり）')
  await typePin(desk, '1234')
  await expect(desk.getByText('受付 2番')).toBeVisible()
})

const outcomes = [
  { card: '助成なし（情報なし）', name: '高橋　健一', says: '資格がないとは限りません' },
  { card: '提供に同意していない', name: '伊藤　さくら', says: '患者さんが情報の提供に同意していません' },
  { card: '資格が終了している', name: '渡辺　修', says: '資格が終わったと登録されています' },
  { card: 'こども医療費（八王子市）', name: '田中　陽翔', says: '麻しん・風しん（MR）第2期' },
]
test('the answer is told as it is, patient after patient', async ({ desk }) => {
  await nextPatient(desk)
  for (const { card, name, says } of outcomes) {
    await test.step(card, async () => {
      await layCard(desk, card)
      await typePin(desk, '1234')
      await expect(desk.getByRole('heading', { name })).toBeVisible()
      await expect(desk.getByText(says).first()).toBeVisible()
      await takeCardAndGo(desk)
    })
  }
})

const refusals = [
  {
    card: '暗証番号がロックされている',
    title: '暗証番号がロックされています。',
    next: '市区町村の窓口での暗証番号の再設定',
    focused: '暗証番号がロックされています。',
  },
  {
    card: '電子証明書の期限切れ',
    title: 'カードの電子証明書の有効期限が切れています。',
    next: '市区町村の窓口での更新',
    focused: 'カードの電子証明書の有効期限が切れています。',
  },
]
test('a card that cannot be used says why and what to do', async ({ desk }) => {
  await nextPatient(desk)
  for (const { card, title, next, focused } of refusals) {
    await test.step(card, async () => {
      await layCard(desk, card)
      await expect(desk.getByRole('heading', { name: title })).toBeVisible()
      await expect(desk.getByText(next).last()).toBeVisible()
      await expect(desk.locator(':focus')).toHaveText(focused)
      await desk.getByRole('button', { name: 'カードを外す' }).click()
    })
  }
})

test('a patient whose PIN is locked is identified by the face in the chip', async ({ desk }) => {
  await nextPatient(desk)
  await layCard(desk, '暗証番号がロックされている')
  await desk.getByRole('button', { name: '顔写真で確認する' }).click()
  await expect(desk.getByText('券面: 昭和23年5月5日生、有効期限 2027年、セキュリティコード 9684')).toBeVisible()
  await desk.getByLabel('年の書き方').selectOption('昭和')
  for (const [name, text] of [
    ['年', '23'],
    ['月', '5'],
    ['日', '5'],
  ] as const) {
    await desk.getByRole('group', { name: '生年月日' }).getByLabel(name, { exact: true }).fill(text)
  }
  await desk.getByRole('group', { name: 'カードの有効期限' }).getByRole('textbox').fill('2027')
  await desk.getByRole('group', { name: 'セキュリティコード' }).getByRole('textbox').fill('9684')
  await pressEnter(desk)
  await expect(desk.getByRole('img', { name: 'カードに記録された顔写真' })).toBeVisible()
  await desk.getByRole('button', { name: '同じ方です' }).click()
  await expect(desk.getByRole('heading', { name: '中村　文子' })).toBeVisible()
})

test('a name that CP932 cannot hold stops that file only, and says so', async ({ desk, dataDir }) => {
  await nextPatient(desk)
  await layCard(desk, 'レセコンで使えない文字の氏名')
  await typePin(desk, '1234')
  await expect(desk.getByText('使えない文字が含まれるため、ファイルを作りませんでした。')).toBeVisible()
  await expect.poll(() => importFiles(dataDir, 'json').length).toBe(2)
  expect(importFiles(dataDir, 'csv').length).toBe(1)
})

test('an earlier visit can be looked up and is marked as such', async ({ desk }) => {
  await nextPatient(desk)
  await desk.getByRole('button', { name: /佐藤/ }).click()
  await expect(desk.getByText('受付 1番の記録を表示しています')).toBeVisible()
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
  await desk.getByRole('button', { name: '受付画面に戻る' }).click()
  await expect(desk.getByRole('heading', { name: 'カードをリーダーに置いてください' })).toBeVisible()
})

test('at 125 % text nothing is cut off and nothing scrolls sideways', async ({ desk }) => {
  await desk.evaluate(() => {
    document.documentElement.style.fontSize = '125%'
  })
  const overflow = () =>
    desk.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('main, aside')].map(
        (node) => node.scrollWidth - node.clientWidth,
      ),
    )
  await nextPatient(desk)
  await layCard(desk, '暗証番号はあと1回')
  await expect(desk.getByRole('button', { name: /受付を取り消す/ })).toBeInViewport({ ratio: 1 })
  expect(await overflow()).toEqual([0, 0, 0])
  await desk.keyboard.press('Escape')
  await layCard(desk, 'こども医療費（八王子市）')
  await typePin(desk, '1234')
  await expect(desk.getByText('5歳児健康診査')).toBeVisible()
  expect(await overflow()).toEqual([0, 0, 0])
})
