// Every case of the table that training can show is shown by the sample it names: all that the case is about (advice,
// rules of the order, kinds of difference, faults of a name) comes up there too.
import { describe, expect, test } from 'vitest'
import { assess, type ClinicContext } from '../../src-main/eligibility/assess.ts'
import type { Assessment } from '../../src-main/eligibility/assessment.ts'
import { confirm } from '../../src-main/eligibility/confirmation.ts'
import type { Eligibility } from '../../src-main/eligibility/model.ts'
import { shippedMaster, updatedMaster } from '../../src-main/eligibility/schemes.ts'
import { eligibilityOf as mapped } from '../../src-main/hub/pmh/map.ts'
import { knownSchemes } from '../../src-main/stand-ins/masters/sample-master.ts'
import {
  galleryHoldings,
  galleryPersonas,
  galleryWithheld,
  trainingMaster,
} from '../../src-main/stand-ins/people/gallery.ts'
import { answerFor } from '../../src-main/stand-ins/people/holdings.ts'
import { personaById } from '../../src-main/stand-ins/people/personas.ts'
import { sampleHoldings, samplesWithheld } from '../../src-main/stand-ins/people/sample-holdings.ts'
import { encodeCp932 } from '../../src-main/text/cp932.ts'
import { assessCase, cases } from './cases.ts'
import { clinicContext, day } from './samples.ts'

const trainingClinic: ClinicContext = {
  ...clinicContext,
  master: updatedMaster(shippedMaster, trainingMaster),
  places: [{ destination: 'receipt', places: 4 }],
  canWrite: (text: string) => encodeCp932(text).ok,
}

/** What the agent would get for a sample's card. */
function eligibilityOf(id: string): Eligibility {
  const persona = personaById(id, day)
  if (!persona) throw new Error(`no sample ${id}`)
  const isGallery = galleryPersonas.some((sample) => sample.id === id)
  const holdings = isGallery ? galleryHoldings(id, day) : sampleHoldings(id, day)
  const withheld = new Set(isGallery ? galleryWithheld(id) : samplesWithheld(id))
  const wire = { patientReference: id, asOf: day, ...answerFor(holdings, day, withheld) }
  return {
    patient: {
      ref: id,
      name: persona.name,
      nameKana: persona.nameKana,
      birthDate: persona.birthDate,
      sex: persona.sex,
    },
    ...mapped(wire, `${day}T09:00:00.000+09:00`),
  }
}

/** The judgement of a sample's card, after the visit with the earlier one where there is one. */
function assessSample(id: string, clinic: ClinicContext): Assessment {
  const earlier = galleryPersonas.find((sample) => sample.id === `${id}-before`)
  if (!earlier) return assess(eligibilityOf(id), { versions: [], confirmation: null }, clinic)
  const today = eligibilityOf(earlier.id)
  const assessment = assess(today, { versions: [], confirmation: null }, clinic)
  const confirmation = confirm({ before: null, today, assessment, decisions: [], at: today.fetchedAt, clinic })
  return assess(eligibilityOf(id), { versions: [today], confirmation }, clinic)
}

/** What an assessment is about, in codes. What a case has only because of its own clinic is left out. */
function topics({ benefits, order, differences, name }: Assessment): Set<string> {
  const trivial = ['ONLY', 'FIRST', 'CLINIC', 'new', 'unchanged', 'original', 'substituted']
  const all = [
    ...benefits.flatMap(({ advice }) => advice.map(({ code }) => code)),
    ...order.steps.map(({ rule }) => rule),
    ...order.leftOut.map(({ reason }) => reason),
    ...differences.map(({ kind }) => kind),
    ...name.faults.map(({ fault }) => fault),
    name.claim.form,
  ]
  return new Set(all.filter((topic) => !trivial.includes(topic)))
}

describe('the gallery', () => {
  const shown = cases.filter(({ 練習 }) => 練習 !== undefined)

  test.each(shown.map((one) => [one.名前, one] as const))('shows: %s', (_name, one) => {
    // The master of local schemes only where the case is about it.
    const localSchemes = one.現物給付の一覧 ? knownSchemes : null
    const sample = topics(assessSample(one.練習 ?? '', { ...trainingClinic, localSchemes }))
    // Only what the case itself is about: the sections it names.
    const sections = topics({ ...assessCase(one), ...unnamed(one) })
    expect([...sections].filter((topic) => !sample.has(topic))).toEqual([])
  })

  test('shows most of the table, and has no sample that shows nothing', () => {
    expect(shown.length).toBeGreaterThanOrEqual(90)
    const named = new Set(cases.map(({ 練習 }) => 練習))
    const idle = galleryPersonas.filter(({ id, patient }) => !named.has(id) && !named.has(patient))
    expect(idle).toEqual([])
  })
})

/** Empties what the case says nothing about. */
function unnamed(one: (typeof cases)[number]): Partial<Assessment> {
  const nothing = { steps: [], leftOut: [], decidedBy: 'proposal' as const, together: null }
  return {
    ...(one.助言 === undefined && { benefits: [] }),
    ...(one.順序 === undefined && one.請求に載らない === undefined && { order: nothing }),
    ...(one.違い === undefined && { differences: [] }),
    ...(one.氏名の文字 === undefined && { name: { faults: [], claim: { form: 'original' as const, text: '' } } }),
  }
}
