// Everything that goes wrong on the main path, through the whole agent: each ends in its code, says what to do, loses
// nothing, and the next check-in works.

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src-main/ground/clock.ts'
import type { FailureCode } from '../../src-main/ground/failures.ts'
import { fail } from '../../src-main/ground/result.ts'
import type { Fault } from '../../src-main/stand-ins/hub/faults.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { fault } from '../faults.ts'
import { eventually, root } from '../support.ts'
import { onWindows } from '../system.ts'
import { dataFolder, openDesk, tryAgent } from './fixture.ts'

const csvFiles = (dataDir: string) => readdirSync(join(dataDir, 'import/csv')).filter((name) => name.endsWith('.csv'))

describe('the card', () => {
  fault('card', 'The card is taken away while it is being read, at any of its commands', {
    seen: 'CARD_REMOVED',
    data: 'Nothing is handed over; a visit whose card could be read keeps its one number.',
    recovery: 'The card is laid again, and the check-in goes through.',
  })
  test('pulled at any command, the visit fails as card removed, and laid again it succeeds', async () => {
    const desk = await openDesk(await dataFolder())
    const whole = 14
    let unread = 0
    for (let commands = 0; commands < whole; commands++) {
      await desk.takeAway()
      desk.agent.training?.reader.setQuirks({ pulledAt: commands })
      await desk.lay('nanbyo')
      const asked = await desk.reaches('PIN or end', (visit) => visit?.pin != null || visit?.state === 'failed')
      if (asked.pin) await desk.enterPin('1234')
      await eventually('the reader is empty', () => desk.agent.training?.inserted() === null)
      const visit = await desk.ends()
      unread += visit.certificate ? 0 : 1
      expect({ commands, code: visit.failure?.code }).toEqual({ commands, code: 'CARD_REMOVED' })
    }
    desk.agent.training?.reader.setQuirks({})
    expect((await desk.checkIn('nanbyo')).state).toBe('handedOver')
    // Whoever's card could be read has one visit and one number. One that was pulled before that may have been anybody's.
    expect(desk.agent.reception().visits.length).toBe(unread + 1)
  })

  fault('card', 'The certificate on the card has ended', {
    seen: 'CARD_CERTIFICATE_EXPIRED',
    data: 'No PIN is asked for, and nobody is asked about the patient.',
    recovery: 'The paper certificate is used today; the municipality renews the card.',
  })
  test('with an expired certificate is told before anybody types', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.lay('expired')
    const visit = await desk.reaches('expired', (now) => now?.failure?.code === 'CARD_CERTIFICATE_EXPIRED')
    expect(visit.pin).toBe(null)
  })

  fault('typing', 'The PIN of the card is locked', {
    seen: 'PIN_BLOCKED',
    data: 'Whatever is typed never gets to the card.',
    recovery: 'The paper certificate is used today, or the photo of the card; the municipality sets a new PIN.',
  })
  test('with a blocked PIN is told before anybody types, and takes no PIN', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.lay('blocked')
    const visit = await desk.reaches('blocked', (now) => now?.pin?.triesLeft === 0)
    expect(visit).toMatchObject({ state: 'identifying', failure: null, pin: { wrong: false } })
    expect(await desk.enterPin('1234')).toEqual(fail('PIN_BLOCKED'))
    expect(desk.current()?.state).toBe('identifying')
  })

  fault('typing', 'The PIN is typed wrongly, until one try is left', {
    seen: 'PIN_LAST_TRY',
    data: 'The last try is not spent without a person’s word.',
    recovery: 'Whoever knows the PIN confirms and types it; a third wrong one locks it, and that is told.',
  })
  test('locked by a third wrong PIN is told as locked', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.lay('kodomo')
    await desk.asksForPin()
    expect(await desk.enterPin('0000')).toEqual(fail('PIN_WRONG', { triesLeft: 2 }))
    expect(await desk.enterPin('0000')).toEqual(fail('PIN_WRONG', { triesLeft: 1 }))
    expect(await desk.enterPin('0000')).toEqual(fail('PIN_LAST_TRY', { triesLeft: 1 }))
    expect(desk.current()?.pin?.triesLeft).toBe(1)
    expect(await desk.enterPin('0000', true)).toEqual(fail('PIN_BLOCKED'))
    expect(desk.current()).toMatchObject({ state: 'identifying', pin: { triesLeft: 0, wrong: true } })
  })

  test('a PIN for a visit that has gone is refused', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.lay('nanbyo')
    const { id } = await desk.asksForPin()
    await desk.call('cancelVisit', { visitId: id })
    expect(await desk.call('enterPin', { visitId: id, pin: '1234', lastTry: false })).toEqual(fail('VISIT_NOT_CURRENT'))
  })
})

