// A name in which a mark turns the writing direction reads as another name. The screen shows the mark for what it is, and
// no receipt computer gets it; what the source said stays in the store as it came.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const turned = '佐藤　\u202e咲美'

fault('locale', 'A name holds a mark that turns its reading direction', {
  seen: 'TEXT_NOT_ENCODABLE',
  detail: { destination: 'csv' },
  data: 'The mark is shown for what it is, and no receipt computer gets it.',
  recovery: 'A person looks at the name, and approves what stands for it.',
})
test('a name that would read backwards is shown with its mark, and its files wait', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  desk.agent.training?.terminal?.setQuirks({ encoding: 'utf-8' })
  must(await desk.call('useFaceReader', { persona: 'nanbyo' }))
  await eventually('a visit is there', () => desk.agent.reception().visits.length > 0)

  // The same result once more, as another program could write it.
  const [first = ''] = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /res_face.*\.xml$/.test(name),
  )
  const text = readFileSync(join(dataDir, first), 'utf8').replaceAll('佐藤　美咲', turned)
  expect(text).toContain(turned)
  const second = join(dataDir, first.replace(/_face_/, '_face_2'))
  writeFileSync(`${second}.part`, text)
  renameSync(`${second}.part`, second)
  await eventually('a second visit is there', () => desk.agent.reception().visits.length > 1)

  const visit = desk.agent.reception().visits.find(({ name }) => name !== '佐藤　美咲')
  expect(visit?.name).toBe('佐藤　〔U+202E〕咲美')
  must(await desk.call('choosePatient', { visitId: visit?.id ?? '', patientRef: null }))
  await desk.agent.settled()
  const { patient, deliveries, assessment } = await desk.lookUp(visit?.id ?? '')
  expect(patient?.name).toBe('佐藤　〔U+202E〕咲美')
  expect(deliveries.map(({ state, failure }) => [state, failure?.code])).toEqual([
    ['rejected', 'TEXT_NOT_ENCODABLE'],
    ['rejected', 'TEXT_NOT_ENCODABLE'],
  ])
  // By itself it keeps its code: the clinic may approve what stands for it.
  expect(assessment?.name.faults.map(({ character, codePoint }) => [character, codePoint])).toEqual([
    ['\u202e', 'U+202E'],
  ])
})
