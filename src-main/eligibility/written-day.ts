// A day as people and programs in Japan write it, in either calendar. Nothing is guessed: what could be two days is none.
import { eras, yearBefore } from './calendar.ts'

/**
 * YYYY-MM-DD of `1979-11-24`, `1979/11/24`, `19791124`, `昭和54年11月24日`, `S54.11.24` or `S541124`; null for anything else.
 */
export function writtenDay(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .toUpperCase()
    .replace(/^../, (start) => eras.find(({ name }) => name === start)?.letter ?? start)
    .replace('元年', '1年')
  const match =
    /^([MTSHR]?)(\d{1,4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/.exec(plain) ??
    /^([MTSHR])(\d{2})(\d{2})(\d{2})$/.exec(plain) ??
    /^()(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (!match) return null
  const [, letter = '', year = '', month = '', day = ''] = match
  const era = eras.find((each) => each.letter === letter)
  // Two digits without an era could be any century's.
  if (era === undefined ? year.length !== 4 : year.length > 2) return null
  const iso = `${Number(year) + (era ? yearBefore(era) : 0)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(iso) ? iso : null
}

/** The eras as receipt computers number them: 昭和 is 3. */
const letters: Readonly<Record<string, string>> = { 1: 'M', 2: 'T', 3: 'S', 4: 'H', 5: 'R' }

/** The same as somebody types it who sees what was understood, also `3541124` as at a receipt computer. */
export const typedDay = (text: string): string | null =>
  writtenDay(text.normalize('NFKC').replace(/^\s*([1-5])(?=\d{6}\s*$)/, (_, number) => letters[number] ?? ''))
