import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersSchema, type RegisteredBenefit } from '../../src-main/eligibility/model.ts'
import { answersOf } from '../../src-main/hub/pmh/map.ts'
import { itemsOf, requeryPageSchema } from '../../src-main/hub/pmh/requeries.ts'
import { eligibilitySchema, type WireCertificate, type WireEligibility } from '../../src-main/hub/pmh/wire.ts'
import { samplesOf } from '../../src-main/stand-ins/people/sample-holdings.ts'
import { eligibilityErrors } from './api-document.ts'
import { startScriptedHub } from './scripted-hub.ts'
import { codeOf, openTrainingHub, today } from './training-hub.ts'

const samples = ['kosei-hitorioya', 'kodomo', 'ended', 'withheld', 'last-try'].map((persona) => ({
  patientReference: 'p-1',
  asOf: today,
  ...samplesOf(persona, today),
}))

/** The sample with two benefits, each changed. */
function withBenefits(change: (item: WireCertificate, index: number) => WireCertificate): WireEligibility {
  const records = samplesOf('kosei-hitorioya', today)
  if (records.medicalSubsidy.status !== 'present') throw new Error('the sample has benefits')
  const items = records.medicalSubsidy.items.map(change)
  return { patientReference: 'p-1', asOf: today, ...records, medicalSubsidy: { status: 'present', items } }
}

/** FUZZ_RUNS=100000 for the full count. */
const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 2_000)

/** A page of a re-query with this as its one answer. */
const pageWith = (eligibility: unknown) => ({
  requeryId: 'r'.repeat(20),
  state: 'finished',
  total: 1,
  answered: 1,
  personsPerMinute: 60,
  expiresAt: '2026-11-24T09:00:00+09:00',
  items: [{ outcome: 'answered', eligibility }],
  nextCursor: null,
})

/** Every place in a JSON document that can be changed. */
type Place = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string }
function placesOf(node: unknown): Place[] {
  if (typeof node !== 'object' || node === null) return []
  const holder: Place['holder'] = Array.isArray(node) ? node : Object(node)
  return Object.entries(node).flatMap(([key, value]) => [{ holder, key }, ...placesOf(value)])
}

const strangeValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', '0', '1', '54136015', '５４１３６０１５', '2026-02-30', '2026-13-01', '0000-00-00', -1, 1e9, 0.5),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.constantFrom('present', 'none', 'notConsented', 'ended', true, false, null, '\ud842'),
)

const change = fc.record({
  at: fc.nat(),
  how: fc.oneof(
    fc.record({ kind: fc.constant('set' as const), value: strangeValue }),
    fc.record({ kind: fc.constantFrom('remove' as const, 'double' as const) }),
  ),
})

/** One of the samples with up to four places replaced, removed or doubled. */
const mutatedAnswer = fc
  .record({ sample: fc.constantFrom(...samples), changes: fc.array(change, { minLength: 1, maxLength: 4 }) })
  .map(({ sample, changes }): unknown => {
    const copy = structuredClone(sample)
    for (const { at, how } of changes) {
      const places = placesOf(copy)
      const place = places[at % places.length]
      if (!place) continue
      const { holder, key } = place
      if (how.kind === 'set') Reflect.set(holder, key, how.value)
      else if (how.kind === 'remove') Reflect.deleteProperty(holder, key)
      else if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]))
    }
    return JSON.parse(JSON.stringify(copy))
  })

/** What identifies a benefit to a receipt computer. */
const essence = (benefit: RegisteredBenefit) =>
  JSON.stringify([
    benefit.certificateName,
    benefit.payerNumber,
    benefit.recipientNumber,
    benefit.validFrom,
    benefit.validTo,
    benefit.monthlyCapYen,
    benefit.historyKey,
  ])

