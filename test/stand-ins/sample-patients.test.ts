// The sample cards and patients on any day, in a data folder of any age: each shows what its label says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCardCertificate } from '../../src-main/card/certificate.ts'
import { verificationNumberB } from '../../src-main/card/verification-number.ts'
import { judgeCheckup } from '../../src-main/eligibility/checkup/judge.ts'
import { judgeVaccination } from '../../src-main/eligibility/vaccination/judge.ts'
import { clinicDay } from '../../src-main/ground/clock.ts'
import { eligibilityOf } from '../../src-main/hub/pmh/map.ts'
import { openTrainingPki, type TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { holderOf } from '../../src-main/stand-ins/people/persona.ts'
import { personasOn } from '../../src-main/stand-ins/people/personas.ts'
import { samplesOf } from '../../src-main/stand-ins/people/sample-holdings.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { testClock } from '../clock.ts'
import { must, temporaryFolder } from '../support.ts'

const dayMs = 86_400_000
const later = (days: number) => new Date(testClock.now().getTime() + days * dayMs)

/** Every sample card with the state its certificate is in, as the counter sees it. */
const states = (pki: TrainingPki, now: Date) =>
  personasOn(clinicDay(now)).map(({ id }) => {
    const checked = checkCardCertificate(pki.cards.get(id)?.certificate ?? new Uint8Array(), now)
    return [id, checked.ok ? checked.value.status : checked.error.code]
  })
const labelled = (now: Date) =>
  personasOn(clinicDay(now)).map(({ id, certificate }) => [
    id,
    certificate === 'expired' ? 'CARD_CERTIFICATE_EXPIRED' : certificate,
  ])

describe('in a data folder made some days ago', () => {
  test.each([0, 1, 40, 61, 75, 100, 400, 699, 1461, 4018])('(%i) every card shows what it is for', async (days) => {
    const folder = temporaryFolder()
    const first = await openTrainingPki(folder, testClock.now())
    const now = later(days)
    const pki = await openTrainingPki(folder, now)
    expect(states(pki, now)).toEqual(labelled(now))
    const renewed = [...pki.cards].filter(([id, card]) => {
      const before = first.cards.get(id)?.certificate ?? new Uint8Array()
      return !Buffer.from(card.certificate).equals(before)
    })
    // Told, unless everything is new.
    if (pki.found === 'kept') expect(pki.renewedCards.toSorted()).toEqual(renewed.map(([id]) => id).toSorted())
    else expect([pki.found, renewed.length]).toEqual(['outdated', pki.cards.size])
    const again = await openTrainingPki(folder, now)
    expect([again.found, again.renewedCards]).toEqual(['kept', []])
  })

  test('only the cards that ran out are other ones', async () => {
    const folder = temporaryFolder()
    await openTrainingPki(folder, testClock.now())
    // The child is another one from an April 1 on, wherever that lies.
    const renewed = async (days: number) =>
      (await openTrainingPki(folder, later(days))).renewedCards.filter((id) => id !== 'kodomo')
    expect(await renewed(40)).toEqual([])
    expect(await renewed(61)).toEqual(['renewal-soon'])
    expect(await renewed(130)).toEqual(['renewal-soon', 'grace'])
  })

  test('the agent says what it renewed, and checks the cards in', async () => {
    const dataDir = await dataFolder()
    const clock = { now: () => later(400) }
    const desk = await openDesk(dataDir, { clock })
    expect(desk.agent.training?.renewed).toEqual(['cards'])
    for (const persona of ['renewal-soon', 'grace', 'kodomo', 'nanbyo']) {
      expect((await desk.checkIn(persona)).failure, persona).toBeNull()
    }
    await desk.stop()
    const log = readFileSync(join(dataDir, 'logs', `agent-${clinicDay(clock.now())}.jsonl`), 'utf8')
    expect(log.match(/"trainingRenewed"/g)).toHaveLength(1)
    const next = await openDesk(dataDir, { clock })
    expect(next.agent.training?.renewed).toEqual([])
  })
})

test('a card that runs out while the agent runs is another one when it is laid again', async () => {
  const pki = await openTrainingPki(temporaryFolder(), testClock.now())
  const [grace] = personasOn('2026-11-23').filter(({ id }) => id === 'grace')
  if (!grace) throw new Error('no such sample')
  const wanted = { ...grace, holder: holderOf(grace) }
  const before = await pki.issueCard(wanted, later(10))
  expect(await pki.issueCard(wanted, later(20))).toBe(before)
  const after = await pki.issueCard(wanted, later(120))
  expect(after).not.toBe(before)
  expect(must(checkCardCertificate(after.certificate, later(120))).status).toBe('grace')
  expect(pki.cards.get('grace')).toBe(after)
})

describe('the child', () => {
  const turningDays = ['2026-11-23', '2027-03-31', '2027-04-01', '2028-02-28', '2028-02-29', '2029-01-01', '2036-02-29']
  const anyDay = fc
    .date({ min: new Date('2026-11-23'), max: new Date('2046-12-31'), noInvalidDate: true })
    .map((moment) => moment.toISOString().slice(0, 10))
  const childOn = (day: string) => {
    const child = personasOn(day).find(({ id }) => id === 'kodomo')
    if (!child) throw new Error('no such sample')
    return child
  }

  const expectSense = (day: string) => {
    const { birthDate, sex, printed } = childOn(day)
    const { answers, history } = eligibilityOf(
      { patientReference: 'kodomo', asOf: day, ...samplesOf('kodomo', day) },
      `${day}T09:00:00.000+09:00`,
    )
    const context = { day, birthDate, sex, municipalities: [] }
    const { vaccination, checkup } = answers
    if (vaccination.state !== 'present' || checkup.state !== 'present') throw new Error('no vouchers')
    const judged = [
      ...vaccination.items.map((one) => judgeVaccination(one, { ...context, doses: history?.doses ?? null })),
      ...checkup.items.map((one) => judgeCheckup(one, { ...context, checkups: history?.checkups ?? null })),
    ]
    expect(judged).toHaveLength(3)
    for (const { verdict, latest } of judged) {
      expect(['today', 'check'], day).toContain(verdict)
      expect(latest !== null && latest >= day).toBe(true)
    }
    const age = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
    expect(age === 5 || age === 6).toBe(true)
    const { expiryYear, securityCode } = printed
    const number = must(verificationNumberB({ birthDate, expiryYear, securityCode, printedYear: 'era' }))
    expect(Buffer.from(number).toString('latin1', 0, 6)).toBe(printed.birth)
  }

  test.each(turningDays)('can use every voucher on %s', expectSense)
  test('can use every voucher on any day', () => {
    fc.assert(fc.property(anyDay, expectSense), { numRuns: Number(process.env.FUZZ_RUNS ?? 200) })
  })

  test('is another patient with another card in every school year', async () => {
    expect(holderOf(childOn('2027-03-31'))).toBe(holderOf(childOn('2026-04-01')))
    expect(holderOf(childOn('2027-04-01'))).not.toBe(holderOf(childOn('2027-03-31')))
    const folder = temporaryFolder()
    await openTrainingPki(folder, new Date('2027-03-30T00:00:00Z'))
    const pki = await openTrainingPki(folder, new Date('2027-04-01T00:00:00Z'))
    expect(pki.renewedCards).toEqual(['kodomo'])
  })
})
