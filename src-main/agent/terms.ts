// The terms between a shell and the agent: what it gives it at its start (where its data lie, what the shell alone can do,
// the time), and what it has of it while it runs.
import type { StartHost } from '../card/reader-host-process.ts'
import type { AskingHandedOn } from '../checkin/asking-part.ts'
import type { VisitTimings } from '../checkin/attempt.ts'
import type { CallAnswer } from '../contract/call-answer.ts'
import type { Caller } from '../contract/callers.ts'
import type { Reception } from '../contract/reception.ts'
import type { Away } from '../contract/told.ts'
import type { Clock } from '../ground/clock.ts'
import type { PauseMs } from '../ground/growing-pause.ts'
import type { Log } from '../ground/log.ts'
import type { PmhLimits } from '../hub/pmh/calls.ts'
import type { DeskTiming } from '../hub/terminal/desk-watch.ts'
import type { SystemProxy } from '../settings/proxy.ts'
import type { Settings } from '../settings/settings.ts'
import type { HandedOver } from '../staff/presence.ts'
import type { KeyStore } from '../store/key-store.ts'
import type { SiteServer } from '../store/site.ts'
import type { TrainingClinic } from '../training/clinic.ts'
import type { SiteServerPort } from './server-view.ts'

export interface AgentOptions {
  /** Absolute path; made if missing. */
  readonly dataDir: string
  readonly settings: Settings
  readonly keyStore: KeyStore
  readonly migrationsDir: string
  /** A server that a test has, also for a rehearsal; by the settings when not given. */
  readonly site?: SiteServer | null | undefined
  /** Entry files (absolute paths) of what runs beside the agent: sources, or what they were built into. */
  readonly entries: {
    /** native/reader-host.ts, in a child process. */
    readonly readerHost: string
    /** handover/folder/delivery-thread.ts */
    readonly deliveryThread: string
    readonly folderThread: string
    /** card/photo-thread.ts */
    readonly photoThread: string
  }
  /** How the shell runs the reader host; as a child of plain Node when not given. */
  readonly startReaderHost?: StartHost | undefined
  /** What the system is set up with, where neither the settings nor the environment name a proxy. */
  readonly systemProxy?: SystemProxy | null | undefined
  /** The name of this computer, where a test plays several. */
  readonly computer?: string | undefined
  /** As TerminalOptions. */
  readonly deskTiming?: DeskTiming | undefined
  readonly clock: Clock
  readonly log: Log
  readonly version: string
  /** Ask the hub about another day than today (rehearsals), YYYY-MM-DD. */
  readonly asOf?: string | undefined
  readonly hubLimits?: Partial<PmhLimits> | undefined
  /** First and longest pause between two looks whether a lost hub is back, or answers what is still owed. */
  readonly hubPauseMs?: PauseMs | undefined
  /** For how long a decision can be taken back, in milliseconds; 0: not at all. The contract's when not given. */
  readonly takeBackMs?: number | undefined
  /** How long a person may answer another desk, in milliseconds, before a visit that nobody is at goes there. */
  readonly letGoMs?: number | undefined
  /** A command of whoever has the account of this computer: nobody signs in. */
  readonly isCommand?: boolean | undefined
  /** By which name the system knows whose session this is; null: by none. The system is asked when not given. */
  readonly account?: string | null | undefined
  /** From the start to the first look for a quiet moment to check and copy the store in, and between two. */
  readonly safekeepingPauseMs?: { readonly first: number; readonly between: number } | undefined
  /** Goes on with what the desk keeps of its own, without the site's server. */
  readonly isAlone?: boolean | undefined
  /** How it stands with the site's server, where somebody minds that (either-ground.ts). */
  readonly siteServer?: SiteServerPort | undefined
  /** What the agent before this one has left, in the same process. */
  readonly handedOn?: HandedOn | undefined
}

/** Over a change of what the agent stands on, whoever is there is not sent away. */
export interface HandedOn {
  readonly staff: HandedOver
  readonly isLocked: boolean
  /** What people here have been told between the desks, and wait for. */
  readonly asking: AskingHandedOn
}

export interface Agent {
  /** No database was there before: the very first start in this data folder. */
  readonly firstStart: boolean
  reception(): Reception
  onReception(listener: (reception: Reception) => void): () => void
  /** `name` and `request` come from outside and are checked here, also whether this caller may. Never throws. */
  call(by: Caller, name: string, request: unknown): Promise<CallAnswer>
  /** Resolves once every file of the visit is delivered, or held up with a failure. */
  settled(): Promise<void>
  timings(): VisitTimings | null
  /** Training mode: the stand-ins, which can be told to misbehave. */
  readonly training: TrainingClinic | null
  /** Where it may be gone for a moment, or longer, while it lives. */
  readonly absence?: Absences
  stop(): Promise<void>
}

/** What the pages are told instead of what is shown. */
interface Absences {
  /** null: somebody is at work. */
  now(): Away | null
  /** Also when it is over. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
}

/** An agent that stands on one store. */
export interface StandingAgent extends Agent {
  /** Whether a card is being read or asked about, at the desk or the kiosk; or what came of it waits there for a person. */
  atCounter(): 'card' | 'decision' | null
  handOn(): HandedOn
  /** There is a copy of today with which this desk could go on without the site's server. */
  hasCopy(): boolean
  /** `isCutOff`: the store's server does not answer, and nobody waits for it any more. */
  stop(isCutOff?: boolean): Promise<void>
}
