// ORCA as a destination: find the patient, bring the 公費 up to the visit, make the reception. Every step reads before it
// writes, so a row may be tried again from any point where a program, a line or an ORCA stopped, and nothing is doubled.

import type { DestinationOf } from '../../contract/destination.ts'
import { type Clock, clinicDay } from '../../ground/clock.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { Deliverer, Traits } from '../deliverer.ts'
import { type OrcaVisit, readOrcaVisit } from '../formats/orca-visit.ts'
import { addInsurance } from './add-insurance.ts'
import { changeInsurance } from './change-insurance.ts'
import type { OrcaConnection } from './connection.ts'
import { askForNobody, findPatient, type OrcaPatient } from './patients.ts'
import { receive } from './reception.ts'

/** A patient who is open at another desk's ORCA holds up only themselves. */
export const orcaTraits: Traits = { isOwnFault: ({ code }) => code === 'ORCA_BUSY', rendersAnew: true }

export function createOrcaDeliverer(
  orca: OrcaConnection,
  destination: Pick<DestinationOf<'orca'>, 'update' | 'answerOk' | 'reception'>,
  clock: Clock,
): Deliverer {
  /** By patient in use, the row that waits for them: a later visit of theirs does not overtake it. */
  const waiting = new Map<string, string>()

  const write = async (
    patient: OrcaPatient,
    visit: OrcaVisit,
    karteUid: string,
    beforeWrite: () => Promise<Result<void>>,
  ): Promise<Result<void>> => {
    const { update, answerOk, reception } = destination
    if (visit.benefits.length > 0) {
      const updated =
        update === 'patientmodv2'
          ? await addInsurance(orca, patient, visit, beforeWrite)
          : await changeInsurance(orca, patient, visit, { karteUid, answerOk, beforeWrite })
      if (!updated.ok) return updated
    }
    if (!reception || visit.visitDay !== clinicDay(clock.now())) return ok(undefined)
    return receive(orca, patient, visit, reception, beforeWrite)
  }

  const bring = async (
    visit: OrcaVisit,
    id: string,
    beforeWrite: () => Promise<Result<void>>,
  ): Promise<Result<void>> => {
    const patient = await findPatient(orca, visit)
    if (!patient.ok) return patient
    const { number } = patient.value
    if ((waiting.get(number) ?? id) !== id) return fail('ORCA_BUSY')
    const written = await write(patient.value, visit, id, beforeWrite)
    if (!written.ok && written.error.code === 'ORCA_BUSY') waiting.set(number, id)
    else waiting.delete(number)
    return written
  }

  return {
    ...orcaTraits,
    // One after the other: each is a conversation of its own.
    async deliver([delivery], ports) {
      if (!delivery) return []
      const payload = await ports.payload(delivery.id)
      let isCommitted = delivery.state === 'publishing'
      /** From here on it may have happened, whatever becomes of us. */
      const beforeWrite = async () => {
        if (isCommitted) return ok(undefined)
        const [committed = ok(undefined)] = await ports.commitPublishing([delivery])
        isCommitted ||= committed.ok
        return committed
      }
      const brought = payload
        ? await bring(readOrcaVisit(payload), delivery.id, beforeWrite)
        : fail('DELIVERY_UNVERIFIED')
      if (brought.ok) return [ok('acknowledged')]
      const { code, detail } = brought.error
      return [fail(code, { ...detail, destination: delivery.destination })]
    },
    // ORCA's answer is the acknowledgement: nothing is left to look after, and nothing lies about.
    look: async (deliveries) => ok({ fates: deliveries.map(() => 'waiting'), unfinished: [] }),
    names: async () => ok([]),
    removeOurs: async () => ok([]),
    async clear({ id }) {
      for (const [number, waits] of waiting) if (waits === id) waiting.delete(number)
      return ok(undefined)
    },
    async tryOut(destination) {
      const asked = await askForNobody(orca)
      return asked.ok ? asked : fail(asked.error.code, { ...asked.error.detail, destination })
    },
    close: () => orca.close(),
  }
}
