// Every expected failure of the agent, and what may be done about it. The list is closed: a new code does not compile
// before it has a class here and a sentence with a next step in words/failures.ts. Policy (retry, ask, stop) reads only
// the class and the origin.
import { z } from 'zod'

/**
 * - `transient`: the same action may be tried again and can succeed.
 * - `ambiguous`: it may have happened; look before repeating.
 * - `permanent`: it fails again until a person changes something.
 */
type FailureClass = 'transient' | 'ambiguous' | 'permanent'

/** Every code under the place it comes from. */
const failures = {
  /** The reader, and the card on it. */
  card: {
    READER_UNAVAILABLE: 'transient',
    CARD_NOT_PRESENT: 'transient',
    CARD_REMOVED: 'transient',
    CARD_RESET: 'transient',
    CARD_BUSY: 'transient',
    CARD_RESPONSE_INVALID: 'transient',
    CARD_UNSUPPORTED: 'permanent',
    CARD_TOKEN_UNKNOWN: 'permanent',
    CARD_CERTIFICATE_INVALID: 'permanent',
    CARD_CERTIFICATE_EXPIRED: 'permanent',
  },
  /** What is entered or compared so that it is known who the patient is. */
  identification: {
    PIN_FORMAT: 'permanent',
    PIN_WRONG: 'permanent',
    PIN_LAST_TRY: 'permanent',
    PIN_ON_COMMAND_LINE: 'permanent',
    PIN_BLOCKED: 'permanent',
    FACE_CODE_WRONG: 'permanent',
    FACE_CODE_LAST_TRY: 'permanent',
    FACE_CODE_BLOCKED: 'permanent',
    FACE_NOT_CONFIRMED: 'permanent',
  },
  /** The hub and the line to it. */
  hub: {
    HUB_UNREACHABLE: 'transient',
    HUB_PROXY_REFUSED: 'permanent',
    HUB_TIMEOUT: 'transient',
    HUB_ERROR: 'transient',
    HUB_RATE_LIMITED: 'transient',
    HUB_SESSION_EXPIRED: 'transient',
    HUB_ANSWER_INVALID: 'permanent',
    HUB_UNTRUSTED: 'permanent',
    HUB_CLIENT_REJECTED: 'permanent',
    HUB_CARD_REJECTED: 'permanent',
    HUB_SIGNATURE_REJECTED: 'permanent',
    HUB_IDENTIFICATION_REFUSED: 'permanent',
    HUB_PIN_PROOF_NEEDED: 'permanent',
    HUB_PATIENT_UNKNOWN: 'permanent',
    HUB_PERSON_DIFFERS: 'permanent',
    HUB_REQUERY_UNKNOWN: 'permanent',
    HUB_RECORD_UNKNOWN: 'permanent',
    HUB_RECORD_CHANGED: 'permanent',
    HUB_RECORD_DUPLICATE: 'permanent',
    HUB_VOUCHER_UNKNOWN: 'permanent',
    HUB_REFUSED: 'permanent',
  },
  /** The terminal (資格確認端末), its folders and its answers. */
  terminal: {
    TERMINAL_FOLDER_MISSING: 'transient',
    TERMINAL_FOLDER_REFUSED: 'permanent',
    TERMINAL_FOLDER_SLOW: 'transient',
    TERMINAL_FOLDER_FULL: 'transient',
    TERMINAL_CLOCK_DIFFERS: 'transient',
    TERMINAL_FILE_INVALID: 'permanent',
    TERMINAL_FILE_ENCRYPTED: 'permanent',
    TERMINAL_NOT_AT_COUNTER: 'ambiguous',
    TERMINAL_FILE_CONFLICT: 'ambiguous',
    TERMINAL_FILE_GONE: 'permanent',
    TERMINAL_FILE_KNOWN: 'permanent',
    TERMINAL_RESULT_ABNORMAL: 'permanent',
    TERMINAL_OTHER_DAY: 'permanent',
    TERMINAL_PERSON_UNCLEAR: 'permanent',
    TERMINAL_NO_ANSWER: 'transient',
    TERMINAL_REQUESTS_USED_UP: 'permanent',
    TERMINAL_MAPPING_INVALID: 'permanent',
    PATIENT_NOT_MATCHED: 'ambiguous',
    PATIENT_MATCHES_SEVERAL: 'ambiguous',
    PATIENT_BIRTH_DAY_UNKNOWN: 'ambiguous',
  },
  /** The data folder and the database in it, or the server that keeps the data of a whole site. */
  store: {
    AGENT_ALREADY_RUNNING: 'permanent',
    DATA_FOLDER_FOREIGN: 'permanent',
    DATA_FOLDER_TOO_LONG: 'permanent',
    STORE_KEY_WRONG: 'permanent',
    STORE_KEY_MISSING: 'permanent',
    STORE_NEWER: 'permanent',
    STORE_IS_LIVE: 'permanent',
    STORE_MIGRATION_MISMATCH: 'permanent',
    STORE_DAMAGED: 'permanent',
    STORE_ROWS_MISSING: 'permanent',
    AUDIT_BROKEN: 'permanent',
    AUDIT_UNPROVED: 'permanent',
    STORE_COPY_MISSING: 'permanent',
    STORE_COPY_FAILED: 'transient',
    STORE_FULL: 'transient',
    STORE_UNWRITABLE: 'permanent',
    STORE_UNREACHABLE: 'transient',
    STORE_UNTRUSTED: 'permanent',
    STORE_REFUSED: 'permanent',
    STORE_COMMIT_UNKNOWN: 'ambiguous',
    STORE_NOT_LIVE: 'permanent',
    STORE_NOT_EMPTY: 'permanent',
    STORE_LEFT_HERE: 'permanent',
    STORE_IN_USE: 'transient',
    STORE_MOVE_DIFFERS: 'permanent',
    STORE_NOT_READY: 'transient',
    STORE_NOT_JOINED: 'permanent',
    STORE_ON_SERVER: 'permanent',
    LEASE_LOST: 'transient',
    DESK_AWAY: 'transient',
    AWAY_NOT_READY: 'transient',
  },
  /** A destination and what is to go to it. */
  handover: {
    DESTINATION_MISSING: 'transient',
    DESTINATION_READ_ONLY: 'transient',
    DESTINATION_BUSY: 'transient',
    DESTINATION_FULL: 'transient',
    DESTINATION_CONFLICT: 'ambiguous',
    DELIVERY_UNVERIFIED: 'ambiguous',
    DELIVERY_NOT_CURRENT: 'permanent',
    DESTINATION_NOT_TAKEN: 'transient',
    DESTINATION_REFUSED: 'permanent',
    DESTINATION_NOT_ALLOWED: 'permanent',
    DESTINATION_NOT_READY: 'transient',
    PATIENT_NUMBER_MISSING: 'permanent',
    PATIENT_NUMBER_TAKEN: 'permanent',
    TEXT_NOT_ENCODABLE: 'permanent',
    TEXT_LIKE_FORMULA: 'permanent',
  },
  /** ORCA. */
  orca: {
    ORCA_UNREACHABLE: 'transient',
    ORCA_BUSY: 'transient',
    ORCA_UNTRUSTED: 'permanent',
    ORCA_LOGIN_REFUSED: 'permanent',
    ORCA_NOT_ENABLED: 'permanent',
    ORCA_ANSWER_INVALID: 'permanent',
    ORCA_REFUSED: 'permanent',
    ORCA_PATIENT_NOT_FOUND: 'permanent',
    ORCA_PATIENT_AMBIGUOUS: 'permanent',
    ORCA_PATIENT_DIFFERS: 'permanent',
    ORCA_BENEFIT_INCOMPLETE: 'permanent',
    ORCA_BENEFIT_DIFFERS: 'permanent',
    ORCA_BENEFIT_REFUSED: 'permanent',
    ORCA_QUESTION: 'permanent',
    ORCA_RECEPTION_REFUSED: 'permanent',
    ORCA_TRAINING: 'permanent',
  },
  /** The agent, its settings and this computer. */
  agent: {
    CLOCK_WRONG: 'transient',
    REQUEST_INVALID: 'permanent',
    SETTINGS_INVALID: 'permanent',
    SECRET_NOT_SET: 'transient',
    PORT_TAKEN: 'permanent',
    LOOPBACK_UNAVAILABLE: 'permanent',
    AGENT_FAULT: 'permanent',
  },
  /** Who signs in, and what they may do. */
  staff: {
    SIGN_IN_REQUIRED: 'permanent',
    SIGN_IN_REFUSED: 'permanent',
    SIGN_IN_PAUSED: 'transient',
    ROLE_INSUFFICIENT: 'permanent',
    STAFF_CODE_TAKEN: 'permanent',
    STAFF_LAST_IT: 'permanent',
  },
  /** The sheet of a monthly cap. */
  cap: {
    CAP_SHEET_CHANGED: 'permanent',
    CAP_ENTRY_DAY: 'permanent',
    CAP_ENTRY_AMOUNT: 'permanent',
    CAP_ENTRY_OVER: 'permanent',
    CAP_ENTRY_REPEATED: 'permanent',
    CAP_ENTRY_GONE: 'permanent',
  },
  /** A list of bookings. */
  bookings: {
    BOOKINGS_UNREADABLE: 'permanent',
    BOOKINGS_CHANGED: 'permanent',
  },
  /** What a file says of レセプト件数. */
  claims: {
    CLAIMS_UNREADABLE: 'permanent',
  },
  /** The doses of one person, as a file brings them. */
  doses: {
    DOSES_UNREADABLE: 'permanent',
  },
  /** The national master of local schemes, as a file brings it. */
  masters: {
    MASTER_UNREADABLE: 'permanent',
    MASTER_ENCODING: 'permanent',
    MASTER_COLUMNS: 'permanent',
    MASTER_CELL: 'permanent',
    MASTER_EMPTY: 'permanent',
    MASTER_TOO_LARGE: 'permanent',
    MASTER_OLDER: 'permanent',
    MASTER_IS_SAMPLE: 'permanent',
    MASTER_MISSING: 'permanent',
  },
  /** The printer, and what is to be printed by it. */
  printer: {
    PRINTER_MISSING: 'permanent',
    PRINTER_GONE: 'permanent',
    PRINTER_REFUSED: 'ambiguous',
  },
  /** The visit: what is asked for does not fit where it stands. */
  visit: {
    VISIT_INTERRUPTED: 'transient',
    VISIT_DAY_TURNED: 'transient',
    VISIT_DAY_WRONG: 'ambiguous',
    VISIT_CANCELLED: 'permanent',
    VISIT_STOPPED_BY_PATIENT: 'permanent',
    VISIT_NOT_CURRENT: 'permanent',
    VISIT_REPEATED: 'permanent',
    VISIT_UNDECIDED: 'permanent',
    VISIT_TO_DESK: 'permanent',
    VISIT_ELSEWHERE: 'permanent',
    VISIT_MOVED: 'permanent',
  },
} as const satisfies Record<string, Record<string, FailureClass>>

