// A difference that needs a person, through the whole agent: nothing reaches the receipt computer before it is decided,
// and nothing that was held is lost by an answer that merely lacks it.
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Decided } from '../../src-main/eligibility/effect.ts'
import { fail } from '../../src-main/ground/result.ts'
import { dataFolder, openDesk } from './fixture.ts'

const files = (dataDir: string) => readdirSync(join(dataDir, 'import/json')).filter((name) => name.endsWith('.json'))
const newest = (dataDir: string, known: readonly string[]): unknown => {
  const [name] = files(dataDir).filter((file) => !known.includes(file))
  return name === undefined ? null : JSON.parse(readFileSync(join(dataDir, 'import/json', name), 'utf8'))
}

const subsidySchema = z.object({
  answers: z.object({
    medicalSubsidy: z.object({
      state: z.string(),
      byHand: z.number(),
      items: z
        .array(
          z.looseObject({
            basis: z.string(),
            payerNumber: z.string().nullable(),
            recipientNumber: z.string().nullable(),
            undisclosed: z.boolean(),
          }),
        )
        .default([]),
      leftOut: z.array(
        z.looseObject({
          reason: z.string(),
          payerNumber: z.string().nullable(),
          recipientNumber: z.string().nullable(),
        }),
      ),
    }),
  }),
})
const subsidyOf = (file: unknown) => subsidySchema.parse(file).answers.medicalSubsidy

/** The visit of the earlier card confirmed, that of today's card at its question. */
async function asked(sample: string) {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  expect((await desk.checkIn(`${sample}-before`)).state).toBe('handedOver')
  await desk.call('closeVisit', { visitId: desk.current()?.id })
  const before = files(dataDir)
  const visit = await desk.checkIn(sample)
  const questions = visit.assessment?.differences.filter(({ choices, decided }) => choices.length > 0 && !decided) ?? []
  const decide = (choiceOf: (kind: string) => Decided) =>
    desk.call('decideDifferences', {
      visitId: visit.id,
      decisions: questions.map(({ key, kind }) => ({ key, choice: choiceOf(kind) })),
    })
  return { dataDir, desk, visit, questions, decide, before }
}

