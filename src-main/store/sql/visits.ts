// Visits, and the one transaction in which a visit is saved with everything that came of it.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import {
  confirmedStates,
  isIn,
  ownedVisitStates,
  type VisitState,
  visitRules,
  visitStateSchema,
} from '../../ground/states.ts'
import type { AuditEntry } from '../audit.ts'
import type { Naming, StoredVisit, VisitRow, Visits } from '../visits.ts'
import { countAnswer, countByHand, countCardUse, countConfirmation, dropConfirmationCounts } from './counts.ts'
import { addDelivery } from './deliveries.ts'
import {
  answerRow,
  confirmationRow,
  deliveryRow,
  noteRow,
  registrationRow,
  standingRow,
  visitDeskRow,
  visitRow,
} from './rows.ts'
import { sql } from './statements/statements.ts'
import { addTerminalFile, isKnownFile } from './terminal.ts'
import { type AmongDesks, failureText, type Topic } from './topic.ts'
import { atOnce, type Statement, together, type Values, type Work } from './work.ts'

type Outcome = NonNullable<Parameters<Visits['saveVisit']>[2]>

export function visits(topic: Topic): Visits {
  const { ledger, keys, among } = topic

  return {
    async saveVisit(given, audit, outcome = {}) {
      return ledger.judge(function* () {
        const before = standingRow.optional().parse(yield* sql.standingOfVisit.get(given.id))
        if (before && isElsewhere(among, before)) return fail('VISIT_ELSEWHERE')
        if (!leadsTo(before?.state, given, audit))
          return fail(before && isOthers(among, before) ? 'VISIT_ELSEWHERE' : 'VISIT_NOT_CURRENT')
        if (!(yield* among.holds(outcome.lease ?? null))) return fail('LEASE_LOST')
        if (outcome.file && (yield* isKnownFile(outcome.file))) return fail('TERMINAL_FILE_KNOWN')
        const number = given.number || (yield* ledger.nextVisitNumber(given.day))
        const { eligibility, confirmation, card, file, named, renderedAnew } = outcome
        const isNamedSince = named !== undefined && before !== undefined && !isNamed(before, named)
        const visit = { ...given, number, ...(isNamedSince && namingOf(before)) }
        const deliveries = (isNamedSince && renderedAnew?.(visit)) || outcome.deliveries || []
        yield* saveRow(topic, visit)
        if (file) yield* addTerminalFile(file, visit.day)
        const of = { patientRef: visit.patient?.ref ?? null }
        for (const entry of audit) yield* ledger.addAudit(visit.id, null, { ...of, ...entry })
        if (eligibility) yield* addAnswer(topic, visit, eligibility, card)
        if (confirmation && visit.patient) {
          yield* sql.addConfirmation.tell(visit.id, keys.patient(visit.patient.ref), JSON.stringify(confirmation))
          yield* countConfirmation(visit, confirmation, eligibility ?? (yield* answerOf(visit.id)))
        }
        for (const delivery of deliveries) yield* addDelivery(topic, visit, delivery)
        return ok(visit)
      })
    },
    async takeBackVisit(visit, what, { at, named }) {
      return ledger.judge(function* (): Work<Result<VisitRow>> {
        const now = visitRow.optional().parse(yield* sql.visit.get(visit.id))
        const files = z.array(deliveryRow).parse(yield* sql.deliveriesOfVisit.all(visit.id))
        const isInHouse = files.every(({ state }) => state === 'queued' || state === 'rejected')
        const isUsed = (yield* sql.registrationsOfVisit.get(visit.id)) !== undefined
        if (!now || !isInHouse || isUsed || !visitRules.mayMove(now.state, visit.state)) {
          return fail('VISIT_NOT_CURRENT')
        }
        // It would stay with whoever was chosen.
        if (what === 'choice' && !isNamed(now, named)) return fail('VISIT_NOT_CURRENT')
        const back = { ...visit, ...(what === 'decision' && namingOf(now)), updatedAt: at }
        yield* ledger.addAudit(visit.id, null, { at, event: 'takenBack' })
        for (const { id } of files) yield* ledger.addAudit(visit.id, id, { at, event: 'deliveryCancelled' })
        yield* sql.dropDeliveries.tell(visit.id)
        yield* sql.dropConfirmations.tell(visit.id)
        yield* dropConfirmationCounts(visit.id)
        if (what === 'choice') yield* sql.dropLaterAnswers.tell({ visitId: visit.id })
        yield* saveRow(topic, back)
        yield* ledger.addAudit(visit.id, null, { at, event: visit.state })
        return ok(back)
      })
    },
    async visitsOfDay(day) {
      return ledger.read(function* () {
        return yield* atOnce(yield* sql.visitsOfDay.all(day), stored)
      })
    },
    async visit(id) {
      return ledger.read(function* () {
        const row = yield* sql.visit.get(id)
        return row === undefined ? null : yield* stored(row)
      })
    },
    async openVisits() {
      return ledger.read(() => visitsOf(sql.openVisits, { desk: among.desk }))
    },
    async openVisitsOfSite() {
      return ledger.read(() => visitsOf(sql.openVisitsOfSite))
    },
    async choosingVisits() {
      return ledger.read(() => visitsOf(sql.choosingVisits))
    },
    async conflictVisits() {
      return ledger.read(() => visitsOf(sql.conflictVisits))
    },
    async offlineVisits(since) {
      return ledger.read(() => visitsOf(sql.offlineVisits, since))
    },
    async noteVisit(id, note, { at }) {
      return ledger.judge(function* () {
        if (!(yield* sql.standingOfVisit.get(id))) return fail('VISIT_NOT_CURRENT')
        yield* sql.noteVisit.tell({ id, note })
        yield* ledger.addAudit(id, null, { at, event: 'noted' })
        return ok(undefined)
      })
    },
    async noteEnteredByHand(visitId, isEntered, { at }) {
      return ledger.judge(function* () {
        const known = confirmationRow.optional().parse(yield* sql.confirmationOfVisit.get(visitId))?.body
        if (!known) return fail('VISIT_NOT_CURRENT')
        const handed = { ...known.handed, enteredAt: isEntered ? at : null }
        yield* sql.changeConfirmation.tell({ visitId, body: JSON.stringify({ ...known, handed }) })
        yield* countByHand(visitRow.parse(yield* sql.visit.get(visitId)), handed)
        yield* ledger.addAudit(visitId, null, { at, event: isEntered ? 'enteredByHand' : 'notEnteredByHand' })
        return ok(undefined)
      })
    },
  }
}