describe('whatever the hub answers', () => {
  test('nothing throws, and no benefit appears that was not registered and standing in the answer', () => {
    let accepted = 0
    fc.assert(
      fc.property(mutatedAnswer, (answer) => {
        const parsed = eligibilitySchema.safeParse(answer)
        const page = requeryPageSchema.safeParse(pageWith(answer))
        expect(page.success).toBe(parsed.success)
        if (!parsed.success || !page.success) return
        accepted += 1
        expect(answer).toMatchObject(parsed.data)
        const answers = answersSchema.parse(answersOf(parsed.data))
        const { medicalSubsidy } = answers
        expect(itemsOf(page.data, '2026-11-23T09:00:00+09:00')).toMatchObject([{ answer: { answers } }])
        const benefits = 'items' in medicalSubsidy ? medicalSubsidy.items : []
        const source = parsed.data.medicalSubsidy
        const registered = 'items' in source ? source.items.filter(({ isDeleted }) => !isDeleted) : []
        const standing = registered.map((item) =>
          JSON.stringify([
            item.certificationName,
            item.medicalSubsidyInsurerNumber || null,
            item.medicalSubsidyRecipientNumber || null,
            item.validFrom,
            item.validTo,
            item.maxCopaymentAmount?.monthly ?? null,
            item.historyKey,
          ]),
        )
        expect(benefits.map(essence)).toEqual(standing)
        if (medicalSubsidy.state === 'present') expect(source.status).toBe('present')
        if (medicalSubsidy.state === 'ended') expect(source.status).toBe('ended')
      }),
      { numRuns: fuzzRuns },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  test('what the document allows is taken, but for half characters', () => {
    let allowed = 0
    fc.assert(
      fc.property(mutatedAnswer, (answer) => {
        if (eligibilityErrors(answer).length > 0) return
        allowed += 1
        const isWellFormed = (json: unknown) => !/\\ud[89a-f]/i.test(JSON.stringify(json))
        const parsed = eligibilitySchema.safeParse(answer)
        // A half character in a field that nobody reads (the items of a category without any) is dropped with it.
        if (parsed.success) expect(isWellFormed(parsed.data)).toBe(true)
        else expect(isWellFormed(answer)).toBe(false)
      }),
      { numRuns: 500 },
    )
    expect(allowed).toBeGreaterThan(10)
  })

  test('a name that ends in half a character is refused: it would be stored as another name', () => {
    expect(eligibilitySchema.safeParse(withBenefits((item) => item)).success).toBe(true)
    const broken = withBenefits((item) => ({ ...item, certificationName: '\ud842' }))
    expect(eligibilitySchema.safeParse(broken).success).toBe(false)
  })

  test('a withdrawn registration is not shown, and if it was all there was, nothing is ended by it', () => {
    const withdrawn = (count: number) =>
      answersOf(withBenefits((item, index) => ({ ...item, isDeleted: index < count }))).medicalSubsidy
    expect(withdrawn(0)).toMatchObject({ state: 'present', items: [{ payerNumber: '15138019' }, {}] })
    expect(withdrawn(1)).toMatchObject({ state: 'present', items: [{ payerNumber: '81136244' }] })
    expect(withdrawn(2)).toEqual({ state: 'absent' })
  })

  test('a number typed as nothing is a missing number', () => {
    const { medicalSubsidy } = answersOf(withBenefits((item) => ({ ...item, medicalSubsidyInsurerNumber: '' })))
    expect(medicalSubsidy).toMatchObject({ items: [{ payerNumber: null }, { payerNumber: null }] })
  })

  test('bytes damaged on the way never become an exception', async () => {
    const training = await openTrainingHub()
    const [sample] = samples
    const whole = Buffer.from(JSON.stringify(sample))
    let body = whole
    const scripted = await startScriptedHub(training.pki, () => ({ body }))
    const source = training.connect({ url: scripted.url })
    const patient = { ref: 'p-1', name: '鈴木', nameKana: 'スズキ', birthDate: '1988-11-03', sex: 'female' } as const
    const fetch = () => source.fetchEligibility({ id: 's', challenge: new Uint8Array(32) }, patient, today)
    expect(codeOf(await fetch())).toBe('ok')
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(8), fc.uint8Array({ maxLength: 8 }), async (at, gone, bytes) => {
        body = Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + gone)])
        expect(['ok', 'HUB_ANSWER_INVALID']).toContain(codeOf(await fetch()))
      }),
      { numRuns: 200 },
    )
    await scripted.close()
    await training.close()
  })
})
