// The words of visits between the desks of a site: whose one is, who asks for it, and what has become of that.
import type { ToldOfVisit } from '../contract/asking.ts'
import { numberText } from '../contract/visit-number.ts'

/** `desk`: its name; empty where the site does not know it. */
const of = (desk: string) => (desk === '' ? 'ほかの窓口' : `「${desk}」の窓口`)

export const askingScreen = {
  there: (number: number, desk: string) => `受付 ${numberText(number)}番は、${of(desk)}で受付中です。`,
  thereNote: '内容を見るだけで、変更できません。この窓口で続けるには、受付中の窓口に依頼します。',
  gone: (number: number, desk: string) => `受付 ${numberText(number)}番を受付中の${of(desk)}から、応答がありません。`,
  goneNote: 'この窓口で引き継いで、続けられます。',
  /** Its patient has not been identified yet. */
  cardAgain: '受付番号はそのままです。カードと暗証番号は、引き継いだ窓口でもう一度お願いします。',
  goOn: 'この窓口で続ける',
  asking: '受付中の窓口に依頼しています。返事があるまでお待ちください。',
  withdraw: '依頼を取り消す',
  takesOver: (number: number, desk: string) =>
    `受付 ${numberText(number)}番を、この窓口で引き継ぎますか？${of(desk)}では続けられなくなります。`,
  takeOver: '引き継ぐ',
  /** At the desk that has it. */
  asked: (number: number, desk: string) =>
    `${of(desk)}から、受付 ${numberText(number)}番を引き継ぎたいと連絡がありました。渡しますか？`,
  give: '渡す',
  keep: '渡さない',
  told: {
    given: (number, desk) => `返事がなかったため、受付 ${numberText(number)}番を${of(desk)}に渡しました。`,
    kept: (number, desk) => `受付 ${numberText(number)}番は、引き継げませんでした。いまは${of(desk)}の受付です。`,
    got: (number, desk) => `受付 ${numberText(number)}番を、${of(desk)}から引き継ぎました。`,
    over: (number, desk) => `受付 ${numberText(number)}番は、${of(desk)}で受付を終えました。`,
  } satisfies Record<ToldOfVisit, (number: number, desk: string) => string>,
  open: '開く',
  seen: '閉じる',
} as const
