// The first set-up, from an empty folder to a live clinic: each step is checked with what was entered, it can be left and gone
// on with, and it is over for good once a clinic is set.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Agent, StartHost } from '../../src-main/agent.ts'
import type { FirstRunView, FirstStep } from '../../src-main/contract/first-run.ts'
import { openTrainingHub, type TrainingHub } from '../hub/training-hub.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

let training: TrainingHub
beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())

const oneReader: StartHost = () => {
  let exit = () => {}
  return {
    send: () => undefined,
    onMessage: (listener) =>
      listener({ kind: 'readers', readers: [{ name: 'Circle CIR315', state: 'empty' }], service: 'up' }),
    onExit(listener) {
      exit = listener
    },
    kill: () => exit(),
  }
}

const viewOf = (agent: Agent): FirstRunView => {
  const { page } = agent.reception()
  if (page.name !== 'firstRun') throw new Error(page.name)
  return page
}

async function begin(settings?: object, dataDir?: string) {
  const folder = dataDir ?? (await dataFolder(settings))
  const desk = await openDesk(folder, { startReaderHost: oneReader })
  must(await desk.call('openPage', { page: 'firstRun' }))
  const view = () => viewOf(desk.agent)
  const enter = async (step: FirstStep, values: object | null) => {
    must(await desk.call('enterFirstStep', { step, values }))
    await eventually(`${step} is checked`, () => view().checking === null)
    return (view().lines[step] ?? []).map(({ check, state }) => `${check} ${state}`)
  }
  return { dataDir: folder, desk, view, enter }
}

function layFiles(dataDir: string) {
  const { pki } = training
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  const files = { 'ca.pem': pki.hub.ca, 'client.pem': pki.hub.clientCertificate, 'client-key.pem': pki.hub.clientKey }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, 'secrets', name), text, { mode: 0o600 })
  return {
    url: training.hub.url,
    caFile: 'secrets/ca.pem',
    certificateFile: 'secrets/client.pem',
    keyFile: 'secrets/client-key.pem',
  }
}

const clinic = { name: 'まどぐち内科クリニック', institutionCode: '1312345678' }

test('a whole clinic is set up step by step, and the next start is live', async () => {
  const { dataDir, desk, view, enter } = await begin()
  const [receipt, terminal] = [temporaryFolder(), temporaryFolder()]
  for (const name of ['face', 'trash', 'req', 'res']) mkdirSync(join(terminal, name))
  expect(view()).toMatchObject({ isOpen: true, draft: { values: {}, skipped: [] } })
  const isOffered = () => desk.agent.reception().settings.mayBeginFirstRun
  expect(isOffered()).toBe(true)
  expect(await enter('clinic', clinic)).toEqual([])
  const hub = layFiles(dataDir)
  expect(await enter('hub', hub)).toEqual([
    ...['hubFiles ok', 'hubCertificate ok', 'hubName ok'],
    ...['hubLine ok', 'hubTls ok', 'hubAnswer ok', 'clock ok'],
  ])
  expect(view().secrets).toEqual(['secrets/ca.pem', 'secrets/client-key.pem', 'secrets/client.pem'])
  expect(await enter('terminal', { folder: terminal })).toEqual([
    'terminalFolders ok',
    'terminalApplication unused',
    'terminalFiles ok',
  ])
  expect(await enter('receipt', { format: 'csv', folder: receipt })).toEqual(['destination ok'])
  expect(readdirSync(receipt)).toEqual([])
  expect(await enter('patient', { side: 'patient', shuffledKeys: true })).toEqual([])
  await enter('reader', null)
  expect(view().draft.skipped).toEqual(['reader'])
  // Until here nothing has been set.
  expect(existsSync(join(dataDir, 'settings.json'))).toBe(false)
  expect(isOffered()).toBe(true)
  must(await desk.call('finishFirstRun', {}))
  expect(view()).toMatchObject({ isOpen: false, isLiveNext: true })
  await eventually('it is offered no more', () => !isOffered())
  expect(existsSync(join(dataDir, 'first-run.json'))).toBe(false)
  expect(
    desk.agent
      .reception()
      .settings.changed.map(({ setting }) => setting)
      .toSorted(),
  ).toEqual(['clinic', 'destinations', 'hub', 'mode', 'pinEntry', 'reader', 'terminal'])
  expect(desk.agent.reception().mode).toBe('training')
  // Whoever goes on rehearsing until then is nobody's patient either.
  await desk.checkIn('nanbyo')
  await desk.stop()

  const live = await openDesk(dataDir, { startReaderHost: oneReader })
  expect(live.agent.reception()).toMatchObject({
    mode: 'live',
    visits: [],
    pinEntry: { side: 'patient', isShuffled: true },
    destinations: [{ id: 'receipt', format: 'csv', folder: receipt }],
    settings: { fallback: null, failures: [], mayBeginFirstRun: false, practice: 'may' },
  })
})

