// A difference that needs a person, through the whole agent: nothing reaches the receipt computer before it is decided,
// and nothing that was held is lost by an answer that merely lacks it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/contract/result.ts'
import { dataFolder, openDesk } from './fixture.ts'

const files = (dataDir: string) => readdirSync(join(dataDir, 'import/json')).filter((name) => name.endsWith('.json'))
const newest = (dataDir: string, known: readonly string[]): unknown => {
  const [name] = files(dataDir).filter((file) => !known.includes(file))
  return name === undefined ? null : JSON.parse(readFileSync(join(dataDir, 'import/json', name), 'utf8'))
}

/** The visit of the earlier card confirmed, that of today's card at its question. */
async function asked(sample: string) {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  expect((await desk.checkIn(`${sample}-before`)).state).toBe('handedOver')
  await desk.call('closeVisit', { visitId: desk.current()?.id })
  const before = files(dataDir)
  const visit = await desk.checkIn(sample)
  const questions = visit.assessment?.differences.filter(({ choices, decided }) => choices.length > 0 && !decided) ?? []
  const decide = (choiceOf: (kind: string) => 'accept' | 'keep' | 'paper') =>
    desk.call('decideDifferences', {
      visitId: visit.id,
      decisions: questions.map(({ key, kind }) => ({ key, choice: choiceOf(kind) })),
    })
  return { dataDir, desk, visit, questions, decide, before }
}

describe('a changed certificate', () => {
  test('waits for a person, then goes out as decided', async () => {
    const { dataDir, desk, visit, questions, decide, before } = await asked('g-changed')
    expect(visit.state).toBe('answered')
    expect(questions.map(({ kind }) => kind)).toEqual(['changed', 'changed', 'changed', 'changed', 'changed'])
    expect(files(dataDir)).toEqual(before)
    // The card may go meanwhile, and nothing else can be done with the visit.
    await desk.takeAway()
    expect(desk.current()?.state).toBe('answered')
    expect(await desk.call('closeVisit', { visitId: visit.id })).toEqual(fail('VISIT_NOT_CURRENT'))
    expect(await desk.call('decideDifferences', { visitId: visit.id, decisions: [] })).toEqual(
      fail('REQUEST_INVALID', { field: 'decisions' }),
    )
    await decide(() => 'accept')
    await desk.agent.settled()
    expect(desk.current()?.state).toBe('handedOver')
    expect(newest(dataDir, before)).toMatchObject({
      answers: {
        medicalSubsidy: { items: expect.arrayContaining([expect.objectContaining({ monthlyCapYen: 20_000 })]) },
      },
    })
    // Confirmed now: the next visit asks nothing.
    await desk.call('closeVisit', { visitId: visit.id })
    expect((await desk.checkIn('g-changed')).state).toBe('handedOver')
  })

  test('that is not accepted is not handed over, and not asked about again this month', async () => {
    const { dataDir, desk, visit, decide, before } = await asked('g-changed')
    await decide(() => 'keep')
    await desk.agent.settled()
    expect(newest(dataDir, before)).toMatchObject({ answers: { medicalSubsidy: { state: 'absent' } } })
    await desk.call('closeVisit', { visitId: visit.id })
    const again = await desk.checkIn('g-changed')
    expect(again.state).toBe('handedOver')
    expect(again.assessment?.differences.every(({ decided }) => decided?.choice === 'keep')).toBe(true)
  })

  test('can be cancelled, and is asked about again', async () => {
    const { desk, visit } = await asked('g-changed')
    await desk.call('cancelVisit', { visitId: visit.id })
    expect(desk.current()?.state).toBe('cancelled')
    expect((await desk.checkIn('g-changed')).state).toBe('answered')
  })
})

