// What a check-in asks of the store, without the person, the card and the hub: the same transactions in the same order as a desk's
// (card in, asking for the PIN, confirmed with its answer and two files, both files on their way and there), on either engine.
import { randomUUID } from 'node:crypto'
import type { Result } from '../../src-main/ground/result.ts'
import type { DeliveryState } from '../../src-main/ground/states.ts'
import type { Store } from '../../src-main/store/store.ts'
import { at, newVisit, registered } from '../store/new-visit.ts'

const done = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

const person = (number: number) => ({
  ref: `hub-ref-${number}`,
  name: '髙﨑　陽翔',
  nameKana: `タカサキ　ハルト${number}`,
  birthDate: '2021-02-28',
  sex: 'male' as const,
})

const newFile = (format: 'csv' | 'json') => {
  const id = randomUUID()
  return {
    ...{ id, destination: `receipt-${format}`, format, failure: null, fileName: `${id}.${format}` },
    state: 'queued' as const,
    // As large as an import file of one patient.
    payload: Buffer.alloc(2_048, 'x'),
  } as const
}

/** In milliseconds. `number`: whose turn it is; a new person for each. */
export async function storeCheckIn(store: Store, number: number): Promise<number> {
  const start = performance.now()
  const visit = done(await store.saveVisit(newVisit(), [{ at, event: 'reading' }]))
  const patient = person(number)
  const asked = { ...visit, state: 'asking' as const }
  done(await store.saveVisit({ ...visit, state: 'identifying' }, [{ at, event: 'identifying' }]))
  done(await store.saveVisit(asked, [{ at, event: 'asking' }]))
  await store.known(patient.ref)
  const files = [newFile('csv'), newFile('json')]
  const answers = {
    medicalSubsidy: { state: 'present' as const, items: [registered] },
    vaccination: { state: 'absent' as const },
    checkup: { state: 'absent' as const },
  }
  const eligibility = { patient, asOf: visit.day, fetchedAt: at, source: 'pmh' as const, answers }
  const audit = [
    { at, event: 'answered' as const },
    { at, event: 'confirmed' as const },
  ]
  done(await store.saveVisit({ ...asked, state: 'confirmed', patient }, audit, { eligibility, deliveries: files }))
  let from: DeliveryState = 'queued'
  for (const state of ['publishing', 'delivered'] as const) {
    const to = { state, failure: null, at, ...(state === 'publishing' && { attempts: 1 }) }
    for (const moved of done(
      await store.moveDeliveries(files.map(({ id }) => ({ delivery: { id, state: from }, to }))),
    ))
      done(moved)
    from = state
  }
  return performance.now() - start
}