test('the folder for secrets is there at once, and files laid into it meanwhile are found', async () => {
  const { dataDir, desk, enter, view } = await begin()
  expect(existsSync(join(dataDir, 'secrets'))).toBe(true)
  expect(view().secrets).toEqual([])
  await enter('clinic', clinic)
  writeFileSync(join(dataDir, 'secrets/ca.pem'), 'PEM', { mode: 0o600 })
  must(await desk.call('openPage', { page: 'firstRun' }))
  expect(view()).toMatchObject({ secrets: ['secrets/ca.pem'], draft: { values: { clinic } } })
})

test('what a step finds wrong is named with its cause, and entered again', async () => {
  const { dataDir, enter, view } = await begin()
  const hub = layFiles(dataDir)
  expect(await enter('hub', { ...hub, url: 'https://pmh.invalid' })).toEqual([
    'hubFiles ok',
    'hubCertificate ok',
    'hubName failed',
    'hubLine unknown',
    'hubTls unknown',
    'hubAnswer unknown',
    'clock unknown',
  ])
  expect(await enter('receipt', { format: 'csv', folder: join(dataDir, 'nowhere') })).toEqual(['destination failed'])
  expect(existsSync(join(dataDir, 'nowhere'))).toBe(false)
  expect(await enter('hub', hub)).toContain('hubLine ok')
  expect(view().draft.values.hub?.url).toBe(hub.url)
})

test('it can be left, and is gone on with after another start', async () => {
  const first = await begin()
  await first.enter('clinic', clinic)
  await first.enter('terminal', null)
  await first.desk.stop()
  const second = await begin(undefined, first.dataDir)
  expect(second.view()).toMatchObject({ isOpen: true, draft: { values: { clinic }, skipped: ['terminal'] } })
})

test('without a hub there is no going live, and nothing is written', async () => {
  const { dataDir, desk, enter } = await begin()
  await enter('clinic', clinic)
  expect(await desk.call('finishFirstRun', {})).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'hub' } },
  })
  expect(existsSync(join(dataDir, 'settings.json'))).toBe(false)
  expect(desk.agent.reception().settings.changed).toEqual([])
})

describe('once anything of a clinic is set the screen names no place any more', () => {
  test.each<[string, object]>([
    ['a hub', { hub: { url: 'https://hub.example.jp', caFile: 'a', clientCertificateFile: 'b', clientKeyFile: 'c' } }],
    ['a terminal', { terminal: null }],
    ['a destination', { destinations: [] }],
    ['what is allowed', { allowed: { folders: [] } }],
  ])('%s in settings.json', async (_, settings) => {
    const { dataDir, desk, view } = await begin(settings)
    const before = readFileSync(join(dataDir, 'settings.json'), 'utf8')
    expect(view().isOpen).toBe(false)
    expect(desk.agent.reception().settings.mayBeginFirstRun).toBe(false)
    const receipt = { format: 'csv', folder: temporaryFolder() }
    expect((await desk.call('enterFirstStep', { step: 'receipt', values: receipt })).ok).toBe(false)
    expect((await desk.call('finishFirstRun', {})).ok).toBe(false)
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(before)
    expect(existsSync(join(dataDir, 'first-run.json'))).toBe(false)
  })

  test('nor by a draft that was laid there, nor when settings.json has been written meanwhile', async () => {
    const { dataDir, desk, enter } = await begin()
    const hub = layFiles(dataDir)
    await enter('hub', hub)
    const settings = JSON.stringify({ destinations: [] })
    writeFileSync(join(dataDir, 'settings.json'), settings)
    expect((await desk.call('finishFirstRun', {})).ok).toBe(false)
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(settings)
  })

  test('what a rehearsal has chosen on its screens is no clinic yet, and stays', async () => {
    const { dataDir, desk, enter, view } = await begin({ hideScreenAfterMin: 3, reader: 'training' })
    expect(view().isOpen).toBe(true)
    await enter('hub', layFiles(dataDir))
    must(await desk.call('finishFirstRun', {}))
    expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({
      mode: 'live',
      reader: 'pcsc',
      hideScreenAfterMin: 3,
      destinations: [],
    })
  })
})

test.each<[string, object]>([
  ['hub', { url: 'http://hub.example.jp', caFile: 'secrets/a', certificateFile: 'secrets/b', keyFile: 'secrets/c' }],
  ['hub', { url: 'https://hub.example.jp', caFile: '/etc/passwd', certificateFile: 'secrets/b', keyFile: 'secrets/c' }],
  [
    'hub',
    { url: 'https://hub.example.jp', caFile: 'secrets/../a', certificateFile: 'secrets/b', keyFile: 'secrets/c' },
  ],
  ['clinic', { name: 'まどぐち', institutionCode: '131' }],
  ['clinic', { name: 'a\u0000b', institutionCode: '1312345678' }],
  ['receipt', { format: 'orca', folder: '/tmp' }],
])('%s with %o is refused', async (step, values) => {
  const { desk, dataDir } = await begin()
  expect((await desk.call('enterFirstStep', { step, values })).ok).toBe(false)
  expect(existsSync(join(dataDir, 'first-run.json'))).toBe(false)
})
