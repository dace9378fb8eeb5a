// Every case of the voucher table is shown by the training card it names: verdict and advice come up there too, through
// the hub's own words, as they would at the counter. And a card shows on every day what it shows on the first.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOfAge } from '../../src-main/eligibility/ages.ts'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { judgeCheckup } from '../../src-main/eligibility/checkup/judge.ts'
import { judgeVaccination } from '../../src-main/eligibility/vaccination/judge.ts'
import type { VoucherJudgement } from '../../src-main/eligibility/voucher-advice.ts'
import { eligibilityOf } from '../../src-main/hub/pmh/map.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { answerFor } from '../../src-main/stand-ins/people/holdings.ts'
import { type VoucherPersona, voucherPersonas } from '../../src-main/stand-ins/people/voucher-gallery.ts'
import { must } from '../support.ts'
import { day } from './samples.ts'
import { voucherCases } from './voucher-cases.ts'

const personas = voucherPersonas(day)
/** Some cases are there in one half of the year only. */
const inWinter = '2026-11-23'
/** The clinic that a training mode without settings is. */
const municipalities = must(await loadSettings('no such folder')).clinic?.municipalities ?? []

const topics = ({ verdict, advice }: VoucherJudgement) => new Set([verdict, ...advice.map(({ code }) => code)])

/** Verdict and advice, in codes. */
function topicsOf(persona: VoucherPersona, today: string): ReadonlySet<string> {
  const wire = { patientReference: persona.id, asOf: today, ...answerFor(persona.holdings, today, new Set()) }
  const { answers, history } = eligibilityOf(wire, `${today}T09:00:00.000+09:00`)
  const { birthDate, sex } = persona
  const context = { day: today, birthDate, sex, municipalities }
  const { vaccination, checkup } = answers
  if (vaccination.state === 'present' && vaccination.items[0])
    return topics(judgeVaccination(vaccination.items[0], { ...context, doses: history?.doses ?? null }))
  if (checkup.state === 'present' && checkup.items[0])
    return topics(judgeCheckup(checkup.items[0], { ...context, checkups: history?.checkups ?? null }))
  // What the hub itself calls ended is not judged: the screen says the same of the whole category.
  if (vaccination.state === 'ended' || checkup.state === 'ended') return new Set(['no', 'VOUCHER_OVER'])
  throw new Error(`${persona.id} shows no voucher`)
}

function shownBy(id: string): ReadonlySet<string> {
  for (const on of [inWinter, day]) {
    const persona = voucherPersonas(on).find((each) => each.id === id)
    if (persona) return topicsOf(persona, on)
  }
  throw new Error(`no sample ${id}`)
}

const inOrder = (shown: ReadonlySet<string>) => [...shown].sort()

/** On which ages and school years turn, leap days, and the last days of rules that end. */
const turningDays = [
  ...['2026-12-31', '2027-01-01', '2027-02-28', '2027-03-31', '2027-04-01', '2027-04-02', '2027-05-31', '2028-02-28'],
  ...['2028-02-29', '2028-03-01', '2028-03-31', '2028-04-01', '2029-02-28', '2030-08-31', '2031-01-01', '2031-03-31'],
  ...['2032-02-28', '2032-02-29', '2032-04-01', '2033-07-31', '2034-10-31', '2035-04-30', '2036-02-29', '2036-11-29'],
]
const anyDay = fc
  .date({ min: new Date('2026-11-23'), max: new Date('2036-12-31'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))

describe('the gallery of vouchers', () => {
  test.each(voucherCases.map((one) => [one.name, one] as const))('shows: %s', (_name, one) => {
    // Some cases are those of a day in spring: two samples show their parts.
    const shown = new Set((one.training ?? '').split(' ').flatMap((id) => [...shownBy(id)]))
    expect([...topics(one.judge())].filter((topic) => !shown.has(topic))).toEqual([])
  })

  const first = new Map(
    [day, inWinter].flatMap((on) =>
      voucherPersonas(on).map((persona) => [persona.id, inOrder(topicsOf(persona, on))] as const),
    ),
  )
  const shows = (today: string) =>
    voucherPersonas(today).map((persona) => [persona.id, inOrder(topicsOf(persona, today))] as const)

  test.each(turningDays)('shows on %s what it shows today', (today) => {
    const shown = shows(today)
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(shown.map(([id]) => [id, first.get(id)])))
  })

  test('shows on any day of ten years what it shows today', () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        for (const [id, shown] of shows(today)) expect([id, shown]).toEqual([id, first.get(id)])
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 400) },
    )
  })

  test.each(turningDays)('has people of the ages that its labels name on %s', (today) => {
    const birthOf = (id: string) => voucherPersonas(today).find((persona) => persona.id === id)?.birthDate ?? ''
    expect(birthOf('voucher-10').slice(5)).toBe('04-01')
    expect(birthOf('voucher-09').slice(5)).toBe('04-02')
    expect(dayOfAge(birthOf('voucher-17'), '15w')).toBe(today)
    // Nobody becomes three or thirteen on 02-28 of a leap year: then it is the day after.
    const exactly = today.endsWith('02-28') && !today.startsWith('2027') ? [today, addDays(today, 1)] : [today]
    expect(exactly).toContain(dayOfAge(birthOf('voucher-04'), '3y'))
    expect(exactly).toContain(dayOfAge(birthOf('voucher-08'), '13y'))
    expect(dayOfAge(birthOf('voucher-42'), '18m+1d')).toBe(addDays(today, 1))
    expect(dayOfAge(birthOf('voucher-43'), '24m') < today).toBe(true)
  })

  test('has only cases of rules that hold', () => {
    const ids = (today: string) => voucherPersonas(today).map(({ id }) => id)
    const gone = (from: string, to: string) => ids(from).filter((id) => !ids(to).includes(id))
    expect(gone('2027-03-31', '2027-04-01')).toEqual([
      'voucher-01',
      'voucher-07',
      'voucher-60',
      'voucher-61',
      'voucher-69',
    ])
    expect(gone('2026-11-23', '2027-03-31')).toEqual([])
    // What is left of a later year has no end.
    expect(gone('2027-06-15', '2036-06-15')).toEqual(['voucher-65', 'voucher-66', 'voucher-67', 'voucher-70'])
  })

  test('shows in every season what belongs to it', () => {
    const ids = (today: string) => voucherPersonas(today).map(({ id }) => id)
    expect([inWinter, day].map((on) => ids(on).includes('voucher-69'))).toEqual([true, false])
    expect([inWinter, day].map((on) => ids(on).includes('voucher-68'))).toEqual([false, true])
  })

  test('has no sample that shows nothing, and no two under one id', () => {
    const named = new Set(voucherCases.flatMap(({ training }) => training?.split(' ')))
    expect(personas.filter(({ id }) => !named.has(id))).toEqual([])
    expect(new Set(personas.map(({ id }) => id)).size).toBe(personas.length)
  })

  test('is one of other people on another day, as old as on the first', () => {
    const later = voucherPersonas('2027-02-28')
    for (const [index, persona] of voucherPersonas(inWinter).entries()) {
      expect(later[index]?.patient).not.toBe(persona.patient)
      expect(later[index]?.printed.birth).toMatch(/^\d{6}$/)
    }
    expect(later.map(({ birthDate }) => birthDate)).not.toEqual(
      voucherPersonas(inWinter).map(({ birthDate }) => birthDate),
    )
  })
})
