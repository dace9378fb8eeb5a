// Two helps of municipalities for one patient: asked once, remembered for everybody with the same helps, and never guessed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const persona = 'g-local'

const written = (dataDir: string, visitId: string) =>
  readdirSync(join(dataDir, 'import/json'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(dataDir, 'import/json', name), 'utf8')))
    .find((one) => one.visitId === visitId)?.answers.medicalSubsidy

test('the visit waits until the clinic has said which help it uses, and is not asked again', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const first = await desk.checkIn(persona, true)
  expect(first).toMatchObject({ state: 'answered', handed: null, assessment: { order: { together: { used: null } } } })
  const [used = -1, ...others] = first.assessment?.order.together?.benefits ?? []
  expect(others.length).toBeGreaterThan(0)
  const numberOf = (place: number) => first.assessment?.benefits[place]?.benefit.payerNumber

  // Nothing goes out by another way, and only one of these helps can be said.
  expect(await desk.call('decideDifferences', { visitId: first.id, decisions: [] })).toEqual(
    fail('REQUEST_INVALID', { field: 'helps' }),
  )
  expect(await desk.call('chooseHelps', { visitId: first.id, used: [7] })).toEqual(
    fail('REQUEST_INVALID', { field: 'used' }),
  )
  expect(readdirSync(join(dataDir, 'import/json'))).toEqual([])

  must(await desk.call('chooseHelps', { visitId: first.id, used: [used] }))
  await desk.agent.settled()
  await eventually('the file is there', () => written(dataDir, first.id) !== undefined)
  expect(written(dataDir, first.id)).toMatchObject({
    state: 'present',
    items: [{ payerNumber: numberOf(used) }],
    leftOut: others.map((place) => ({ payerNumber: numberOf(place), reason: 'otherHelp' })),
    byHand: 0,
  })
  await desk.stop()

  const next = await openDesk(dataDir)
  const second = await next.checkIn(persona, true)
  await eventually('the file is there', () => written(dataDir, second.id) !== undefined)
  expect(second.state).toBe('handedOver')
  expect(written(dataDir, second.id)).toMatchObject({ items: [{ payerNumber: numberOf(used) }], byHand: 0 })
})
