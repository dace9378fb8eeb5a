// What happens when somebody calls: the request is checked against the contract and passed to the part that answers it; the
// screen knows the new state before the caller knows the answer.
import type { z } from 'zod'
import { type CallName, type CallRequest, calls } from '../contract/calls.ts'
import type { Calls } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { fail, failureOf, type Result } from '../ground/result.ts'
import type { Agent } from './terms.ts'

const schemas: { readonly [N in CallName]: z.ZodType<CallRequest<N>> } = calls

const isCall = (name: string): name is CallName => Object.hasOwn(calls, name)

export interface CallPorts {
  readonly parts: Calls
  readonly screen: { publish(): Promise<void>; reception(): Reception }
  readonly keepDay: () => Promise<void>
  readonly log: Log
}

export function createCalls({ parts, screen, keepDay, log }: CallPorts): Agent['call'] {
  return async (name, request) => {
    try {
      await keepDay()
      const result = await answer(parts, name, request)
      // The tries left above all.
      await screen.publish()
      if (result.ok) return { ok: true, value: screen.reception() }
      log.write({ event: 'callRefused', code: result.error.code })
      return { ok: false, error: result.error }
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error) })
      return { ok: false, error: failureOf(error) }
    }
  }
}

/** `name` and `request` come from outside. Errors: REQUEST_INVALID with the field, else those of the part. */
async function answer(parts: Calls, name: string, request: unknown): Promise<Result<void>> {
  return isCall(name) ? pass(parts, name, request) : fail('REQUEST_INVALID')
}

async function pass<N extends CallName>(parts: Calls, name: N, request: unknown): Promise<Result<void>> {
  const parsed = schemas[name].safeParse(request)
  if (parsed.success) return parts[name](parsed.data)
  return fail('REQUEST_INVALID', { field: String(parsed.error.issues[0]?.path[0] ?? '') })
}
