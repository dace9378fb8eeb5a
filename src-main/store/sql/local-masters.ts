// The national masters of local schemes: an issue is imported in one transaction, and writes only what differs from the one
// before.
import { z } from 'zod'
import type { LocalMasters } from '../local-masters.ts'
import { localSchemeRow, masterIssueRow, masterStandingRow, numberedRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import { statement, type Work } from './work.ts'

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

// Asked once in a store's life, where a rehearsal ends.
const dropIssue = statement('DELETE FROM master_issues WHERE id = ?')
const dropOwnRows = statement('DELETE FROM local_schemes WHERE from_issue = @issue AND until_issue <= @next')
const dropAllRows = statement('DELETE FROM local_schemes WHERE from_issue = ?')
const handOnRows = statement('UPDATE local_schemes SET from_issue = @next WHERE from_issue = @issue')
const goOnUntil = statement('UPDATE local_schemes SET until_issue = @next WHERE until_issue = @issue')

/**
 * Inside a transaction. The invented issues go, as if they had never been imported; what they share with the one after them is that
 * one's, and what they ended goes on to it. How many there were.
 */
export function* dropSamples(): Work<number> {
  const known = (yield* issues()).toReversed()
  const samples = known.filter(({ isSample }) => isSample)
  for (const { id: issue } of samples) {
    const next = known.find(({ id }) => id > issue)?.id ?? null
    if (next === null) yield* dropAllRows.run(issue)
    else {
      yield* dropOwnRows.run({ issue, next })
      yield* handOnRows.run({ issue, next })
    }
    yield* goOnUntil.run({ issue, next })
    yield* dropIssue.run(issue)
  }
  return samples.length
}

/** `masterRowsOf` is each engine's own: judging does not wait. */
export function localMasters({ ledger }: Topic): Omit<LocalMasters, 'masterRowsOf'> {
  return {
    async masterIssues() {
      return ledger.read(function* () {
        return (yield* issues()).map(({ id, ...issue }) => issue)
      })
    },
    async masterStanding() {
      return ledger.read(standing)
    },
    async importMaster(issue, rows, { at }) {
      return ledger.write(function* () {
        const before = new Set((yield* standing()).map(({ digest }) => digest))
        const { id } = numberedRow.parse(yield* sql.addMasterIssue.get({ ...issue, isSample: issue.isSample ? 1 : 0 }))
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
