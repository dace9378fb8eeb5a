// What a desk wrote while it was away comes to its site: once, whatever breaks, and over nothing that others have changed.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Patient } from '../../src-main/eligibility/model.ts'
import { actingFor } from '../../src-main/ground/acting.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { isUnmerged, mergeAway } from '../../src-main/store/away/away.ts'
import type { Store } from '../../src-main/store/store.ts'
import type { VisitRow } from '../../src-main/store/visits.ts'
import { entryOf } from '../eligibility/cap/rows.ts'
import { openLine } from '../postgres/line.ts'
import { newSite } from '../postgres/server.ts'
import { must } from '../support.ts'
import { type AwayDesk, awayDesk } from './away-desk.ts'
import { hasPostgres, postgres } from './postgres-server.ts'
import { at, confirmedVisit, day, eligibility, moveDelivery, newDelivery, newVisit, patient } from './samples.ts'
import { openDesk } from './site-desks.ts'

const personOf = (name: string): Patient => ({ ...patient, ref: `hub-ref-${name}`, name, nameKana: name })
const certificate = Buffer.from('a certificate')
const card = { certificate, expiresOn: '2026-12-31', endsOn: '2027-03-31' }
const sheet = {
  patientRef: patient.ref,
  certificate: { payerNumber: '54136015', recipientNumber: '5401609' },
  month: day.slice(0, 7),
}

const link = async (store: Store, visit: VisitRow, number: string, isMoved = false) =>
  must(await store.linkPatientNumber({ visitId: visit.id, number, isMoved, at }))
const seen = async (store: Store, person: Patient, more: Parameters<Store['saveVisit']>[2] = {}) =>
  must(
    await store.saveVisit(newVisit({ state: 'answered', patient: person }), [{ at, event: 'answered' }], {
      eligibility: { ...eligibility, patient: person },
      ...more,
    }),
  )

/** With what lies in its folder as it was before. */
function snapshot({ options }: AwayDesk) {
  const folder = join(options.dataDir, 'away')
  const kept = join(options.dataDir, 'kept')
  cpSync(folder, kept, { recursive: true })
  return () => {
    rmSync(folder, { recursive: true })
    cpSync(kept, folder, { recursive: true })
  }
}

async function ids(store: Store) {
  return (await store.visitsOfDay(day)).map(({ visit }) => visit.id)
}