describe('the hub', () => {
  const faults: readonly [Fault, FailureCode][] = [
    [{ kind: 'error' }, 'HUB_ERROR'],
    [{ kind: 'notJson' }, 'HUB_ANSWER_INVALID'],
    [{ kind: 'wrongSchema' }, 'HUB_ANSWER_INVALID'],
    [{ kind: 'tooLarge' }, 'HUB_ANSWER_INVALID'],
    [{ kind: 'halfAnswer' }, 'HUB_ERROR'],
    [{ kind: 'hangUp' }, 'HUB_ERROR'],
    [{ kind: 'rateLimit', retryAfterS: 7 }, 'HUB_RATE_LIMITED'],
  ]
  fault('hub', 'The hub answers with an error', {
    seen: 'HUB_ERROR',
    data: 'No PIN is spent, and no file is made.',
    recovery: 'The check-in is begun again, and goes through.',
  })
  fault('hub', 'The hub answers with something that is no answer', {
    seen: 'HUB_ANSWER_INVALID',
    data: 'No PIN is spent, nothing of it is taken, and no file is made.',
    recovery: 'The check-in is begun again once the hub is mended.',
  })
  fault('hub', 'The hub has too many questions', {
    seen: 'HUB_RATE_LIMITED',
    detail: { retryAfterS: 7 },
    data: 'No PIN is spent, and no file is made.',
    recovery: 'The check-in is begun again after the seconds that the hub has named.',
  })
  test.each(faults)(
    'with %j the visit fails before a PIN is spent, and works once the fault is gone',
    async (fault, code) => {
      const desk = await openDesk(await dataFolder())
      desk.agent.training?.sandbox.setFault(fault)
      await desk.lay('nanbyo')
      const failed = await desk.ends()
      expect(failed.failure?.code).toBe(code)
      expect(failed.deliveries).toEqual([])
      desk.agent.training?.sandbox.setFault(null)
      expect((await desk.call('retryVisit', { visitId: failed.id })).ok).toBe(true)
      expect((await desk.asksForPin()).pin?.triesLeft).toBe(3)
      await desk.enterPin('1234')
      await desk.reaches('the file is there', (visit) => visit?.state === 'handedOver')
    },
  )

  fault('hub', 'The hub takes longer than anybody can wait', {
    seen: 'HUB_TIMEOUT',
    data: 'Nothing is handed over.',
    recovery: 'The check-in is begun again.',
  })
  test('too slow, the visit ends as timed out', async () => {
    const desk = await openDesk(await dataFolder(), { hubLimits: { wholeMs: 200 } })
    desk.agent.training?.sandbox.setFault({ kind: 'slow', ms: 1_000 })
    await desk.lay('nanbyo')
    expect((await desk.ends()).failure?.code).toBe('HUB_TIMEOUT')
  })

  fault('hub', 'The hub is switched off', {
    seen: 'HUB_UNREACHABLE',
    data: 'Nothing is handed over.',
    recovery: 'The check-in is begun again once the hub is there; until then the paper certificate counts.',
  })
  test('down, the visit ends as unreachable', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.agent.training?.sandbox.close()
    await desk.lay('nanbyo')
    expect((await desk.ends()).failure?.code).toBe('HUB_UNREACHABLE')
  })

  fault('hub', 'The hub is lost after the patient is known', {
    seen: 'HUB_ERROR',
    data: 'The last answer is kept and shown with its age; no file is made of it.',
    recovery: 'It is asked again by itself once the hub is back, or at once by a person.',
  })
  test('lost after the person is known, the last version is shown with its age and nothing is handed over', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const before = await desk.checkIn('nanbyo')
    desk.agent.training?.sandbox.setFault({ kind: 'error' }, 'eligibility')
    const offline = await desk.checkIn('nanbyo')
    expect(offline.state).toBe('offline')
    expect(offline.failure?.code).toBe('HUB_ERROR')
    expect(offline.deliveries).toEqual([])
    const answer = offline.answers?.medicalSubsidy
    expect(answer).toMatchObject({ state: 'unreachable', cached: { fetchedAt: before.fetchedAt } })
    expect(csvFiles(dataDir).length).toBe(1)
  })

  test('lost for a patient never seen before, nothing is made up', async () => {
    const desk = await openDesk(await dataFolder())
    desk.agent.training?.sandbox.setFault({ kind: 'error' }, 'eligibility')
    expect((await desk.checkIn('kodomo')).answers?.medicalSubsidy).toEqual({ state: 'unreachable', cached: null })
  })
})

