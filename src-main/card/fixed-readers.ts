// What a system lists as a reader although nobody can lay a card on it: its card never leaves. Windows Hello and virtual
// smart cards of the TPM, the SIM of a computer with mobile network, security keys in a USB port. A card in one of them is
// nobody's at the counter, and holding it would lock its owner out of signing in.
const fixed = [
  /^Windows Hello\b/i,
  /^Microsoft Virtual Smart Card\b/i,
  // The SIM.
  /\bUICC\b/i,
  /\bYubi[ck]/i,
  /\bNitrokey\b/i,
  /\b(?:SafeNet|Aladdin) (?:e?Token)\b/i,
]

/** `name` as the system lists it. */
export const isFixedReader = (name: string): boolean => fixed.some((pattern) => pattern.test(name))
