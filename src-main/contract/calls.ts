// What a page may ask of the agent: every call with the shape of its request, and what comes back. Both shells (Electron
// IPC, loopback HTTP) carry exactly this; the agent checks every request against it.
import { z } from 'zod'
import { capContentSchema, correctionReasonSchema } from '../eligibility/cap/sheet.ts'
import { dateSchema, momentSchema } from '../eligibility/model.ts'
import { outsideReasonSchema, registrationContentSchema } from '../eligibility/registrations.ts'
import { auditQuerySchema } from './audit-trail.ts'
import { bookingColumnsSchema } from './bookings.ts'
import type { CallAnswer } from './call-answer.ts'
import { capSheetOfSchema, seenCapSheetSchema } from './cap-sheet.ts'
import { clinicRuleSchema } from './clinic-rules.ts'
import { destinationSchema } from './destination.ts'
import { firstEntrySchema } from './first-run.ts'
import { pageNameSchema } from './pages.ts'
import { paperFormatSchema, paperNameSchema } from './papers.ts'
import { lookedBackSchema } from './past.ts'
import type { Reception } from './reception.ts'
import { reportMonthSchema, reportOfSchema } from './report.ts'
import { settingPathSchema, settingValueSchema } from './settings-page.ts'
import { signalsSchema } from './signals.ts'
import { glassReasonSchema, oneTimeCodeSchema, staffCodeSchema, staffEntrySchema } from './staff.ts'
import { terminalQuestionSchema } from './terminal-question.ts'
import type { Absence, Unsettled } from './told.ts'
import { lessonSchema, trainingFaultSchema } from './training.ts'

const visitId = z.uuid()

/** 診察券番号, as it is written on the patient's card of the clinic; leading zeros count. */
export const patientNumberSchema = z.string().regex(/^[0-9A-Za-z-]{1,20}$/)

/** For how long a choice or a decision can be taken back, and its files wait for that, in milliseconds. */
export const takeBackMs = 10_000

/** On which of the virtual readers a sample card lies; the desk's where nobody says. */
const trainingPlaceSchema = z.enum(['desk', 'kiosk'])
export type TrainingPlace = z.infer<typeof trainingPlaceSchema>

