// The number on an error screen: short enough for the telephone, and the same one stands in the log at the lines that tell what
// happened. Of a visit or a file it is made from the id, so that both sides know it without being told; a call that was refused
// gets one of its own.

/** `482-163`, for an id as the store makes them (FNV-1a, six digits of it). Alike ones are told apart by their days. */
export function referenceOf(id: string): string {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  const digits = String((hash >>> 0) % 1_000_000).padStart(6, '0')
  return `${digits.slice(0, 3)}-${digits.slice(3)}`
}

export const newReference = (): string => referenceOf(crypto.randomUUID())

/** As somebody has typed or read it out, also in wide digits or without its line; null: it is none. */
export function typedReference(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}−ー]/gu, '')
  return /^[0-9]{6}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : null
}
