// What happens when somebody calls: whether their door has the call, and the request itself, are checked against the contract;
// then it is passed to the part that answers it. The screen knows the new state before the caller knows the answer.
import type { z } from 'zod'
import { type Caller, isPage, mayCall } from '../contract/callers.ts'
import { type CallName, type CallRequest, calls } from '../contract/calls.ts'
import type { Calls } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import { actingFor, byItself } from '../ground/acting.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { fail, failureOf, type Result } from '../ground/result.ts'
import type { Agent } from './terms.ts'

const schemas: { readonly [N in CallName]: z.ZodType<CallRequest<N>> } = calls

export interface CallPorts {
  readonly parts: Calls
  readonly screen: { publish(): Promise<void>; reception(): Reception }
  readonly keepDay: () => Promise<void>
  readonly log: Log
}

export function createCalls({ parts, screen, keepDay, log }: CallPorts): Agent['call'] {
  return async (by, name, request) => {
    try {
      await keepDay()
      const result = await answer(parts, by, name, request)
      // The tries left above all.
      await screen.publish()
      if (result.ok) return result
      log.write({ event: 'callRefused', door: by.door, code: result.error.code })
      return { ok: false, error: result.error }
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error) })
      return { ok: false, error: failureOf(error) }
    }
  }
}

/** `name` and `request` come from outside. Errors: REQUEST_INVALID with the field, else those of the part. */
async function answer(parts: Calls, by: Caller, name: string, request: unknown): Promise<Result<void>> {
  return mayCall(by.door, name) ? pass(parts, by, name, request) : fail('REQUEST_INVALID')
}

async function pass<N extends CallName>(parts: Calls, by: Caller, name: N, request: unknown): Promise<Result<void>> {
  const parsed = schemas[name].safeParse(request)
  if (!parsed.success) return fail('REQUEST_INVALID', { field: String(parsed.error.issues[0]?.path[0] ?? '') })
  const work = () => parts[name](parsed.data, by)
  return isPage(by) ? actingFor({ staffId: null, desk: by.desk }, work) : byItself(work)
}
