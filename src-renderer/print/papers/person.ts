// Whose paper it is: the line on every sheet, and the person in full.
import type { VisitView } from '../../../src-main/contract/reception.ts'
import { screen } from '../../../src-main/words/desk.ts'
import { paperWords as words } from '../../../src-main/words/papers.ts'
import { sexText } from '../../../src-main/words/states.ts'
import { ageText, birthDate, eraDate } from '../../format.ts'
import type { Fact } from '../paper.ts'

type Visit = Pick<VisitView, 'number' | 'day' | 'patient' | 'confirmedName' | 'holder' | 'patientNumber'>

/** With the characters that the clinic has confirmed where the source has a ●. */
export const nameOf = ({ patient, confirmedName, holder }: Visit): string | null =>
  confirmedName ?? patient?.name ?? holder?.name ?? null

export function headOf(visit: Visit): string {
  const name = nameOf(visit)
  return [screen.number(visit.number), eraDate(visit.day), name === null ? '' : words.person(name)]
    .filter((part) => part !== '')
    .join('　')
}

export function personFacts(visit: Visit): Fact[] {
  const { patient, patientNumber, day } = visit
  if (!patient) return []
  const age = ageText(day, patient.birthDate)
  return [
    { label: words.name, value: nameOf(visit) },
    { label: words.kana, value: patient.nameKana },
    { label: words.birthDate, value: `${birthDate(patient.birthDate)}　${age}　${sexText[patient.sex]}` },
    ...(patientNumber === null ? [] : [{ label: words.patientNumber, value: patientNumber }]),
  ]
}
