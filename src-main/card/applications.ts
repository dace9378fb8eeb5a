// Every application and file of the card that this agent may select, in one table. The guard of rule 1 lies here: what is
// not in the table cannot be sent, and the two files that hold the 12-digit number are not in it.
// Source: public reverse engineering, see the facts in docs (the official specification is disclosed on application).

/** One file of one application. */
export interface CardFile {
  /** Application identifier in lower-case hex. */
  readonly aid: string
  readonly id: number
}

const application = <Name extends string>(
  aid: string,
  files: Record<Name, number>,
): Readonly<Record<Name, CardFile>> => {
  const table = {} as Record<Name, CardFile>
  for (const name in files) table[name] = { aid, id: files[name] }
  return table
}

/** 公的個人認証 */
export const jpki = application('d392f000260100000001', {
  /** Which kind of token this is, 32 bytes, free to read. */
  token: 0x0006,
  /** 利用者証明用電子証明書, DER, free to read. */
  authenticationCertificate: 0x000a,
  /** The certificate of its CA, DER, free to read. */
  authenticationCa: 0x000b,
  /** 利用者証明用秘密鍵, RSA-2048. */
  authenticationKey: 0x0017,
  /** Its PIN: 4 digits, 3 tries. */
  authenticationPin: 0x0018,
})

/** 券面事項入力補助. Its file 0001 holds the 12-digit number. */
export const inputAid = application('d3921000310001010408', {
  /** 氏名・住所・生年月日・性別 as text, opened by the PIN or by 照合番号B. */
  attributes: 0x0002,
  /** 4 digits, 3 tries. */
  pin: 0x0011,
  /** 照合番号B: 14 digits, 10 tries. */
  verificationNumberB: 0x0015,
})

/** 券面事項確認. Its file 0005 is an image of the 12-digit number. */
export const faceCheck = application('d3921000310001010402', {
  /** What is printed on the card, with the photo, opened by 照合番号B. */
  face: 0x0002,
  /** 照合番号B: 14 digits, 10 tries. */
  verificationNumberB: 0x0012,
})

const listed = [jpki, inputAid, faceCheck].flatMap((files) => Object.values(files))

const instruction = { select: 0xa4, readBinary: 0xb0, verify: 0x20, sign: 0x2a, getResponse: 0xc0 }
const instructions = new Set(Object.values(instruction))

/**
 * Whether a command may go to the card at all: one of the five instructions this agent needs, an application and file
 * of the table, and no reading by short file identifier, which would reach a file without selecting it. Changing or
 * unblocking a PIN is not among them.
 */
export function isAllowed(command: Uint8Array): boolean {
  const [, code = 0, p1 = 0, , length = 0] = command
  if (command.length < 4 || !instructions.has(code)) return false
  if (code === instruction.readBinary) return p1 < 0x80
  if (code !== instruction.select) return true
  const name = Buffer.from(command.subarray(5, 5 + length)).toString('hex')
  if (p1 === 0x04) return listed.some(({ aid }) => aid === name)
  // 0001 and 0005 are in no application of the table, so it does not matter which one is selected.
  return p1 === 0x02 && listed.some(({ id }) => id.toString(16).padStart(4, '0') === name)
}
