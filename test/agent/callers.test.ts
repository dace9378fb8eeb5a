// Whoever calls says by which door, and the agent itself holds each door to its list, whatever a shell lets through.
import { expect, test } from 'vitest'
import { type Caller, mayCall } from '../../src-main/contract/callers.ts'
import { calls } from '../../src-main/contract/calls.ts'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { fault } from '../faults.ts'
import { dataFolder, openDesk } from './fixture.ts'

const refused = { ok: false, error: { code: 'REQUEST_INVALID' } }

fault('patient', 'The patient stops the check-in on their own screen', {
  seen: 'VISIT_STOPPED_BY_PATIENT',
  data: 'The visit is cancelled; nothing is handed over.',
  recovery: 'It is begun again, or the next patient comes.',
})
fault('sessions', 'The patient’s page, or a program, asks for what only the desk may do', {
  seen: 'REQUEST_INVALID',
  data: 'Nothing is done, and nothing is told.',
  recovery: 'The log names the door by which it came.',
})
test('the patient’s page and the command line reach no call that is not on their list, and the log names the door', async () => {
  const written: LogEntry[] = []
  const desk = await openDesk(await dataFolder(), { log: { write: (entry) => written.push(entry) } })
  const begun = written.length
  const atPatient: Caller = { door: 'patient', desk: 1 }
  const atCommandLine: Caller = { door: 'commandLine', desk: 1 }
  expect(await desk.agent.call(atPatient, 'insertTrainingCard', { persona: 'nanbyo' })).toEqual(refused)
  expect(await desk.agent.call(atCommandLine, 'chooseReader', { reader: null })).toEqual(refused)
  expect(desk.agent.training?.inserted()).toBeNull()
  expect(written.slice(begun).filter(({ event }) => event === 'callRefused')).toEqual([
    { event: 'callRefused', door: 'patient', code: 'REQUEST_INVALID' },
    { event: 'callRefused', door: 'commandLine', code: 'REQUEST_INVALID' },
  ])
  // What is on the list goes through.
  expect(await desk.agent.call(atCommandLine, 'insertTrainingCard', { persona: 'nanbyo' })).toMatchObject({ ok: true })
  const { id } = await desk.asksForPin()
  expect(await desk.agent.call(atPatient, 'cancelVisit', { visitId: id })).toMatchObject({ ok: true })
  // Who has stopped it is what the desk has to know.
  expect(desk.current()).toMatchObject({ state: 'cancelled', failure: { code: 'VISIT_STOPPED_BY_PATIENT' } })
})

test('every call of the contract is on the desk’s list but the system’s own, and nothing else is', () => {
  const isSystems = (name: string) => name === 'computerLocked'
  for (const name of Object.keys(calls)) {
    expect({ name, desk: mayCall('desk', name) }).toEqual({ name, desk: !isSystems(name) })
    expect({ name, system: mayCall('system', name) }).toEqual({ name, system: isSystems(name) })
  }
  for (const name of ['toString', 'constructor', '', 'reception ']) expect(mayCall('desk', name)).toBe(false)
})
