// Characters that nobody sees and that change what is read: control characters, line ends of other systems (U+0085, U+2028),
// marks that turn the writing direction, joiners and fillers without width, what Unicode keeps for itself (U+FFFE), half a
// surrogate pair. No name has one. A receipt computer may split a line at it, refuse the whole file, or show another name
// than it stores; so no file carries one, and the screen shows it as what it is.

/**
 * Tab, line feed and carriage return are text here; a line of a file allows none of these either. A variation selector is
 * seen: it is the form of the character before it. Not all joiners and fillers are of a kind with a name (U+034F, U+3164);
 * what they have in common is that nothing is drawn for them (Default_Ignorable_Code_Point, DI).
 */
const hidden =
  /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{DI}]--[\t\n\r\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]]/v
const everyHidden = new RegExp(hidden, 'gv')

export const hasHiddenCharacter = (text: string): boolean => hidden.test(text)

/** With every hidden character as its code: `山〔U+202E〕田`. */
export const showHidden = (text: string): string =>
  hasHiddenCharacter(text) ? text.replace(everyHidden, (one) => `〔${codePointName(one)}〕`) : text

const codePointName = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Every text inside a plain value, changed by `change`; `field`: the property it stands in. */
export function mapTexts<T>(value: T, change: (text: string, field: string) => string, field?: string): T
export function mapTexts(value: unknown, change: (text: string, field: string) => string, field = ''): unknown {
  if (typeof value === 'string') return change(value, field)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, field))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, key)]))
}

/** The property that holds a text with a hidden character, anywhere inside a plain value; null: there is none. */
export function hiddenField(value: object, field = ''): string | null {
  for (const [key, item] of Object.entries(value)) {
    const name = Array.isArray(value) ? field : key
    if (typeof item === 'string') {
      if (hasHiddenCharacter(item)) return name
    } else if (typeof item === 'object' && item !== null) {
      const found = hiddenField(item, name)
      if (found !== null) return found
    }
  }
  return null
}
