// A fault, declared beside the test that proves what it does: `fault(…)` stands as a statement of its own right before that
// test, written out, so that test/faults-page.ts reads it from the source. docs/faults.md is made of nothing else.
import type { FailureCode } from '../src-main/ground/failures.ts'

/** What can go wrong at a counter, by where it comes from. */
export const areas = {
  card: 'Card',
  reader: 'Reader and reader service',
  typing: 'What is typed: PIN, numbers, amounts',
  hub: 'Hub (PMH)',
  tls: 'TLS and certificates',
  dns: 'Names, proxies and the line',
  terminal: 'Terminal (資格確認端末)',
  patient: 'Who the patient is',
  share: 'Import folders and shares',
  receipt: 'Receipt computer',
  orca: 'ORCA',
  disk: 'Disk',
  database: 'Database and its key',
  server: 'The hospital’s server',
  agents: 'Two agents, two desks',
  clock: 'Clock and day',
  settings: 'Settings and secrets',
  sleep: 'Sleep, power and sudden ends',
  sessions: 'Sessions of the computer, and the ways in',
  staff: 'Staff and signing in',
  displays: 'Displays, windows and pages',
  kiosk: 'Kiosk (再来受付機)',
  printer: 'Printer',
  locale: 'Characters, languages and time zones',
  huge: 'Huge and endless input',
  files: 'Lists and files that people choose',
  updates: 'Updates, and going back',
  agent: 'The program itself',
} as const

export type Area = keyof typeof areas

type FaultClass = 'transient' | 'ambiguous' | 'permanent'

/** The place of a sentence of src-main/words: its file and the way to it there, `words/desk screen.line.gone`. */
type WordKey = `words/${string} ${string}`

interface Consequences {
  /** What becomes of what was there, and of what was under way. */
  readonly data: string
  /** What goes on by itself, and what somebody has to do. */
  readonly recovery: string
}

interface SeenAsFailure extends Consequences {
  /** The first one gives the fault its class. */
  readonly seen: FailureCode
  /** Without which the sentence would have a hole. */
  readonly detail?: Readonly<Record<string, string | number>>
}

interface SeenOtherwise extends Consequences {
  /** `nothing`: reception goes on without learning of it. */
  readonly seen: WordKey | 'nothing'
  readonly class: FaultClass
  /** What the sentence is about, where it takes something. */
  readonly values?: readonly (string | number | boolean)[]
}

/** Declares that the next test proves what becomes of this fault. Whatever is wrong about it: test/house/faults-page.test.ts. */
export function fault(_area: Area, _what: string, _consequences: SeenAsFailure | SeenOtherwise): void {}
