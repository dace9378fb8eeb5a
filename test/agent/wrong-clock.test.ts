// A computer's clock that is wrong for an hour, a day or for years, at the start or under an open desk: nothing is lost, nothing
// is handed over under a day that somebody would have to doubt, and a person is asked.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ListedVisit } from '../../src-main/contract/reception.ts'
import type { Clock } from '../../src-main/ground/clock.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { startSandboxHub } from '../../src-main/stand-ins/hub/sandbox-hub.ts'
import { settableClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { testServer } from '../site.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { countAsLive, dataFolder, openDesk } from './fixture.ts'
import { noReaders } from './no-readers.ts'

const morning = '2026-11-27T09:00:00.000+09:00'
const nextDay = '2026-11-28T09:00:00.000+09:00'
type Desk = Awaited<ReturnType<typeof openDesk>>

const files = (dataDir: string) => readdirSync(join(dataDir, 'import/json')).filter((name) => name.endsWith('.json'))
const logs = (dataDir: string) => readdirSync(join(dataDir, 'logs'))
const brief = ({ id, day, number, state }: ListedVisit) => ({ id, day, number, state })
const listed = (desk: Desk) => desk.agent.reception().visits.map(brief)
const doubts = (desk: Desk, kind: string | undefined) =>
  eventually(`the clock is ${kind ?? 'not'} in doubt`, () => desk.agent.reception().clockDoubt?.kind === kind)

/** Retention has run on that day; returns how many visits it has deleted. */
async function hasRetained(dataDir: string, day: string): Promise<number> {
  const runs = () => {
    const file = join(dataDir, 'logs', `agent-${day}.jsonl`)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    return [...text.matchAll(/"retentionRun","count":(\d+)/g)].map(([, count]) => Number(count))
  }
  await eventually(`retention runs on ${day}`, () => runs().length > 0)
  return Math.max(...runs())
}

/** A day's work: two patients, the first of them with a 診察券番号. */
async function workADay() {
  const clock = settableClock(morning)
  const dataDir = await dataFolder(undefined, clock)
  const desk = await openDesk(dataDir, { clock })
  const first = await desk.checkIn('nanbyo')
  must(await desk.call('linkPatientNumber', { visitId: first.id, patientNumber: '00123', isMoved: false }))
  await desk.checkIn('kodomo')
  await desk.agent.settled()
  const visits = listed(desk)
  return { clock, dataDir, desk, visits }
}

let closed: Promise<{ readonly kept: string; readonly visits: ReturnType<typeof listed> }> | undefined

async function closeADay() {
  const { dataDir, desk, visits } = await workADay()
  await desk.stop()
  const kept = join(mkdtempSync(join(tmpdir(), 'madoguchi-worked-')), 'data')
  renameSync(dataDir, kept)
  return { kept, visits }
}

afterAll(async () => {
  if (closed) rmSync(dirname((await closed).kept), { recursive: true, force: true })
})

/** The folder that a day's work has left behind, closed: the same day for every test, and each has a copy of its own. */
async function workedDay() {
  // A site goes by its desk's folder, and is not copied with it.
  if (testServer()) {
    const { dataDir, desk, visits } = await workADay()
    await desk.stop()
    return { clock: settableClock(morning), dataDir, visits }
  }
  closed ??= closeADay()
  const { kept, visits } = await closed
  const dataDir = temporaryFolder()
  cpSync(kept, dataDir, { recursive: true })
  return { clock: settableClock(morning), dataDir, visits }
}

/** Everything of that day is still there, and still in use. */
async function isWhole(desk: Desk, visits: readonly ReturnType<typeof brief>[], dataDir: string) {
  expect(listed(desk)).toEqual(visits)
  for (const { id } of visits) {
    expect(await desk.lookUp(id)).toMatchObject({ answers: { medicalSubsidy: { state: 'present' } } })
  }
  expect(logs(dataDir)).toContain('agent-2026-11-27.jsonl')
  const again = await desk.checkIn('nanbyo')
  // The training clinic makes new cards when its own do not fit the day; a new card asks whether the number still holds.
  expect(again.patientNumber ?? again.staleNumber).toBe('00123')
  expect(again.assessment?.differences.filter(({ kind }) => kind !== 'unchanged')).toEqual([])
}

const oddClocks = [
  ['40 days ahead', '2027-01-06T09:00:00.000+09:00', 'ahead'],
  ['400 days ahead', '2028-01-01T09:00:00.000+09:00', 'ahead'],
  ['on a February 29', '2028-02-29T23:59:30.000+09:00', 'ahead'],
  ['ten years ahead', '2036-11-27T09:00:00.000+09:00', 'ahead'],
  ['eleven years ahead', '2037-11-28T09:00:00.000+09:00', 'ahead'],
  ['a day back', '2026-11-26T09:00:00.000+09:00', 'behind'],
  ['ten years back', '2016-11-27T09:00:00.000+09:00', 'behind'],
  ['on the first of 2015', '2015-01-01T00:00:30.000+09:00', 'behind'],
] as const

describe('a start with a clock', () => {
  fault('clock', 'The clock is ten years ahead at the start', {
    seen: 'words/desk screen.clock.ahead',
    values: ['2036/11/27', '2026/11/27'],
    class: 'transient',
    data: 'Nothing expires and nothing is deleted; cards are read.',
    recovery: 'The clock is set, or a person says that the day is right: everything is there again.',
  })
  test.each(oddClocks)('%s works, asks, and deletes nothing', async (_, moment, kind) => {
    const { clock, dataDir, visits } = await workedDay()
    clock.set(moment)
    const odd = await openDesk(dataDir, { clock })
    await doubts(odd, kind)
    await odd.lay('gaiji')
    // With the certificates of that day it may have ended, or not begun.
    await odd.reaches('the card is read', (visit) => visit?.pin != null || visit?.state === 'failed')
    await odd.stop()
    clock.set('2026-11-27T10:00:00.000+09:00')
    const right = await openDesk(dataDir, { clock })
    await doubts(right, undefined)
    await isWhole(right, visits, dataDir)
  })

  test('of another year goes on as right once a person says so; back on the old day everything is there again', async () => {
    const { clock, dataDir, visits } = await workedDay()
    clock.set('2028-01-01T09:00:00.000+09:00')
    const odd = await openDesk(dataDir, { clock })
    await doubts(odd, 'ahead')
    must(await odd.call('confirmClock', { today: '2028-01-01' }))
    await doubts(odd, undefined)
    await odd.stop()
    clock.set('2026-11-27T10:00:00.000+09:00')
    const right = await openDesk(dataDir, { clock })
    await doubts(right, 'behind')
    must(await right.call('confirmClock', { today: '2026-11-27' }))
    await doubts(right, undefined)
    await isWhole(right, visits, dataDir)
  })
})

test('a clock that jumps ten years under an open desk costs nothing', async () => {
  const { clock, dataDir, desk, visits } = await workADay()
  clock.set('2036-11-27T09:00:00.000+09:00')
  must(await desk.call('reception', {}))
  await doubts(desk, 'ahead')
  expect(listed(desk)).toEqual([])
  clock.set('2026-11-27T10:00:00.000+09:00')
  must(await desk.call('reception', {}))
  await doubts(desk, undefined)
  await isWhole(desk, visits, dataDir)
})

/** The same data folder in a live clinic: a hub with a clock of its own. */
async function live(dataDir: string, clock: Clock, hubClock: Clock, options: { isDown?: boolean } = {}) {
  await countAsLive(dataDir)
  const pki = await openTrainingPki(join(dataDir, 'training'), hubClock.now())
  const hub = await startSandboxHub({ pki, clock: hubClock })
  if (options.isDown) await hub.close()
  const pem = { 'ca.pem': pki.hub.ca, 'clinic.pem': pki.hub.clientCertificate, 'clinic-key.pem': pki.hub.clientKey }
  for (const [name, text] of Object.entries(pem)) writeFileSync(join(dataDir, name), text)
  const access = {
    url: hub.url,
    caFile: 'ca.pem',
    clientCertificateFile: 'clinic.pem',
    clientKeyFile: 'clinic-key.pem',
  }
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ mode: 'live', hub: access, destinations: [] }))
  const desk = await openDesk(dataDir, { clock, startReaderHost: noReaders })
  return {
    desk,
    async stop() {
      await desk.stop()
      if (!options.isDown) await hub.close()
    },
  }
}

