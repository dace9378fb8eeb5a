// What happens when somebody calls: whether their door has the call, and the request itself, are checked against the contract;
// then it is passed to the part that answers it. The screen knows the new state before the caller knows the answer.
//
// Here every call leaves its trace: one that shows patients is written down before it shows any (what cannot be written down
// is not shown), one that changes something in the transaction of the change, or, where that is not in the store, when it is
// done. Where the part has written its own row, in that transaction, no other one is needed.
import type { z } from 'zod'
import { callKind, subjectOf } from '../contract/call-kinds.ts'
import { type Caller, mayCall } from '../contract/callers.ts'
import { type CallName, type CallRequest, calls } from '../contract/calls.ts'
import type { Calls } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { fail, failureOf, ok, type Result } from '../ground/result.ts'
import type { Presence } from '../staff/presence.ts'
import type { Audit } from '../store/audit.ts'
import { type CallRow, countingRows } from '../store/row-of-call.ts'
import type { Agent } from './terms.ts'

const schemas: { readonly [N in CallName]: z.ZodType<CallRequest<N>> } = calls

export interface CallPorts {
  readonly parts: Calls
  readonly screen: { publish(): Promise<void>; reception(): Reception }
  readonly keepDay: () => Promise<void>
  /** Who is signed in, and what they may do. */
  readonly presence: Pick<Presence, 'admit' | 'inNameOf'>
  readonly log: Log
  readonly store: Pick<Audit, 'noteCall'>
  readonly clock: Clock
}

export function createCalls(ports: CallPorts): Agent['call'] {
  const { screen, keepDay, log } = ports
  return async (by, name, request) => {
    try {
      await keepDay()
      const result = await answer(ports, by, name, request)
      // The tries left above all.
      await screen.publish()
      if (result.ok) return result
      log.write({ event: 'callRefused', door: by.door, code: result.error.code, reference: by.reference })
      return { ok: false, error: result.error }
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error), reference: by.reference })
      return { ok: false, error: failureOf(error) }
    }
  }
}

/**
 * `name` and `request` come from outside. Errors: SIGN_IN_REQUIRED, ROLE_INSUFFICIENT, REQUEST_INVALID with the field, else
 * those of the part, STORE_ codes.
 */
async function answer(ports: CallPorts, by: Caller, name: string, request: unknown): Promise<Result<void>> {
  if (!mayCall(by.door, name)) return fail('REQUEST_INVALID')
  const { presence } = ports
  const admitted = presence.admit(by, name, request)
  return admitted.ok ? presence.inNameOf(by, () => pass(ports, by, name, request)) : admitted
}

async function pass<N extends CallName>(
  ports: CallPorts,
  by: Caller,
  name: N,
  request: unknown,
): Promise<Result<void>> {
  const parsed = schemas[name].safeParse(request)
  if (!parsed.success) return fail('REQUEST_INVALID', { field: String(parsed.error.issues[0]?.path[0] ?? '') })
  const { parts, store, clock } = ports
  const kind = callKind(name, parsed.data)
  const row: CallRow = { event: name, subject: subjectOf(parsed.data), at: clinicMoment(clock.now()) }
  const note = () => store.noteCall(row.event, row.subject, row)
  return countingRows(
    async (rowsSoFar) => {
      const noted = kind === 'looks' ? await note() : ok(undefined)
      if (!noted.ok) return noted
      const done = await parts[name](parsed.data, by)
      return kind === 'changes' && done.ok && rowsSoFar() === 0 ? note() : done
    },
    kind === 'changes' ? row : null,
  )
}
