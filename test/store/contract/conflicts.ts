// What a person has to look at after a desk was away. How there come to be any: test/store/postgres-away-merge.test.ts.
import { describe, expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import { at } from '../samples.ts'
import type { NewPlace } from './place.ts'

export function conflictsContract(newPlace: NewPlace): void {
  describe('conflicts', () => {
    test('are none where nobody was away, and one that is not there is not looked at', async () => {
      const store = await newPlace().open()
      expect(await store.conflicts()).toEqual([])
      expect(await store.resolveConflict('nobody’s', { at })).toEqual(fail('REQUEST_INVALID', { field: 'conflictId' }))
    })

    test('have a site whose rows can be brought there, or none', async () => {
      const { site } = await newPlace().open()
      expect(site === null || site.desk.id !== '').toBe(true)
    })
  })
}
