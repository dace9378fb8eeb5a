// The four attributes in the card's input aid (券面事項入力補助, file 0002), opened by its PIN or by 照合番号B. All four must
// be there and readable: half a person is no person.
import { fail, ok, type Result } from '../ground/result.ts'
import { type CardSex, readDate, readHolderFile, readSex } from './holder-file.ts'

export interface CardAttributes {
  /** 氏名, family and given name with a full-width space between them where the card has one. */
  readonly name: string
  /** 住所 */
  readonly address: string
  /** 生年月日, `YYYY-MM-DD`. */
  readonly birthDate: string
  /** 性別 */
  readonly sex: CardSex
}

const tags = { name: 0xdf22, address: 0xdf23, birthDate: 0xdf24, sex: 0xdf25 }

/** `file` is the whole file, filler included or not. Errors: CARD_RESPONSE_INVALID. */
export function parseAttributes(file: Uint8Array): Result<CardAttributes> {
  const objects = readHolderFile(file)
  const name = readText(objects?.get(tags.name))
  const address = readText(objects?.get(tags.address))
  const birthDate = readDate(objects?.get(tags.birthDate))
  const sex = readSex(objects?.get(tags.sex))
  if (!name || address === null || !birthDate || !sex) return fail('CARD_RESPONSE_INVALID')
  return ok({ name, address, birthDate, sex })
}

/** UTF-8; null if it is not, or holds control characters, which no name has and which could forge lines of a file. */
function readText(bytes: Uint8Array | undefined): string | null {
  if (!bytes) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return /\p{Cc}/u.test(text) ? null : text
  } catch {
    return null
  }
}