/** `visitId` guards against acting on a visit that has gone. */
export const calls = {
  /** What the page is told at the start, as its answer: the one call that answers more than whether it is done. */
  reception: z.object({}),
  /** The PIN was typed. `lastTry` must be true to spend the last try: never unasked. */
  enterPin: z.object({ visitId, pin: z.string().regex(/^[0-9]{4}$/), lastTry: z.boolean() }),
  /**
   * Instead of the PIN: opens the face of the card in the chip with what is printed on it (照合番号B: birth date, year of
   * expiry, security code). `lastTry` as above.
   */
  readFace: z.object({
    visitId,
    birthDate: dateSchema,
    /** How the year of birth is printed on the card. */
    printedYear: z.enum(['era', 'western']),
    expiryYear: z.string().regex(/^20[0-9]{2}$/),
    securityCode: z.string().regex(/^[0-9]{4}$/),
    lastTry: z.boolean(),
  }),
  /** The card alone, where the hub takes it because its PIN was proved here before. */
  identifyByTap: z.object({ visitId }),
  /** Staff have compared the photo with the person. */
  confirmFace: z.object({ visitId, isSame: z.boolean() }),
  /** Staff have asked the person whom the answer may mean. */
  confirmPerson: z.object({ visitId, isSame: z.boolean() }),
  /** What a person decided about each difference that asks for it; then the visit is confirmed. */
  decideDifferences: z.object({
    visitId,
    decisions: z
      .array(z.object({ key: z.string().max(4000), choice: z.enum(['accept', 'keep', 'paper', 'leave']) }))
      .max(100),
  }),
  /** What was just decided about a visit, or whom it was said to be about, is not so: for `takeBackMs` after it. */
  takeBack: z.object({ visitId }),
  /** Staff have entered what the files of a visit lack; false: not after all. */
  enteredByHand: z.object({ visitId, isEntered: z.boolean() }),
  /** The clinic's own note on a visit, in the place of an earlier one; empty: none any more. */
  noteVisit: z.object({ visitId, note: z.string().trim().max(200) }),
  /** Ask the source once more before deciding. */
  askAgain: z.object({ visitId }),
  /**
   * The clinic's order on the claim for the certificates of this answer, or of what is handed over once it is confirmed
   * (their places in it); remembered for every patient with the same schemes. A file that has gone out stays as it is.
   */
  orderBenefits: z.object({ visitId, sequence: z.array(z.int().min(0)).min(2).max(100) }),
  /** Which of the helps that come together the clinic uses, by their places in the answer; remembered for the same helps. */
  chooseHelps: z.object({ visitId, used: z.array(z.number().int().min(0)).min(1).max(20) }),
  /** The clinic approves that one character may stand for another where a file or a claim cannot hold it. */
  approveSubstitute: z.object({ character: z.string().min(1).max(4), substitute: z.string().min(1).max(4) }),
  /** What the clinic has decided for every patient counts no more: it is proposed, or asked about, as before. */
  takeRuleBack: z.object({ rule: clinicRuleSchema }),
  /**
   * The hub cannot be asked who the patient is: reads it from the card that still lies there, by 券面事項入力補助用暗証番号,
   * for the sheet. `lastTry` as above.
   */
  readAttributes: z.object({ visitId, pin: z.string().regex(/^[0-9]{4}$/), lastTry: z.boolean() }),
  /** Which reader cards are taken from; null: any. */
  chooseReader: z.object({ reader: z.string().max(200).nullable() }),
  /** How this desk makes itself heard. */
  setSignals: z.object({ signals: signalsSchema }),
  /** Stop this visit. */
  cancelVisit: z.object({ visitId }),
  /** Reception switches the kiosk on or off; while it is off its reader is the desk's. */
  openKiosk: z.object({ isOpen: z.boolean() }),
  /** Whoever is at the kiosk is to come to the desk, where the visit goes on under its number. */
  callToDesk: z.object({ visitId }),
  /** Nobody needs to see any more to a visit that was called to the desk. */
  dismissCalled: z.object({ visitId }),
  /** Start again with the card that lies on the reader. */
  retryVisit: z.object({ visitId }),
  /** The receptionist is done with the result: back to waiting. */
  closeVisit: z.object({ visitId }),
  /** They were not: the visit that was closed last comes back, while nobody else has come. */
  reopenVisit: z.object({ visitId }),
  /** Look up a visit of the list; null: back to the counter. */
  showVisit: z.object({ visitId: z.uuid().nullable() }),
  /** Ask the terminal about one person; the answer becomes a visit. */
  askTerminal: z.object({ query: terminalQuestionSchema }),
  /** Wait for its answer no longer, or put away what went wrong. */
  dropTerminalQuestion: z.object({}),
  /** Another desk takes the results of the terminal's face reader; from now on this one does. */
  takeOverTerminal: z.object({}),
  /** Whom a result of the terminal is about: one of the candidates, or null for somebody new. */
  choosePatient: z.object({ visitId, patientRef: z.string().max(200).nullable() }),
  /** Bring a visit back to the counter whose answer waits for a person. */
  takeUpVisit: z.object({ visitId }),
  /** The desk that has this open visit is asked for it; false: not any more. */
  askForVisit: z.object({ visitId, isAsked: z.boolean() }),
  /** Of a desk of which nothing is heard. */
  takeOverVisit: z.object({ visitId }),
  /** Whoever asks for this desk's visit gets it, or does not. */
  answerAsked: z.object({ visitId, isGiven: z.boolean() }),
  /** Something about it is half typed: it does not go to another desk by itself. */
  attendVisit: z.object({ visitId }),
  /** What was told of a visit between desks has been read. */
  dismissTold: z.object({ visitId }),
  /**
   * The clinic's own number of the visit's patient: from now on their card brings it. `isMoved` must be true to take it
   * from another patient.
   */
  linkPatientNumber: z.object({ visitId, patientNumber: patientNumberSchema, isMoved: z.boolean() }),
  /** It was not theirs. */
  unlinkPatientNumber: z.object({ visitId }),
  /** How the clinic spells a name that the source writes with ●, kept with the number; null: as the source does. */
  confirmName: z.object({ visitId, name: z.string().max(200).nullable() }),
  /** A stale link is not wanted any more. */
  removeStaleNumber: z.object({ patientNumber: patientNumberSchema }),
  /** Turn to another page; a new card turns back to the counter. */
  /** `isAgain`: is only read once more, where it is still the one that is shown. */
  openPage: z.object({ page: pageNameSchema, isAgain: z.boolean().optional() }),
  /** The bytes of a list of bookings (CSV), to be looked at; null: put it away again. */
  readBookings: z.object({ content: z.base64().max(1_000_000).nullable() }),
  /** Ask about the list in the background. */
  startBookings: z.object({ columns: bookingColumnsSchema, day: dateSchema }),
  /** Stop asking, go on asking, or take the list away. */
  steerBookings: z.object({ way: z.enum(['stop', 'resume', 'remove']) }),
  /**
   * A piece of the publisher's master of local schemes, from `place` 0 on, in order; after the last one the page tells what it
   * would change. `name`: of the file, which has its day in it.
   */
  sendMaster: z.object({
    name: z.string().max(200),
    place: z.int().min(0).max(1_000),
    content: z.base64().max(1_000_000),
    isLast: z.boolean(),
  }),
  /** The master that was looked at counts from now on. */
  takeMaster: z.object({}),
  /** It does not. */
  dropMaster: z.object({}),
  /** One step of the first set-up, checked as it is entered; null: left out for now. */
  enterFirstStep: firstEntrySchema,
  /** The first set-up is over: the next start is live. */
  finishFirstRun: z.object({}),
  /** A clinic that is live practises at the next start of its desk, and only then; or does not after all. */
  practiseNext: z.object({ isWanted: z.boolean() }),
  /** Another value of a setting that the page of the settings may change. */
  changeSetting: z.object({ path: settingPathSchema, value: settingValueSchema }),
  /** Begin the self-test; its lines come on its page. `withCard`: a card will be laid for it, of a member of staff. */
  startSelfTest: z.object({ withCard: z.boolean() }),
  /** What a destination would write for the sample patients, and the text of it for one of them. */
  previewDestination: z.object({ destination: destinationSchema, sample: z.string().max(40) }),
  /** Keeps it for the next start, in the place of the one called `replaces`; null: a new one. */
  saveDestination: z.object({ destination: destinationSchema, replaces: z.string().max(31).nullable() }),
  /** Takes one out of the settings that is switched off. */
  removeDestination: z.object({ destination: z.string().max(31) }),
  /**
   * A dose that was given or a checkup that was done. `name`: of the vaccine or checkup, as shown; `reason`: where it is
   * outside its rule.
   */
  register: z.object({
    visitId,
    name: z.string().min(1).max(100),
    content: registrationContentSchema,
    reason: outsideReasonSchema.nullable(),
  }),
  /** Corrects what is registered; null cancels it. */
  changeRegistration: z.object({ registrationId: z.uuid(), content: registrationContentSchema.nullable() }),
  retryRegistration: z.object({ registrationId: z.uuid() }),
  withdrawRegistration: z.object({ registrationId: z.uuid() }),
  /** Turn to the sheet of a certificate's monthly cap (自己負担上限額管理). */
  openCapSheet: capSheetOfSchema,
  /** A line on it: what was paid here, or what the paper says of elsewhere. */
  enterCapLine: seenCapSheetSchema.extend({ content: capContentSchema }),
  /** Corrects a line, with who and why; null strikes it out. */
  correctCapLine: seenCapSheetSchema.extend({
    lineId: z.uuid(),
    content: capContentSchema.nullable(),
    ...correctionReasonSchema.shape,
  }),
  /** Every line that the patient's paper has up to today is entered; false: that was said by mistake. */
  sayCapPaperSeen: seenCapSheetSchema.extend({ isSeen: z.boolean() }),
  /** A paper is being given to a printer; `isPrinted` false: it was not after all. `visitId` null: it is about no visit. */
  notePaper: z.object({ paper: paperNameSchema, visitId: z.uuid().nullable(), isPrinted: z.boolean() }),
  /** From now on the paper comes on this size, from this printer. */
  rememberPaper: z.object({ paper: paperNameSchema, format: paperFormatSchema }),
  /** Turn to what has been: a day, a person's visits, or somebody who is looked for. */
  lookBack: lookedBackSchema,
  /** One of the visits that are listed there, as it was known then; null: back to the list. */
  showPast: z.object({ visitId: visitId.nullable() }),
  /** Turn to 操作の記録, of a day or of a patient. */
  openAudit: auditQuerySchema,
  /** All rows that the page is about, to be saved as a file. */
  exportAudit: z.object({}),
  /** Somebody has looked at what two desks have both changed. */
  resolveConflict: z.object({ conflictId: z.string().max(100), visitId: z.uuid().nullable() }),
  /** Turn to the day sheet (日報) or the monthly report (月次). */
  openReport: reportOfSchema,
  /** レセプト件数 of a month; null: it was a mistake. */
  enterClaims: z.object({ month: reportMonthSchema, count: z.int().min(0).max(999_999).nullable() }),
  /** The same of several months, as a file (CSV) has them. */
  importClaims: z.object({ content: z.base64().max(200_000) }),
  /** Try a held-up delivery again now, or send one again that is through. */
  retryDelivery: z.object({ deliveryId: z.uuid() }),
  /** This one is not wanted any more. */
  cancelDelivery: z.object({ deliveryId: z.uuid() }),
  /** A person has seen that the receipt computer has it. */
  markDeliveryImported: z.object({ deliveryId: z.uuid() }),
  /** A person wants the files away that nobody takes: those that were told, delivered before `until`. */
  removeLeftFiles: z.object({ destination: z.string().max(40), until: momentSchema }),
  /** The sample card is laid on the sandbox terminal's face reader. */
  useFaceReader: z.object({ persona: z.string().max(40) }),
  /** A person says that the date on this computer is right. */
  confirmClock: z.object({ today: dateSchema }),
  /** The system says that this computer was locked (by hand, by itself, for somebody else's session), or opened again. */
  computerLocked: z.object({ isLocked: z.boolean() }),
  /** Somebody says who they are, by what their authenticator shows. */
  signIn: z.object({ code: staffCodeSchema, oneTimeCode: oneTimeCodeSchema }),
  /** The same by the account of the computer, whose password was given just now. */
  signInByAccount: z.object({}),
  /** Whoever is signed in leaves, or makes room for somebody else; a check-in stays where it is. */
  signOut: z.object({}),
  /** A hand was on the desk's page. */
  stayIn: z.object({}),
  /** One more of the staff; the page tells what their authenticator is to be given. */
  addStaff: staffEntrySchema.extend({ code: staffCodeSchema }),
  changeStaff: staffEntrySchema.extend({ staffId: z.uuid() }),
  /** They cannot sign in any more, or can again. */
  lockStaff: z.object({ staffId: z.uuid(), isLocked: z.boolean() }),
  /** Their authenticator is gone: another one takes its place. */
  resetStaff: z.object({ staffId: z.uuid() }),
  /** What an authenticator was to be given is taken down. */
  putEnrolmentAway: z.object({}),
  /** Whoever is signed in has to look at patients although their role does not: for a while, and with a reason. */
  breakGlass: z.object({ reason: glassReasonSchema }),
  mendGlass: z.object({}),
  insertTrainingCard: z.object({ persona: z.string().max(40), at: trainingPlaceSchema.optional() }),
  removeTrainingCard: z.object({ at: trainingPlaceSchema.optional() }),
  /** Begin a lesson, or go on with one that was left. */
  startLesson: z.object({ lesson: lessonSchema }),
  /** Leave it; what goes wrong ends with it. */
  leaveLesson: z.object({}),
  /** Have something go wrong, or right again. */
  switchTrainingFault: z.object({ fault: trainingFaultSchema, isOn: z.boolean() }),
  endTrainingFaults: z.object({}),
} as const
export type CallName = keyof typeof calls
export type CallRequest<N extends CallName> = z.infer<(typeof calls)[N]>

/**
 * Whether what is shown is true. `retrying`: the line is broken and may come back; `gone`: it does not; `shut`: this page
 * has no key; `taken`: another page has come in its place; `faulty`: what comes is no state; the rest: told.ts.
 */
export type Line = 'up' | 'retrying' | 'gone' | 'shut' | 'taken' | 'faulty' | 'unsettled' | Absence

/** What the shell puts into the page: the renderer's only way out. */
export interface Bridge<V = Reception, C extends CallName = CallName> {
  call<N extends C>(name: N, request: CallRequest<N>): Promise<CallAnswer>
  /** Pushes the state after every change, and once at the start; `unsettled`: why the line is that. Returns the unsubscriber. */
  onReception(listener: (reception: V) => void, onLine: (line: Line, unsettled?: Unsettled) => void): () => void
}
