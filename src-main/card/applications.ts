// Every application and file of the card that this agent may select, in one table. The guard of rule 1 lies here: a file
// that is not in the table cannot be named, and the two that hold the 12-digit number are not in it.
// Source: public reverse engineering, see the facts in docs (the official specification is disclosed on application).

export const jpki = {
  /** 公的個人認証 */
  aid: Uint8Array.of(0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01),
  files: {
    /** 利用者証明用電子証明書, DER, free to read */
    authenticationCertificate: 0x000a,
    /** 利用者証明用秘密鍵, RSA-2048 */
    authenticationKey: 0x0017,
    /** Its PIN: 4 digits, 3 tries */
    authenticationPin: 0x0018,
  },
} as const

export type JpkiFile = keyof typeof jpki.files
