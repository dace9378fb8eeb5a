// The Public Medical Hub as the house sees it: every call of docs/hub-api.yaml behind the ports that its users know.
import { clinicMoment } from '../../ground/clock.ts'
import type { Registrar } from '../registrations.ts'
import type { RequerySource } from '../requeries.ts'
import type { SchemeMasterSource } from '../scheme-master.ts'
import type { EligibilitySource } from '../source.ts'
import { createCalls, type PmhOptions } from './calls.ts'
import { createRegistrar } from './registrations.ts'
import { createRequeries } from './requeries.ts'
import { createSchemeMaster } from './schemes.ts'
import { createSessions } from './sessions.ts'

export interface PmhSource extends EligibilitySource, RequerySource, Registrar, SchemeMasterSource {}

/**
 * Makes no connection yet. Failures of a call: every HUB_ code, VISIT_CANCELLED when its signal was given,
 * CARD_CERTIFICATE_EXPIRED or CARD_CERTIFICATE_INVALID where the hub refuses the card's certificate, SETTINGS_INVALID
 * where our own certificate or key cannot be used.
 */
export function createPmhSource(options: PmhOptions): PmhSource {
  const calls = createCalls(options)
  const now = () => clinicMoment(options.clock.now())
  return {
    ...createSessions(calls, now),
    ...createRequeries(calls, now),
    ...createRegistrar(calls),
    ...createSchemeMaster(calls),
    warmUp: calls.warmUp,
    prepare: calls.prepare,
    line: calls.line,
    onLineChange: calls.onLineChange,
    close: calls.close,
  }
}