describe('the import folder', () => {
  fault('share', 'The import folder is not there', {
    seen: 'DESTINATION_MISSING',
    detail: { destination: 'csv' },
    data: 'The visit is kept, and its file waits in the database.',
    recovery: 'The file is delivered, once, as soon as the folder is there.',
  })
  test('missing, the visit is kept and its file delivered as soon as the folder is there', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    rmSync(join(dataDir, 'import/csv'), { recursive: true })
    const visit = await desk.checkIn('nanbyo')
    expect(visit.answers?.medicalSubsidy.state).toBe('present')
    expect(visit.deliveries.map(({ state, failure }) => [state, failure?.code])).toEqual([
      ['queued', 'DESTINATION_MISSING'],
      ['delivered', undefined],
    ])
    mkdirSync(join(dataDir, 'import/csv'))
    await desk.reaches('the file is there', (now) => now?.state === 'handedOver')
    expect(csvFiles(dataDir).length).toBe(1)
  })

  // Root may write anywhere: a mount that is really read-only, or really full, is what the system has for it.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (!asRoot)
    console.warn('!! LEFT OUT: read-only and full import folders on a real mount, because that needs root on Linux')
  const mount = (folder: string, options: string) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
    onTestFinished(() => {
      execFileSync('umount', ['-l', folder])
    })
  }

  fault('share', 'The import folder cannot be written', {
    seen: 'DESTINATION_READ_ONLY',
    detail: { destination: 'csv' },
    data: 'The visit is kept, and its file waits in the database.',
    recovery: 'The file is delivered, once, as soon as the folder can be written.',
  })
  test.skipIf(!asRoot)('read-only, the file waits and is delivered once it can be written', async () => {
    const dataDir = await dataFolder()
    mkdirSync(join(dataDir, 'import/csv'), { recursive: true })
    const desk = await openDesk(dataDir)
    mount(join(dataDir, 'import/csv'), 'ro,size=4m')
    expect((await desk.checkIn('nanbyo')).deliveries[0]?.failure?.code).toBe('DESTINATION_READ_ONLY')
    execFileSync('mount', ['-o', 'remount,rw', join(dataDir, 'import/csv')])
    await desk.reaches('the file is there', (now) => now?.state === 'handedOver')
    expect(csvFiles(dataDir).length).toBe(1)
  })

  fault('share', 'The disk of the import folder is full', {
    seen: 'DESTINATION_FULL',
    detail: { destination: 'csv' },
    data: 'Nothing torn is left in the folder; the file waits in the database.',
    recovery: 'The file is delivered, once, as soon as there is room.',
  })
  test.skipIf(!asRoot)('full, nothing torn is left, and the file is delivered once there is room', async () => {
    const dataDir = await dataFolder()
    mkdirSync(join(dataDir, 'import/csv'), { recursive: true })
    const desk = await openDesk(dataDir)
    const folder = join(dataDir, 'import/csv')
    mount(folder, 'size=4m')
    const filler = join(folder, 'filler')
    expect(() => writeFileSync(filler, Buffer.alloc(8 * 1024 * 1024))).toThrow()
    expect((await desk.checkIn('nanbyo')).deliveries[0]?.failure?.code).toBe('DESTINATION_FULL')
    expect(readdirSync(folder)).toEqual(['filler'])
    rmSync(filler)
    await desk.reaches('the file is there', (now) => now?.state === 'handedOver')
    expect(csvFiles(dataDir).length).toBe(1)
  })
})

describe('a name with a character outside CP932', () => {
  fault('locale', 'A name has a character that the receipt computer’s encoding lacks', {
    seen: 'TEXT_NOT_ENCODABLE',
    detail: { destination: 'csv' },
    data: 'No file with a damaged name is made; the other destinations get theirs.',
    recovery: 'A person approves a replacement and sends again, or types the name in.',
  })
  test('refuses the CSV with the field, writes the JSON, and marks the visit', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const visit = await desk.checkIn('gaiji')
    expect(visit.deliveries.map(({ state, failure }) => [state, failure?.code, failure?.detail?.field])).toEqual([
      ['rejected', 'TEXT_NOT_ENCODABLE', 'name'],
      ['delivered', undefined, undefined],
    ])
    expect(csvFiles(dataDir)).toEqual([])
  })
})

