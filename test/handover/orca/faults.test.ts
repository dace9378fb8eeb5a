// Lines that break and programs that die, at every step: ORCA ends up with each certificate once, one reception and no
// lock, and nothing that was sent could not be read by another XML parser.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../src-main/ground/clock.ts'
import { fail } from '../../../src-main/ground/result.ts'
import type { OrcaLimits } from '../../../src-main/handover/orca/connection.ts'
import { openOrca } from '../../../src-main/handover/orca/connection.ts'
import { createOrcaDeliverer } from '../../../src-main/handover/orca/orca-deliverer.ts'
import { fault } from '../../faults.ts'
import { outside } from '../../outside.ts'
import { benefit } from '../../store/samples.ts'
import { temporaryFolder } from '../../support.ts'
import { access, type OrcaLane, openLane, orcaDestination, quick, withReception } from './lane.ts'

const certificates = [benefit, { ...benefit, payerNumber: '54136015', recipientNumber: '8765432' }]
/** Held with another period where it can be changed, so that both ways of writing are on the way. */
const held = {
  id: '7',
  payerNumber: '88138243',
  recipientNumber: '1234566',
  validFrom: '2026-10-01',
  validTo: '2026-12-31',
}

/** From the search to the reception: 01, 02, 03 and 99 take four calls, adding takes two. */
const ways = [
  { update: 'patientmodv32', steps: 7 },
  { update: 'patientmodv2', steps: 5 },
] as const
const everyStep = ways.flatMap(({ update, steps }) =>
  Array.from({ length: steps }, (_, index) => ({ update, step: index + 1 })),
)

async function open(update: (typeof ways)[number]['update'], limits?: OrcaLimits): Promise<OrcaLane> {
  const lane = await openLane({ ...withReception, update, ...(limits && { limits }) })
  if (update === 'patientmodv32') lane.orca.patients[0]?.benefits.push(held)
  return lane
}

function expectWhole(lane: OrcaLane) {
  // In whatever order ORCA keeps them.
  const byPayer = lane.benefits().toSorted((a, b) => Number(b.payerNumber) - Number(a.payerNumber))
  expect(byPayer).toEqual(
    certificates.map(({ payerNumber, recipientNumber, validFrom, validTo }) => ({
      payerNumber,
      recipientNumber,
      validFrom,
      validTo,
    })),
  )
  expect(lane.orca.receptions).toEqual([{ patient: '00012', day: '2026-11-23', department: '01' }])
  expect([...lane.orca.locks]).toEqual([])
}

test.each(ways)(
  '$update takes $steps calls when nothing happens, and xmllint reads every one',
  async ({ update, steps }) => {
    const lane = await open(update)
    await lane.settled(await lane.confirm({ benefits: certificates }))
    expectWhole(lane)
    expect(lane.orca.asked).toHaveLength(steps)
    const folder = temporaryFolder()
    const files = lane.orca.asked.map(({ body }, index) => {
      const file = join(folder, `${index}.xml`)
      writeFileSync(file, body)
      return file
    })
    const read = spawnSync(outside('xmllint'), ['--noout', '--nonet', ...files], { encoding: 'utf8' })
    expect(read).toMatchObject({ status: 0, stderr: '' })
  },
)

