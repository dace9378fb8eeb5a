// What a patient can be told, whatever the language: one shape that every language has to fill, keyed by what the page
// shows, so that a sentence that is missing in one of them does not compile.
import type { KioskWhy } from '../../contract/kiosk.ts'
import type { PatientView } from '../../contract/patient-view.ts'

/** A headline, and what to do or to expect. */
export interface Said {
  readonly title: string
  readonly note: string
}

/** The steps in which there is only something to read. */
type PlainStep = Exclude<PatientView['step']['kind'], 'pin'>

/** What stands around a PIN: in the desk's words at the desk. */
export interface PinWords {
  readonly label: string
  /** How many of the four digits stand there; never which. */
  readonly progress: (length: number) => string
  readonly tries: (left: number) => string
  readonly wrong: (left: number) => string
  readonly clear: string
  readonly back: string
  readonly keypad: string
}

export interface PatientWords {
  /** The page's title. */
  readonly page: string
  readonly training: string
  /** Names the group of the languages' buttons. */
  readonly languages: string
  /** Switches reading aloud on and off. */
  readonly readAloud: string
  /** What is shown may no longer be true. */
  readonly lost: Said
  readonly steps: Readonly<Record<PlainStep, Said>>
  readonly pin: PinWords & {
    readonly title: string
    readonly note: string
    readonly lastTry: string
    readonly lastTryConfirm: string
    readonly send: string
    readonly sending: string
    readonly stop: string
  }
  readonly kiosk: {
    /** The page's title. */
    readonly page: string
    readonly off: Said
    /** The number slip: number and time, and what to do then. */
    readonly slip: {
      readonly title: string
      readonly number: string
      readonly time: string
      readonly waitForNumber: string
      readonly takeCard: string
      readonly print: string
      readonly notPrinted: string
    }
    readonly called: {
      readonly title: string
      /** Instead of it, where only the card was lifted too early. */
      readonly againTitle: string
      readonly notes: Readonly<Record<KioskWhy, string>>
    }
  }
  /** A key that came too early, or that no field waits for, did nothing. */
  readonly keyHint: { readonly early: string; readonly unused: string }
}
