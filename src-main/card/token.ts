// What holds the key, as the card itself says it.

/** The plastic card, or the one inside a telephone. */
export type Token = 'card' | 'android' | 'iphone'

/** File 0006, 32 bytes padded with spaces. */
const tokens: Readonly<Record<string, Token>> = {
  JPKIAPICCTOKEN2: 'card',
  JPKIAPGPSETOKEN: 'android',
  JPKIAPIOSTOKEN: 'iphone',
}
export const tokenLength = 32

/** Undefined: a kind that did not exist when this was written. */
export const tokenIn = (content: Uint8Array): Token | undefined =>
  tokens[Buffer.from(content).toString('latin1').trimEnd()]
