// What may be written down about the agent's work. The type is the allow-list: there is no field for free text, so
// neither a patient's data nor a PIN has a way into a log.
import type { FailureCode } from './failures.ts'
import { newReference } from './reference.ts'
import type { Failure } from './result.ts'
import type { Setting } from './setting-change.ts'
import type { SettingReason } from './setting-fault.ts'

export const logEvents = [
  'agentStarted',
  'agentStopped',
  'agentGone',
  'agentGivenUp',
  'trainingRenewed',
  'readersChanged',
  'readerHostStarted',
  'readerHostStopped',
  'cardFailed',
  'visitMoved',
  'deliveryMoved',
  'hubLine',
  'siteServer',
  'askedLater',
  'bookingsAsked',
  'registrationSent',
  'callRefused',
  'startRefused',
  'printRefused',
  'terminalFolder',
  'terminalFile',
  'terminalDesk',
  'terminalQuestion',
  'retentionRun',
  'storeChecked',
  'storeCopied',
  'selfTest',
  'supportBundle',
  'settingsFallback',
  'settingChanged',
  'clockCompared',
  'clockConfirmed',
  'pageGone',
  'memory',
  'resumed',
  'computerLocked',
  'computerOpened',
  'fault',
] as const

export interface LogEntry {
  readonly event: (typeof logEvents)[number]
  /** A UUID, no patient data. */
  readonly visitId?: string
  readonly deliveryId?: string
  readonly destination?: string
  readonly state?: string
  readonly code?: FailureCode
  /** The number on the error screen, where it is not that of the visit or the file. */
  readonly reference?: string | undefined
  /** By which a call came. */
  readonly door?: string
  readonly ms?: number
  readonly count?: number
  readonly setting?: Setting
  /** Where settings.json cannot be used: the name of the field, or the line. */
  readonly field?: string
  readonly line?: number
  readonly reason?: SettingReason
  /** Instruction bytes, lengths and status words of a card session that failed. */
  readonly apdus?: readonly string[]
  /** Only for faults (bugs): the error's class and the code locations of its stack, without its message. */
  readonly where?: readonly string[]
}

export interface Log {
  write(entry: LogEntry): void
  /** Removes what is older than anybody needs. `today`: YYYY-MM-DD, by a clock that is confirmed. */
  tidy?(today: string): void
}

/** Writes it down under a number of its own, which goes with it to whoever is told. */
export function numbered(log: Log, event: LogEntry['event'], failure: Failure): Failure {
  const reference = newReference()
  log.write({ event, code: failure.code, reference })
  return { ...failure, detail: { ...failure.detail, reference } }
}

/** Where a bug sits: class and code locations without the message, which could hold data. */
export function stackOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [typeof error]
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...frames.slice(0, 8).map((line) => line.trim())]
}
