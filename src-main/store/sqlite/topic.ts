// What every topic of the store stands on, and what several of them write in the same way.
import type { Failure } from '../../ground/result.ts'
import type { OpenDatabase } from './opening.ts'

/** The open database, and the keys that stand for people and cards in it. */
export type Topic = Pick<OpenDatabase, 'sql' | 'ledger' | 'keys'>

export const failureText = (failure: Failure | null): string | null => failure && JSON.stringify(failure)
