import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkNames, type Finding } from '../../src-main/contract/self-test.ts'
import { adviceSchema } from '../../src-main/eligibility/assessment.ts'
import { failureSchema } from '../../src-main/ground/failures.ts'
import { askingScreen } from '../../src-main/words/asking.ts'
import { capScreen } from '../../src-main/words/cap.ts'
import { screen } from '../../src-main/words/desk.ts'
import { adviceText, eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { languages } from '../../src-main/words/patient.ts'
import { checkText, findingText } from '../../src-main/words/self-test.ts'
import { absentText, answerText, visitStateText } from '../../src-main/words/states.ts'
import { root } from '../support.ts'

const folder = join(root, 'src-main', 'words')

const codes = failureSchema.shape.code.options
const everything = (code: (typeof codes)[number]) => {
  const { message, next } = sentence({ code })
  return message + next
}

describe('every failure', () => {
  test.each(codes)('%s says what happened and what to do next', (code) => {
    const { message, next } = sentence({ code })
    expect(message).toMatch(/^[^。]+。([^。]+。)?$/)
    expect(next).toMatch(/。$/)
    expect(next).not.toBe(message)
    expect(message + next).not.toMatch(/undefined|null|NaN/)
  })

  test('no two codes say the same thing', () => {
    expect(new Set(codes.map((code) => sentence({ code }).message)).size).toBe(codes.length)
  })

  test('no sentence shows its code or other words of the program', () => {
    // Names that staff meet elsewhere: on the network, the keyboard and in the settings.
    for (const code of codes) {
      expect(everything(code).replace(/PMH|settings\.json/g, '')).not.toMatch(/[A-Za-z]{3,}/)
    }
  })

  test('a port that could not be had is not said to be another program’s for sure', () => {
    expect(sentence({ code: 'PORT_TAKEN', detail: { field: '80' } }).message).toBe(
      'ポート 80 を開けませんでした。ほかのプログラムが使っているか、使えない番号です。',
    )
  })

  test('a wrong PIN says how many tries are left', () => {
    expect(sentence({ code: 'PIN_WRONG', detail: { triesLeft: 2 } }).message).toContain('あと2回')
  })

  test('a locked PIN and an ended certificate send the patient to the municipality and today to the paper', () => {
    for (const code of ['PIN_BLOCKED', 'CARD_CERTIFICATE_EXPIRED'] as const) {
      expect(sentence({ code }).next).toContain('市区町村の窓口')
      expect(sentence({ code }).next).toContain('紙の受給者証')
    }
  })

  test('a destination is named where it is known', () => {
    expect(sentence({ code: 'DESTINATION_MISSING', detail: { destination: 'receipt' } }).message).toContain(
      '「receipt」',
    )
  })

  test('waiting tells for how long when the hub said it', () => {
    expect(sentence({ code: 'HUB_RATE_LIMITED', detail: { retryAfterS: 30 } }).next).toContain('30秒')
    expect(sentence({ code: 'HUB_RATE_LIMITED' }).next).toContain('少し待って')
  })

  test('a button that a sentence names has exactly that word on it', () => {
    const buttons: readonly string[] = [
      screen.retry,
      screen.deliveryRetry,
      screen.deliveryCancel,
      capScreen.correct,
      askingScreen.goOn,
      // The patient's own.
      languages.japanese.words.pin.stop,
    ]
    for (const code of codes) {
      for (const [, word] of everything(code).matchAll(/「([^」]+)」を押/g)) expect(buttons).toContain(word)
    }
  })
})

describe('an empty answer', () => {
  test('gives no reason, never says that the right has ended, and points to the paper', () => {
    expect(answerText.absent.label).toBe('登録なし（紙を確認）')
    expect(answerText.absent.meaning).toContain('資格がないとは限りません')
    expect(answerText.absent.meaning).toContain('紙の受給者証')
    expect(answerText.absent.label + answerText.absent.meaning).not.toMatch(/終了|失効|資格なし/)
  })

  test('says which paper there may be, of a 接種券 and a 受診券 without a warning', () => {
    expect(absentText.medicalSubsidy).toEqual(answerText.absent)
    expect(absentText.vaccination.meaning).toMatch(/接種券・予診票/)
    expect(absentText.checkup.meaning).toMatch(/受診券/)
    for (const category of ['vaccination', 'checkup'] as const) {
      expect(absentText[category].meaning).not.toMatch(/受給者証/)
      expect(absentText[category].label).toBe('登録なし')
    }
  })

  test('of earlier, also of the same day, is never called today’s or not today’s', () => {
    for (const days of [0, 1, 21]) {
      const sentence = screen.cachedAt('11月23日 9:05', screen.daysAgo(days))
      expect(sentence).toContain('今回の回答ではありません')
      expect(sentence).not.toContain('今日')
    }
  })

  test('of a source that cannot be reached is not called empty', () => {
    expect(answerText.unreachable.label).not.toBe(answerText.absent.label)
    expect(answerText.unreachable.meaning).toContain('今回は照会できていません')
  })
})

test('states and advice are told apart by their words', () => {
  const advices = adviceSchema.shape.code.options.map((code) =>
    adviceText({ code, values: { yen: 5000, date: '2026-09-30', text: 'ウ' } }),
  )
  for (const texts of [Object.values(visitStateText), advices]) expect(new Set(texts).size).toBe(texts.length)
  for (const text of advices) expect(text).toMatch(/[。ウ]$/)
})

describe('the self-test', () => {
  test.each(checkNames)('%s: what stands on it names it while it is broken', (check) => {
    const { says, repair } = findingText({ code: 'because', check })
    expect(says).toBe(`「${checkText[check]}」が直るまで、確かめられません。`)
    expect(repair).toBeNull()
  })

  test('what failed says how it is mended, in whole sentences', () => {
    const found: readonly Finding[] = [
      { code: 'diskLow', megabytes: 90 },
      { code: 'auditBroken' },
      ...(['win32', 'darwin', 'other'] as const).map((platform) => ({ code: 'serviceDown' as const, platform })),
      { code: 'serviceMissing' },
      { code: 'noReader' },
      { code: 'readerWithoutDriver', name: 'Sony RC-S380/P' },
      { code: 'readerFaulty', name: 'Circle' },
      { code: 'hubFileMissing', field: 'hub.caFile' },
      { code: 'hubIdentityUnusable' },
      { code: 'certificateEnded', day: '2026-11-01' },
      { code: 'certificateNotYet', day: '2026-12-01' },
      { code: 'networkOff' },
      { code: 'nameUnknown', host: 'pmh.invalid', isProxy: false },
      { code: 'hubUnreachable', host: 'pmh.invalid' },
      { code: 'hubSilent' },
      { code: 'hubTroubled' },
      { code: 'hubAddressWrong' },
      ...(['date', 'name', 'ca', 'unknown'] as const).map((why) => ({ code: 'hubUntrusted' as const, why })),
      { code: 'hubRefusesClinic' },
      { code: 'proxyRefuses' },
      { code: 'clockOff', minutes: 60, isBehind: true },
      { code: 'terminalEncrypted', folder: 'res' },
      { code: 'requestsUntaken', count: 3 },
      { code: 'applicationEncrypts', file: 'encrypt.conf' },
      { code: 'applicationFaceOff' },
      { code: 'tooSlow' },
      { code: 'noDestination' },
      { code: 'failure', failure: { code: 'DESTINATION_NOT_READY', detail: { destination: 'a', field: 'caFile' } } },
    ]
    for (const finding of found) {
      const { says, repair } = findingText(finding)
      expect(says).toMatch(/。$/)
      expect(repair).toMatch(/。$/)
      expect(says + repair).not.toMatch(/undefined|null|NaN/)
      // Whoever reads it is who would be asked.
      expect(repair).not.toContain('システム担当者')
    }
  })
})

describe('the words of the house', () => {
  /** One word for one thing: what was said otherwise once, and how it is said. */
  const retired: readonly (readonly [RegExp, string])[] = [
    [/再試行/, 'もう一度＋動詞'],
    [/「もう一度」/, '「もう一度受け付ける」など、ボタンのとおりに'],
    [/連携済み|連携する/, '送信済み、送信する'],
    [/入力していただいて/, '入力をお願いして'],
    [/本人確認前/, '氏名未確認'],
    [/情報なし/, '登録なし'],
    [/受給者証等/, '受給者証'],
    [/クリックしてください|タップしてください/, '押してください'],
  ]

  test.each(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')))(
    'in %s are the ones that are used now',
    (name) => {
      const said = readFileSync(join(folder, name), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
      expect(retired.filter(([old]) => old.test(said)).map(([, now]) => now)).toEqual([])
    },
  )

  test('a form of a character that only a hidden sign chooses is not said to be another character', () => {
    expect(eligibilityScreen.substitute('葛\u{E0100}', '葛')).toBe('字形の符号を外して「葛」にする')
    expect(eligibilityScreen.substitute('𠮷', '吉')).toBe('「𠮷」は「吉」に置き換える')
  })
})
