// The reception in ORCA: made where the clinic wants it, once.
import { describe, expect, test } from 'vitest'
import { fault } from '../../faults.ts'
import { openLane, withReception } from './lane.ts'

const reception = { patient: '00012', day: '2026-11-23', department: '01' }

test('none is made unless the settings say so', async () => {
  const lane = await openLane()
  await lane.settled(await lane.confirm())
  expect(lane.orca.receptions).toEqual([])
})

describe('where the settings say so', () => {
  test('it is made after the certificates', async () => {
    const lane = await openLane(withReception)
    expect((await lane.settled(await lane.confirm())).state).toBe('acknowledged')
    expect(lane.orca.receptions).toEqual([reception])
    const paths = lane.orca.asked.map(({ path }) => path)
    expect(paths.indexOf('/orca11/acceptmodv2')).toBeGreaterThan(paths.indexOf('/orca12/patientmodv32'))
  })

  test('it is made for a patient without certificates as well', async () => {
    const lane = await openLane(withReception)
    expect((await lane.settled(await lane.confirm({ benefits: [] }))).state).toBe('acknowledged')
    expect(lane.orca.receptions).toEqual([reception])
  })

  test('one that staff have made is not doubled; one in another department is no reason', async () => {
    const lane = await openLane(withReception)
    lane.orca.receptions.push({ ...reception, department: '02' })
    await lane.settled(await lane.confirm())
    await lane.settled(await lane.confirm())
    expect(lane.orca.receptions.filter(({ department }) => department === '01')).toHaveLength(1)
  })

  test('one that staff make at the same moment is not doubled', async () => {
    const lane = await openLane(withReception)
    lane.orca.faults.set(7, { meanwhile: () => lane.orca.receptions.push(reception) })
    expect((await lane.settled(await lane.confirm())).state).toBe('acknowledged')
    expect(lane.orca.asked).toHaveLength(7)
    expect(lane.orca.receptions).toEqual([reception])
  })

  fault('orca', 'ORCA does not know the doctor’s code of the settings', {
    seen: 'ORCA_RECEPTION_REFUSED',
    detail: { destination: 'orca', sourceCode: '14' },
    data: 'The certificates are registered; no reception is made.',
    recovery: 'A person makes the reception; clinic IT mends the code.',
  })
  test('a code that ORCA does not know: the certificates are there, a person makes the reception', async () => {
    const lane = await openLane({ reception: { departmentCode: '01', physicianCode: '99999' } })
    expect(await lane.settled(await lane.confirm())).toMatchObject({
      state: 'refused',
      failure: { code: 'ORCA_RECEPTION_REFUSED', detail: { sourceCode: '14' } },
    })
    expect(lane.benefits()).toHaveLength(1)
    expect(lane.orca.receptions).toEqual([])
  })

  test('a row that waited overnight makes none any more', async () => {
    const lane = await openLane({ ...withReception, now: '2026-11-24T00:15:00Z' })
    expect((await lane.settled(await lane.confirm())).state).toBe('acknowledged')
    expect(lane.benefits()).toHaveLength(1)
    expect(lane.orca.receptions).toEqual([])
  })
})
