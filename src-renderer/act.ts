// What every part of the screen is given to act with.
import type { CallName, CallRequest } from '../src-main/contract/reception.ts'

/** Runs a call of the contract; what goes wrong is shown, the new state arrives by itself. */
export type Act = <N extends CallName>(name: N, request: CallRequest<N>) => Promise<void>
