// The outbox as every engine keeps it.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../src-main/ground/result.ts'
import { must } from '../../support.ts'
import { at, confirmedVisit, expireOn, moveDelivery, newDelivery, sha256 } from '../samples.ts'
import type { NewPlace } from './place.ts'

const moved = (state: 'queued' | 'publishing' | 'delivered' | 'conflict') => ({ state, failure: null, at })

export function outboxContract(newPlace: NewPlace): void {
  describe('the outbox', () => {
    test('gives each destination its undelivered rows, oldest first', async () => {
      const store = await newPlace().open()
      const [a, b, c, rejected] = [
        newDelivery('receipt'),
        newDelivery('receipt'),
        newDelivery('chart'),
        newDelivery('receipt', {
          state: 'rejected',
          failure: { code: 'TEXT_NOT_ENCODABLE' },
          payload: new Uint8Array(),
        }),
      ] as const
      await confirmedVisit(store, [a, rejected, c])
      await confirmedVisit(store, [b])
      const ids = async (destination: string, limit = 10) =>
        (await store.pendingDeliveries(destination, limit)).map(({ id }) => id)
      expect(await ids('receipt')).toEqual([a.id, b.id])
      expect(await ids('receipt', 1)).toEqual([a.id])
      expect(await ids('chart')).toEqual([c.id])
      await moveDelivery(store, a, moved('publishing'))
      expect(await ids('receipt')).toEqual([a.id, b.id])
      await moveDelivery(store, { ...a, state: 'publishing' }, moved('delivered'))
      await moveDelivery(store, b, moved('conflict'))
      expect(await ids('receipt')).toEqual([])
    })

    test('keeps the exact bytes of every file', async () => {
      const store = await newPlace().open()
      const payload = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      const delivery = newDelivery('receipt', { payload })
      await confirmedVisit(store, [delivery])
      expect(Uint8Array.from((await store.payload(delivery.id)) ?? [])).toEqual(payload)
      expect(await store.payload('unknown')).toBeNull()
      expect(await store.delivery('unknown')).toBeNull()
    })

    test('hands the visit over with its last file, not before', async () => {
      const store = await newPlace().open()
      const [a, b] = [newDelivery('receipt'), newDelivery('chart')] as const
      const visit = await confirmedVisit(store, [a, b])
      await moveDelivery(store, a, moved('delivered'), 'deliveryDelivered')
      expect((await store.visit(visit.id))?.visit.state).toBe('confirmed')
      await moveDelivery(store, b, moved('delivered'), 'deliveryDelivered')
      expect((await store.visit(visit.id))?.visit.state).toBe('handedOver')
    })

    test('remembers why a file is held up, and how often it was tried', async () => {
      const store = await newPlace().open()
      const delivery = newDelivery('receipt')
      await confirmedVisit(store, [delivery])
      const failure = { code: 'DESTINATION_MISSING', detail: { destination: 'receipt' } } as const
      await moveDelivery(store, delivery, { state: 'queued', failure, at, attempts: 3 })
      expect(await store.delivery(delivery.id)).toMatchObject({ state: 'queued', failure, attempts: 3 })
      await moveDelivery(store, delivery, moved('publishing'))
      expect(await store.delivery(delivery.id)).toMatchObject({ state: 'publishing', failure: null, attempts: 3 })
    })

    test('moves a file once: who comes second is told that it has moved', async () => {
      const store = await newPlace().open()
      const [a, b] = [newDelivery('receipt'), newDelivery('receipt')] as const
      const visit = await confirmedVisit(store, [a, b])
      const [first, second] = await Promise.all([
        store.moveDeliveries([
          { delivery: a, to: moved('publishing') },
          { delivery: b, to: moved('publishing') },
        ]),
        store.moveDeliveries([{ delivery: a, to: moved('conflict'), event: 'deliveryConflict' }]),
      ])
      expect([must(first), must(second)]).toEqual([[ok(undefined), ok(undefined)], [fail('DELIVERY_NOT_CURRENT')]])
      expect((await store.visit(visit.id))?.deliveries.map(({ state }) => state)).toEqual(['publishing', 'publishing'])
      expect((await store.auditTrail({ after: 0, limit: 10 })).map(({ event }) => event)).not.toContain(
        'deliveryConflict',
      )
    })

    test('gives what is delivered and not taken, and ends with the visit once all of it is', async () => {
      const store = await newPlace().open()
      const [a, b] = [newDelivery('receipt'), newDelivery('receipt')] as const
      const visit = await confirmedVisit(store, [a, b])
      for (const each of [a, b]) await moveDelivery(store, each, moved('delivered'))
      expect((await store.awaitedDeliveries('receipt', 10)).map(({ id }) => id)).toEqual([a.id, b.id])
      expect((await store.awaitedDeliveries('receipt', 1)).map(({ id }) => id)).toEqual([a.id])
      for (const each of [a, b]) {
        await moveDelivery(store, { ...each, state: 'delivered' }, { state: 'acknowledged', failure: null, at })
      }
      expect(await store.awaitedDeliveries('receipt', 10)).toEqual([])
      expect((await store.visit(visit.id))?.visit.state).toBe('acknowledged')
    })

    test('remembers a file that lies there and is nobody’s any more, until it has gone', async () => {
      const store = await newPlace().open()
      const [unwanted, expired] = [newDelivery('receipt'), newDelivery('receipt')] as const
      await confirmedVisit(store, [unwanted, expired])
      for (const each of [unwanted, expired]) await moveDelivery(store, each, moved('delivered'))
      await moveDelivery(store, { ...unwanted, state: 'delivered' }, { state: 'cancelled', failure: null, at })
      const left = ({ fileName, payload }: typeof unwanted) => ({ fileName, sha256: sha256(payload), deliveredAt: at })
      expect(await store.leftFiles('receipt', 10)).toEqual([left(unwanted)])
      for (const day of ['2026-12-31', '2027-01-07']) await expireOn(store, day)
      const both = await store.leftFiles('receipt', 10)
      expect(both.length).toBe(2)
      expect(both).toEqual(expect.arrayContaining([left(unwanted), left(expired)]))
      expect(await store.leftFiles('chart', 10)).toEqual([])
      must(await store.forgetLeftFiles('receipt', [left(unwanted)]))
      expect(await store.leftFiles('receipt', 10)).toEqual([left(expired)])
    })
  })
}
