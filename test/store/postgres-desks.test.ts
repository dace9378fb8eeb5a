// Several desks on one site's store: who does what for all, and what becomes of it when a desk sleeps or is killed. Nothing here
// waits for eight seconds to pass: the server is told that they have.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { type Lease, silentMs } from '../../src-main/store/leases.ts'
import { leases, makeDeskKnown } from '../../src-main/store/postgres/leases.ts'
import type { Runner } from '../../src-main/store/postgres/runner.ts'
import type { Store } from '../../src-main/store/store.ts'
import { fault } from '../faults.ts'
import { openLine } from '../postgres/line.ts'
import { newSite } from '../postgres/server.ts'
import { must } from '../support.ts'
import { hasPostgres, openTestServer, postgres, siteDesk } from './postgres-server.ts'
import { at, confirmedVisit, moveDelivery, newDelivery, newVisit } from './samples.ts'
import { anHourPasses, openDesk } from './site-desks.ts'

function had(lease: Lease | null): Lease {
  if (!lease) throw new Error('another desk has it')
  return lease
}

const receipt = 'destination receipt'
const step = (state: 'queued' | 'publishing' | 'delivered') => ({ state, failure: null, at })

describe.skipIf(!hasPostgres())('work that one desk does for all', () => {
  test('is one desk’s at a time, until it gives it up or ends', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site, 'one'), await openDesk(site, 'other')]
    const given = await Promise.all([one, other, one, other].map((desk) => desk.lease('bookings')))
    expect(new Set(given.map(must).map((lease) => lease !== null && 'given')).size).toBe(2)
    const lease = had(must(await one.lease(receipt)))
    expect(must(await other.lease(receipt))).toBeNull()
    expect(must(await one.beat()).ours).toContainEqual(lease)
    expect(must(await other.beat()).elsewhere).toContain(receipt)
    must(await one.giveUp(lease))
    const next = had(must(await other.lease(receipt)))
    expect(next.fence).toBeGreaterThan(lease.fence)
    must(await other.leave())
    expect(had(must(await one.lease(receipt))).fence).toBeGreaterThan(next.fence)
  })

  test('works that a desk asks for at the same moment are of one run of it, and all of them count', async () => {
    const site = newSite(postgres())
    const desk = await openDesk(site, 'one')
    const whats = ['registrations', 'owedAnswers', 'retention', receipt] as const
    const leases = await Promise.all(whats.map((what) => desk.lease(what)))
    expect(
      must(await desk.beat())
        .ours.map(({ what }) => what)
        .toSorted(),
    ).toEqual([...whats].toSorted())
    expect(leases.map((lease) => had(must(lease)).fence)).toEqual([1, 1, 1, 1])
  })

  test('a run whose beginning threw is begun again', async () => {
    const server = await openTestServer(newSite(postgres()))
    must(await makeDeskKnown(server, siteDesk))
    let isBroken = true
    const runWriting: Runner['runWriting'] = async (work) => {
      if (isBroken) throw new Error('a bug')
      return server.runWriting(work)
    }
    const desk = leases({ ...server, runWriting }, siteDesk, 'site')
    await Promise.all([desk.beat(), desk.lease('bookings')].map((asked) => expect(asked).rejects.toThrow('a bug')))
    isBroken = false
    const [lease, standing] = [had(must(await desk.lease('bookings'))), must(await desk.beat())]
    expect(standing.ours).toEqual([lease])
  })

  test('a desk without any work asks for its server, too', async () => {
    const line = await openLine(postgres(), { from: '127.0.0.1', to: 'tcp' })
    const desk = await openDesk({ ...newSite(postgres()), host: line.host, port: line.port }, 'one')
    expect(must(await desk.beat())).toMatchObject({ ours: [], elsewhere: [], soonestMs: null })
    line.refuse(true)
    line.cut()
    expect(await desk.beat()).toEqual(fail('STORE_UNREACHABLE'))
  })

  fault('sleep', 'A desk sleeps for an hour and wakes up while another one does its work', {
    seen: 'LEASE_LOST',
    data: 'It writes nothing of what the other one does by now; no file goes out twice.',
    recovery: 'The other desk goes on; nothing is to be done.',
  })
  test('a desk that slept and wakes with an old lease writes nothing, and does not get it back by being heard of', async () => {
    const site = newSite(postgres())
    const [asleep, other] = [await openDesk(site, 'asleep'), await openDesk(site, 'other')]
    const delivery = newDelivery('receipt')
    const visit = await confirmedVisit(asleep, [delivery])
    const before = {
      receipt: had(must(await asleep.lease(receipt))),
      registrations: had(must(await asleep.lease('registrations'))),
      bookings: had(must(await asleep.lease('bookings'))),
      retention: had(must(await asleep.lease('retention'))),
      owedAnswers: had(must(await asleep.lease('owedAnswers'))),
    }
    const move = (lease: Lease) => asleep.moveDeliveries([{ delivery, to: step('publishing'), lease }])
    await anHourPasses(site)
    // Also where nobody has taken it over yet.
    expect(must(await move(before.receipt))).toEqual([fail('LEASE_LOST')])
    for (const { what } of Object.values(before)) expect(must(await other.lease(what))).not.toBeNull()
    const { ours, elsewhere, soonestMs } = must(await asleep.beat())
    expect([ours, elsewhere]).toEqual([[], expect.arrayContaining([receipt])])
    expect(soonestMs).toBeGreaterThan(0)
    expect(soonestMs).toBeLessThanOrEqual(silentMs)

    expect(must(await move(before.receipt))).toEqual([fail('LEASE_LOST')])
    const registration = {
      id: 'registration',
      visitId: visit.id,
      name: '',
      change: { action: 'cancel', handle: { recordId: 'record', version: 1 } },
      reason: null,
      state: 'queued',
      failure: null,
      handle: null,
      createdAt: at,
      updatedAt: at,
    } as const
    expect(await asleep.saveRegistration(registration, before.registrations)).toEqual(fail('LEASE_LOST'))
    const run = { list: 'one', requery: null }
    expect(await asleep.moveBookings(run, [], before.bookings)).toEqual(fail('LEASE_LOST'))
    expect(
      await asleep.retain({ at: '2030-01-01T09:00:00.000+09:00', before: '2030-01-01' }, before.retention),
    ).toEqual(fail('LEASE_LOST'))
    expect((await other.visit(visit.id))?.deliveries[0]?.state).toBe('queued')
    expect((await other.visit(visit.id))?.registrations).toEqual([])
    expect(await other.bookings()).toBeNull()
  })

  fault('sleep', 'A desk sleeps while it watches the terminal for all', {
    seen: 'TERMINAL_FILE_KNOWN',
    data: 'Each result is one visit, whoever reads it.',
    recovery: 'Another desk takes the folder over.',
  })
  test('a desk that slept while it had a terminal’s folder makes no visit of a result, and the next one does', async () => {
    const site = newSite(postgres())
    const [asleep, other] = [await openDesk(site, 'asleep'), await openDesk(site, 'other')]
    expect(asleep.siteName).toBe(other.siteName)
    const what = 'terminal folder'
    const file = { name: 'OQSsiquc01res_face_1.xml', sha256: 'a'.repeat(64), isRead: true }
    const take = (desk: Store, lease: Lease) =>
      desk.saveVisit(newVisit({ state: 'choosing' }), [{ at, event: 'choosing' }], { file, lease })
    const before = had(must(await asleep.lease(what)))
    await anHourPasses(site)
    expect(await take(asleep, before)).toEqual(fail('LEASE_LOST'))
    expect(await other.terminalFiles(file.name)).toEqual([])
    const now = had(must(await other.lease(what)))
    must(await take(other, now))
    // A person has said so: it need not be silent before.
    const seized = had(must(await asleep.seize(what)))
    expect(seized.fence).toBeGreaterThan(now.fence)
    expect(await take(other, now)).toEqual(fail('LEASE_LOST'))
    // Also where the two of them know the folder by different names.
    expect(await take(asleep, seized)).toEqual(fail('TERMINAL_FILE_KNOWN'))
    expect(await asleep.choosingVisits()).toHaveLength(1)
  })

  fault('agents', 'A desk dies in the middle of bringing a file', {
    seen: 'nothing',
    class: 'transient',
    data: 'The file is neither lost nor brought twice.',
    recovery: 'Another desk takes up what was begun.',
  })
  test('a desk whose line is dead loses it, and what it had begun is taken up by the next one', async () => {
    const site = newSite(postgres())
    const line = await openLine(postgres(), { from: '127.0.0.1', to: 'tcp' })
    const [cutOff, other] = [await openDesk({ ...site, ...line }, 'cut off'), await openDesk(site, 'other')]
    const delivery = newDelivery('receipt')
    await confirmedVisit(cutOff, [delivery])
    const lease = had(must(await cutOff.lease(receipt)))
    expect(must(await cutOff.moveDeliveries([{ delivery, to: step('publishing'), lease }]))).toEqual([ok(undefined)])
    line.freeze()
    const publishing = { ...delivery, state: 'publishing' } as const
    const late = cutOff.moveDeliveries([{ delivery: publishing, to: step('delivered'), lease }])
    expect(must(await other.lease(receipt))).toBeNull()
    await anHourPasses(site)
    const next = had(must(await other.lease(receipt)))
    expect(await other.pendingDeliveries('receipt', 10)).toMatchObject([{ id: delivery.id, state: 'publishing' }])
    line.close()
    line.cut()
    expect((await late).ok).toBe(false)
    expect(must(await other.moveDeliveries([{ delivery: publishing, to: step('delivered'), lease: next }]))).toEqual([
      ok(undefined),
    ])
  })

  test('a desk that was killed has it again at once, and its earlier run has not', async () => {
    const site = newSite(postgres())
    const killed = await openDesk(site, 'one')
    const lease = had(must(await killed.lease(receipt)))
    const again = await openDesk(site, 'one')
    const next = had(must(await again.lease(receipt)))
    expect(next.fence).toBeGreaterThan(lease.fence)
    expect(must(await killed.lease(receipt))).toBeNull()
    expect(must(await killed.beat()).ours).toEqual([])
    must(await killed.giveUp(lease))
    must(await killed.leave())
    expect(must(await again.beat()).ours).toEqual([next])
  })

  test('a file waits for its own desk to take the decision back, before another one brings it', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site, 'one'), await openDesk(site, 'other')]
    const delivery = newDelivery('receipt')
    await confirmedVisit(one, [delivery])
    const seen = async (desk: Store) => (await desk.pendingDeliveries('receipt', 10)).length
    expect([await seen(one), await seen(other)]).toEqual([1, 0])
    await anHourPasses(site)
    expect([await seen(one), await seen(other)]).toEqual([1, 1])
    // What a person does about it they do at whichever desk, and nobody needs a lease for it.
    expect(await moveDelivery(other, delivery, { ...step('queued'), failure: { code: 'DESTINATION_BUSY' } })).toEqual(
      ok(undefined),
    )
  })
})

