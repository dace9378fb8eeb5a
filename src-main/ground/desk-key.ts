// The row of the audit trail by which a desk makes its key known to its site, as it is written down: the public key, what proves
// that somebody with the site's key has written it, the desk's id, and how people call its computer.

export interface DeskKeyRow {
  /** Base64url. */
  readonly publicKey: string
  /** Lower-case hex. */
  readonly proof: string
  readonly desk: string
  readonly name: string
}

export const deskKeyText = ({ publicKey, proof, desk, name }: DeskKeyRow): string =>
  [publicKey, proof, desk, name].join(' ')

const pattern = /^(?<publicKey>[\w-]{43}) (?<proof>[0-9a-f]{64}) (?<desk>\S+) (?<name>.*)$/

/** null: it is none. */
export function deskKeyIn(text: string): DeskKeyRow | null {
  const { publicKey, proof, desk, name } = pattern.exec(text)?.groups ?? {}
  return publicKey && proof && desk && name !== undefined ? { publicKey, proof, desk, name } : null
}

/** Short enough to be read out on the telephone. */
export const shortKey = (publicKey: string): string => publicKey.slice(0, 8)
