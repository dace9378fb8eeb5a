// A 医療券 is a 公費 like any other on the claim: payer and recipient number, a period, what the patient pays. As a certificate
// it is judged, ordered and handed over with the others, but it is never compared with earlier ones: each month has its own.
import { lastDayOfMonth } from './calendar.ts'
import type { MedicalTicket } from './insurance.ts'
import type { Eligibility, RegisteredBenefit } from './model.ts'

/** What stands for the kind of a certificate that is a 医療券. */
const ticketTypeId = 'MedicalTicketInfo'

export const isMedicalTicket = ({ certificateTypeId }: Pick<RegisteredBenefit, 'certificateTypeId'>): boolean =>
  certificateTypeId === ticketTypeId

/** A 調剤券 is for the pharmacy, and one without any period cannot be placed: neither stands on this clinic's claim. */
export const ticketBenefits = ({ insurance }: Pick<Eligibility, 'insurance'>): RegisteredBenefit[] =>
  (insurance?.medicalTickets ?? []).flatMap((ticket) => {
    const period = periodOf(ticket)
    return ticket.kind === 'dispensing' || !period ? [] : [{ ...certificateOf(ticket), ...period }]
  })

/** Its own days, else those of its month. */
function periodOf({
  validFrom,
  validTo,
  month,
}: MedicalTicket): Pick<RegisteredBenefit, 'validFrom' | 'validTo'> | null {
  const ofMonth = month === null ? null : { from: `${month}-01`, to: lastDayOfMonth(month) }
  const from = validFrom ?? ofMonth?.from
  const to = validTo ?? ofMonth?.to
  return from === undefined || to === undefined ? null : { validFrom: from, validTo: to }
}

const certificateOf = (ticket: MedicalTicket): Omit<RegisteredBenefit, 'validFrom' | 'validTo'> => ({
  certificateTypeId: ticketTypeId,
  certificateSubKey: ticket.issueNumber,
  certificateName: '医療券',
  payerNumber: ticket.payerNumber,
  recipientNumber: ticket.recipientNumber,
  monthlyCapYen: ticket.selfPayYen,
  alwaysReimbursed: false,
  undisclosed: false,
  segment: segmentOf(ticket),
  incomeSegment: null,
  additionalConditions: null,
  designatedInstitutions: ticket.institution === null ? [] : [ticket.institution],
  details: ticket.details,
  historyKey: '',
})

const uses = { alone: '単独', combined: '併用' } as const

/** The month and whether an insurance stands beside it: what a file has no column for. */
function segmentOf({ month, use }: MedicalTicket): string | null {
  const [year, ofYear] = month?.split('-').map(Number) ?? []
  const parts = [...(month === null ? [] : [`${year}年${ofYear}月分`]), ...(use === null ? [] : [uses[use]])]
  return parts.length === 0 ? null : parts.join('・')
}