describe('in a live clinic', () => {
  test.each([
    ['40 days ahead of the hub', '2027-01-06T09:00:00.000+09:00', false, 'off'],
    ['ten years ahead of the hub', '2036-11-27T09:00:00.000+09:00', false, 'off'],
    ['40 days ahead, the hub not to be reached', '2027-01-06T09:00:00.000+09:00', true, 'ahead'],
    ['in 2015, the hub not to be reached', '2015-01-01T00:00:30.000+09:00', true, 'behind'],
  ])('a start with a clock %s deletes nothing', async (_, moment, isDown, kind) => {
    const { dataDir, visits } = await workedDay()
    const wrong = await live(dataDir, settableClock(moment), settableClock(morning), { isDown })
    await doubts(wrong.desk, kind)
    await wrong.stop()
    const right = await live(dataDir, settableClock(morning), settableClock(morning))
    await doubts(right.desk, undefined)
    expect(listed(right.desk)).toEqual(visits)
    await right.stop()
  })

  test('after a closure that the hub confirms nobody is asked, and what was recorded right before it counts as of today', async () => {
    const { dataDir, visits } = await workedDay()
    const later = settableClock('2027-01-06T09:00:00.000+09:00')
    const next = await live(dataDir, later, later)
    await hasRetained(dataDir, '2027-01-06')
    await doubts(next.desk, undefined)
    await next.stop()
    // Recorded since the last believed time before a jump: kept as if it were of today.
    const back = await live(dataDir, settableClock(morning), settableClock(morning))
    await doubts(back.desk, undefined)
    expect(listed(back.desk)).toEqual(visits)
    await back.stop()
  })
})

