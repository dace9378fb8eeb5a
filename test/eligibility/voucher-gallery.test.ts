// Every case of the voucher table is shown by the training card it names: verdict and advice come up there too, through
// the hub's own words, as they would at the counter.
import { describe, expect, test } from 'vitest'
import { judgeCheckup } from '../../src-main/eligibility/checkup/judge.ts'
import { judgeVaccination } from '../../src-main/eligibility/vaccination/judge.ts'
import type { VoucherJudgement } from '../../src-main/eligibility/voucher-advice.ts'
import { eligibilityOf } from '../../src-main/hub/pmh/map.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { answerFor } from '../../src-main/training/hub/holdings.ts'
import { voucherPersonas } from '../../src-main/training/voucher-gallery.ts'
import { must } from '../support.ts'
import { day } from './samples.ts'
import { voucherCases } from './voucher-cases.ts'

const personas = voucherPersonas(day)
/** The clinic that a training mode without settings is. */
const municipalities = must(await loadSettings('no such folder')).clinic?.municipalities ?? []

const topics = ({ verdict, advice }: VoucherJudgement) => new Set([verdict, ...advice.map(({ code }) => code)])

/** Verdict and advice, in codes. */
function shownBy(id: string): ReadonlySet<string> {
  const persona = personas.find((each) => each.id === id)
  if (!persona) throw new Error(`no sample ${id}`)
  const wire = { patientReference: id, asOf: day, ...answerFor(persona.holdings, day, new Set()) }
  const { answers, history } = eligibilityOf(wire, `${day}T09:00:00.000+09:00`)
  const { birthDate, sex } = persona
  const context = { day, birthDate, sex, municipalities }
  const { vaccination, checkup } = answers
  if (vaccination.state === 'present' && vaccination.items[0])
    return topics(judgeVaccination(vaccination.items[0], { ...context, doses: history?.doses ?? null }))
  if (checkup.state === 'present' && checkup.items[0])
    return topics(judgeCheckup(checkup.items[0], { ...context, checkups: history?.checkups ?? null }))
  // What the hub itself calls ended is not judged: the screen says the same of the whole category.
  if (vaccination.state === 'ended' || checkup.state === 'ended') return new Set(['no', 'VOUCHER_OVER'])
  throw new Error(`${id} shows no voucher`)
}

describe('the gallery of vouchers', () => {
  test.each(voucherCases.map((one) => [one.name, one] as const))('shows: %s', (_name, one) => {
    // Some cases are those of a day in spring: two samples show their parts.
    const shown = new Set((one.training ?? '').split(' ').flatMap((id) => [...shownBy(id)]))
    expect([...topics(one.judge())].filter((topic) => !shown.has(topic))).toEqual([])
  })

  test('has no sample that shows nothing, and no two under one id', () => {
    const named = new Set(voucherCases.flatMap(({ training }) => training?.split(' ')))
    expect(personas.filter(({ id }) => !named.has(id))).toEqual([])
    expect(new Set(personas.map(({ id }) => id)).size).toBe(personas.length)
  })

  test('is one of other people on another day, as old as on the first', () => {
    const later = voucherPersonas('2027-02-28')
    for (const [index, persona] of personas.entries()) {
      expect(later[index]?.patient).not.toBe(persona.patient)
      expect(later[index]?.printed.birth).toMatch(/^\d{6}$/)
    }
    expect(later.map(({ birthDate }) => birthDate)).not.toEqual(personas.map(({ birthDate }) => birthDate))
  })
})
