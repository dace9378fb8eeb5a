// The national masters of local schemes: an issue is imported in one transaction, and writes only what differs from the one
// before.
import { z } from 'zod'
import type { LocalMasters } from '../local-masters.ts'
import { read } from './database.ts'
import { localSchemeRow, masterIssueRow, masterStandingRow, numberedRow } from './rows.ts'
import type { Topic } from './topic.ts'

const noEnd = '9999-12-31'

export function localMasters({ sql, ledger }: Topic): LocalMasters {
  const issues = () => z.array(masterIssueRow).parse(sql.masterIssues.all())
  const standing = () => z.array(masterStandingRow).parse(sql.masterStanding.all())
  /** Asked with every judgement, and changed a few times a year. */
  let known: ReturnType<typeof issues> | null = null
  return {
    async masterIssues() {
      return read(() => issues().map(({ issuedOn, importedAt, count }) => ({ issuedOn, importedAt, count })))
    },
    async masterStanding() {
      return read(standing)
    },
    async importMaster(issue, rows, { at }) {
      known = null
      return ledger.write(() => {
        const before = new Set(standing().map(({ digest }) => digest))
        const { id } = numberedRow.parse(sql.addMasterIssue.get({ ...issue }))
        for (const row of rows) {
          if (before.delete(row.digest)) continue
          const { validFrom, validTo } = row
          sql.addLocalScheme.run({ ...row, validFrom: validFrom ?? '', validTo: validTo ?? noEnd, issue: id })
        }
        for (const digest of before) sql.endLocalScheme.run(id, digest)
        ledger.addAudit('', null, { at, event: 'masterImported' })
      })
    },
    masterRowsOf(payerNumber, day) {
      return read(() => {
        known ??= issues()
        const issue = known.find(({ issuedOn }) => issuedOn <= day) ?? known.at(-1)
        if (!issue) return []
        const rows = sql.localSchemesOf.all({ payerNumber, day, issue: issue.id })
        return z
          .array(localSchemeRow)
          .parse(rows)
          .map(({ content }) => content)
      })
    },
  }
}
