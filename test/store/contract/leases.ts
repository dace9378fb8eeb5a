// What one desk does for all, as every engine gives it: to a desk alone, everything. What several desks are to one another:
// test/store/postgres-desks.test.ts.
import { describe, expect, test } from 'vitest'
import { must } from '../../support.ts'
import type { NewPlace } from './place.ts'

export function leasesContract(newPlace: NewPlace): void {
  describe('leases', () => {
    test('a desk alone has whatever work it asks for, and keeps it', async () => {
      const store = await newPlace().open()
      for (const what of ['retention', 'destination receipt'] as const) {
        expect(must(await store.lease(what))).toMatchObject({ what })
      }
      expect(must(await store.seize('terminal folder'))).toMatchObject({ what: 'terminal folder' })
      expect(store.siteName === null).toBe(store.beatMs === null)
      const { elsewhere } = must(await store.beat())
      expect(elsewhere).toEqual([])
      expect(store.beatMs === null || store.beatMs > 0).toBe(true)
    })

    test('what is given up or ended can be had again', async () => {
      const place = newPlace()
      const store = await place.open()
      const lease = must(await store.lease('bookings'))
      if (!lease) throw new Error('nobody else is there')
      must(await store.giveUp(lease))
      expect(must(await store.lease('bookings'))).not.toBeNull()
      must(await store.leave())
      store.close()
      expect(must(await (await place.open()).lease('bookings'))).not.toBeNull()
    })
  })
}
