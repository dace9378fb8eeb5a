// Everything that a row of the audit trail can be of, and which kind of thing that is.
import type { VisitState } from '../ground/states.ts'
import type { AuditKind } from './audit-trail.ts'
import type { CallName } from './calls.ts'
import type { PaperName } from './papers.ts'

/** That a paper of a visit, or of none, was given to a printer, or was not after all. */
export type PaperEvent = `${PaperName}${'Printed' | 'NotPrinted'}`

/** Done on the command line: the trail itself was read, the data got another key, a sheet was made that opens them … */
export type CommandEvent = 'trailRead' | 'keyRotated' | 'recoverySheetMade' | 'deskJoined' | 'storeMovedToDesk'

/** What a row can be of. */
export type AuditEvent =
  | VisitState
  | 'interrupted'
  | 'pinBlocked'
  | 'faceRead'
  | 'faceConfirmed'
  | 'patientChosen'
  | 'personConfirmed'
  | 'cardTapped'
  | 'askedLater'
  | 'askedAgain'
  | 'patientNumberLinked'
  | 'patientNumberUnlinked'
  | 'nameConfirmed'
  | 'nameUnconfirmed'
  | 'differencesDecided'
  | 'takenBack'
  | 'enteredByHand'
  | 'notEnteredByHand'
  | 'noted'
  | 'visitAsked'
  | 'visitAskWithdrawn'
  | 'visitKept'
  | 'visitGiven'
  | 'visitTakenOver'
  | 'capEntered'
  | 'capCorrected'
  | 'capPaperSeen'
  | PaperEvent
  | 'deliveryQueued'
  | 'deliveryRejected'
  | 'deliveryDelivered'
  | 'deliveryConflict'
  | 'deliveryRetried'
  | 'deliveryAcknowledged'
  | 'deliveryRefused'
  | 'deliveryLate'
  | 'deliveryMarkedImported'
  | 'deliveryCancelled'
  | 'registrationTaken'
  | 'registrationRefused'
  | 'masterImported'
  | 'settingChanged'
  | 'settingNotChanged'
  | 'staffAdded'
  | 'staffChanged'
  | 'staffLocked'
  | 'staffUnlocked'
  | 'staffReset'
  | 'signedIn'
  | 'signedOut'
  | 'signInFailed'
  | 'glassBroken'
  | 'glassMended'
  | 'storeLossAccepted'
  | 'storeRestored'
  /** A desk was alone from here on; `about`: which. What it wrote then follows on this row, up to the next: how many visits that were. */
  | 'deskWentAway'
  | 'deskCameBack'
  | CommandEvent
  /** A desk has made the key known that it signs with; `about` as ground/desk-key.ts has it. */
  | 'deskKeyRegistered'
  /** Everybody is gone whom a rehearsal knew, or whom this desk did; `about` as below. */
  | 'rehearsalErased'
  | 'patientsErased'
  /** What had expired is gone; `about` says how many of every kind. */
  | 'expiredDeleted'
  /** A call of a page that shows patients, or one that has changed something of which no other row tells. */
  | CallName

const looking: readonly AuditEvent[] = [
  'showVisit',
  'openPage',
  'readBookings',
  'openCapSheet',
  'lookBack',
  'showPast',
  'openAudit',
  'exportAudit',
  'trailRead',
]
const aboutSettings: readonly AuditEvent[] = [
  'settingChanged',
  'settingNotChanged',
  'masterImported',
  'staffAdded',
  'staffChanged',
  'staffLocked',
  'staffUnlocked',
  'staffReset',
]
const aboutData: readonly AuditEvent[] = [
  'storeLossAccepted',
  'storeRestored',
  'deskWentAway',
  'deskCameBack',
  'expiredDeleted',
  'rehearsalErased',
  'patientsErased',
  'keyRotated',
  'recoverySheetMade',
  'deskJoined',
  'deskKeyRegistered',
  'storeMovedToDesk',
  'confirmClock',
]

const isOne = (events: readonly string[], event: string) => events.includes(event)

/** `event`: as it was written; an earlier version of the program may have known other words. */
export function auditKindOf(event: string): AuditKind {
  if (isOne(looking, event)) return 'looked'
  if (event.endsWith('Printed')) return 'printed'
  if (event.startsWith('delivery')) return 'sent'
  if (isOne(aboutSettings, event)) return 'settings'
  return isOne(aboutData, event) ? 'data' : 'changed'
}
