// The hub as the agent stands on it: the source of answers over one line, and the schemes it knows besides ours.
import type { SchemeMaster } from '../eligibility/schemes.ts'
import type { Clock } from '../ground/clock.ts'
import type { PauseMs } from '../ground/growing-pause.ts'
import type { PmhLimits, PmhOptions } from './pmh/calls.ts'
import { createPmhSource } from './pmh/client.ts'
import { createSchemeBook } from './scheme-book.ts'

export interface HubPorts {
  readonly access: Pick<PmhOptions, 'url' | 'ca' | 'identity' | 'proxy'>
  readonly clock: Clock
  readonly hubLimits?: Partial<PmhLimits> | undefined
  /** First and longest pause between two looks whether a lost hub is back. */
  readonly pauseMs?: PauseMs | undefined
  /** The schemes that are known without it. */
  readonly master: SchemeMaster
}

export function openHub({ access, clock, hubLimits, pauseMs, master }: HubPorts) {
  const source = createPmhSource({ ...access, clock, limits: hubLimits, line: pauseMs && { pauseMs } })
  return { source, schemes: createSchemeBook(source, master), close: source.close }
}
