// What was exchanged with the 資格確認端末.
import { z } from 'zod'
import type { TerminalFile, TerminalNotes } from '../terminal.ts'
import { terminalFileRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import type { Work } from './work.ts'

/** Inside a transaction. */
export function* addTerminalFile({ name, sha256, isRead }: TerminalFile, day: string): Work<void> {
  yield* sql.addTerminalFile.tell(name, sha256, isRead ? 1 : 0, day)
}

/** Inside a transaction: whoever reads the same file a second time, under whatever name its folder has there. */
export function* isKnownFile({ name, sha256 }: TerminalFile): Work<boolean> {
  return z
    .array(terminalFileRow)
    .parse(yield* sql.terminalFiles.all(name))
    .some((file) => file.sha256 === sha256)
}

export function terminalNotes({ ledger }: Topic): TerminalNotes {
  return {
    async terminalFiles(name) {
      return ledger.read(function* () {
        return z.array(terminalFileRow).parse(yield* sql.terminalFiles.all(name))
      })
    },
    async noteTerminalFile(file, day) {
      return ledger.write(() => addTerminalFile(file, day))
    },
    async nextTerminalRequest(day) {
      return ledger.write(() => ledger.nextTerminalRequest(day))
    },
  }
}
