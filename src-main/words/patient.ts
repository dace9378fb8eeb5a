// What patients read on the screens that are turned to them, in the languages they can choose. Japanese stands first: a page
// begins with it, and goes back to it for the next patient.
import { chinese } from './patient/chinese.ts'
import { easyJapanese } from './patient/easy-japanese.ts'
import { english } from './patient/english.ts'
import { japanese } from './patient/japanese.ts'
import { korean } from './patient/korean.ts'
import type { PatientWords } from './patient/sentences.ts'
import { vietnamese } from './patient/vietnamese.ts'

export type { PatientWords, PinWords, Said } from './patient/sentences.ts'

/**
 * `name`: as its speakers write it. `tag`: for the page, whose fonts and voice go by it (BCP 47; Easy Japanese is read out
 * as Japanese).
 */
export const languages = {
  japanese: { name: '日本語', tag: 'ja', words: japanese },
  easyJapanese: { name: 'やさしい日本語', tag: 'ja', words: easyJapanese },
  english: { name: 'English', tag: 'en', words: english },
  chinese: { name: '中文', tag: 'zh-Hans', words: chinese },
  korean: { name: '한국어', tag: 'ko', words: korean },
  vietnamese: { name: 'Tiếng Việt', tag: 'vi', words: vietnamese },
} as const satisfies Record<string, { readonly name: string; readonly tag: string; readonly words: PatientWords }>

export type Language = keyof typeof languages
