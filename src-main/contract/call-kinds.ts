// What each call is to whoever asks later who saw or changed what: looking at patients' data, changing something, or neither.
// The audit trail goes by it (agent/calls.ts); a call without an entry here does not compile.
import { z } from 'zod'
import { dateSchema } from '../eligibility/model.ts'
import type { CallName, CallRequest } from './calls.ts'
import { type PageName, pageNameSchema } from './pages.ts'
import { paperNameSchema } from './papers.ts'
import { reportMonthSchema } from './report.ts'

/** `looks`: it is written down before anything is shown. `changes`: at the latest when it is done. */
export type CallKind = 'looks' | 'changes' | 'neither'
type KindOf<N extends CallName> = CallKind | ((request: CallRequest<N>) => CallKind)

/** Pages that show patients, or what was done about them. */
const isAboutPatients: Readonly<Record<PageName, boolean>> = {
  counter: false,
  staleNumbers: true,
  bookings: true,
  destinations: false,
  localMaster: false,
  selfTest: false,
  supportBundle: false,
  clinicRules: false,
  settings: false,
  firstRun: false,
  staff: false,
  terminalQuestion: false,
  past: true,
  audit: true,
  // Counts only.
  report: false,
  signals: false,
  capSheet: true,
  conflicts: true,
  training: false,
}

const whereNamed = ({ visitId }: { readonly visitId: string | null }): CallKind =>
  visitId === null ? 'neither' : 'looks'

const kinds: { readonly [N in CallName]: KindOf<N> } = {
  // A page begins, and again after every broken line: it shows the day as every desk has it before it.
  reception: 'neither',
  enterPin: 'changes',
  readFace: 'changes',
  identifyByTap: 'changes',
  confirmFace: 'changes',
  confirmPerson: 'changes',
  decideDifferences: 'changes',
  takeBack: 'changes',
  enteredByHand: 'changes',
  noteVisit: 'changes',
  askAgain: 'changes',
  orderBenefits: 'changes',
  chooseHelps: 'changes',
  approveSubstitute: 'changes',
  takeRuleBack: 'changes',
  readAttributes: 'changes',
  chooseReader: 'changes',
  setSignals: 'changes',
  cancelVisit: 'changes',
  openKiosk: 'changes',
  callToDesk: 'changes',
  dismissCalled: 'changes',
  retryVisit: 'changes',
  closeVisit: 'changes',
  reopenVisit: 'changes',
  showVisit: whereNamed,
  askTerminal: 'changes',
  dropTerminalQuestion: 'changes',
  takeOverTerminal: 'changes',
  choosePatient: 'changes',
  takeUpVisit: 'changes',
  askForVisit: 'changes',
  takeOverVisit: 'changes',
  answerAsked: 'changes',
  // The page's own word, and what only the screen knows.
  attendVisit: 'neither',
  dismissTold: 'neither',
  linkPatientNumber: 'changes',
  unlinkPatientNumber: 'changes',
  confirmName: 'changes',
  removeStaleNumber: 'changes',
  openPage: ({ page }) => (isAboutPatients[page] ? 'looks' : 'neither'),
  readBookings: ({ content }) => (content === null ? 'neither' : 'looks'),
  startBookings: 'changes',
  steerBookings: 'changes',
  sendMaster: 'neither',
  takeMaster: 'changes',
  dropMaster: 'neither',
  enterFirstStep: 'changes',
  finishFirstRun: 'changes',
  practiseNext: 'changes',
  changeSetting: 'changes',
  startSelfTest: 'neither',
  // Of invented patients.
  previewDestination: 'neither',
  saveDestination: 'changes',
  removeDestination: 'changes',
  register: 'changes',
  changeRegistration: 'changes',
  retryRegistration: 'changes',
  withdrawRegistration: 'changes',
  openCapSheet: 'looks',
  enterCapLine: 'changes',
  correctCapLine: 'changes',
  sayCapPaperSeen: 'changes',
  notePaper: 'changes',
  rememberPaper: 'changes',
  lookBack: 'looks',
  showPast: whereNamed,
  openAudit: 'looks',
  exportAudit: 'looks',
  openReport: 'neither',
  resolveConflict: 'changes',
  enterClaims: 'changes',
  importClaims: 'changes',
  retryDelivery: 'changes',
  cancelDelivery: 'changes',
  markDeliveryImported: 'changes',
  removeLeftFiles: 'changes',
  confirmClock: 'changes',
  // The computer's own word; nobody sees or changes anything by it.
  computerLocked: 'neither',
  // Who comes and goes, and who the staff are: the store writes a row of its own for each, where there is something to write.
  signIn: 'neither',
  signInByAccount: 'neither',
  signOut: 'neither',
  stayIn: 'neither',
  addStaff: 'changes',
  changeStaff: 'changes',
  lockStaff: 'changes',
  resetStaff: 'changes',
  putEnrolmentAway: 'neither',
  breakGlass: 'changes',
  mendGlass: 'neither',
  // Sample cards and lessons of training: no clinic's data.
  useFaceReader: 'neither',
  insertTrainingCard: 'neither',
  removeTrainingCard: 'neither',
  startLesson: 'neither',
  leaveLesson: 'neither',
  switchTrainingFault: 'neither',
  endTrainingFaults: 'neither',
}

export function callKind<N extends CallName>(name: N, request: CallRequest<N>): CallKind {
  const kind: KindOf<N> = kinds[name]
  return typeof kind === 'function' ? kind(request) : kind
}

/** Whom or what a call is about, as far as its request says it. The patient's own data are for finding the patient only. */
const subjectSchema = z
  .object({
    visitId: z.string().nullable(),
    deliveryId: z.string(),
    patientRef: z.string(),
    patientNumber: z.string(),
    nameKana: z.string(),
    birthDate: dateSchema,
    day: dateSchema,
    month: reportMonthSchema,
    page: pageNameSchema,
    paper: paperNameSchema,
  })
  .partial()

export interface Subject {
  readonly visitId: string | null
  readonly deliveryId: string | null
  readonly patientRef: string | null
  readonly patientNumber: string | null
  readonly person: { readonly nameKana: string; readonly birthDate: string } | null
  /** A day, a month, a page or a paper. */
  readonly about: string | null
}

export function subjectOf(request: object): Subject {
  const { nameKana, birthDate, ...named } = subjectSchema.safeParse(request).data ?? {}
  return {
    visitId: named.visitId ?? null,
    deliveryId: named.deliveryId ?? null,
    patientRef: named.patientRef ?? null,
    patientNumber: named.patientNumber ?? null,
    person: nameKana !== undefined && birthDate !== undefined ? { nameKana, birthDate } : null,
    about: named.day ?? named.month ?? named.page ?? named.paper ?? null,
  }
}
