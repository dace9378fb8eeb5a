// 照合番号B, the 14 digits that open what is printed on the card to those who hold it: made only of what stands on its face.
// A wrong one costs one of ten tries, so nothing is sent that cannot be right. 照合番号A is the 12-digit number: there is no
// way to ask for it here.
import { eras, yearBefore } from '../eligibility/calendar.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { readDate } from './holder-file.ts'

export interface CardFront {
  /** 生年月日, `YYYY-MM-DD`. */
  readonly birthDate: string
  /**
   * How the year of birth is printed: `era` as the Japanese year, `western` on cards of foreign nationals. Both give two
   * digits. That the number follows the print is known for `era`; for `western` it is taken over from the 住民基本台帳カード.
   */
  readonly printedYear: 'era' | 'western'
  /** 有効期限 of the card (not of a certificate): the year, four digits. */
  readonly expiryYear: string
  /** The four digits below the photo. */
  readonly securityCode: string
}

const year = (date: string) => Number(date.slice(0, 4))
const fourDigits = /^[0-9]{4}$/

/** The 14 digits in ASCII, to be wiped after use by the caller. Errors: REQUEST_INVALID with the name of the field. */
export function verificationNumberB(front: CardFront): Result<Uint8Array> {
  const { birthDate, printedYear, expiryYear, securityCode } = front
  const era = eras.find(({ firstDay }) => firstDay <= birthDate)
  const isDay = readDate(Buffer.from(birthDate.replaceAll('-', ''), 'latin1')) === birthDate
  if (!isDay || !era) return fail('REQUEST_INVALID', { field: 'birthDate' })
  if (!fourDigits.test(expiryYear)) return fail('REQUEST_INVALID', { field: 'expiryYear' })
  if (!fourDigits.test(securityCode)) return fail('REQUEST_INVALID', { field: 'securityCode' })
  const printed = printedYear === 'era' ? year(birthDate) - yearBefore(era) : year(birthDate) % 100
  const birth = String(printed).padStart(2, '0') + birthDate.slice(5, 7) + birthDate.slice(8)
  return ok(new Uint8Array(Buffer.from(birth + expiryYear + securityCode, 'latin1')))
}
