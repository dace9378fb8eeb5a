// The numbers of a 公費: 公費負担者番号 = 法別番号 2 + 都道府県番号 2 + 実施機関番号 3 + 検証番号 1, national 公費受給者番号 = 6 + 検証番号 1
// (診療報酬請求書等の記載要領 別添). Municipalities type them freely, and some schemes ignore the check digit: what is odd
// here only ever becomes a warning with its reason, and the text stays as it is, byte for byte.

/**
 * 検証番号 for the digits before it: from the right, weights 2, 1, 2, 1 …; a two-digit product counts as its digit sum.
 * `body` holds ASCII digits only.
 */
export function checkDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (product > 9 ? product - 9 : product)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}

export const hasRightCheckDigit = (number: string): boolean => checkDigit(number.slice(0, -1)) === number.slice(-1)

export const isPayerNumber = (text: string): boolean => /^[0-9]{8}$/.test(text)

export const isNationalRecipientNumber = (text: string): boolean => /^[0-9]{7}$/.test(text)

/** What is odd about a 公費負担者番号 as typed; the reasons in the order in which staff would see them. */
export function payerNumberFaults(text: string | null) {
  if (text === null) return ['PAYER_NUMBER_MISSING'] as const
  if (!/^[0-9]+$/.test(text)) {
    // Digits all the same, only typed wide, with spaces or hyphens: another reason than a foreign text.
    const isDressed = /^[0-9]+$/.test(text.normalize('NFKC').replace(/[\s\-‐－]/g, ''))
    return [isDressed ? 'PAYER_NUMBER_WIDTH' : 'PAYER_NUMBER_MALFORMED'] as const
  }
  if (text.length !== 8) return ['PAYER_NUMBER_LENGTH'] as const
  const isPrefecture = Number(text.slice(2, 4)) >= 1 && Number(text.slice(2, 4)) <= 47
  return [
    ...(isPrefecture ? [] : (['PAYER_NUMBER_PREFECTURE'] as const)),
    ...(hasRightCheckDigit(text) ? [] : (['PAYER_NUMBER_CHECK_DIGIT'] as const)),
  ]
}

/** What is odd about a 公費受給者番号; only national schemes promise seven digits with a check digit. */
export function recipientNumberFaults(text: string | null, isNational: boolean) {
  if (text === null) return ['RECIPIENT_NUMBER_MISSING'] as const
  if (!isNational) return []
  if (!isNationalRecipientNumber(text)) return ['RECIPIENT_NUMBER_MALFORMED'] as const
  return hasRightCheckDigit(text) ? [] : (['RECIPIENT_NUMBER_CHECK_DIGIT'] as const)
}