describe.skipIf(!hasPostgres())('what was written away', () => {
  test('comes to the site whole, with its files as they are, its trail of then, and only once', async () => {
    const site = newSite(postgres())
    const [desk, colleague] = [await awayDesk(site, 'one'), await openDesk(site, 'other')]
    const before = await confirmedVisit(desk.store, [newDelivery('receipt')])
    await desk.copy()
    const away = await desk.goAway()
    const mine = away.store
    const files = ['delivered', 'publishing', 'queued'].map(() => newDelivery('receipt'))
    const [delivered, publishing, queued] = files
    if (!delivered || !publishing || !queued) throw new Error('three files')
    const visit = await actingFor({ staffId: 's', desk: 2 }, () => confirmedVisit(mine, files))
    await moveDelivery(mine, delivered, { state: 'delivered', failure: null, at, place: '/there' }, 'deliveryDelivered')
    await moveDelivery(mine, publishing, { state: 'publishing', failure: null, at })
    must(await mine.noteVisit(visit.id, '金曜日にお会計', { at }))
    await link(mine, visit, '0012')
    must(await mine.addCapRow(sheet, entryOf(), { visitId: visit.id, seen: 0 }))
    must(await mine.saveClaimOrder(['54', '88'], { at }))
    const stood = await mine.visit(visit.id)
    away.store.close()
    // Meanwhile.
    const theirs = await confirmedVisit(colleague, [newDelivery('receipt')], { patient: personOf('other') })

    expect(must(await mergeAway(desk.store, desk.options))).toEqual({ since: away.since, visits: 1, conflicts: 0 })
    expect(isUnmerged(desk.options.dataDir)).toBe(false)
    expect(must(await mergeAway(desk.store, desk.options))).toBeNull()
    expect(await colleague.visit(visit.id)).toEqual({ ...stood, desk: 'one' })
    expect(stood?.deliveries.map(({ state }) => state)).toEqual(['delivered', 'publishing', 'queued'])
    expect(await colleague.payload(queued.id)).toEqual(new Uint8Array(queued.payload))
    expect(new Set(await ids(colleague))).toEqual(new Set([before.id, theirs.id, visit.id]))
    expect((await colleague.patientNumber(patient.ref, null))?.number).toBe('0012')
    expect(await colleague.capRows(sheet)).toHaveLength(1)
    expect(await colleague.claimOrders()).toEqual([['54', '88']])
    expect((await colleague.pendingDeliveries('receipt', 9)).map(({ id }) => id)).not.toContain(queued.id)
    expect((await desk.store.pendingDeliveries('receipt', 9)).map(({ id }) => id)).toContain(queued.id)

    must(await colleague.check())
    const trail = await colleague.auditTrail({ after: 0, limit: 100 })
    const from = trail.findIndex(({ event }) => event === 'deskWentAway')
    const [went, ...then] = trail.slice(from)
    expect(went).toMatchObject({ about: 'oneのパソコン', at: away.since })
    expect(then.map(({ event }) => event)).toEqual([
      ...['confirmed', 'deliveryQueued', 'deliveryQueued', 'deliveryQueued', 'deliveryDelivered', 'noted'],
      ...['patientNumberLinked', 'capEntered', 'settingChanged', 'deskCameBack'],
    ])
    expect(then[0]).toMatchObject({ at, staffId: 's', desk: 2, visitId: visit.id })
    expect(then.at(-1)).toMatchObject({ about: 'visits 1' })
  })

  test('is taken over by nobody where both have changed something: the site’s stays, and a person looks', async () => {
    const site = newSite(postgres())
    const [desk, colleague] = [await awayDesk(site, 'one'), await openDesk(site, 'other')]
    const [both, taken, moved] = [personOf('both'), personOf('taken'), personOf('moved')]
    await link(colleague, await seen(colleague, both), '1')
    await seen(colleague, moved, { card })
    must(await colleague.addCapRow(sheet, entryOf(), { visitId: 'v', seen: 0 }))
    await desk.copy()
    const away = await desk.goAway()
    const visits = [
      await seen(away.store, both),
      await seen(away.store, taken),
      await seen(away.store, patient, { card }),
    ]
    const [ofBoth, ofTaken, ofCard] = visits
    if (!ofBoth || !ofTaken || !ofCard) throw new Error('three visits')
    await actingFor({ staffId: 's', desk: 1 }, () => link(away.store, ofBoth, '2'))
    await link(away.store, ofTaken, '7')
    must(await away.store.saveClaimOrder(['54', '88'], { at }))
    must(await away.store.saveClaimOrder(['51', '88'], { at }))
    must(await away.store.addCapRow(sheet, entryOf(), { visitId: ofCard.id, seen: 1 }))
    away.store.close()
    // Meanwhile at the site.
    await link(colleague, await seen(colleague, both), '3')
    await link(colleague, await seen(colleague, personOf('holder')), '7')
    await seen(colleague, personOf('thief'), { card })
    must(await colleague.saveClaimOrder(['88', '54'], { at }))
    must(await colleague.saveClaimOrder(['51', '88'], { at }))
    must(await colleague.addCapRow(sheet, entryOf(), { visitId: 'v', seen: 1 }))

    expect(must(await mergeAway(desk.store, desk.options))).toMatchObject({ visits: 3, conflicts: 5 })
    expect((await colleague.patientNumber(both.ref, null))?.number).toBe('3')
    expect(await colleague.patientNumber(taken.ref, null)).toBeNull()
    expect((await colleague.numberHolder('7'))?.name).toBe('holder')
    expect((await colleague.latestEligibilityOfCard(certificate))?.patient.name).toBe('thief')
    expect(await colleague.claimOrders()).toEqual(
      expect.arrayContaining([
        ['88', '54'],
        ['51', '88'],
      ]),
    )
    // Money is never left out.
    expect(await colleague.capRows(sheet)).toHaveLength(3)

    const found = await colleague.conflicts()
    expect(found.map(({ content, visitId, staffId }) => ({ content, visitId, staffId }))).toEqual(
      expect.arrayContaining([
        {
          content: {
            kind: 'number',
            here: { number: '2', name: null },
            site: { number: '3', name: null },
            holder: null,
          },
          visitId: ofBoth.id,
          staffId: 's',
        },
        {
          content: { kind: 'number', here: { number: '7', name: null }, site: null, holder: 'holder' },
          visitId: ofTaken.id,
          staffId: null,
        },
        { content: { kind: 'card' }, visitId: ofCard.id, staffId: null },
        { content: { kind: 'claimOrder', here: ['54', '88'], site: ['88', '54'] }, visitId: null, staffId: null },
        { content: { kind: 'cap', month: sheet.month }, visitId: ofCard.id, staffId: null },
      ]),
    )
    const first = found.find(({ content }) => content.kind === 'claimOrder')
    if (!first) throw new Error('there are some')
    expect(first).toMatchObject({ desk: 'oneのパソコン', at, foundAt: at })
    expect(await actingFor({ staffId: 't', desk: 1 }, () => desk.store.resolveConflict(first.id, { at }))).toEqual(
      ok(undefined),
    )
    expect(await colleague.conflicts()).toHaveLength(4)
    expect(await colleague.resolveConflict(first.id, { at })).toEqual(fail('REQUEST_INVALID', { field: 'conflictId' }))
  })

  test('comes once where the line breaks in the commit, before it arrives or after it, and where the desk is killed behind it', async () => {
    const site = newSite(postgres())
    for (const how of ['cutsBefore', 'cutsAfter'] as const) {
      let isBroken = false
      let refuse = () => {}
      const line = await openLine(postgres(), {
        from: 'socket',
        to: 'socket',
        [how]: (data: Buffer) => {
          if (isBroken || !data.includes('INTO writers') || !data.includes('COMMIT')) return false
          isBroken = true
          refuse()
          return true
        },
      })
      const desk = await awayDesk(site, how)
      await desk.copy()
      const away = await desk.goAway()
      const visit = await confirmedVisit(away.store, [newDelivery('receipt')])
      away.store.close()
      const cut = await openDesk({ ...site, host: line.host }, how)
      refuse = () => line.refuse(true)
      isBroken = false
      expect(await mergeAway(cut, desk.options)).toMatchObject({ ok: false, error: { code: /UNREACHABLE|UNKNOWN/ } })
      expect(isUnmerged(desk.options.dataDir)).toBe(true)
      const again = snapshot(desk)
      expect(must(await mergeAway(desk.store, desk.options))).toMatchObject({ visits: 1 })
      // Killed before it could take its files away.
      again()
      expect(must(await mergeAway(desk.store, desk.options))).toMatchObject({ visits: 1 })
      expect(isUnmerged(desk.options.dataDir)).toBe(false)
      expect((await ids(desk.store)).filter((id) => id === visit.id)).toHaveLength(1)
    }
    const looking = await openDesk(site, 'looking')
    const events = (await looking.auditTrail({ after: 0, limit: 100 })).map(({ event }) => event)
    expect(events.filter((event) => event === 'deskCameBack')).toHaveLength(2)
    must(await looking.check())
  })

  test('and nobody knows whether it has come: the desk goes on behind it, and both come in their order', async () => {
    const site = newSite(postgres())
    const desk = await awayDesk(site, 'one')
    await desk.copy()
    const first = await desk.goAway()
    const one = await confirmedVisit(first.store, [newDelivery('receipt')])
    await link(first.store, one, '12')
    first.store.close()
    const again = snapshot(desk)
    must(await mergeAway(desk.store, desk.options))
    again()
    // It was killed when it had taken its name for being brought, and the server is gone again.
    const folder = join(desk.options.dataDir, 'away')
    for (const name of readdirSync(folder))
      if (name.startsWith('away.')) cpSync(join(folder, name), join(folder, name.replace('away', 'merging')))
    for (const name of readdirSync(folder)) if (name.startsWith('away.')) rmSync(join(folder, name))
    const second = await desk.goAway()
    expect(second.isCopied(one.id)).toBe(true)
    const two = await confirmedVisit(second.store, [newDelivery('receipt')])
    expect(two.number).toBe(one.number + 1)
    must(await second.store.unlinkPatientNumber(two.id, { at }))
    second.store.close()
    expect(must(await mergeAway(desk.store, desk.options))).toMatchObject({ visits: 2, conflicts: 0 })
    expect(new Set(await ids(desk.store))).toEqual(new Set([one.id, two.id]))
    expect(await desk.store.patientNumber(patient.ref, null)).toBeNull()
    expect(existsSync(join(folder, 'base.db')) || isUnmerged(desk.options.dataDir)).toBe(false)
    must(await desk.store.check())
    // The next copy knows them, and the numbers go on.
    await desk.copy()
    const third = await desk.goAway()
    expect((await confirmedVisit(third.store, [])).number).toBe(two.number + 1)
  })
})
