// A visit between desks, as every engine gives it: a desk alone has nobody to ask. What several desks do with one another's visits:
// test/store/postgres-asking.test.ts.
import { expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import { must } from '../../support.ts'
import { at, newVisit } from '../samples.ts'
import type { NewPlace } from './place.ts'

export function askingContract(newPlace: NewPlace): void {
  test('a desk alone has nobody to ask, to answer, or to take a visit from', async () => {
    const store = await newPlace().open()
    const visit = must(await store.saveVisit(newVisit(), [{ at, event: 'reading' }]))
    for (const act of [store.askForVisit, store.withdrawAsk, store.keepVisit, store.giveVisit, store.takeOverVisit]) {
      expect(await act(visit.id, { at })).toEqual(fail('VISIT_NOT_CURRENT'))
    }
    const stored = await store.visit(visit.id)
    expect(stored).toMatchObject({ visit, askedBy: null })
    expect(await store.openVisitsOfSite()).toEqual([visit])
  })
}
