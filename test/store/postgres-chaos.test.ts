// A short life of a hospital in which everything goes wrong once (test/postgres/chaos): real desks in processes that are killed, on a
// server of their own that is killed, too. The long one is `npm run test:postgres -- --chaos`.
import { expect, test } from 'vitest'
import { chaos } from '../postgres/chaos/chaos.ts'
import { disturbanceKinds } from '../postgres/chaos/disturbances.ts'
import { hasPostgres } from './postgres-server.ts'

test.skipIf(!hasPostgres())(
  'desks, server and lines are hit in every way: nothing is lost, nothing doubled, no number missing, no lease left',
  async () => {
    const visits = 48
    const report = await chaos({
      visits,
      desks: 4,
      processes: 2,
      seed: 20_261_123,
      length: 'short',
      atMostMs: Number.POSITIVE_INFINITY,
      say: () => undefined,
    })
    expect(report.findings).toEqual([])
    expect(report.visits).toBeGreaterThanOrEqual(visits)
    expect(report.confirmed).toBeGreaterThan(visits / 2)
    expect(report.files).toBeGreaterThanOrEqual(report.confirmed)
    expect(report.disturbances).toEqual({
      forGood: 1,
      ...Object.fromEntries(disturbanceKinds.map((kind) => [kind, 1])),
    })
    // The first two at least meet a desk that has still to write.
    expect(report.commitsBroken).toBeGreaterThanOrEqual(2)
  },
)
