// Every flow of the desk by the keyboard alone, at the sizes of a counter's screens: one table of walks, one of sizes. The
// desktop program walks them at its own size.
import { expect, pressEnter, settle, test } from './desk.ts'
import { type Keyboard, openKeyboard } from './keyboard.ts'

const waiting = 'カードをリーダーに置いてください'

async function lay({ enter }: Keyboard, card: string | RegExp): Promise<void> {
  await enter(card)
}

async function typePin({ desk, type }: Keyboard): Promise<void> {
  await expect(desk.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type('1234')
  await pressEnter(desk)
}

/** Several helps came together: which of them the clinic uses is said first. */
async function sayHelps({ desk, enter, press }: Keyboard): Promise<void> {
  const question = desk.getByRole('heading', { name: /市区町村の助成が重なっています/ })
  await expect(question).toBeFocused()
  await press('Tab')
  await settle(desk)
  await press('Space')
  await enter('この内容で進む')
  await expect(question).toBeHidden()
}

async function next({ desk, enter }: Keyboard): Promise<void> {
  await enter(/^次の患者へ/)
  await expect(desk.getByRole('heading', { name: '前のカードが残っています' })).toBeFocused()
  await enter('カードを外す')
  await expect(desk.getByRole('heading', { name: waiting })).toBeFocused()
}

const walks: readonly (readonly [string, (hands: Keyboard) => Promise<void>])[] = [
  [
    'a check-in with its PIN, a note, and a result that was closed too early',
    async (hands) => {
      const { desk, enter, press, type, sees } = hands
      await lay(hands, /^更生医療とひとり親の併用/)
      await typePin(hands)
      await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeFocused()
      await settle(desk)
      await press('F6')
      await expect(desk.getByLabel('メモ', { exact: true })).toBeFocused()
      await type('金曜日にお会計')
      await pressEnter(desk)
      await sees('金曜日にお会計')
      await enter(/^次の患者へ/)
      await enter('元に戻す')
      await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()
      await next(hands)
    },
  ],
  [
    'a difference, decided, taken back and decided again',
    async (hands) => {
      const { desk, enter, to, press } = hands
      await enter('事例集（公費）')
      await lay(hands, /^内容の変更（前回）/)
      await typePin(hands)
      await sayHelps(hands)
      await next(hands)
      await lay(hands, /^内容の変更（今回）/)
      await typePin(hands)
      await sayHelps(hands)
      const decide = async () => {
        await settle(desk)
        const groups = await desk.getByRole('main').getByRole('radiogroup').count()
        for (let group = 0; group < groups; group++) {
          await to(/^今回の内容を使う/)
          await press('Space')
          await press('Tab')
        }
        await enter('確定してレセコンに送る')
      }
      await decide()
      await enter('元に戻す')
      await expect(desk.getByRole('button', { name: '確定してレセコンに送る' })).toBeVisible()
      await decide()
      await expect(desk.getByText('を確定しました。')).toBeVisible()
      await next(hands)
    },
  ],
  [
    'a result of the face reader about somebody new',
    async (hands) => {
      const { desk, enter, press } = hands
      await enter('顔認証付きカードリーダー')
      // The cards of the reader come after those of the counter.
      await press('Tab')
      await enter(/^提供に同意していない/)
      await expect(desk.getByRole('heading', { name: /この結果は、どの患者さんのものですか/ })).toBeVisible()
      await enter('初めての方として受け付ける')
      await expect(desk.getByText(/の患者さんを選びました。/)).toBeVisible()
      await settle(desk)
      await press('Escape')
      await expect(desk.getByRole('heading', { name: waiting })).toBeVisible()
    },
  ],
  [
    'a question to the terminal',
    async (hands) => {
      const { desk, enter, to, press, type, sees } = hands
      await enter('資格照会')
      await to(/^保険者番号/)
      await type('06130012')
      await enter('照会する')
      await sees('生年月日を、S54.4.12 や 19790412 のように入力してください。')
      await settle(desk)
      await press('Escape')
      await press('Escape')
      await expect(desk.getByRole('heading', { name: waiting })).toBeVisible()
    },
  ],
  [
    'a locked PIN, by the face in the chip',
    async (hands) => {
      const { desk, enter, to, press, type } = hands
      await lay(hands, /^暗証番号がロックされている/)
      await enter('顔写真で確認する')
      await to(/^年の書き方/)
      await type('昭')
      for (const text of ['23', '5', '5', '2027', '9684']) {
        await press('Tab')
        await type(text)
      }
      await pressEnter(desk)
      await expect(desk.getByRole('img', { name: 'カードに記録された顔写真' })).toBeVisible()
      await enter('同じ方です')
      await expect(desk.getByRole('heading', { name: '中村　文子' })).toBeFocused()
      await next(hands)
    },
  ],
  [
    'a dose, registered and taken back',
    async (hands) => {
      const { enter, to, press, type, sees } = hands
      await lay(hands, /^こども医療費（八王子市）/)
      await typePin(hands)
      await enter('接種を登録する')
      await to(/^製造番号/)
      await type('12X45')
      await to(/^接種部位/)
      await press('ArrowDown')
      await enter('登録する')
      await sees('登録済み')
      await enter('登録を取り消す')
      await enter('取り消す')
      await sees('取り消しました')
      await next(hands)
    },
  ],
  [
    'the sheet of a monthly cap',
    async (hands) => {
      const { desk, enter, press, type, sees } = hands
      await lay(hands, /^難病（月額上限あり）/)
      await typePin(hands)
      await enter('上限額管理')
      await enter('この受診の分を記入')
      await expect(desk.getByLabel('医療費総額（10割）')).toBeFocused()
      await type('15000')
      await press('Tab')
      await type('3000')
      await pressEnter(desk)
      await sees('この医院の分だけ')
      await settle(desk)
      await press('Escape')
      await next(hands)
    },
  ],
  [
    'a search, by kana and back',
    async (hands) => {
      const { desk, press, type } = hands
      await settle(desk)
      await press('F2')
      await type('すずき')
      await pressEnter(desk)
      await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()
      await settle(desk)
      await press('Escape')
      await expect(desk.getByRole('heading', { name: waiting })).toBeVisible()
    },
  ],
  [
    'the settings of a destination, and what the clinic has decided',
    async (hands) => {
      const { desk, enter, press, sees } = hands
      await enter('設定')
      await enter('取り込み先')
      await enter('receipt-csv 設定を見る')
      await sees('ファイルの見本')
      await enter('やめる')
      await settle(desk)
      await enter('医院の決まり')
      // Two of them were said in the walk through a difference.
      for (let left = 2; left > 0; left--) {
        const rules = desk.getByRole('button', { name: /次回また確認する$/ })
        await expect(rules).toHaveCount(left)
        await enter(/次回また確認する$/)
        await enter('次回また確認する')
        await expect(rules).toHaveCount(left - 1)
      }
      await sees('この医院で決めたことは、まだありません。')
      await press('Escape')
      await expect(desk.getByRole('heading', { name: waiting })).toBeVisible()
    },
  ],
]

/** `text`: in percent of the usual size; null: as the desktop program opens itself. */
const sizes = [
  { name: '1280 × 800', width: 1280, height: 800, text: 100 },
  { name: '1024 × 768', width: 1024, height: 768, text: 100 },
  { name: '200 % text', width: 1280, height: 800, text: 200 },
] as const

for (const { name, width, height, text } of sizes) {
  test(`every flow is walked by the keyboard alone: ${name}`, async ({ desk }, info) => {
    const isDesktop = info.project.name === 'desktop'
    test.skip(isDesktop && name !== sizes[0].name, 'The desktop program has the one size.')
    if (!isDesktop) {
      await desk.setViewportSize({ width, height })
      const protocol = await desk.context().newCDPSession(desk)
      await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * text) / 100 } })
      // As somebody opens it who has set the size before.
      await desk.reload()
    }
    const hands = openKeyboard(desk)
    await expect(desk.getByRole('heading', { name: '佐藤　美咲' })).toBeVisible()
    await hands.enter(/^次の患者へ/)
    await expect(desk.getByRole('heading', { name: waiting })).toBeVisible()
    for (const [what, walk] of walks) await test.step(what, () => walk(hands))
  })
}
