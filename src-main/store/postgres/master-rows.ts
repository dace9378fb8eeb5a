// The rows of the national masters, at hand in the desk: judging a certificate does not wait for a line. They are public, some ten
// thousand, and change a few times a year.
import { z } from 'zod'
import { idsIn } from '../../ground/changes.ts'
import { ok } from '../../ground/result.ts'
import type { FeedListener } from '../feed.ts'
import type { LocalMasters } from '../local-masters.ts'
import { localSchemeRow, masterIssueRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { Topic } from '../sql/topic.ts'
import { statement } from '../sql/work.ts'

const standingRow = localSchemeRow.extend({
  payer_number: z.string(),
  valid_from: z.string(),
  valid_to: z.string(),
  from_issue: z.number(),
  until_issue: z.number().nullable(),
})
type Row = z.infer<typeof standingRow>

/** All of them: read at opening, and again when another issue has come. */
const everyRow = statement(`
  SELECT payer_number, valid_from, valid_to, from_issue, until_issue, content FROM local_schemes ORDER BY id`)

function* readAll() {
  const rows = z.array(standingRow).parse(yield* everyRow.all())
  return { issues: z.array(masterIssueRow).parse(yield* sql.masterIssues.all()), rows: Map.groupBy(rows, numberOf) }
}

const numberOf = ({ payer_number }: Row) => payer_number

export async function masterRows(
  { ledger }: Topic,
  { importMaster }: Pick<LocalMasters, 'importMaster'>,
): Promise<{
  readonly methods: Pick<LocalMasters, 'masterRowsOf' | 'importMaster'>
  /** Another desk may have imported one. */
  readonly follow: FeedListener
  /** They have changed otherwise. */
  readonly readAnew: () => Promise<void>
}> {
  let known = await ledger.read(readAll)
  const methods: Pick<LocalMasters, 'masterRowsOf' | 'importMaster'> = {
    async importMaster(...given) {
      const imported = await importMaster(...given)
      if (!imported.ok) return imported
      known = await ledger.read(readAll)
      return ok(undefined)
    },
    masterRowsOf(payerNumber, day) {
      const { issues, rows } = known
      const issue = issues.find(({ issuedOn }) => issuedOn <= day) ?? issues.at(-1)
      if (!issue) return []
      return (rows.get(payerNumber) ?? [])
        .filter(({ valid_from, valid_to }) => valid_from <= day && day <= valid_to)
        .filter(({ from_issue: from, until_issue: until }) => from <= issue.id && (until === null || until > issue.id))
        .map(({ content }) => content)
    },
  }
  const readAnew = async () => {
    known = await ledger.read(readAll)
  }
  return {
    methods,
    readAnew,
    async follow(heard) {
      if (idsIn(heard, 'masters')?.length !== 0) await readAnew()
    },
  }
}
