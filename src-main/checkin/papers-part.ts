// That a paper of a visit was printed stands in the audit trail: which one, and when, before the printer has it. What cannot
// be written down is not printed; what a printer did not take after all is written down as well.
import type { PartWith } from '../contract/part.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { Audit } from '../store/audit.ts'

export function createPapers({ store, clock }: { readonly store: Pick<Audit, 'notePaper'>; readonly clock: Clock }) {
  return {
    calls: {
      notePaper: ({ paper, visitId, isPrinted }) =>
        store.notePaper(isPrinted ? `${paper}Printed` : `${paper}NotPrinted`, visitId, {
          at: clinicMoment(clock.now()),
        }),
    },
  } satisfies PartWith
}
