// The numbers of a 公費: 公費負担者番号 = 法別番号 2 + 都道府県番号 2 + 実施機関番号 3 + 検証番号 1, national 公費受給者番号 = 6 + 検証番号 1
// (診療報酬請求書等の記載要領 別添). Municipalities type them freely, and some schemes ignore the check digit: what is odd
// here only ever becomes a warning.

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
