// How often a desk waits for its server: every message there and back costs the line's time, and most of them keep all other desks
// of the site waiting too.
import { expect, test } from 'vitest'
import { storeCheckIn } from '../bench/store-check-in.ts'
import { openLine } from '../postgres/line.ts'
import { newSite } from '../postgres/server.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { openDesk } from './site-desks.ts'

test.skipIf(!hasPostgres())('a check-in waits for the server fifteen times', async () => {
  let trips = 0
  let isAnswered = true
  const { host } = await openLine(postgres(), {
    from: 'socket',
    to: 'socket',
    cutsBefore() {
      if (isAnswered) trips++
      isAnswered = false
      return false
    },
    hears() {
      isAnswered = true
    },
  })
  const desk = await openDesk({ ...newSite(postgres()), host }, 'desk')
  await storeCheckIn(desk, 1)
  trips = 0
  await storeCheckIn(desk, 2)
  expect(trips).toBeLessThanOrEqual(15)
})
