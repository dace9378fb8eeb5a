// The statements of what is counted.
import { writtenStates } from '../../../ground/states.ts'
import { statement } from '../work.ts'
import { list, nothingUnderWay, withoutHints } from './conditions.ts'

const code = "json_extract(failure, '$.code')"
const withoutAnswer = `state IN (${list(['failed', 'offline'])})`
/** Spelt as in the condition of the index deliveries_unwritten. */
const unwritten = `state NOT IN (${list(writtenStates)})`
/** Visits that this mark deletes. */
const goes = `kept_from < @before AND ${nothingUnderWay}`
const going = `SELECT id FROM visits WHERE ${goes}`
const month = (day: string) => `substr(${day}, 1, 7)`
const added = 'ON CONFLICT (month, kind, key) DO UPDATE SET n = month_counts.n + excluded.n'

/** Through the index of the few files that are not through, and not through all visits. */
const unwrittenFiles = `visits CROSS JOIN deliveries AS file INDEXED BY deliveries_unwritten
      ON file.visit_id = visits.id AND file.${unwritten}`

/** Counts what is `from`. SQLite adds one row at a time, so that nothing has to be sorted; PostgreSQL adds to a row only once. */
function kept(month: string, kind: string, key: string, from: string) {
  const into = 'INSERT INTO month_counts (month, kind, key, n)'
  return statement(
    `${into} SELECT ${month}, ${kind}, ${key}, 1 FROM ${from} ${added}`,
    `${into} SELECT ${month}, ${kind}, ${key}, count(*) FROM ${withoutHints(from)} GROUP BY 1, 2, 3 ${added}`,
  )
}

const hinted = (text: string) => statement(text, withoutHints(text))

export const countsStatements = {
  addTally: statement(`
    INSERT INTO tallies (day, kind, key, visit_id) VALUES (@day, @kind, @key, @id) ON CONFLICT DO NOTHING`),
  dropTally: statement('DELETE FROM tallies WHERE visit_id = @id AND kind = @kind'),
  noteCardUse: statement(`
    INSERT INTO card_uses (month, "user", visit_id) VALUES (@month, @user, @id)
    ON CONFLICT (visit_id) DO UPDATE SET "user" = excluded."user"`),
  dropCardUse: statement('DELETE FROM card_uses WHERE visit_id = ?'),

  talliesOfDay: statement('SELECT kind, key, count(*) AS n FROM tallies WHERE day = ? GROUP BY kind, key'),
  statesOfDay: statement('SELECT state, count(*) AS n FROM visits WHERE day = ? GROUP BY state'),
  failuresOfDay: statement(
    `SELECT state, ${code} AS code FROM visits WHERE day = ? AND ${withoutAnswer} AND failure IS NOT NULL`,
  ),
  unwrittenOfDay: hinted(`
    SELECT file.state, json_extract(file.failure, '$.code') AS code
    FROM deliveries AS file INDEXED BY deliveries_unwritten CROSS JOIN visits ON visits.id = file.visit_id
    WHERE file.${unwritten} AND visits.day = ?`),
  keptCounts: statement('SELECT kind, key, n FROM month_counts WHERE month = ?'),
  usersOfMonth: statement('SELECT count(DISTINCT "user") AS value FROM card_uses WHERE month = ?'),
  keptUsers: statement("SELECT coalesce(sum(n), 0) AS value FROM month_counts WHERE month = ? AND kind = 'cardUsers'"),
  firstDay: statement('SELECT min(day) AS day FROM visits'),
  firstKeptDay: statement(`
    SELECT min(key) AS day FROM month_counts WHERE month = (SELECT min(month) FROM month_counts) AND kind = 'day'`),
  // A row for each month of the clinic.
  claims: statement('SELECT month, count FROM claims ORDER BY month DESC'),
  saveClaims: statement(`
    INSERT INTO claims (month, count, entered_at) VALUES (@month, @count, @at)
    ON CONFLICT (month) DO UPDATE SET count = excluded.count, entered_at = excluded.entered_at`),
  dropClaims: statement('DELETE FROM claims WHERE month = ?'),

  // What stays of visits that go.
  monthsGoing: statement(`SELECT ${month('day')} AS month FROM visits WHERE ${goes}`),
  keepTallies: kept(month('day'), 'kind', 'key', `tallies WHERE visit_id IN (${going})`),
  keepStates: kept(month('day'), "'visit'", 'state', `visits WHERE ${goes}`),
  keepDays: kept(month('day'), "'day'", 'day', `visits WHERE ${goes}`),
  keepFailures: kept(
    month('day'),
    "'failure'",
    code,
    `visits WHERE ${goes} AND ${withoutAnswer} AND failure IS NOT NULL`,
  ),
  keepUnwritten: kept(month('visits.day'), "'undelivered'", 'file.state', `${unwrittenFiles} WHERE ${goes}`),
  keepFileFailures: kept(
    month('visits.day'),
    "'failure'",
    "json_extract(file.failure, '$.code')",
    `${unwrittenFiles} WHERE ${goes} AND file.failure IS NOT NULL`,
  ),
  // Whoever may come again in a month that is not over is known by nothing but the keyed hash until then.
  keepUsersOfMonth: statement(`
    INSERT INTO card_uses (month, "user") SELECT month, "user" FROM card_uses AS gone
    WHERE visit_id IN (${going}) AND month >= @month AND NOT EXISTS (SELECT 1 FROM card_uses AS other
      WHERE other.month = gone.month AND other."user" = gone."user" AND other.visit_id IS NULL)`),
  monthsOver: hinted(`
    SELECT month FROM card_uses INDEXED BY card_uses_without_visit WHERE visit_id IS NULL AND month < ?`),
  dropUsersOfMonth: statement('DELETE FROM card_uses WHERE visit_id IS NULL AND month = ?'),
  keepUsers: statement(`
    INSERT INTO month_counts (month, kind, key, n) VALUES (@month, 'cardUsers', '', @n) ${added}`),
}