describe('the line', () => {
  test.each(everyStep)('$update: breaks before call $step has reached ORCA', async ({ update, step }) => {
    const lane = await open(update)
    lane.orca.faults.set(step, 'dropBefore')
    const id = await lane.confirm({ benefits: certificates })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })

  fault('orca', 'The line breaks after ORCA has done a call', {
    seen: 'nothing',
    class: 'ambiguous',
    data: 'The certificate is there once; no lock stays.',
    recovery: 'It is read and compared before anything is written again.',
  })
  test.each(everyStep)('$update: breaks after ORCA has done call $step', async ({ update, step }) => {
    const lane = await open(update)
    lane.orca.faults.set(step, 'dropAfter')
    const id = await lane.confirm({ benefits: certificates })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })

  test.each(everyStep)('$update: garbles the answer to call $step', async ({ update, step }) => {
    const lane = await open(update)
    lane.orca.faults.set(step, 'garbled')
    const id = await lane.confirm({ benefits: certificates })
    const { state, failure } = await lane.settled(id)
    expect([...lane.orca.locks]).toEqual([])
    if (state === 'refused') {
      expect(failure?.code).toBe('ORCA_ANSWER_INVALID')
      // A person has looked, and sends it again.
      const handover = lane.start()
      await handover.retry(id)
      await handover.settled()
    }
    expect((await lane.row(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })

  test.each([4, 7])('falls silent after ORCA has done call %i', async (step) => {
    const lane = await open('patientmodv32', quick)
    lane.orca.faults.set(step, 'silent')
    const id = await lane.confirm({ benefits: certificates })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })

  test.each(['dropBefore', 'dropAfter'] as const)(
    '%s: a lock is let go of where there was nothing to write',
    async (fault) => {
      const lane = await openLane()
      lane.orca.patients[0]?.benefits.push({ ...held, validTo: benefit.validTo })
      lane.orca.faults.set(3, fault)
      expect((await lane.settled(await lane.confirm())).state).toBe('acknowledged')
      expect([...lane.orca.locks]).toEqual([])
    },
  )

  test('a lock is let go of where the visit is for a person', async () => {
    const lane = await openLane()
    lane.orca.questions.push('K910')
    lane.orca.faults.set(5, 'dropBefore')
    expect(await lane.settled(await lane.confirm())).toMatchObject({ failure: { code: 'ORCA_QUESTION' } })
    expect([...lane.orca.locks]).toEqual([])
  })

  test('breaks at every call once: each try gets one step further', async () => {
    const lane = await open('patientmodv32')
    for (const call of [1, 3, 6, 10, 15]) lane.orca.faults.set(call, 'dropAfter')
    const id = await lane.confirm({ benefits: certificates })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })
})

test.each(ways)('$update: a store that cannot note the change keeps ORCA as it is', async ({ update }) => {
  const lane = await open(update)
  const before = lane.benefits()
  const id = await lane.confirm({ benefits: certificates })
  const line = openOrca(access(lane.orca), quick)
  const deliverer = createOrcaDeliverer(line, orcaDestination({ ...withReception, update }), systemClock)
  const ports = { payload: () => lane.store.payload(id), commitPublishing: async () => [fail('STORE_FULL')] }
  expect(await deliverer.deliver([await lane.row(id)], ports)).toMatchObject([{ error: { code: 'STORE_FULL' } }])
  expect(lane.benefits()).toEqual(before)
  expect(lane.orca.receptions).toEqual([])
  expect([...lane.orca.locks]).toEqual([])
  await deliverer.close()
})

test('whatever breaks and dies, in whatever order, ORCA ends up the same', { timeout: 1_800_000 }, async () => {
  const moment = fc.constantFrom('before' as const, 'after' as const)
  const drop = fc.constantFrom('dropBefore' as const, 'dropAfter' as const)
  const story = fc.record({
    update: fc.constantFrom(...ways.map(({ update }) => update)),
    drops: fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), drop), { maxLength: 6 }),
    deaths: fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), moment), { maxLength: 3 }),
  })
  const whole = fc.asyncProperty(story, async ({ update, drops, deaths }) => {
    const lane = await open(update)
    for (const [call, kind] of drops) lane.orca.faults.set(call, kind)
    const id = await lane.confirm({ benefits: certificates })
    for (const [step, when] of deaths) await lane.startDying(step, when)
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })
  await fc.assert(whole, { numRuns: Number(process.env.FUZZ_RUNS ?? 30) })
})

describe('the program', () => {
  test.each(everyStep)('$update: dies before call $step', async ({ update, step }) => {
    const lane = await open(update)
    const id = await lane.confirm({ benefits: certificates })
    await lane.startDying(step, 'before')
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })

  test.each(everyStep)('$update: dies after ORCA has done call $step', async ({ update, step }) => {
    const lane = await open(update)
    const id = await lane.confirm({ benefits: certificates })
    await lane.startDying(step, 'after')
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expectWhole(lane)
  })

  test('notes that ORCA may have changed before it lets it change', async () => {
    const lane = await open('patientmodv32')
    const id = await lane.confirm({ benefits: certificates })
    await lane.startDying(3, 'after')
    expect((await lane.row(id)).state).toBe('queued')
    const other = await open('patientmodv32')
    const changing = await other.confirm({ benefits: certificates })
    await other.startDying(4, 'before')
    expect((await other.row(changing)).state).toBe('publishing')
  })

  test('leaves a lock that is its own, and removes that one only', async () => {
    const lane = await open('patientmodv32')
    lane.orca.locks.set('00099', { karteUid: 'terminal', orcaUid: 'terminal' })
    const id = await lane.confirm({ benefits: certificates })
    await lane.startDying(2, 'after')
    expect(lane.orca.locks.size).toBe(2)
    await lane.settled(id)
    expect([...lane.orca.locks.keys()]).toEqual(['00099'])
  })
})
