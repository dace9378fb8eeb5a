// What a desk is told of others' changes: of its own nothing.
import { describe, expect, test } from 'vitest'
import type { Heard } from '../../../src-main/ground/changes.ts'
import { must } from '../../support.ts'
import { confirmedVisit, newDelivery, newVisit } from '../samples.ts'
import type { NewPlace } from './place.ts'

export function feedContract(newPlace: NewPlace): void {
  describe('the feed', () => {
    test('tells a desk nothing of what it has changed itself, and nothing any more once nobody watches', async () => {
      const store = await newPlace().open()
      const heard: Heard[] = []
      const end = store.watch(async (each) => void heard.push(each))
      must(await store.saveVisit(newVisit(), []))
      await confirmedVisit(store, [newDelivery('receipt')])
      expect(await store.openVisits()).toHaveLength(1)
      end()
      must(await store.saveVisit(newVisit(), []))
      expect(heard).toEqual([])
    })
  })
}
