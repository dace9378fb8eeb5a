// What a part of the agent offers the rest of the house: the calls it answers, what of the screen it knows, the pages it
// fills, and its end. Each room puts its own parts together; the agent is their list.
import type { Follows } from '../ground/changes.ts'
import type { Result } from '../ground/result.ts'
import type { Caller } from './callers.ts'
import type { CallName, CallRequest } from './calls.ts'
import type { Page, PageName } from './pages.ts'
import type { Reception } from './reception.ts'

/** The request has been checked against the contract, and that whoever calls may. */
export type Calls = { readonly [N in CallName]: (request: CallRequest<N>, by: Caller) => Promise<Result<void>> }

export type Pages = {
  readonly [N in PageName]: {
    /** Somebody turns to it. */
    readonly open?: () => Promise<Result<void>>
    readonly view: () => Promise<Extract<Page, { readonly name: N }>>
  }
}

export interface Part {
  readonly calls?: Partial<Calls>
  readonly view?: () => Partial<Reception>
  readonly pages?: Partial<Pages>
  /** What it keeps of the store, and how it reads that anew once another desk has changed it. */
  readonly follows?: Follows
  /** Resolves when nothing of it is at work any more. */
  readonly close?: () => Promise<void>
}

/** A part that others stand on: it has more than the screen needs. */
export type PartWith = Part & Readonly<Record<string, unknown>>
