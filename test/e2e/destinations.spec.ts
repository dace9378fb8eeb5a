// Clinic IT sets a destination up on the screen, with the keyboard alone where it is about the order of columns.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, pressEnter, test } from './desk.ts'

test('a destination is set up beside what it would write, and used once it is saved', async ({ desk, dataDir }) => {
  await desk.getByRole('button', { name: '設定', exact: true }).click()
  await desk.getByRole('button', { name: '取り込み先' }).click()
  await expect(desk.getByRole('heading', { name: '取り込み先の設定' })).toBeVisible()
  await expect(desk.getByRole('rowheader', { name: 'receipt-csv' })).toBeVisible()
  await desk.getByRole('button', { name: '取り込み先を追加' }).click()
  await expect(desk.getByText('入力がそろうと、ここに見本が出ます。')).toBeVisible()
  await desk.getByRole('textbox', { name: '名前' }).fill('receipt-csv')
  await expect(desk.getByText('この名前は、別の取り込み先で使っています。')).toBeVisible()
  await desk.getByRole('textbox', { name: '名前' }).fill('karte')
  await desk.getByLabel('フォルダー', { exact: true }).selectOption('import/csv')

  const text = desk.getByRole('region', { name: 'ファイルの見本' }).getByRole('textbox')
  await expect(text).toHaveValue(/^format_version,training,/)
  await expect(text).toHaveValue(/佐藤　美咲/)
  await expect(desk.getByText('12人の見本のうち、1人はファイルを作成できません。')).toBeVisible()
  await desk.getByLabel('使えない文字のある氏名').selectOption('カナ氏名に置き換える')
  await expect(desk.getByText('12人の見本すべてで、ファイルを作成できます。')).toBeVisible()

  await desk.getByLabel('出力する列').focus()
  await desk.getByLabel('出力する列').selectOption('training')
  await desk.keyboard.press('Tab')
  await pressEnter(desk)
  await expect(text).toHaveValue(/^training,format_version,/)
  await desk.getByLabel('1行目に列の名前を入れる').uncheck()
  await expect(text).toHaveValue(/^1,3,/)
  await desk.getByLabel('見本の患者さん').selectOption('助成なし（情報なし）')
  await expect(text).toHaveValue(/高橋　健一/)
  await desk.getByRole('textbox', { name: 'ファイル名', exact: true }).fill('karte')
  await expect(desk.getByText('{id} は必要です。')).toBeVisible()
  await expect(desk.getByRole('button', { name: '保存', exact: true })).toBeDisabled()
  await desk.getByRole('textbox', { name: 'ファイル名', exact: true }).fill('karte_{id}')
  await desk.getByRole('button', { name: '保存', exact: true }).click()

  await expect(desk.getByRole('row', { name: /^karte .*使用中/ })).toBeVisible()
  await expect(desk.getByText('次にこのソフトを起動したときから使います。')).toHaveCount(0)
  const { destinations } = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))
  expect(destinations.at(-1)).toMatchObject({ id: 'karte', header: false, fileName: 'karte_{id}', unwritable: 'kana' })
  expect(destinations.at(-1).columns.slice(0, 2)).toEqual(['training', 'format_version'])
})

test('a destination that is switched off can be removed', async ({ desk }) => {
  await desk.getByRole('button', { name: '設定', exact: true }).click()
  await desk.getByRole('button', { name: '取り込み先' }).click()
  await expect(desk.getByRole('button', { name: 'receipt-json 削除' })).toHaveCount(0)
  await desk.getByRole('button', { name: 'receipt-json 設定を見る' }).click()
  await desk.getByLabel('この取り込み先を使う').uncheck()
  await desk.getByRole('button', { name: '保存', exact: true }).click()
  await desk.getByRole('button', { name: 'receipt-json 削除' }).click()
  await desk
    .getByRole('group', { name: /設定から削除しますか/ })
    .getByRole('button', { name: '削除' })
    .click()
  await expect(desk.getByRole('rowheader', { name: 'receipt-json' })).toHaveCount(0)
})
