// Answers and confirmations as earlier versions of the program have stored them: with a judgement beside what was said.
// What was said reads as before; what it means is worked out anew, and what went out keeps the judgement it went out with.
import { describe, expect, test } from 'vitest'
import { assess } from '../../src-main/eligibility/assess.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { clinicContext, handedOf } from '../eligibility/samples.ts'
import { must } from '../support.ts'
import { at, eligibility, newVisit, openTestStore, patient, registered, storePlace } from './samples.ts'

/** Of a scheme that the master of then did not know. */
const said = { ...registered, payerNumber: '31136015' }
const scheme = { code: '31', name: said.certificateName, kind: 'unknown' as const }
const judgedThen = { ...said, scheme, validity: 'valid' as const, warnings: ['SCHEME_UNKNOWN' as const] }
const [like] = shippedMaster.national
if (!like) throw new Error('the master is empty')
const master = { ...shippedMaster, national: [{ ...like, code: '31', name: '新しい制度' }, ...shippedMaster.national] }
const clinic = { ...clinicContext, master }

const answer = {
  ...eligibility,
  answers: { ...eligibility.answers, medicalSubsidy: { state: 'present', items: [judgedThen] } },
  withdrawn: [{ benefit: judgedThen, withdrawnOn: '2026-11-01' }],
}
const held = [{ benefit: judgedThen, source: 'pmh', fetchedAt: at, confirmedAt: at }]
const handed = {
  ...handedOf(eligibility),
  items: [{ benefit: judgedThen, basis: 'source', endedOn: null }],
  onClaim: 1,
}

/** The visit with its answer and one confirmation, as their rows were. */
async function storeOfThen(confirmation: object) {
  const place = storePlace()
  const visit = newVisit({ state: 'handedOver', patient })
  const store = must(openStore(place))
  const { answers } = eligibility
  const nothing = { ...eligibility, answers: { ...answers, medicalSubsidy: { state: 'absent' as const } } }
  const empty = { held: [], decided: [], confirmedAt: at, handed: handedOf(nothing) }
  must(await store.saveVisit(visit, [], { eligibility: nothing, confirmation: empty }))
  store.close()
  const database = openDatabase(place.file, place.key)
  database.prepare('UPDATE answers SET body = ?').run(JSON.stringify(answer))
  database.prepare('UPDATE confirmations SET body = ?').run(JSON.stringify(confirmation))
  database.close()
  return { store: openTestStore(place), visit }
}

describe('what an earlier version has stored', () => {
  test.each([
    ['with what was handed over', { held, decided: [], confirmedAt: at, handed }],
    ['with the answer that was handed over', { held, decided: [], confirmedAt: at, eligibility: answer }],
  ])('%s is all there', async (_, confirmation) => {
    const { store, visit } = await storeOfThen(confirmation)
    const stored = await store.visit(visit.id)
    expect(stored?.eligibility).toMatchObject({
      answers: { medicalSubsidy: { state: 'present', items: [said] } },
      withdrawn: [{ benefit: said, withdrawnOn: '2026-11-01' }],
    })
    expect(stored?.confirmedAt).toBe(at)
    // A file that is made anew says what the first one said.
    expect(stored?.handed?.items).toEqual([{ benefit: judgedThen, basis: 'source', endedOn: null }])
    const known = await store.known(patient.ref)
    expect(known.confirmation?.held).toEqual([{ ...held[0], benefit: said }])
  })

  test('is judged by the master of today where it is looked at today', async () => {
    const { store, visit } = await storeOfThen({ held, decided: [], confirmedAt: at, handed })
    const stored = await store.visit(visit.id)
    const known = await store.known(patient.ref)
    if (!stored?.eligibility) throw new Error('the answer is lost')
    const { benefits, differences } = assess(stored.eligibility, known, clinic)
    const today = { code: '31', name: '新しい制度', kind: 'national' }
    expect(benefits).toMatchObject([{ benefit: { ...said, scheme: today } }])
    expect(benefits[0]?.advice.map(({ code }) => code)).not.toContain('SCHEME_UNKNOWN')
    expect(differences).toMatchObject([{ kind: 'unchanged', held: 0, confirmed: { ...said, scheme: today } }])
  })
})