describe('hand-over with a clock that the hub contradicts', () => {
  async function off(seconds: number) {
    const clock = settableClock(morning)
    const dataDir = await dataFolder(undefined, clock)
    const desk = await openDesk(dataDir, { clock })
    desk.agent.training?.sandbox.setFault({ kind: 'clockOff', seconds })
    const visit = await desk.checkIn('nanbyo')
    return {
      clock,
      dataDir,
      desk,
      visit,
      async mend(moment: string) {
        desk.agent.training?.sandbox.setFault(null)
        clock.set(moment)
        must(await desk.call('reception', {}))
        await doubts(desk, undefined)
        await desk.agent.settled()
      },
    }
  }
  const states = async (desk: Desk, id: string) =>
    (desk.current()?.id === id ? desk.current() : await desk.lookUp(id))?.deliveries.map(({ state, failure }) => [
      state,
      failure?.code,
    ])

  fault('clock', 'The hub’s clock is two hours from ours', {
    seen: 'CLOCK_WRONG',
    data: 'The visit is confirmed; its files wait.',
    recovery: 'The clock is set, and the files go out by themselves.',
  })
  test('by two hours waits, visibly, and goes on by itself once the clock is right', async () => {
    const { desk, dataDir, visit, mend } = await off(7_200)
    expect(visit.state).toBe('confirmed')
    expect(await states(desk, visit.id)).toEqual(Array(2).fill(['queued', 'CLOCK_WRONG']))
    expect(files(dataDir)).toEqual([])
    expect(desk.agent.reception()).toMatchObject({
      clockDoubt: { kind: 'off', isHeld: true, other: '2026-11-27T11:00:00.500+09:00' },
      hub: { clockOffsetS: null },
    })
    await mend('2026-11-27T11:00:00.000+09:00')
    await eventually('the files are there', () => files(dataDir).length === 1)
  })

  test('by a day is a question once the clock is right: sent as it is, or called off', async () => {
    const { desk, dataDir, visit, mend } = await off(86_400)
    expect(await states(desk, visit.id)).toEqual(Array(2).fill(['queued', 'VISIT_DAY_WRONG']))
    await mend(nextDay)
    // Of a day that is over by now, and in the list all the same.
    await eventually('a person is asked', () =>
      desk.agent.reception().visits.some(({ id, isHeldUp }) => id === visit.id && isHeldUp),
    )
    expect(await states(desk, visit.id)).toEqual(Array(2).fill(['conflict', 'VISIT_DAY_WRONG']))
    expect(files(dataDir)).toEqual([])
    const [csv, json] = (await desk.lookUp(visit.id)).deliveries
    must(await desk.call('cancelDelivery', { deliveryId: csv?.id }))
    must(await desk.call('retryDelivery', { deliveryId: json?.id }))
    await desk.agent.settled()
    expect(files(dataDir)).toHaveLength(1)
    await eventually('nobody is asked any more', () => !desk.agent.reception().visits.some(({ id }) => id === visit.id))
  })

  test('goes out as it is when a person says that the date is right', async () => {
    const { desk, dataDir, visit } = await off(86_400)
    expect(await states(desk, visit.id)).toEqual(Array(2).fill(['queued', 'VISIT_DAY_WRONG']))
    must(await desk.call('confirmClock', { today: '2026-11-27' }))
    await doubts(desk, undefined)
    await eventually('the files are there', () => files(dataDir).length === 1)
    expect(desk.current()?.day).toBe('2026-11-27')
  })

  test('asks nobody about it again, also where a destination is just being tried', async () => {
    const { desk, visit } = await off(86_400)
    const tries = desk.current()?.deliveries.map(({ id }) => desk.call('retryDelivery', { deliveryId: id })) ?? []
    must(await desk.call('confirmClock', { today: '2026-11-27' }))
    await Promise.all(tries)
    await eventually('it is handed over', () => desk.current()?.state === 'handedOver')
    expect((await states(desk, visit.id))?.map(([state]) => state)).not.toContain('conflict')
  })

  test('by some minutes of the same day does not wait', async () => {
    const { visit } = await off(-240)
    expect(visit.state).toBe('handedOver')
  })
})

test('what has expired is not compared with any more, and is deleted a week later', async () => {
  const { clock, dataDir } = await workedDay()
  // Never closed for longer than four days: nothing jumps.
  const openOn = async (day: string) => {
    clock.set(`${day}T09:00:00.000+09:00`)
    const next = await openDesk(dataDir, { clock })
    return { next, removed: await hasRetained(dataDir, day) }
  }
  for (let index = 1; index <= 7; index++) {
    const day = new Date(Date.UTC(2026, 10, 27 + 4 * index)).toISOString().slice(0, 10)
    const { next, removed } = await openOn(day)
    expect({ day, removed }).toEqual({ day, removed: 0 })
    await next.stop()
  }
  const marked = await openOn('2026-12-29')
  expect(marked.removed).toBe(0)
  const visit = await marked.next.checkIn('nanbyo')
  expect(visit.assessment?.differences.map(({ kind }) => kind)).toEqual(['new'])
  await marked.next.stop()
  await (await openOn('2027-01-02')).next.stop()
  expect((await openOn('2027-01-05')).removed).toBe(2)
})
