// What was exchanged with the 資格確認端末.
import { z } from 'zod'
import type { TerminalFile, TerminalNotes } from '../terminal.ts'
import { read } from './database.ts'
import { terminalFileRow } from './rows.ts'
import type { Topic } from './topic.ts'

/** Inside a transaction. */
export function addTerminalFile({ sql }: Topic, { name, sha256, isRead }: TerminalFile, day: string): void {
  sql.addTerminalFile.run(name, sha256, isRead ? 1 : 0, day)
}

export function terminalNotes(topic: Topic): TerminalNotes {
  const { sql, ledger } = topic
  return {
    async terminalFiles(name) {
      return read(() => z.array(terminalFileRow).parse(sql.terminalFiles.all(name)))
    },
    async noteTerminalFile(file, day) {
      return ledger.write(() => addTerminalFile(topic, file, day))
    },
    async nextTerminalRequest(day) {
      return ledger.write(() => ledger.nextTerminalRequest(day))
    },
  }
}
