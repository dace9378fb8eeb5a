// 公費 into ORCA where only adding is possible (patientmodv2, class 04).
import { describe, expect, test } from 'vitest'
import { fault } from '../../faults.ts'
import { benefit } from '../../store/samples.ts'
import { eventually } from '../../support.ts'
import { openLane } from './lane.ts'

const held = {
  id: '7',
  payerNumber: '88138243',
  recipientNumber: '1234566',
  validFrom: '2026-10-01',
  validTo: '2027-09-30',
}
const { id: _id, ...said } = held
const adding = { update: 'patientmodv2' }
const second = { ...benefit, payerNumber: '54136015', recipientNumber: '8765432' }

describe('a certificate', () => {
  test('that ORCA does not hold is added, several in one call', async () => {
    const lane = await openLane(adding)
    const id = await lane.confirm({ benefits: [benefit, second] })
    expect(await lane.settled(id)).toMatchObject({ state: 'acknowledged', failure: null })
    // In the order on the claim: the national one first.
    expect(lane.benefits()).toEqual([{ ...said, payerNumber: '54136015', recipientNumber: '8765432' }, said])
    expect(lane.calls('/orca12/patientmodv2?class=04')).toBe(1)
  })

  test('that ORCA holds just so is not sent again, the other one is', async () => {
    const lane = await openLane(adding)
    lane.orca.patients[0]?.benefits.push(held)
    const id = await lane.confirm({ benefits: [benefit, second] })
    expect((await lane.settled(id)).state).toBe('acknowledged')
    expect(lane.benefits()).toHaveLength(2)
  })

  fault('orca', 'ORCA holds the same number with another period', {
    seen: 'ORCA_BENEFIT_DIFFERS',
    detail: { destination: 'orca' },
    data: 'What ORCA holds stays as it is.',
    recovery: 'A person compares with the certificate and corrects it in ORCA.',
  })
  test('that ORCA holds with another period is for a person, and nothing is written', async () => {
    const lane = await openLane(adding)
    lane.orca.patients[0]?.benefits.push({ ...held, validTo: '2026-12-31' })
    const id = await lane.confirm({ benefits: [benefit, second] })
    expect(await lane.settled(id)).toMatchObject({ state: 'refused', failure: { code: 'ORCA_BENEFIT_DIFFERS' } })
    expect(lane.calls('/orca12')).toBe(0)
  })

  fault('orca', 'ORCA refuses a certificate', {
    seen: 'ORCA_BENEFIT_REFUSED',
    detail: { destination: 'orca', sourceCode: 'P2' },
    data: 'What ORCA holds stays as it is.',
    recovery: 'A person types it in; the code stands in the message.',
  })
  test('that overlaps another number of the same payer is refused by ORCA, with its code', async () => {
    const lane = await openLane(adding)
    lane.orca.patients[0]?.benefits.push({ ...held, recipientNumber: '7654321' })
    const id = await lane.confirm()
    expect(await lane.settled(id)).toMatchObject({
      state: 'refused',
      failure: { code: 'ORCA_BENEFIT_REFUSED', detail: { sourceCode: 'P2' } },
    })
  })
})

test('a patient whom somebody has open is waited for', async () => {
  const lane = await openLane(adding)
  lane.orca.locks.set('00012', { karteUid: 'terminal', orcaUid: 'terminal' })
  const id = await lane.confirm()
  const settled = lane.settled(id)
  await eventually('ORCA is busy', async () => (await lane.row(id)).failure?.code === 'ORCA_BUSY')
  lane.orca.locks.clear()
  expect((await settled).state).toBe('acknowledged')
})