describe('the database', () => {
  fault('database', 'The key of the database is gone', {
    seen: 'STORE_KEY_MISSING',
    data: 'The database stays shut and unchanged.',
    recovery: 'The file of the key is put back.',
  })
  fault('database', 'The key is that of another database', {
    seen: 'STORE_KEY_WRONG',
    data: 'The database stays shut and unchanged.',
    recovery: 'The right key is put back.',
  })
  test('with another key stays shut and unchanged', async () => {
    const dataDir = await dataFolder()
    const first = await openDesk(dataDir)
    await first.checkIn('nanbyo')
    await first.stop()
    const key = join(dataDir, onWindows ? 'database.key.wrapped' : 'database.key')
    rmSync(key)
    expect(await tryAgent(dataDir)).toEqual(fail('STORE_KEY_MISSING'))
    writeFileSync(key, Buffer.alloc(32, 7))
    expect(await tryAgent(dataDir)).toEqual(fail('STORE_KEY_WRONG'))
    expect(existsSync(join(dataDir, 'madoguchi.db'))).toBe(true)
  })

  fault('agents', 'A second agent is started on the same data', {
    seen: 'AGENT_ALREADY_RUNNING',
    data: 'The first one goes on; the second one touches nothing.',
    recovery: 'The screen of the first one is used; where that one was killed, the data are free at once.',
  })
  test('is for one agent at a time, and free again when the first is killed', async () => {
    const dataDir = await dataFolder({}, systemClock)
    const first = spawn(process.execPath, [join(root, 'dist/main/headless.js'), '--data', dataDir], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await new Promise((resolve) => first.stdout.once('data', resolve))
    expect(await tryAgent(dataDir)).toEqual(fail('AGENT_ALREADY_RUNNING'))
    first.kill('SIGKILL')
    await new Promise((resolve) => first.once('exit', resolve))
    const second = await openDesk(dataDir, { clock: systemClock })
    expect(second.agent.firstStart).toBe(false)
  })
})

describe('a restart', () => {
  fault('agent', 'The program ends while a PIN is waited for', {
    seen: 'VISIT_INTERRUPTED',
    data: 'The visit is there with its number, as one that was interrupted.',
    recovery: 'The card is laid again.',
  })
  test('finds a visit that waited for its PIN and says that it was interrupted', async () => {
    const dataDir = await dataFolder()
    const first = await openDesk(dataDir)
    await first.lay('nanbyo')
    await first.asksForPin()
    await first.stop()
    const second = await openDesk(dataDir)
    const [visit] = second.agent.reception().visits
    expect(await second.lookUp(visit?.id ?? '')).toMatchObject({
      state: 'failed',
      failure: { code: 'VISIT_INTERRUPTED' },
    })
  })
})

describe('settings', () => {
  test.each([
    ['{"mode":"live"}', 'hub'],
    [
      '{"mode":"live","hub":{"url":"http://hub.example","caFile":"a","clientCertificateFile":"b","clientKeyFile":"c"}}',
      'hub.url',
    ],
    ['{"retentionDays":0}', 'retentionDays'],
    ['{"destinations":[{"id":"a","format":"pdf","folder":"x"}]}', 'destinations.0.format'],
  ])('%s names the field that is wrong', async (text, field) => {
    const dataDir = await dataFolder()
    writeFileSync(join(dataDir, 'settings.json'), text)
    expect(await tryAgent(dataDir)).toMatchObject({
      error: {
        code: 'SETTINGS_INVALID',
        detail: { faults: expect.arrayContaining([expect.objectContaining({ path: field })]) },
      },
    })
  })
})

test('every failure has two different Japanese sentences that end like sentences', async () => {
  const { failureCodes } = await import('../../src-main/ground/failures.ts')
  for (const code of failureCodes) {
    const { message, next } = sentence({
      code,
      detail: { triesLeft: 2, destination: 'receipt', field: 'name', retryAfterS: 5 },
    })
    expect(message).toMatch(/^[^\s].+。$/)
    expect(next).toMatch(/^[^\s].+。$/)
    expect(next).not.toBe(message)
    expect(message + next).not.toMatch(/undefined|null|NaN|\bERR|[a-z]+Error/)
  }
})
