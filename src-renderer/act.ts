// What every part of the screen is given to act with.
import type { CallName, CallRequest } from '../src-main/contract/calls.ts'

import type { Failure } from '../src-main/ground/result.ts'

/** Runs a call of the contract and returns what went wrong; the new state arrives by itself. */
export type Act = <N extends CallName>(name: N, request: CallRequest<N>) => Promise<Failure | null>