describe.skipIf(!hasPostgres())('a visit of another desk', () => {
  fault('agents', 'Two desks want to go on with one visit', {
    seen: 'VISIT_ELSEWHERE',
    data: 'It stays at the desk that has it.',
    recovery: 'The other desk asks for it, or takes it up once it has ended.',
  })
  test('is not gone on with while it is open, nor ended by whoever starts', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site, 'one'), await openDesk(site, 'other')]
    const visit = must(await one.saveVisit(newVisit(), [{ at, event: 'reading' }]))
    const ended = { ...visit, state: 'failed' } as const
    expect(await other.openVisits()).toEqual([])
    expect(await one.openVisits()).toEqual([visit])
    expect(await other.saveVisit(ended, [{ at, event: 'failed' }])).toEqual(fail('VISIT_ELSEWHERE'))
    must(await one.saveVisit(ended, [{ at, event: 'failed' }]))
    // Begun once more it is the other one's.
    must(await other.saveVisit(visit, [{ at, event: 'reading' }]))
    expect([await one.openVisits(), await other.openVisits()]).toEqual([[], [visit]])
    expect(await one.saveVisit(ended, [{ at, event: 'failed' }])).toEqual(fail('VISIT_ELSEWHERE'))
  })

  test('gets the answer it is owed from whichever desk asks, and stays where it is', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site, 'one'), await openDesk(site, 'other')]
    const visit = must(await one.saveVisit(newVisit({ state: 'offline' }), [{ at, event: 'offline' }]))
    const answered = { ...visit, state: 'answered' } as const
    must(await other.saveVisit(answered, [{ at, event: 'answered' }]))
    // Who asked at the same time comes too late.
    expect(await one.saveVisit(answered, [{ at, event: 'answered' }])).toEqual(fail('VISIT_NOT_CURRENT'))
    expect((await one.openVisits()).map(({ id }) => id)).toEqual([visit.id])
    expect(await other.openVisits()).toEqual([])
  })
})
