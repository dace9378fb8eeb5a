import type { PatientWords } from './sentences.ts'

// やさしい日本語: short sentences, everyday words, kana with a space between the phrases, one thing in each sentence.
export const easyJapanese: PatientWords = {
  page: 'かんじゃさんの がめん',
  training: 'れんしゅうの がめんです',
  languages: 'ことばを えらぶ',
  readAloud: 'よみあげ',
  lost: { title: 'すこし まってください', note: 'うけつけの 人が おしらせします。' },
  steps: {
    off: { title: 'この がめんは つかえません', note: 'うけつけの 人に きいてください。' },
    cardLeft: { title: 'カードを とってください', note: 'わすれないで もって いってください。' },
    waiting: { title: 'マイナンバーカードを おいてください', note: 'カードを よむ きかいの 上に おいてください。' },
    reading: { title: 'カードを よんでいます', note: 'カードを うごかさないでください。' },
    working: { title: 'しらべています', note: 'そのまま まってください。' },
    done: { title: 'おわりました', note: 'カードを とってください。つぎは、うけつけの 人が おしらせします。' },
    desk: { title: 'うけつけの 人を よんでください', note: 'うけつけの 人が てつだいます。' },
    pinBlocked: {
      title: 'きょうは ばんごうを つかえません',
      note: 'だいじょうぶです。うけつけの 人が てつだいます。',
    },
  },
  pin: {
    title: '4つの すうじを いれてください',
    note: 'カードを もらったときに きめた、あんしょうばんごう（4つの すうじ）です。3かい つづけて まちがえると、つかえなくなります。',
    label: 'あんしょうばんごう（4つの すうじ）',
    progress: (length) => `4つの うち ${length}つ いれました`,
    tries: (left) => `あと ${left}かい いれることが できます`,
    wrong: (left) => `ばんごうが ちがいます。あと ${left}かい いれることが できます。`,
    lastTry:
      'つぎが さいごです。まちがえると、ばんごうが つかえなくなります。わからないときは「やめる」を おしてください。',
    lastTryConfirm: 'さいごの 1かいだと わかりました',
    send: 'これで いい',
    sending: 'しらべています',
    stop: 'やめる',
    clear: 'ぜんぶ けす',
    back: '1つ けす',
    keypad: 'すうじの ボタン',
  },
  kiosk: {
    page: 'うけつけの きかい',
    off: { title: 'この きかいは、いま つかえません', note: 'うけつけの 人に きいてください。' },
    slip: {
      title: 'うけつけが おわりました',
      number: 'あなたの ばんごう',
      time: 'じかん',
      waitForNumber: 'この ばんごうで よびます。まってください。',
      takeCard: 'カードを とってください',
      print: 'ばんごうを かみに いんさつする',
      notPrinted: 'いんさつできませんでした。ばんごうを おぼえてください。',
    },
    called: {
      title: 'うけつけに きてください',
      againTitle: 'もういちど カードを おいてください',
      notes: {
        again: 'カードを よむことが できませんでした。もういちど できます。',
        pin: 'きょうは ばんごうを つかえません。だいじょうぶです。うけつけの 人が てつだいます。',
        lastTry: 'つぎは、うけつけの 人が てつだいます。',
        certificate: 'カードを つかえる 日が すぎたかもしれません。うけつけの 人が てつだいます。',
        otherCard: 'この きかいでは、この カードを つかえません。うけつけの 人が てつだいます。',
        line: 'いま、この きかいで しらべることが できません。うけつけの 人が てつだいます。',
        staff: 'うけつけの 人が てつだいます。',
      },
    },
  },
  keyHint: {
    early: 'がめんが かわりました。よく 見て、もういちど おしてください。',
    unused: 'よみとった 文字は つかいませんでした。',
  },
}