/** Where a failure comes from. Never read from the code's name: the name is for people. */
export type FailureOrigin = keyof typeof failures

export const failureClass = {
  ...failures.card,
  ...failures.identification,
  ...failures.hub,
  ...failures.terminal,
  ...failures.store,
  ...failures.handover,
  ...failures.orca,
  ...failures.agent,
  ...failures.staff,
  ...failures.cap,
  ...failures.bookings,
  ...failures.claims,
  ...failures.doses,
  ...failures.masters,
  ...failures.printer,
  ...failures.visit,
} as const

export type FailureCode = keyof typeof failureClass

export const failureCodes = Object.keys(failureClass) as FailureCode[]

const originOfCode: ReadonlyMap<string, FailureOrigin> = new Map(
  (Object.keys(failures) as FailureOrigin[]).flatMap((origin) =>
    Object.keys(failures[origin]).map((code) => [code, origin] as const),
  ),
)

export const failureOrigin = (code: FailureCode): FailureOrigin => originOfCode.get(code) ?? 'agent'

export const failureCodeSchema = z.enum(failureCodes as [FailureCode, ...FailureCode[]])

/** As reference.ts makes it. */
export const referenceSchema = z.string().regex(/^[0-9]{3}-[0-9]{3}$/)

/** The shape of a failure on the wire between agent and renderer; the sentences come from words/failures.ts. */
export const failureSchema = z.object({
  code: failureCodeSchema,
  detail: z
    .object({
      triesLeft: z.number().int().min(0).max(15).optional(),
      destination: z.string().optional(),
      field: z.string().optional(),
      variable: z.string().optional(),
      /** Of a file that is not what it should be. */
      line: z.number().int().min(1).optional(),
      /** Read by `faultsIn`: its lists would weigh on the first sight of every page. */
      faults: z.unknown().optional(),
      retryAfterS: z.number().optional(),
      sourceCode: z
        .string()
        .regex(/^[0-9A-Za-z-]{1,20}$/)
        .optional(),
      reference: referenceSchema.optional(),
    })
    .optional(),
})
