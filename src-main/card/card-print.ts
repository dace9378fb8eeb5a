// What is printed on the card, as its chip holds it (券面事項確認, file 0002), opened by 照合番号B: staff compare it with the
// card and the person in front of them. The signature in the file is not checked: its issuer keys are not public, and
// the eyes of staff are the check here.
import { fail, ok, type Result } from '../ground/result.ts'
import { type CardSex, readDate, readHolderFile, readSex } from './holder-file.ts'
import { readPng, writePng } from './png.ts'

export interface CardPrint {
  /** 生年月日, `YYYY-MM-DD`. */
  readonly birthDate: string
  /** 性別 */
  readonly sex: CardSex
  /** 氏名 as printed: a grey PNG, written by us from the pixels of the card's. */
  readonly namePng: Uint8Array
  /** 住所 as printed: a grey PNG, likewise. */
  readonly addressPng: Uint8Array
  /** 顔写真: JPEG 2000 as the card gave it, hostile; only the photo decoder may look into it. */
  readonly photo: Uint8Array
  /** The card's last day (有効期限), `YYYY-MM-DD`. Lies outside the signature. */
  readonly validTo: string
}

const tags = { birthDate: 0xdf22, sex: 0xdf23, name: 0xdf25, address: 0xdf26, photo: 0xdf27, validTo: 0xdf29 }

/** `file` is the whole file, filler included or not. Errors: CARD_RESPONSE_INVALID. */
export function parseCardPrint(file: Uint8Array): Result<CardPrint> {
  const objects = readHolderFile(file)
  const birthDate = readDate(objects?.get(tags.birthDate))
  const sex = readSex(objects?.get(tags.sex))
  const name = readPng(objects?.get(tags.name) ?? new Uint8Array())
  const address = readPng(objects?.get(tags.address) ?? new Uint8Array())
  const photo = objects?.get(tags.photo)
  const validTo = readDate(objects?.get(tags.validTo))
  if (!birthDate || !sex || !name || !address || !photo || !validTo) return fail('CARD_RESPONSE_INVALID')
  return ok({ birthDate, sex, namePng: writePng(name), addressPng: writePng(address), photo, validTo })
}
