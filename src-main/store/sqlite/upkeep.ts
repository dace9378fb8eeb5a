// Looking after the open database itself.
import type { Upkeep } from '../upkeep.ts'
import { checkStore } from './check.ts'
import { copyDatabase } from './copies.ts'
import { read } from './database.ts'
import type { OpenDatabase } from './opening.ts'
import { auditHeadRow } from './rows.ts'

/** `key`: the database's own, which its copies get too. Wiped at the end. */
export function upkeep(open: OpenDatabase, key: Uint8Array): Upkeep {
  const { database, sql, ledger } = open
  return {
    check: () => checkStore(open),
    auditHead: () => read(() => auditHeadRow.optional().parse(sql.lastAudit.get()) ?? null),
    commits: ledger.commits,
    copyTo: (file) => copyDatabase(database, key, file),
    close() {
      ledger.close()
      database.close()
      key.fill(0)
    },
  }
}
