// Who holds the card. By 照合番号B: the printed face with its photo, and the same in text, for a patient who cannot use the
// PIN; staff compare. The number opens both applications, and goes to the second only when it was right in the first. By
// the input aid's own PIN: the text alone, where there is nobody else to ask who the patient is.
import type { FailureCode } from '../ground/failures.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { type CardFile, faceCheck, inputAid } from './applications.ts'
import { type CardAttributes, parseAttributes } from './attributes.ts'
import { type CardPrint, parseCardPrint } from './card-print.ts'
import { firstBlock, readOn } from './file-reading.ts'
import { holderFileLength } from './holder-file.ts'
import { createPin } from './pin.ts'
import type { CardSession } from './session.ts'

export interface Holder {
  readonly face: CardPrint
  readonly attributes: CardAttributes
}

/** As far as the offset of a READ BINARY reaches, 15 bits; real photos have a fraction of it. */
const contentLength = { of: holderFileLength, limit: 32_768 }
const numberRules = { digits: 14, tries: 10 }
const pinRules = { file: inputAid.pin, digits: 4, tries: 3 }
/** What a failure of a PIN is called when it is this number. */
const codes: Partial<Record<FailureCode, FailureCode>> = {
  PIN_WRONG: 'FACE_CODE_WRONG',
  PIN_LAST_TRY: 'FACE_CODE_LAST_TRY',
  PIN_BLOCKED: 'FACE_CODE_BLOCKED',
}

/**
 * `number` is 照合番号B in ASCII and is wiped. Errors: FACE_CODE_WRONG (with triesLeft), FACE_CODE_LAST_TRY (only one left
 * and not allowed), FACE_CODE_BLOCKED, CARD_RESPONSE_INVALID, and what a session says.
 */
export async function readHolder(
  session: CardSession,
  number: Uint8Array,
  options: { readonly spendLastTry: boolean },
): Promise<Result<Holder>> {
  const open = async (lock: CardFile, file: CardFile): Promise<Result<Uint8Array>> => {
    const pin = createPin(session, { file: lock, ...numberRules })
    const opened = await pin.verify(Uint8Array.from(number), options, [firstBlock(file)])
    if (opened.ok) return readOn(session, file, opened.value[0], contentLength)
    const { code, detail } = opened.error
    return fail(codes[code] ?? code, detail)
  }
  try {
    const faceFile = await open(faceCheck.verificationNumberB, faceCheck.face)
    if (!faceFile.ok) return faceFile
    const face = parseCardPrint(faceFile.value)
    if (!face.ok) return face
    const textFile = await open(inputAid.verificationNumberB, inputAid.attributes)
    if (!textFile.ok) return textFile
    const attributes = parseAttributes(textFile.value)
    if (!attributes.ok) return attributes
    // Two files of one card that say different things are no identification.
    const isOnePerson = attributes.value.birthDate === face.value.birthDate && attributes.value.sex === face.value.sex
    return isOnePerson ? ok({ face: face.value, attributes: attributes.value }) : fail('CARD_RESPONSE_INVALID')
  } finally {
    number.fill(0)
  }
}

/**
 * 氏名・住所・生年月日・性別 by the PIN of 券面事項入力補助 (ASCII digits, wiped). Errors: those of a PIN (PIN_FORMAT, PIN_WRONG,
 * PIN_LAST_TRY, PIN_BLOCKED), CARD_RESPONSE_INVALID, and what a session says.
 */
export async function readAttributes(
  session: CardSession,
  pin: Uint8Array,
  options: { readonly spendLastTry: boolean },
): Promise<Result<CardAttributes>> {
  const file = inputAid.attributes
  const opened = await createPin(session, pinRules).verify(pin, options, [firstBlock(file)])
  if (!opened.ok) return opened
  const content = await readOn(session, file, opened.value[0], contentLength)
  return content.ok ? parseAttributes(content.value) : content
}
