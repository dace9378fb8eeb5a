// For the time when nothing can be asked: a sheet to write the person down on, so that the visit can be completed later. What
// we know is printed on it, the rest has its line.
import type { VisitView } from '../../../src-main/contract/reception.ts'
import { screen } from '../../../src-main/words/desk.ts'
import { paperText } from '../../../src-main/words/papers.ts'
import { sexText } from '../../../src-main/words/states.ts'
import { birthDate, clinicTime } from '../../format.ts'
import type { Paper } from '../paper.ts'
import { headOf, nameOf } from './person.ts'

const { sheet: words } = screen

export function emergencySheet(visit: VisitView): Paper {
  const { patient, holder } = visit
  const person = patient ?? holder
  return {
    name: 'emergencySheet',
    title: paperText.emergencySheet,
    head: headOf(visit),
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: words.time, value: clinicTime(visit.startedAt) },
          { label: words.name, value: nameOf(visit) },
          { label: words.kana, value: patient?.nameKana ?? null },
          { label: words.birthDate, value: person && birthDate(person.birthDate) },
          { label: words.sex, value: person && sexText[person.sex] },
          { label: words.address, value: holder?.address ?? null },
          { label: words.phone, value: null },
        ],
      },
      { kind: 'heading', text: words.certificate, keepsNext: true },
      {
        kind: 'facts',
        isWhole: true,
        rows: [
          { label: words.payer, value: null },
          { label: words.recipient, value: null },
        ],
      },
      { kind: 'text', text: words.later },
    ],
  }
}