describe('a certificate that today’s answer lacks', () => {
  test('is never ended, whatever is decided, and asking again leaves the question open', async () => {
    const { desk, visit, questions, decide } = await asked('g-absent')
    expect(questions.map(({ kind, choices }) => [kind, choices])).toEqual([
      ['absent', ['paper', 'askAgain', 'keep']],
      ['absent', ['paper', 'askAgain', 'keep']],
    ])
    expect(await desk.call('askAgain', { visitId: visit.id })).toMatchObject({ ok: true })
    expect(desk.current()?.state).toBe('answered')
    expect(
      await desk.call('decideDifferences', {
        visitId: visit.id,
        decisions: questions.map(({ key }) => ({ key, choice: 'accept' })),
      }),
    ).toEqual(fail('REQUEST_INVALID', { field: 'decisions' }))
    await decide(() => 'paper')
    await desk.agent.settled()
    expect(desk.current()?.state).toBe('handedOver')
    await desk.call('closeVisit', { visitId: visit.id })
    // All three are still held: the answer with all of them is nothing new.
    const back = await desk.checkIn('g-absent-before')
    expect(back.assessment?.differences.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  test('stays when the person withholds consent', async () => {
    const { desk, visit, questions, decide } = await asked('g-withheld')
    expect(visit.answers?.medicalSubsidy.state).toBe('withheld')
    expect(questions.map(({ kind }) => kind)).toEqual(['absent'])
    await decide(() => 'keep')
    expect(desk.current()?.state).not.toBe('answered')
  })
})

describe('an end that the source names', () => {
  test('is recorded only when a person accepts it', async () => {
    const { dataDir, desk, visit, questions, decide, before } = await asked('g-ended')
    expect(questions.map(({ kind }) => kind).sort()).toEqual(['absent', 'ended'])
    await decide((kind) => (kind === 'ended' ? 'accept' : 'paper'))
    await desk.agent.settled()
    expect(newest(dataDir, before)).toMatchObject({ answers: { medicalSubsidy: { state: 'ended' } } })
    await desk.call('closeVisit', { visitId: visit.id })
    const back = await desk.checkIn('g-ended-before')
    expect(back.assessment?.differences.map(({ kind }) => kind).sort()).toEqual(['new', 'unchanged'])
  })

  test('that is not accepted does not reach the receipt computer', async () => {
    const { dataDir, desk, decide, before } = await asked('g-ended')
    await decide(() => 'keep')
    await desk.agent.settled()
    expect(newest(dataDir, before)).toMatchObject({ answers: { medicalSubsidy: { state: 'absent' } } })
  })

  test('as a withdrawal without a day ends nothing', async () => {
    const { questions } = await asked('g-withdrawn')
    expect(questions.map(({ endedOn, choices }) => [endedOn !== null, choices])).toEqual([
      [true, ['accept', 'keep']],
      [false, ['paper', 'askAgain', 'keep']],
    ])
  })
})

describe('the clinic’s own rules', () => {
  test('an order chosen once counts for the next patient with the same schemes, across restarts', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const visit = await desk.checkIn('kosei-hitorioya')
    const places = visit.assessment?.order.steps.map(({ benefit }) => benefit) ?? []
    expect(visit.assessment?.order.decidedBy).toBe('proposal')
    const call = (sequence: readonly number[]) => desk.call('orderBenefits', { visitId: visit.id, sequence })
    expect(await call([0, 0])).toEqual(fail('REQUEST_INVALID', { field: 'sequence' }))
    expect(await call(places.toReversed())).toMatchObject({ ok: true })
    expect(desk.current()?.assessment?.order).toMatchObject({ decidedBy: 'clinic' })
    await desk.stop()
    const later = await openDesk(dataDir)
    const next = await later.checkIn('kosei-hitorioya')
    expect(next.assessment?.order.decidedBy).toBe('clinic')
    const known = files(dataDir)
    expect(known.length).toBe(2)
    const payers = known.map((name) => {
      const file: { answers: { medicalSubsidy: { items: { payerNumber: string }[] } } } = JSON.parse(
        readFileSync(join(dataDir, 'import/json', name), 'utf8'),
      )
      return file.answers.medicalSubsidy.items.map(({ payerNumber }) => payerNumber)
    })
    expect(payers).toContainEqual(['15138019', '81136244'])
    expect(payers).toContainEqual(['81136244', '15138019'])
  })

  test('a receipt computer with two places gets two, and the counter hears which are left out', async () => {
    const dataDir = await dataFolder({
      destinations: [{ id: 'small', format: 'json', folder: 'import/json', subsidyPlaces: 2 }],
    })
    const desk = await openDesk(dataDir)
    const visit = await desk.checkIn('g-order')
    expect(visit.assessment?.order.leftOut.every(({ reason }) => reason === 'places')).toBe(true)
    expect(visit.assessment?.order.leftOut.length).toBe(7)
    expect(newest(dataDir, [])).toMatchObject({
      answers: { medicalSubsidy: { items: [{ payerNumber: '10136018' }, { payerNumber: '21136015' }] } },
    })
  })

  test('a substitute counts once it is approved, and stays in the settings', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const visit = await desk.checkIn('gaiji')
    expect(visit.assessment?.name.claim.form).toBe('kana')
    expect(await desk.call('approveSubstitute', { character: '𠮷', substitute: '吉' })).toMatchObject({ ok: true })
    expect(desk.current()?.assessment?.name.claim).toEqual({ form: 'substituted', text: '吉田　直子' })
    expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({
      substitutions: { 𠮷: '吉' },
    })
    // The file that was held back can be written now.
    const rejected = visit.deliveries.find(({ state }) => state === 'rejected')
    await desk.call('retryDelivery', { deliveryId: rejected?.id })
    await desk.agent.settled()
    expect(desk.current()?.deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  })
})