function* visitsOf(which: Statement, ...values: Values): Work<VisitRow[]> {
  return z.array(visitRow).parse(yield* which.all(...values))
}

function* answerOf(id: string) {
  return answerRow.optional().parse(yield* sql.answerOfVisit.get(id))?.body ?? null
}

function* stored(row: unknown): Work<StoredVisit> {
  const visit = visitRow.parse(row)
  const { id } = visit
  const its = [sql.answerOfVisit, sql.confirmationOfVisit, sql.noteOfVisit].map((one) => one.get(id))
  const lists = [sql.deliveriesOfVisit, sql.registrationsOfVisit].map((all) => all.all(id))
  const [[answer, confirmed, note], [files, registered]] = yield* together(
    atOnce(its, (work) => work),
    atOnce(lists, (work) => work),
  )
  const confirmation = confirmationRow.optional().parse(confirmed)?.body
  return {
    visit,
    ...visitDeskRow.parse(row),
    eligibility: answerRow.optional().parse(answer)?.body ?? null,
    handed: confirmation?.handed ?? null,
    confirmedAt: confirmation?.confirmedAt ?? null,
    note: noteRow.optional().parse(note)?.note ?? null,
    deliveries: z.array(deliveryRow).parse(files),
    registrations: z.array(registrationRow).parse(registered),
  }
}

const namingOf = ({ patientNumber, confirmedName }: Naming): Naming => ({ patientNumber, confirmedName })

const isNamed = (visit: Naming, as: Naming): boolean =>
  visit.patientNumber === as.patientNumber && visit.confirmedName === as.confirmedName

/** Another desk has it, or had it last. */
const isOthers = ({ desk }: AmongDesks, visit: { readonly desk: string | null }) =>
  visit.desk !== null && visit.desk !== desk

/** Another desk goes on with it: it has to be asked for first. */
const isElsewhere = (among: AmongDesks, visit: { readonly state: VisitState; readonly desk: string | null }) =>
  isOthers(among, visit) && isIn(ownedVisitStates, visit.state)

/**
 * Whether a way leads from the state that is stored through those of the audit rows to the one it is in now. What was confirmed goes
 * back by takeBackVisit alone, with its files: whoever saves a confirmation again, because nobody knew whether it counted, does not
 * confirm it twice.
 */
function leadsTo(stored: VisitState | undefined, { state }: VisitRow, audit: readonly AuditEntry[]): boolean {
  const told = audit.flatMap(({ event }) => (isIn(visitStateSchema.options, event) ? [event] : []))
  const way = stored ? [stored, ...told] : told
  const [from, ...through] = way.at(-1) === state ? way : [...way, state]
  if (isIn(confirmedStates, stored) && !through.every((each) => isIn(confirmedStates, each))) return false
  return from === undefined || visitRules.mayPass(from, through)
}

/** Inside a transaction. */
function* saveRow({ keys, among }: Topic, visit: VisitRow): Work<void> {
  const { patient, report } = visit
  yield* sql.saveVisit.tell({
    ...visit,
    failure: failureText(visit.failure),
    patient: patient && JSON.stringify(patient),
    report: report && JSON.stringify(report),
    personKey: patient && keys.person(patient),
    referenceKey: patient && keys.reference(report?.referenceNumber ?? null),
    desk: among.desk,
  })
  yield* countCardUse(keys, visit)
}

/** Inside a transaction. A new version; `card`: the card its person proved themselves with is theirs from now on. */
function* addAnswer(
  { keys }: Topic,
  visit: VisitRow,
  eligibility: NonNullable<Outcome['eligibility']>,
  card: Outcome['card'],
): Work<void> {
  yield* countAnswer(visit, eligibility)
  const patient = keys.patient(eligibility.patient.ref)
  yield* sql.addAnswer.tell(visit.id, patient, eligibility.fetchedAt, JSON.stringify(eligibility))
  if (!card) return
  const { certificate, expiresOn, endsOn } = card
  const link = { card: keys.card(certificate), patient }
  yield* sql.linkCard.tell({ ...link, expiresOn, endsOn })
  yield* sql.noteOtherCard.tell({ ...link, day: visit.day })
}
