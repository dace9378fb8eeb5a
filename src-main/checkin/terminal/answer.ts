// What a message of the terminal says: of which day, about whom, and as an answer like that of any other source. Nobody is
// picked where it could be about several.
import type { Eligibility, Patient } from '../../eligibility/model.ts'
import type { TerminalMessage, TerminalResult } from '../../hub/terminal/message.ts'

export const dayOf = ({ confirmedOn, processedAt }: TerminalMessage) => confirmedOn ?? processedAt.slice(0, 10)

/** Several results are one person's insurances when they agree in everything about the person; else nobody is picked. */
export function onePerson(results: readonly TerminalResult[]): TerminalResult | null {
  const [first] = results
  if (!first) return null
  const identity = ({ person, referenceNumber }: TerminalResult) => JSON.stringify([person, referenceNumber])
  if (results.some((result) => identity(result) !== identity(first))) return null
  if (first.benefits === null) return first
  // The same certificate may stand in each of them.
  const benefits = new Map(results.flatMap(({ benefits: said }) => said ?? []).map((one) => [JSON.stringify(one), one]))
  return { ...first, benefits: [...benefits.values()] }
}

/** The terminal says nothing about vaccinations and checkups: nothing came, and that is all. */
export const answerOf = (
  patient: Patient,
  message: TerminalMessage,
  { benefits, limitCategory }: TerminalResult,
): Eligibility => ({
  patient,
  asOf: dayOf(message),
  fetchedAt: message.processedAt,
  source: 'terminal',
  answers: {
    medicalSubsidy:
      benefits === null ? unread : benefits.length > 0 ? { state: 'present', items: [...benefits] } : nothing,
    vaccination: unread,
    checkup: unread,
  },
  ...(limitCategory && { insurance: { limitCategory, medicalTicket: null } }),
})

const nothing = { state: 'absent' } as const
/** Nobody has been asked: that is not the answer that there is none. */
const unread = { state: 'unreachable', cached: null } as const
