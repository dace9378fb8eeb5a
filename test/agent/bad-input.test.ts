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
import { eventually, root } from '../support.ts'
import { onWindows } from '../system.ts'
import { dataFolder, openDesk, tryAgent } from './fixture.ts'

const csvFiles = (dataDir: string) => readdirSync(join(dataDir, 'import/csv')).filter((name) => name.endsWith('.csv'))

describe('the card', () => {
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

  test('with an expired certificate is told before anybody types', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.lay('expired')
    const visit = await desk.reaches('expired', (now) => now?.failure?.code === 'CARD_CERTIFICATE_EXPIRED')
    expect(visit.pin).toBe(null)
  })

  test('with a blocked PIN is told before anybody types, and takes no PIN', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.lay('blocked')
    const visit = await desk.reaches('blocked', (now) => now?.pin?.triesLeft === 0)
    expect(visit).toMatchObject({ state: 'identifying', failure: null, pin: { wrong: false } })
    expect(await desk.enterPin('1234')).toEqual(fail('PIN_BLOCKED'))
    expect(desk.current()?.state).toBe('identifying')
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

  test('too slow, the visit ends as timed out', async () => {
    const desk = await openDesk(await dataFolder(), { hubLimits: { wholeMs: 200 } })
    desk.agent.training?.sandbox.setFault({ kind: 'slow', ms: 1_000 })
    await desk.lay('nanbyo')
    expect((await desk.ends()).failure?.code).toBe('HUB_TIMEOUT')
  })

  test('down, the visit ends as unreachable', async () => {
    const desk = await openDesk(await dataFolder())
    await desk.agent.training?.sandbox.close()
    await desk.lay('nanbyo')
    expect((await desk.ends()).failure?.code).toBe('HUB_UNREACHABLE')
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