describe('a changed certificate', () => {
  test('is not answered by what belongs to the card, and its question stays', async () => {
    const { desk, visit, decide } = await asked('g-changed')
    const { id: visitId } = visit
    for (const [name, rest] of [
      ['enterPin', { pin: '1234', lastTry: false }],
      ['identifyByTap', {}],
      ['confirmPerson', { isSame: true }],
    ] as const) {
      expect(await desk.call(name, { visitId, ...rest })).toEqual(fail('VISIT_NOT_CURRENT'))
      expect(desk.current()?.state).toBe('answered')
    }
    expect((await decide(() => 'accept')).ok).toBe(true)
  })

  test('waits for a person, then goes out as decided', async () => {
    const { dataDir, desk, visit, questions, decide, before } = await asked('g-changed')
    expect(visit.state).toBe('answered')
    // The fifth is only 不開示, which is nobody's to refuse.
    expect(questions.map(({ kind }) => kind)).toEqual(['changed', 'changed', 'changed', 'changed'])
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

  test('that is not accepted goes out as it was confirmed, and is not asked about again this month', async () => {
    const { dataDir, desk, visit, questions, decide, before } = await asked('g-changed')
    await decide(() => 'keep')
    await desk.agent.settled()
    const numbersOf = (
      list: readonly { readonly payerNumber: string | null; readonly recipientNumber: string | null }[],
    ) => list.map(({ payerNumber, recipientNumber }) => `${payerNumber} ${recipientNumber}`).sort()
    const { items, leftOut, state, byHand } = subsidyOf(newest(dataDir, before))
    const kept = items.filter(({ basis }) => basis === 'earlierConfirmed')
    // The fifth has no place on the claim.
    const crowded = leftOut.filter(({ reason }) => reason === 'places')
    expect(numbersOf([...kept, ...crowded])).toEqual(numbersOf(questions.flatMap(({ confirmed }) => confirmed ?? [])))
    expect({ state, byHand, reasons: new Set(leftOut.map(({ reason }) => reason)) }).toEqual({
      state: 'present',
      byHand: 1,
      reasons: new Set(['earlierKept', 'places']),
    })
    // The new 不開示 counts, and the cards are what the file holds.
    expect(items.filter(({ undisclosed }) => undisclosed)).toHaveLength(1)
    expect(desk.current()?.handed?.items.map(({ benefit }) => benefit.recipientNumber)).toEqual(
      expect.arrayContaining(items.map(({ recipientNumber }) => recipientNumber)),
    )
    await desk.call('closeVisit', { visitId: visit.id })
    const again = await desk.checkIn('g-changed')
    expect(again.state).toBe('handedOver')
    const changed = again.assessment?.differences.filter(({ kind }) => kind === 'changed') ?? []
    expect(changed.map(({ decided }) => decided?.choice)).toEqual(['keep', 'keep', 'keep', 'keep'])
  })

  test('that is left for later is in no file, is named there, and is work for a person on every row', async () => {
    const { dataDir, desk, visit, decide, before } = await asked('g-changed')
    await decide(() => 'leave')
    await desk.agent.settled()
    const { items, leftOut, byHand } = subsidyOf(newest(dataDir, before))
    expect([items.length, leftOut.map(({ reason }) => reason), byHand]).toEqual([
      1,
      ['notAccepted', 'notAccepted', 'notAccepted', 'notAccepted'],
      4,
    ])
    const { visits, current } = desk.agent.reception()
    expect(visits.find(({ id }) => id === visit.id)?.byHand).toBe(4)
    expect(current?.deliveries.map((delivery) => delivery.byHand)).toEqual([4, 4])
    expect(current?.handed?.items).toHaveLength(1)
    // Until somebody has entered them, also after a restart, and whatever comes later of this patient.
    const note = (isEntered: boolean) => desk.call('enteredByHand', { visitId: visit.id, isEntered })
    const openNow = () => desk.agent.reception().visits.find(({ id }) => id === visit.id)?.byHand
    await note(true)
    expect([openNow(), desk.current()?.deliveries.map((delivery) => delivery.byHand)]).toEqual([0, [0, 0]])
    await note(false)
    expect(openNow()).toBe(4)
    await note(true)
    await desk.stop()
    const later = await openDesk(dataDir)
    expect((await later.lookUp(visit.id)).handed?.enteredAt).not.toBeNull()
    expect(await later.call('enteredByHand', { visitId: randomUUID(), isEntered: true })).toEqual(
      fail('VISIT_NOT_CURRENT'),
    )
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
    const { dataDir, desk, visit, questions, decide, before } = await asked('g-absent')
    expect(questions.map(({ kind, choices }) => [kind, choices])).toEqual([
      ['absent', ['paper', 'askAgain', 'leave']],
      ['absent', ['paper', 'askAgain', 'leave']],
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
    const { items, byHand } = subsidyOf(newest(dataDir, before))
    expect(items.map(({ basis }) => basis).sort()).toEqual(['paper', 'paper', 'source'])
    expect(byHand).toBe(0)
    await desk.call('closeVisit', { visitId: visit.id })
    // All three are still held: the answer with all of them is nothing new.
    const back = await desk.checkIn('g-absent-before')
    expect(back.assessment?.differences.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  test('stays when the person withholds consent', async () => {
    const { desk, visit, questions, decide } = await asked('g-withheld')
    expect(visit.answers?.medicalSubsidy.state).toBe('withheld')
    expect(questions.map(({ kind }) => kind)).toEqual(['absent'])
    await decide(() => 'leave')
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

  test('that is not accepted reaches the receipt computer as that, and as no end', async () => {
    const { dataDir, desk, decide, before } = await asked('g-ended')
    await decide(() => 'leave')
    await desk.agent.settled()
    const { state, leftOut, items } = subsidyOf(newest(dataDir, before))
    expect([state, items]).toEqual(['notAccepted', []])
    expect(leftOut.map(({ reason }) => reason).sort()).toEqual(['endNotAccepted', 'notConfirmed'])
  })

  test('as a withdrawal without a day ends nothing', async () => {
    const { questions } = await asked('g-withdrawn')
    expect(questions.map(({ endedOn, choices }) => [endedOn !== null, choices])).toEqual([
      [true, ['accept', 'leave']],
      [false, ['paper', 'askAgain', 'leave']],
    ])
  })
})

describe('the clinic’s own rules', () => {
  test('an order chosen once counts for the next patient with the same schemes, across restarts', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const visit = await desk.checkIn('kosei-hitorioya')
    const places = visit.handed?.next.steps.map(({ benefit }) => benefit) ?? []
    expect(visit.handed?.next.decidedBy).toBe('proposal')
    const call = (sequence: readonly number[]) => desk.call('orderBenefits', { visitId: visit.id, sequence })
    expect(await call([0, 0])).toEqual(fail('REQUEST_INVALID', { field: 'sequence' }))
    expect(await call(places.toReversed())).toMatchObject({ ok: true })
    expect(desk.current()?.handed?.next).toMatchObject({ decidedBy: 'clinic' })
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

  test('an order chosen after the file has gone out counts from the next visit, and the cards stay as the file is', async () => {
    const dataDir = await dataFolder()
    const desk = await openDesk(dataDir)
    const visit = await desk.checkIn('kosei-hitorioya')
    const payers = () => desk.current()?.handed?.items.map(({ benefit }) => benefit.payerNumber)
    expect(payers()).toEqual(['15138019', '81136244'])
    await desk.call('orderBenefits', { visitId: visit.id, sequence: [1, 0] })
    expect(payers()).toEqual(['15138019', '81136244'])
    expect(desk.current()?.handed?.next).toMatchObject({ steps: [{ benefit: 1 }, { benefit: 0 }], decidedBy: 'clinic' })
    expect(subsidyOf(newest(dataDir, [])).items.map(({ payerNumber }) => payerNumber)).toEqual(payers())
    await desk.call('closeVisit', { visitId: visit.id })
    await desk.checkIn('kosei-hitorioya')
    expect(payers()).toEqual(['81136244', '15138019'])
  })

  test('a receipt computer with two places gets two, and the counter hears which are left out', async () => {
    const dataDir = await dataFolder({
      destinations: [{ id: 'small', format: 'json', folder: 'import/json', subsidyPlaces: 2 }],
    })
    const desk = await openDesk(dataDir)
    const visit = await desk.checkIn('g-order')
    expect(visit.assessment?.order.leftOut.every(({ reason }) => reason === 'places')).toBe(true)
    expect(visit.assessment?.order.leftOut.length).toBe(7)
    expect(visit.deliveries.map(({ byHand }) => byHand)).toEqual([7])
    expect(desk.agent.reception().visits[0]?.byHand).toBe(7)
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
