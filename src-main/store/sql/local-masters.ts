// The national masters of local schemes: an issue is imported in one transaction, and writes only what differs from the one
// before.
import { z } from 'zod'
import type { LocalMasters } from '../local-masters.ts'
import { localSchemeRow, masterIssueRow, masterStandingRow, numberedRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import type { Work } from './work.ts'

const noEnd = '9999-12-31'

function* issues() {
  return z.array(masterIssueRow).parse(yield* sql.masterIssues.all())
}

function* standing() {
  return z.array(masterStandingRow).parse(yield* sql.masterStanding.all())
}

/** The rows of one 公費負担者番号 as they stand in the issue that counts on a day. */
export function* masterRowsOf(payerNumber: string, day: string): Work<readonly string[]> {
  const known = yield* issues()
  const issue = known.find(({ issuedOn }) => issuedOn <= day) ?? known.at(-1)
  if (!issue) return []
  const rows = z.array(localSchemeRow).parse(yield* sql.localSchemesOf.all({ payerNumber, day, issue: issue.id }))
  return rows.map(({ content }) => content)
}

/** `masterRowsOf` is each engine's own: judging does not wait. */
export function localMasters({ ledger }: Topic): Omit<LocalMasters, 'masterRowsOf'> {
  return {
    async masterIssues() {
      return ledger.read(function* () {
        return (yield* issues()).map(({ issuedOn, importedAt, count }) => ({ issuedOn, importedAt, count }))
      })
    },
    async masterStanding() {
      return ledger.read(standing)
    },
    async importMaster(issue, rows, { at }) {
      return ledger.write(function* () {
        const before = new Set((yield* standing()).map(({ digest }) => digest))
        const { id } = numberedRow.parse(yield* sql.addMasterIssue.get({ ...issue }))
        for (const row of rows) {
          if (before.delete(row.digest)) continue
          const { validFrom, validTo } = row
          yield* sql.addLocalScheme.run({ ...row, validFrom: validFrom ?? '', validTo: validTo ?? noEnd, issue: id })
        }
        for (const digest of before) yield* sql.endLocalScheme.run(id, digest)
        yield* ledger.addAudit('', null, { at, event: 'masterImported' })
      })
    },
  }
}
