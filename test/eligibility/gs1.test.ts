import { expect, test } from 'vitest'
import { lotOf } from '../../src-main/eligibility/gs1.ts'

test.each([
  ['a lot that was typed', 'ABC123', 'ABC123'],
  ['a lot of digits', '0112345', '0112345'],
  ['a vial’s bar code', '0104987123456786172712311012X45', '12X45'],
  ['one with its lot first', '010498712345678610LOT7\u001d17271231', 'LOT7'],
  ['one with the scanner’s prefix', ']d20104987123456786172712311012X45', '12X45'],
  ['one typed with brackets', '(01)04987123456786(17)271231(10)12X45', '12X45'],
  ['one with a serial number in front', '010498712345678621SN9\u001d1012X45', '12X45'],
])('%s gives the lot', (_name, text, lot) => {
  expect(lotOf(text)).toBe(lot)
})
