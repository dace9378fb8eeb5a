// Registering what the clinic gave or did, correcting it, cancelling it. The hub knows a change again by its key, so one
// whose answer was lost is simply sent once more.
import { z } from 'zod'
import { momentSchema } from '../../eligibility/model.ts'
import type {
  CheckupEntry,
  DoseEntry,
  RegistrationChange,
  RegistrationContent,
} from '../../eligibility/registrations.ts'
import { ok } from '../../ground/result.ts'
import type { Registrar } from '../registrations.ts'
import type { PmhCalls } from './calls.ts'
import { opaqueId, recordVersion } from './wire.ts'

const receiptSchema = z.object({
  recordId: opaqueId,
  version: recordVersion,
  state: z.enum(['registered', 'cancelled']),
  acceptedAt: momentSchema,
})

export function createRegistrar({ ask }: PmhCalls): Registrar {
  return {
    async changeRegistration(key, change, signal) {
      const receipt = await ask({
        method: 'POST',
        path: '/v1/records',
        headers: { 'idempotency-key': key },
        body: requestOf(change),
        schema: receiptSchema,
        repeat: 'always',
        isInBackground: true,
        signal,
      })
      if (!receipt.ok) return receipt
      const { recordId, version, state, acceptedAt } = receipt.value.body
      return ok({ handle: { recordId, version }, state, acceptedAt })
    },
  }
}

function requestOf(change: RegistrationChange) {
  switch (change.action) {
    case 'register':
      return { action: change.action, patientReference: change.patientRef, ...contentOf(change.content) }
    case 'correct':
      return { action: change.action, ...change.handle, ...contentOf(change.content) }
    case 'cancel':
      return { action: change.action, ...change.handle }
  }
}

const contentOf = (content: RegistrationContent) =>
  'dose' in content ? { dose: doseOf(content.dose) } : { checkup: checkupOf(content.checkup) }

/** What is not known is left out on the wire. */
const known = <T>(value: T | null): T | undefined => value ?? undefined

const doseOf = (dose: DoseEntry) => ({
  voucherId: known(dose.voucherId),
  vaccineCode: dose.vaccineCode,
  doseNumber: dose.doseNumber,
  administeredOn: dose.givenOn,
  lotNumber: dose.lotNumber,
  injectionSite: dose.site,
  doseMl: known(dose.doseMl),
  physicianName: known(dose.physician),
})

const checkupOf = (checkup: CheckupEntry) => ({
  voucherId: known(checkup.voucherId),
  checkupCode: checkup.checkupCode,
  performedOn: checkup.doneOn,
  result: checkup.result,
  measurements: checkup.measurements,
  physicianName: known(checkup.physician),
})
