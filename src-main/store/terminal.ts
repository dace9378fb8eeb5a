// The port to what was exchanged with the 資格確認端末: which of its files were seen, and the numbers of our requests.
import type { Result } from '../ground/result.ts'

/** A file of the terminal, by its name and the SHA-256 of its bytes (lower-case hex). */
export interface TerminalFile {
  readonly name: string
  readonly sha256: string
  /** A person's answer was taken from it. */
  readonly isRead: boolean
}

export interface TerminalNotes {
  /** Every content that came under this name and was taken note of. */
  terminalFiles(name: string): Promise<readonly TerminalFile[]>
  /** Takes note of a file that makes no visit, on a clinic day. Errors: STORE_ codes. */
  noteTerminalFile(file: TerminalFile, day: string): Promise<Result<void>>
  /** 1, 2, 3 … within a clinic day, each once, also after a restart. Errors: STORE_ codes. */
  nextTerminalRequest(day: string): Promise<Result<number>>
}
