// 診察券 on the screen: linking a patient with the clinic's own number, and the page of the links that need a person.
import type { Part } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import type { News } from '../ground/news.ts'
import type { Result } from '../ground/result.ts'
import type { NumberLinks } from '../store/numbers.ts'
import { createPatientNumbers, type PatientNumbersPorts } from './patient-numbers.ts'
import type { TakingBack } from './taking-back.ts'

/** Links that need a person, as many as anybody works through at once. */
const shownLinks = 200

export interface NumbersPorts extends Omit<PatientNumbersPorts, 'store'> {
  readonly store: PatientNumbersPorts['store'] &
    Pick<NumberLinks, 'staleNumbers' | 'removeStaleNumber' | 'numberHolder'>
  /** The terminal may want to know it too. */
  readonly numbered: (visitId: string, patientNumber: string) => void
  readonly takingBack: Pick<TakingBack, 'withdraw'>
  readonly news: News
}

export function createNumbers(ports: NumbersPorts) {
  const { store, news, takingBack } = ports
  const numbers = createPatientNumbers(ports)
  /** The last number that was not given to a visit, because somebody else has it. */
  let taken: Reception['numberTaken'] = null
  /** The visit has changed in the store. */
  const told = (visitId: string, result: Result<void>) => {
    // What is kept of the patient from now on would stay with them.
    if (result.ok) takingBack.withdraw(visitId)
    news.tell(visitId)
    return result
  }
  return {
    calls: {
      async linkPatientNumber({ visitId, patientNumber, isMoved }) {
        const linked = await numbers.link(visitId, patientNumber, isMoved)
        const isTaken = !linked.ok && linked.error.code === 'PATIENT_NUMBER_TAKEN'
        taken = isTaken ? { visitId, number: patientNumber, holder: await store.numberHolder(patientNumber) } : null
        if (linked.ok) ports.numbered(visitId, patientNumber)
        return told(visitId, linked)
      },
      unlinkPatientNumber: async ({ visitId }) => told(visitId, await numbers.unlink(visitId)),
      confirmName: async ({ visitId, name }) => told(visitId, await numbers.confirmName(visitId, name)),
      removeStaleNumber: ({ patientNumber }) => store.removeStaleNumber(patientNumber),
    },
    view: () => ({ numberTaken: taken }),
    pages: {
      staleNumbers: {
        view: async () => ({ name: 'staleNumbers', links: [...(await store.staleNumbers(shownLinks))] }),
      },
    },
  } satisfies Part
}
