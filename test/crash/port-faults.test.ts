// The n-th call of a port fails, for every n that a check-in has: each command to the card, each question to the hub, before it has
// happened and after it. The visit ends in words, nobody gets another's answer, no number is lost, and the next check-in goes through.
// The ports to the disk have theirs in call-faults.test.ts, the clock in wrong-clock and day-turn of test/agent.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { fail, type Result } from '../../src-main/ground/result.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { eventually, must } from '../support.ts'

const seed = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000)

/** Two people, by turns: what one is told must never be the other's. */
const people = ['nanbyo', 'kodomo'] as const

async function openCounter() {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const { training } = desk.agent
  if (!training) throw new Error('this desk rehearses')
  const { reader } = training
  const struck = {
    at: Number.POSITIVE_INFINITY,
    calls: 0,
    code: 'CARD_REMOVED' as 'CARD_REMOVED' | 'CARD_RESET' | 'READER_UNAVAILABLE',
  }
  const strikes = () => ++struck.calls === struck.at
  const { connect } = reader
  reader.connect = async (name) => {
    if (strikes()) return fail('READER_UNAVAILABLE')
    const connected = await connect(name)
    if (!connected.ok) return connected
    const card = connected.value
    return {
      ok: true,
      value: {
        carriesExtended: card.carriesExtended,
        end: () => card.end(),
        async transmit(commands): Promise<Result<readonly Uint8Array[]>> {
          // Command by command, so that each is one that may fail.
          const answers: Uint8Array[] = []
          for (const command of commands) {
            if (strikes()) return fail(struck.code)
            const answer = await card.transmit([command])
            if (!answer.ok) return answer
            answers.push(...answer.value)
            const [high, low] = answers.at(-1)?.subarray(-2) ?? []
            if (high !== 0x90 || low !== 0x00) break
          }
          return { ok: true, value: answers }
        },
      },
    }
  }
  /** As a person would: lays the card, enters the PIN where it is asked for, waits for the end. */
  const visit = async (persona: string): Promise<VisitView> => {
    const before = desk.current()?.id
    must(await desk.call('removeTrainingCard', {}))
    must(await desk.call('insertTrainingCard', { persona }))
    const isNew = () => desk.current() !== null && desk.current()?.id !== before
    const hasEnded = () =>
      isNew() && ['failed', 'offline', 'confirmed', 'handedOver', 'answered'].includes(desk.current()?.state ?? '')
    await eventually(
      'the PIN is asked for, or it is over',
      () => hasEnded() || (isNew() && desk.current()?.pin != null),
    )
    if (desk.current()?.pin) await desk.enterPin('1234')
    await eventually('the visit ends', hasEnded)
    await desk.agent.settled()
    const ended = desk.current()
    if (!ended) throw new Error('the visit has gone')
    must(await desk.call('closeVisit', { visitId: ended.id }))
    return ended
  }
  return { dataDir, desk, training, struck, visit }
}

type Counter = Awaited<ReturnType<typeof openCounter>>

/** The names under which the two are known, from check-ins without any fault. */
async function namesOf({ visit }: Counter) {
  const names = new Map<string, string>()
  for (const persona of people) {
    const { patient, state } = await visit(persona)
    expect(['confirmed', 'handedOver']).toContain(state)
    names.set(persona, patient?.name ?? '')
  }
  return names
}

/** One check-in with whatever is wrong now, and one without. */
async function both(counter: Counter, names: ReadonlyMap<string, string>, n: number, right: () => unknown) {
  const persona = people[n % people.length] ?? people[0]
  const disturbed = await counter.visit(persona)
  await right()
  const next = await counter.visit(persona)
  if (disturbed.state === 'failed') expect(disturbed.failure?.code).toBeTruthy()
  for (const { patient } of [disturbed, next]) if (patient) expect(patient.name).toBe(names.get(persona))
  expect(['confirmed', 'handedOver'], `the check-in after ${disturbed.failure?.code}`).toContain(next.state)
  return disturbed
}

/** Afterwards: no number twice, none lost, no file twice. */
function allIsThere({ desk, dataDir }: Counter): void {
  const numbers = desk.agent.reception().visits.map(({ number }) => number)
  expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
  const handedOver = desk.agent.reception().visits.filter(({ state }) => state === 'handedOver')
  const folders = readdirSync(join(dataDir, 'import'), { withFileTypes: true, recursive: true })
  expect(folders.filter((entry) => entry.isFile() && entry.name.endsWith('.csv'))).toHaveLength(handedOver.length)
}

describe(`the n-th call of a port fails (seed ${seed})`, () => {
  test('of the reader, at every command that a check-in has', async () => {
    const counter = await openCounter()
    const names = await namesOf(counter)
    const { struck } = counter
    struck.calls = 0
    await counter.visit('nanbyo')
    // Three more where a fault has taught the desk to read the certificate in short pieces.
    const commands = struck.calls + 3
    expect(commands).toBeGreaterThan(10)
    const codes = ['CARD_REMOVED', 'CARD_RESET', 'READER_UNAVAILABLE'] as const
    for (let n = 1; n <= commands; n++) {
      Object.assign(struck, { calls: 0, at: n, code: codes[(n + seed) % codes.length] })
      await both(counter, names, n, () => Object.assign(struck, { at: Number.POSITIVE_INFINITY }))
    }
    allIsThere(counter)
  })

  test('of the hub, at every question, before it has happened and after it', async () => {
    const counter = await openCounter()
    const names = await namesOf(counter)
    const { sandbox } = counter.training
    for (const route of ['sessions', 'proof', 'eligibility'] as const) {
      for (const [n, kind] of (['hangUp', 'answerLost', 'halfAnswer', 'error', 'wrongSchema'] as const).entries()) {
        await sandbox.setFault({ kind }, route)
        await both(counter, names, n, () => sandbox.setFault(null))
      }
    }
    allIsThere(counter)
  })
})
