// What the list tells of a visit, so that reception finds a person in it and sees who has been there before today.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('a note is on the screen and in the store, over a restart, and in no file and no log', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const { id: visitId } = await desk.checkIn('nanbyo')
  const note = '金曜日にまとめてお会計'
  must(await desk.call('noteVisit', { visitId, note: ` ${note} ` }))
  await desk.agent.settled()
  expect(desk.current()?.note).toBe(note)
  expect(desk.agent.reception().visits[0]?.hasNote).toBe(true)
  must(await desk.call('closeVisit', { visitId }))
  await desk.stop()

  const later = await openDesk(dataDir)
  expect((await later.lookUp(visitId)).note).toBe(note)
  must(await later.call('noteVisit', { visitId, note: '  ' }))
  expect((await later.lookUp(visitId)).note).toBeNull()
  await later.stop()

  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  const named = files.filter((file) => {
    const bytes = readFileSync(join(file.parentPath, file.name))
    return bytes.includes(note) || new TextDecoder('shift_jis').decode(bytes).includes(note)
  })
  expect(files.length).toBeGreaterThan(4)
  expect(named.map(({ name }) => name)).toEqual([])
})
