// Somebody without a card: staff ask the terminal by what stands on the 資格確認書, with the keyboard alone.
import { expect, pressEnter, settle, test, type } from './desk.ts'

test('the terminal is asked by the insurance numbers, and the answer opens', async ({ desk }) => {
  await desk.getByRole('button', { name: '資格照会' }).click()
  await desk.getByRole('button', { name: '照会する' }).click()
  await expect(desk.getByText('6桁から8桁の数字で入力してください。')).toBeVisible()
  await desk.getByLabel('保険者番号').fill('０６１３００１２')
  await desk.keyboard.press('Tab')
  await type(desk, '12-3')
  await desk.keyboard.press('Tab')
  await type(desk, '10000')
  await desk.keyboard.press('Tab')
  await desk.keyboard.press('Tab')
  await type(desk, '3540412')
  await expect(desk.getByText('昭和54年4月12日（1979年）')).toBeVisible()
  await settle(desk)
  await desk.getByLabel('枝番').press('Enter')
  // The clinic knows her: she came with her card before.
  await expect(desk.getByText(/^資格確認端末の結果です/)).toBeVisible()
  await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
  await desk.getByRole('button', { name: '登録', exact: true }).click()
  await type(desk, '0012345')
  await pressEnter(desk)
  await expect(desk.getByText('診察券番号を、照会番号として資格確認端末に登録しました。')).toBeVisible()
})
