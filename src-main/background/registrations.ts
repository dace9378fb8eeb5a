// Registering doses and checkups: what staff enter waits in the store until the hub has it, each change under a key made
// once, so that neither a broken line nor a restart registers anything twice. What the hub refuses is for a person.
import { randomUUID } from 'node:crypto'
import { type ClinicContext, judgeVouchers } from '../eligibility/assess.ts'
import { isOutside, type OutsideReason, type RegistrationContent, voucherIdOf } from '../eligibility/registrations.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { failureClass } from '../ground/failures.ts'
import { createListeners } from '../ground/listeners.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import { isIn, type RegistrationAct, registrationRules, standingStates, visitRules } from '../ground/states.ts'
import type { Registrar } from '../hub/registrations.ts'
import type { Lease } from '../store/leases.ts'
import type { Registration, Registrations } from '../store/registrations.ts'
import type { Visits } from '../store/visits.ts'
import { type BackgroundPorts, createBackgroundWork } from './background-work.ts'

export interface RegistrationQueuePorts extends BackgroundPorts {
  readonly source: BackgroundPorts['source'] & Registrar
  readonly store: Registrations & Pick<Visits, 'visit'>
  readonly clock: Clock
  /** Why nothing that carries a date is taken now; null: nothing is in the way. */
  readonly holds: () => Failure | null
  readonly clinic: () => Pick<ClinicContext, 'municipalities'>
}

export interface RegistrationQueue {
  onChange(listener: (visitId: string) => void): () => void
  /**
   * `name`: of the vaccine or checkup, as shown. Errors: VISIT_NOT_CURRENT (not confirmed, or not from the hub),
   * HUB_RECORD_DUPLICATE (entered before), REQUEST_INVALID (outside its rule without a reason), CLOCK_WRONG (its date is in
   * doubt), STORE_ codes.
   */
  register(
    visitId: string,
    name: string,
    content: RegistrationContent,
    reason: OutsideReason | null,
  ): Promise<Result<void>>
  /**
   * Of a registered one, null cancels it. Errors: VISIT_NOT_CURRENT (not registered, or changed already), CLOCK_WRONG as above,
   * STORE_ codes.
   */
  change(registrationId: string, content: RegistrationContent | null): Promise<Result<void>>
  /** Sends a refused one again. Errors: VISIT_NOT_CURRENT, STORE_ codes. */
  retry(registrationId: string): Promise<Result<void>>
  /** One that the hub does not have is not wanted any more. Errors: VISIT_NOT_CURRENT, STORE_ codes. */
  withdraw(registrationId: string): Promise<Result<void>>
  close(): Promise<void>
}

