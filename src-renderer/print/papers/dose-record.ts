// 接種記録: what was registered in this visit, for the patient to take home: vaccine, lot, which dose, on which day, and from
// which day the next may follow, where that is known. What was cancelled or refused is no record.
import type { RegistrationView, VisitView } from '../../../src-main/contract/reception.ts'
import { paperText, doseWords as words } from '../../../src-main/words/papers.ts'
import { registrationStateText, siteText, vaccinationScreen } from '../../../src-main/words/vaccination.ts'
import { eraDate } from '../../format.ts'
import type { Block, Paper } from '../paper.ts'
import { headOf, personFacts } from './person.ts'

/** null: no dose was registered. */
export function doseRecord(visit: VisitView, clinicName: string | null): Paper | null {
  const doses = visit.registrations.flatMap((registration) => doseBlocks(registration))
  if (doses.length === 0) return null
  const hasNext = visit.registrations.some(({ next }) => next !== null)
  return {
    name: 'doseRecord',
    title: paperText.doseRecord,
    head: headOf(visit),
    blocks: [
      { kind: 'facts', rows: personFacts(visit), isWhole: true },
      ...doses,
      ...(hasNext ? [{ kind: 'text' as const, text: words.nextNote }] : []),
      ...(clinicName === null ? [] : [{ kind: 'text' as const, text: clinicName, look: 'strong' as const }]),
    ],
  }
}

function doseBlocks(registration: RegistrationView): Block[] {
  const { name, content, isStanding, next } = registration
  if (!isStanding || !content || !('dose' in content)) return []
  const { givenOn, doseNumber, lotNumber, site } = content.dose
  return [
    { kind: 'heading', text: name, keepsNext: true },
    {
      kind: 'facts',
      isWhole: true,
      rows: [
        { label: words.given, value: eraDate(givenOn) },
        { label: words.dose, value: vaccinationScreen.times(doseNumber) },
        { label: words.lot, value: lotNumber },
        { label: words.site, value: siteText[site] },
        { label: words.registered, value: registrationStateText(registration) },
        ...(next ? [{ label: words.next, value: words.nextFrom(next.label, eraDate(next.earliest)) }] : []),
      ],
    },
  ]
}
