// How often a desk waits for its server: every message there and back costs the line's time, and most of them keep all other desks
// of the site waiting too.
import { expect, test } from 'vitest'
import { storeCheckIn } from '../bench/store-check-in.ts'
import { openLine } from '../postgres/line.ts'
import { newSite } from '../postgres/server.ts'
import { newVisit } from './new-visit.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { openDesk } from './site-desks.ts'

/** A desk over a socket, where the trips can be counted. */
async function countedDesk() {
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
  return {
    desk,
    async tripsOf(work: () => Promise<unknown>): Promise<number> {
      const before = trips
      await work()
      return trips - before
    },
  }
}

test.skipIf(!hasPostgres())('a check-in waits for the server fifteen times', async () => {
  const { desk, tripsOf } = await countedDesk()
  await storeCheckIn(desk, 1)
  expect(await tripsOf(() => storeCheckIn(desk, 2))).toBeLessThanOrEqual(15)
})

test.skipIf(!hasPostgres())('a day is read with three trips, however many visits it has', async () => {
  const { desk, tripsOf } = await countedDesk()
  for (let number = 1; number <= 3; number++) await storeCheckIn(desk, number)
  const { day } = newVisit()
  expect(await desk.visitsOfDay(day)).toHaveLength(3)
  expect(await tripsOf(() => desk.visitsOfDay(day))).toBeLessThanOrEqual(3)
})
