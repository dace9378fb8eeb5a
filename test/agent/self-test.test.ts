// The self-test in the running agent: its lines come one after the other, a card is read with no visit of its own, and what is
// broken is named as the agent itself meets it.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Agent } from '../../src-main/agent.ts'
import type { SelfTestView } from '../../src-main/contract/self-test.ts'
import { password, startOrca } from '../handover/orca/stand-in-orca.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const pageOf = (agent: Agent): SelfTestView => {
  const { page } = agent.reception()
  if (page.name !== 'selfTest') throw new Error(page.name)
  return page
}

const lineOf = (view: SelfTestView, check: string, of: string | null = null) =>
  view.lines.find((line) => line.check === check && line.of === of)

/** Runs it on an open desk, and returns what the page shows in the end. */
async function tested(desk: Awaited<ReturnType<typeof openDesk>>, withCard = false): Promise<SelfTestView> {
  must(await desk.call('openPage', { page: 'selfTest' }))
  must(await desk.call('startSelfTest', { withCard }))
  await eventually('the self-test ends', () => {
    const { page } = desk.agent.reception()
    return page.name === 'selfTest' && page.startedAt !== null && !page.isRunning
  })
  return pageOf(desk.agent)
}

test('a training clinic is well, told line by line, and nothing is left in its folders', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const told: string[] = []
  desk.agent.onReception(({ page }) => {
    if (page.name === 'selfTest') told.push(page.lines.map(({ state }) => state).join())
  })
  const view = await tested(desk)
  expect(view.lines.filter(({ state }) => state === 'failed')).toEqual([])
  expect(lineOf(view, 'hubAnswer')?.finding).toEqual({ code: 'hubAnswers' })
  expect(lineOf(view, 'database')?.finding).toEqual({ code: 'storeWhole' })
  expect(lineOf(view, 'audit')?.finding).toEqual({ code: 'auditWhole' })
  expect(lineOf(view, 'terminalFiles')?.finding).toEqual({ code: 'terminalFilesTaken' })
  expect(lineOf(view, 'destination', 'receipt-csv')?.finding).toEqual({ code: 'folderTried' })
  expect(new Set(told).size).toBeGreaterThan(5)
  expect(lineOf(view, 'terminalDesks')?.finding).toEqual({ code: 'desksWatcher', desk: hostname() })
  for (const folder of ['import/csv', 'import/json', 'training/terminal/req']) {
    expect(readdirSync(join(dataDir, folder))).toEqual([])
  }
  // Besides, at a site: the name by which its desks know the folder.
  const ours = readdirSync(join(dataDir, 'training/terminal/madoguchi'))
  expect(ours.filter((name) => name !== 'name')).toEqual(['watching.json'])
})

test('a card that is laid for it is read without its PIN, and no visit begins with it, then or later', async () => {
  const desk = await openDesk(await dataFolder())
  must(await desk.call('openPage', { page: 'selfTest' }))
  must(await desk.call('startSelfTest', { withCard: true }))
  await eventually('the card is waited for', () => lineOf(pageOf(desk.agent), 'card')?.state === 'running')
  must(await desk.lay('nanbyo'))
  await eventually('the self-test ends', () => !pageOf(desk.agent).isRunning)
  expect(lineOf(pageOf(desk.agent), 'card')).toMatchObject({ state: 'ok', finding: { code: 'cardRead' } })
  expect(desk.current()).toBeNull()
  expect(desk.agent.reception().otherCard).toBe('left')
  expect(desk.agent.reception().visits).toEqual([])
  // Laid again it is somebody's.
  must(await desk.takeAway())
  must(await desk.lay('nanbyo'))
  await desk.asksForPin()
})

test('the card of somebody who is being checked in is left alone', async () => {
  const desk = await openDesk(await dataFolder())
  must(await desk.lay('nanbyo'))
  await desk.asksForPin()
  const view = await tested(desk, true)
  expect(lineOf(view, 'card')).toMatchObject({ state: 'unknown', finding: { code: 'cardIsPatients' } })
  expect((await desk.enterPin('1234')).ok).toBe(true)
})

test('what a page with the result shows is nothing about the patient who was here', async () => {
  const desk = await openDesk(await dataFolder())
  const { patient } = await desk.checkIn('nanbyo')
  const view = await tested(desk)
  expect(patient?.name).toBeTruthy()
  expect(JSON.stringify(view)).not.toContain(patient?.name ?? '')
})

test('a second press goes with the run that is under way', async () => {
  const desk = await openDesk(await dataFolder())
  must(await desk.call('openPage', { page: 'selfTest' }))
  must(await desk.call('startSelfTest', { withCard: true }))
  const { startedAt } = pageOf(desk.agent)
  must(await desk.call('startSelfTest', { withCard: false }))
  expect(pageOf(desk.agent)).toMatchObject({ startedAt, isCardAwaited: true })
})

test('a hub that is down and a share that has gone are each named, and no folder is made anew', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  await desk.checkIn('nanbyo')
  rmSync(join(dataDir, 'import/json'), { recursive: true })
  await desk.agent.training?.sandbox.close()
  const view = await tested(desk)
  expect(view.lines.filter(({ state }) => state === 'failed').map(({ check, of }) => of ?? check)).toEqual([
    'hubLine',
    'receipt-json',
  ])
  expect(lineOf(view, 'hubLine')?.finding).toMatchObject({ code: 'hubUnreachable' })
  expect(lineOf(view, 'clock')?.finding).toEqual({ code: 'because', check: 'hubLine' })
  expect(existsSync(join(dataDir, 'import/json'))).toBe(false)
})

test('ORCA is asked about nobody, and changes nothing', async () => {
  const server = await startOrca()
  const orca = { id: 'orca', format: 'orca', url: server.url, user: 'madoguchi', passwordFile: 'password' }
  const dataDir = await dataFolder({ destinations: [orca] })
  writeFileSync(join(dataDir, 'password'), password)
  const desk = await openDesk(dataDir)
  expect(lineOf(await tested(desk), 'destination', 'orca')?.finding).toEqual({ code: 'orcaAsked' })
  expect(server.asked.map(({ path }) => path)).toEqual(['/api01rv2/patientlst2v2?class=01'])
  writeFileSync(join(dataDir, 'password'), 'another')
  expect(lineOf(await tested(desk), 'destination', 'orca')?.finding).toMatchObject({
    failure: { code: 'ORCA_LOGIN_REFUSED', detail: { destination: 'orca' } },
  })
})
