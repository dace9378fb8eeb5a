// The number that an error screen shows leads to its lines in the log, whichever way it came.
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { referenceOf } from '../../src-main/ground/reference.ts'
import { deskDoor } from '../../src-main/shell/doors.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'

const linesUnder = (dataDir: string, reference: string | undefined) =>
  readdirSync(join(dataDir, 'logs'))
    .flatMap((name) =>
      readFileSync(join(dataDir, 'logs', name), 'utf8')
        .trim()
        .split('\n'),
    )
    .map((line) => JSON.parse(line))
    .filter((line) => line.reference === reference)

test('a refused call is told with the number of its line, another one with another number', async () => {
  const dataDir = await dataFolder()
  const { agent } = await openDesk(dataDir)
  const refused = await deskDoor.call(agent, 'retryVisit', { visitId: randomUUID() })
  const again = await deskDoor.call(agent, 'retryVisit', { visitId: 'no visit' })
  const numbers = [refused, again].map((answer) => (answer.ok ? undefined : answer.error.detail?.reference))
  expect(numbers[0]).not.toBe(numbers[1])
  expect(linesUnder(dataDir, numbers[0])).toMatchObject([{ event: 'callRefused', code: 'VISIT_NOT_CURRENT' }])
  expect(linesUnder(dataDir, numbers[1])).toMatchObject([{ event: 'callRefused', code: 'REQUEST_INVALID' }])
})

test('a visit that failed is found by the number that its page makes of its id', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  desk.agent.training?.sandbox.setFault({ kind: 'error' }, 'sessions')
  await desk.lay('nanbyo')
  const visit = await desk.reaches('it fails', (now) => now?.state === 'failed')
  const lines = linesUnder(dataDir, referenceOf(visit.id))
  expect(lines.at(-1)).toMatchObject({ event: 'visitMoved', state: 'failed', code: visit.failure?.code })
})