export function createRegistrationQueue(ports: RegistrationQueuePorts): RegistrationQueue {
  const { source, store, clock } = ports
  const listeners = createListeners<[visitId: string]>()

  const save = async (
    registration: Registration,
    changes: Partial<Registration> = {},
    lease: Lease | null = null,
  ): Promise<Result<void>> => {
    const updatedAt = clinicMoment(clock.now())
    const saved = await store.saveRegistration({ ...registration, ...changes, updatedAt }, lease)
    if (saved.ok) listeners.tell(registration.visitId)
    return saved
  }

  const work = createBackgroundWork(ports, 'registrations', 'registrationSent', async (signal, lease) => {
    for (const registration of await store.queuedRegistrations()) {
      const receipt = await source.changeRegistration(registration.id, registration.change, signal)
      if (signal.aborted) return ok(undefined)
      if (receipt.ok) {
        const saved = await save(
          registration,
          { state: 'registered', failure: null, handle: receipt.value.handle },
          lease,
        )
        if (!saved.ok) return saved
        continue
      }
      if (failureClass[receipt.error.code] !== 'transient') {
        await save(registration, { state: 'refused', failure: receipt.error }, lease)
        continue
      }
      // Known to be on its way, with what holds it up.
      await save(registration, { failure: receipt.error }, lease)
      return receipt
    }
    return ok(undefined)
  })

  const add = async (what: Pick<Registration, 'visitId' | 'name' | 'change' | 'reason'>): Promise<Result<void>> => {
    const at = clinicMoment(clock.now())
    const added = await save({
      ...what,
      id: randomUUID(),
      state: 'queued',
      failure: null,
      handle: null,
      createdAt: at,
      updatedAt: at,
    })
    if (added.ok) work.wake()
    return added
  }

  /** Staff may press twice while the line is slow: what is on its way or through already is not taken again. */
  const moved = async (
    registrationId: string,
    act: RegistrationAct,
    move: (registration: Registration, all: readonly Registration[]) => Promise<Result<void>>,
  ): Promise<Result<void>> => {
    const registration = await store.registration(registrationId)
    if (!registration || !registrationRules.mayDo(registration.state, act)) return fail('VISIT_NOT_CURRENT')
    return move(registration, (await store.visit(registration.visitId))?.registrations ?? [])
  }

  work.wake()
  return {
    onChange: listeners.add,
    async register(visitId, name, content, reason) {
      const stored = await store.visit(visitId)
      const { patient, state } = stored?.visit ?? {}
      const mayRegister = state && visitRules.mayDo(state, 'register')
      if (!stored || !patient || !mayRegister || stored.eligibility?.source !== 'pmh') return fail('VISIT_NOT_CURRENT')
      if (
        stored.registrations.some(
          (registration) => isStanding(registration, stored.registrations) && isSame(registration, content),
        )
      ) {
        return fail('HUB_RECORD_DUPLICATE')
      }
      const voucherId = voucherIdOf(content)
      const judged = judgeVouchers(stored.eligibility, ports.clinic().municipalities)
      const verdict = judged.find((judgement) => judgement.voucherId === voucherId)?.verdict
      if (isOutside(verdict) && reason === null) return fail('REQUEST_INVALID', { field: 'reason' })
      const held = ports.holds()
      if (held) return { ok: false, error: held }
      return add({ visitId, name, change: { action: 'register', patientRef: patient.ref, content }, reason })
    },
    change: (registrationId, content) =>
      moved(registrationId, 'change', async (registration, all) => {
        if (!registration.handle || !isStanding(registration, all)) return fail('VISIT_NOT_CURRENT')
        const held = content && ports.holds()
        if (held) return { ok: false, error: held }
        const { handle } = registration
        const change = content ? { action: 'correct' as const, handle, content } : { action: 'cancel' as const, handle }
        return add({ visitId: registration.visitId, name: registration.name, change, reason: registration.reason })
      }),
    retry: (registrationId) =>
      moved(registrationId, 'retry', async (registration) => {
        const saved = await save(registration, { state: 'queued', failure: null })
        if (saved.ok) work.wake()
        return saved
      }),
    withdraw: (registrationId) =>
      moved(registrationId, 'withdraw', (registration) => save(registration, { state: 'withdrawn' })),
    async close() {
      await work.close()
    },
  }
}

/** On its way or registered, and nothing later has taken its place. */
export function isStanding(registration: Registration, all: readonly Registration[]): boolean {
  if (!isIn(standingStates, registration.state)) return false
  if (registration.change.action === 'cancel') return false
  const { handle } = registration
  return !all.some(
    ({ change, state }) =>
      change.action !== 'register' &&
      handle !== null &&
      change.handle.recordId === handle.recordId &&
      change.handle.version === handle.version &&
      isIn(standingStates, state),
  )
}

function isSame({ change }: Registration, content: RegistrationContent): boolean {
  const before = change.action === 'cancel' ? null : change.content
  if (!before) return false
  if ('dose' in before && 'dose' in content) {
    return before.dose.vaccineCode === content.dose.vaccineCode && before.dose.doseNumber === content.dose.doseNumber
  }
  return (
    'checkup' in before &&
    'checkup' in content &&
    before.checkup.checkupCode === content.checkup.checkupCode &&
    before.checkup.voucherId === content.checkup.voucherId
  )
}
