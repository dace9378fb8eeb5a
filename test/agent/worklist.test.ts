// What the list tells of a visit, so that reception finds a person in it and sees who has been there before today.
import { expect, test } from 'vitest'
import { receptionSchema } from '../../src-main/contract/reception.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

test('the list tells kana, birth date and 診察券番号, and which visit of the person’s day it is', async () => {
  const desk = await openDesk(await dataFolder())
  const first = await desk.checkIn('nanbyo')
  must(await desk.call('linkPatientNumber', { visitId: first.id, patientNumber: '0012345', isMoved: false }))
  must(await desk.call('closeVisit', { visitId: first.id }))
  const other = await desk.checkIn('kodomo')
  must(await desk.call('closeVisit', { visitId: other.id }))
  const again = await desk.checkIn('nanbyo')

  const listed = () => receptionSchema.parse(desk.agent.reception()).visits
  expect(listed().map(({ id, nth }) => [id, nth])).toEqual([
    [again.id, 2],
    [other.id, 1],
    [first.id, 1],
  ])
  const { name, nameKana, birthDate } = again.patient ?? {}
  expect(listed()[0]).toMatchObject({ name, nameKana, birthDate, patientNumber: '0012345' })
})
