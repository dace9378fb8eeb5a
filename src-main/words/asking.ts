// The words of visits between the desks of a site: whose one is, who asks for it, and what has become of that.
import type { ToldOfVisit } from '../contract/asking.ts'
import { numberText } from '../contract/visit-number.ts'

const of = (desk: string) => `「${desk}」の窓口`

export const askingScreen = {
  there: (number: number, desk: string) => `受付 ${numberText(number)}番は、${of(desk)}で受付中です。`,
  thereNote: 'この窓口では見るだけです。続けるときは、あちらの窓口にたずねます。',
  gone: (number: number, desk: string) => `受付 ${numberText(number)}番の${of(desk)}から、応答がありません。`,
  goneNote: 'この窓口で引き継いで、続けられます。',
  /** Its patient has not been identified yet. */
  cardAgain: '受付番号はそのままです。カードと暗証番号は、引き継いだ窓口でもう一度お願いします。',
  goOn: 'この受付で続ける',
  asking: 'あちらの窓口にたずねています。返事があるまで、あちらの受付のままです。',
  withdraw: 'たずねるのをやめる',
  takesOver: (number: number, desk: string) =>
    `受付 ${numberText(number)}番を、この窓口で引き継ぎますか？${of(desk)}では続けられなくなります。`,
  takeOver: '引き継ぐ',
  /** At the desk that has it. */
  asked: (number: number, desk: string) => `${of(desk)}が、受付 ${numberText(number)}番を続けたいとたずねています。`,
  give: 'あちらに渡す',
  keep: 'ここで続ける',
  told: {
    given: (number, desk) => `返事がなかったため、受付 ${numberText(number)}番を${of(desk)}に渡しました。`,
    kept: (number, desk) => `受付 ${numberText(number)}番は、${of(desk)}がそのまま続けます。`,
    got: (number, desk) => `受付 ${numberText(number)}番を、${of(desk)}から引き継ぎました。`,
    over: (number, desk) => `受付 ${numberText(number)}番は、${of(desk)}で終わりました。`,
  } satisfies Record<ToldOfVisit, (number: number, desk: string) => string>,
  open: '開く',
  seen: '閉じる',
} as const
