// The master of local schemes in the running agent: the sample patients' certificates are judged by it, and one that comes
// from the screen counts once a person has seen what it changes.
import { describe, expect, test } from 'vitest'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { sampleMaster } from '../../src-main/stand-ins/masters/sample-master.ts'
import { settableClock } from '../clock.ts'
import { masterRow } from '../eligibility/local/samples.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

type Desk = Awaited<ReturnType<typeof openDesk>>

const name = 'm_regional_publicly_funded_all_20260803.csv'
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** In pieces, as the page sends it; the answer to the last one. */
async function send(desk: Desk, text: string, file = name, pieces = 3) {
  const size = Math.ceil(text.length / pieces)
  for (let place = 0; ; place++) {
    const content = base64(text.slice(place * size, (place + 1) * size))
    const sent = await desk.call('sendMaster', { name: file, place, content, isLast: place === pieces - 1 })
    if (!sent.ok || place === pieces - 1) return sent
  }
}

const view = (desk: Desk) => {
  const { page } = desk.agent.reception()
  if (page.name !== 'localMaster') throw new Error('another page is open')
  return page
}

/** What the master says of the visit's certificates. */
const standings = ({ assessment }: VisitView) => assessment?.benefits.map(({ local }) => local?.standing ?? null)

describe('in training', () => {
  test('the sample patients’ certificates are in kind, before any master is imported', async () => {
    const desk = await openDesk(await dataFolder())
    expect(standings(await desk.checkIn('kodomo'))).toEqual(['inKind'])
    // A national one, and a municipal one with two conditions.
    const visit = await desk.checkIn('kosei-hitorioya')
    expect(standings(visit)).toEqual([null, 'inKind'])
    expect(visit.assessment?.benefits[1]?.advice.map(({ code }) => code)).toContain('LOCAL_SEVERAL')
  })
})

describe('a master from the screen', () => {
  fault('files', 'The master of local schemes is older than the one that counts', {
    seen: 'MASTER_OLDER',
    data: 'The newer one goes on counting.',
    recovery: 'The newer file is chosen.',
  })
  test('is looked at first, then counts, also after a restart', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    must(await desk.call('openPage', { page: 'localMaster' }))
    expect(view(desk)).toMatchObject({ issue: null, draft: null })
    must(await send(desk, masterRow({ payerNumber: '81137242' }).join(',')))
    expect(view(desk)).toMatchObject({
      issue: null,
      draft: { issuedOn: '2026-08-03', before: null, rows: 1, counts: { new: 1, changed: 0, ended: 0, same: 0 } },
    })
    must(await desk.call('takeMaster', {}))
    expect(view(desk)).toMatchObject({ issue: { issuedOn: '2026-08-03', count: 1 }, draft: null })
    expect(standings(await desk.checkIn('kodomo'))).toEqual(['notListed'])
    await desk.stop()

    const again = await openDesk(dataDir)
    expect(standings(await again.checkIn('kodomo'))).toEqual(['notListed'])
    must(await again.call('openPage', { page: 'localMaster' }))
    must(await send(again, [...sampleMaster(40)].join(''), 'm_regional_publicly_funded_all_20261101.csv'))
    expect(view(again)).toMatchObject({ draft: { before: '2026-08-03', counts: { changed: 1 } } })
    must(await again.call('takeMaster', {}))
    expect(standings(await again.checkIn('kodomo'))).toEqual(['inKind'])
    expect(await send(again, masterRow({}).join(','))).toMatchObject({ error: { code: 'MASTER_OLDER' } })
  })

  test('that is none, or of which a piece is missing, changes nothing', async () => {
    const desk = await openDesk(await dataFolder())
    must(await desk.call('openPage', { page: 'localMaster' }))
    const bad = `${masterRow({}).join(',')}\n${masterRow({ validTo: '20261301' }).join(',')}\n`
    expect(await send(desk, bad)).toMatchObject({ error: { code: 'MASTER_CELL', detail: { line: 2 } } })
    const piece = { name, content: base64(masterRow({}).join(',')), isLast: true }
    expect(await desk.call('sendMaster', { ...piece, place: 1 })).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
    expect(await desk.call('takeMaster', {})).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
    must(await desk.call('sendMaster', { ...piece, place: 0 }))
    must(await desk.call('dropMaster', {}))
    expect(view(desk)).toMatchObject({ issue: null, draft: null })
    expect(await desk.call('takeMaster', {})).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
    expect(standings(await desk.checkIn('kodomo'))).toEqual(['inKind'])
  })

  test('that nobody has decided about is put away with its day', async () => {
    const clock = settableClock('2026-11-23T18:30:00+09:00')
    const desk = await openDesk(await dataFolder(undefined, clock), { clock })
    must(await desk.call('openPage', { page: 'localMaster' }))
    must(await send(desk, masterRow({}).join(',')))
    expect(view(desk).draft).not.toBeNull()
    clock.set('2026-11-24T08:30:00+09:00')
    must(await desk.call('openPage', { page: 'localMaster' }))
    expect(view(desk)).toMatchObject({ issue: null, draft: null })
    expect(await desk.call('takeMaster', {})).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  })
})
