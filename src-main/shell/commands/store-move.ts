// The whole store of a desk to its site's server, and back: what was moved is told table by table, so that it can be compared and kept.
import { z } from 'zod'
import { systemClock } from '../../ground/clock.ts'
import { ok } from '../../ground/result.ts'
import { moveStore } from '../../store/moving.ts'
import { maintenance } from '../../words/maintenance.ts'
import { moving as text } from '../../words/moving.ts'
import { inColumns } from '../options.ts'
import { done } from '../said.ts'
import { dataCommand } from './command.ts'

export const storeMove = dataCommand({
  name: 'store move',
  about: text.about,
  notes: [text.whileAllEnded, text.sourceStays],
  operands: {},
  options: { to: { value: 'site|desk', about: text.to, schema: z.enum(['site', 'desk']) } },
  async run({ to }, place) {
    const moved = await moveStore({ ...place, clock: systemClock }, to)
    if (!moved.ok) return moved
    const { tables, trail, file } = moved.value
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    return ok(
      done({ to, ...moved.value }, [
        to === 'site' ? text.toSite(rows) : text.toDesk(rows),
        text.proved,
        '',
        ...inColumns(tables.map((each) => [each.table, `${text.rows(each.rows)} ${each.sha256}`] as const)),
        '',
        maintenance.trailWhole(trail.rows),
        ...(to === 'site' ? text.afterSite(file) : text.afterDesk(file)),
      ]),
    )
  },
})
