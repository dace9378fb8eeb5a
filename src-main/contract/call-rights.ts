// Which calls each role may make: one line for each call of the contract, asked at the door for every one of them. A call without
// an entry does not compile.
import type { CallName } from './calls.ts'
import { counter, everybody, isOneOf, it, lead, nobody, office } from './rights.ts'
import type { Role, StaffState } from './staff.ts'

const callRights: Readonly<Record<CallName, readonly Role[]>> = {
  reception: everybody,
  signIn: everybody,
  signInByAccount: everybody,
  signOut: everybody,
  stayIn: everybody,
  mendGlass: everybody,
  /** By the page: pageRights. */
  openPage: everybody,
  setSignals: everybody,
  chooseReader: everybody,
  confirmClock: everybody,
  notePaper: everybody,
  rememberPaper: everybody,
  startSelfTest: everybody,
  startLesson: everybody,
  leaveLesson: everybody,
  switchTrainingFault: everybody,
  endTrainingFaults: everybody,

  enterPin: counter,
  readFace: counter,
  identifyByTap: counter,
  confirmFace: counter,
  confirmPerson: counter,
  decideDifferences: counter,
  takeBack: counter,
  enteredByHand: counter,
  noteVisit: counter,
  askAgain: counter,
  orderBenefits: counter,
  chooseHelps: counter,
  takeRuleBack: counter,
  approveSubstitute: counter,
  readAttributes: counter,
  cancelVisit: counter,
  openKiosk: counter,
  callToDesk: counter,
  dismissCalled: counter,
  retryVisit: counter,
  closeVisit: counter,
  reopenVisit: counter,
  showVisit: counter,
  askTerminal: counter,
  dropTerminalQuestion: counter,
  takeOverTerminal: counter,
  choosePatient: counter,
  takeUpVisit: counter,
  linkPatientNumber: counter,
  unlinkPatientNumber: counter,
  confirmName: counter,
  removeStaleNumber: counter,
  readBookings: counter,
  startBookings: counter,
  steerBookings: counter,
  register: counter,
  changeRegistration: counter,
  retryRegistration: counter,
  withdrawRegistration: counter,
  openCapSheet: counter,
  enterCapLine: counter,
  correctCapLine: counter,
  sayCapPaperSeen: counter,
  lookBack: counter,
  showPast: counter,
  openReport: counter,
  resolveConflict: counter,
  retryDelivery: counter,
  cancelDelivery: counter,
  markDeliveryImported: counter,
  insertTrainingCard: counter,
  removeTrainingCard: counter,
  useFaceReader: counter,

  enterClaims: lead,
  importClaims: lead,
  // Who saw whom: it names patients.
  openAudit: lead,
  exportAudit: lead,

  sendMaster: office,
  takeMaster: office,
  dropMaster: office,
  changeSetting: office,
  practiseNext: office,

  previewDestination: it,
  saveDestination: it,
  removeDestination: it,
  removeLeftFiles: it,
  enterFirstStep: it,
  finishFirstRun: it,
  breakGlass: it,
  addStaff: it,
  changeStaff: it,
  lockStaff: it,
  resetStaff: it,
  putEnrolmentAway: it,

  computerLocked: nobody,
}

/** Before anybody has signed in. */
const signedOutCalls: readonly CallName[] = ['reception', 'signIn', 'signInByAccount']

/** Whether this call may be made from the desk now. */
export const mayCallNow = (staff: StaffState, name: CallName): boolean =>
  staff.state === 'signedOut' ? signedOutCalls.includes(name) : isOneOf(staff, callRights[name])
