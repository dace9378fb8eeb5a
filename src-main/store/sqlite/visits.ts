// Visits, and the one transaction in which a visit is saved with everything that came of it.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { isIn, visitRules, visitStateSchema } from '../../ground/states.ts'
import type { AuditEntry } from '../audit.ts'
import type { StoredVisit, VisitRow, Visits } from '../visits.ts'
import { countAnswer, countByHand, countCardUse, countConfirmation, dropConfirmationCounts } from './counts.ts'
import { read } from './database.ts'
import { addDelivery } from './deliveries.ts'
import { answerRow, confirmationRow, deliveryRow, noteRow, registrationRow, visitRow, visitStateRow } from './rows.ts'
import { addTerminalFile } from './terminal.ts'
import { failureText, type Topic } from './topic.ts'

type Outcome = NonNullable<Parameters<Visits['saveVisit']>[2]>

export function visits(topic: Topic): Visits {
  const { sql, ledger } = topic
  const answerOf = (id: string) => answerRow.optional().parse(sql.answerOfVisit.get(id))?.body ?? null

  const stored = (visit: VisitRow): StoredVisit => {
    const confirmation = confirmationRow.optional().parse(sql.confirmationOfVisit.get(visit.id))?.body
    return {
      visit,
      eligibility: answerOf(visit.id),
      handed: confirmation?.handed ?? null,
      confirmedAt: confirmation?.confirmedAt ?? null,
      note: noteRow.optional().parse(sql.noteOfVisit.get(visit.id))?.note ?? null,
      deliveries: z.array(deliveryRow).parse(sql.deliveriesOfVisit.all(visit.id)),
      registrations: z.array(registrationRow).parse(sql.registrationsOfVisit.all(visit.id)),
    }
  }

  return {
    async saveVisit(visit, audit, outcome = {}) {
      const saved = ledger.write((): Result<VisitRow> => {
        if (!leadsTo(topic, visit, audit)) return fail('VISIT_NOT_CURRENT')
        const number = visit.number || ledger.nextVisitNumber(visit.day)
        saveRow(topic, { ...visit, number })
        const { eligibility, confirmation, deliveries = [], card, file } = outcome
        if (file) addTerminalFile(topic, file, visit.day)
        for (const entry of audit) ledger.addAudit(visit.id, null, entry)
        if (eligibility) addAnswer(topic, visit, eligibility, card)
        if (confirmation && visit.patient) {
          sql.addConfirmation.run(visit.id, topic.keys.patient(visit.patient.ref), JSON.stringify(confirmation))
          countConfirmation(topic, visit, confirmation, answerOf(visit.id))
        }
        for (const delivery of deliveries) addDelivery(topic, visit, delivery)
        return ok({ ...visit, number })
      })
      return saved.ok ? saved.value : saved
    },
    async takeBackVisit(visit, what, { at }) {
      const taken = ledger.write((): Result<VisitRow> => {
        const now = visitRow.optional().parse(sql.visit.get(visit.id))
        const files = z.array(deliveryRow).parse(sql.deliveriesOfVisit.all(visit.id))
        const isInHouse = files.every(({ state }) => state === 'queued' || state === 'rejected')
        const isUsed = sql.registrationsOfVisit.get(visit.id) !== undefined
        if (!now || !isInHouse || isUsed || !visitRules.mayMove(now.state, visit.state))
          return fail('VISIT_NOT_CURRENT')
        ledger.addAudit(visit.id, null, { at, event: 'takenBack' })
        for (const { id } of files) ledger.addAudit(visit.id, id, { at, event: 'deliveryCancelled' })
        sql.dropDeliveries.run(visit.id)
        sql.dropConfirmations.run(visit.id)
        dropConfirmationCounts(topic, visit.id)
        if (what === 'choice') sql.dropLaterAnswers.run({ visitId: visit.id })
        saveRow(topic, { ...visit, updatedAt: at })
        ledger.addAudit(visit.id, null, { at, event: visit.state })
        return ok({ ...visit, updatedAt: at })
      })
      return taken.ok ? taken.value : taken
    },
    async visitsOfDay(day) {
      return read(() => z.array(visitRow).parse(sql.visitsOfDay.all(day)).map(stored))
    },
    async visit(id) {
      return read(() => {
        const visit = visitRow.optional().parse(sql.visit.get(id))
        return visit ? stored(visit) : null
      })
    },
    async openVisits() {
      return read(() => z.array(visitRow).parse(sql.openVisits.all()))
    },
    async choosingVisits() {
      return read(() => z.array(visitRow).parse(sql.choosingVisits.all()))
    },
    async conflictVisits() {
      return read(() => z.array(visitRow).parse(sql.conflictVisits.all()))
    },
    async offlineVisits(since) {
      return read(() => z.array(visitRow).parse(sql.offlineVisits.all(since)))
    },
    async noteVisit(id, note, { at }) {
      if (!read(() => sql.stateOfVisit.get(id))) return fail('VISIT_NOT_CURRENT')
      return ledger.write(() => {
        sql.noteVisit.run({ id, note })
        ledger.addAudit(id, null, { at, event: 'noted' })
      })
    },
    async noteEnteredByHand(visitId, isEntered, { at }) {
      const known = read(() => confirmationRow.optional().parse(sql.confirmationOfVisit.get(visitId))?.body)
      if (!known) return fail('VISIT_NOT_CURRENT')
      const handed = { ...known.handed, enteredAt: isEntered ? at : null }
      return ledger.write(() => {
        sql.changeConfirmation.run({ visitId, body: JSON.stringify({ ...known, handed }) })
        countByHand(topic, visitRow.parse(sql.visit.get(visitId)), handed)
        ledger.addAudit(visitId, null, { at, event: isEntered ? 'enteredByHand' : 'notEnteredByHand' })
      })
    },
  }
}

/** Whether a way leads from the state that is stored through those of the audit rows to the one it is in now. */
function leadsTo({ sql }: Topic, { id, state }: VisitRow, audit: readonly AuditEntry[]): boolean {
  const stored = visitStateRow.optional().parse(sql.stateOfVisit.get(id))
  const told = audit.flatMap(({ event }) => (isIn(visitStateSchema.options, event) ? [event] : []))
  const way = stored ? [stored.state, ...told] : told
  const [from, ...through] = way.at(-1) === state ? way : [...way, state]
  return from === undefined || visitRules.mayPass(from, through)
}

/** Inside a transaction. */
function saveRow(topic: Topic, visit: VisitRow): void {
  const { sql, keys } = topic
  const { patient, report } = visit
  sql.saveVisit.run({
    ...visit,
    failure: failureText(visit.failure),
    patient: patient && JSON.stringify(patient),
    report: report && JSON.stringify(report),
    personKey: patient && keys.person(patient),
    referenceKey: patient && keys.reference(report?.referenceNumber ?? null),
  })
  countCardUse(topic, visit)
}

/** Inside a transaction. A new version; `card`: the card its person proved themselves with is theirs from now on. */
function addAnswer(
  topic: Topic,
  visit: VisitRow,
  eligibility: NonNullable<Outcome['eligibility']>,
  card: Outcome['card'],
): void {
  const { sql, keys } = topic
  countAnswer(topic, visit, eligibility)
  const patient = keys.patient(eligibility.patient.ref)
  sql.addAnswer.run(visit.id, patient, eligibility.fetchedAt, JSON.stringify(eligibility))
  if (!card) return
  const { certificate, expiresOn, endsOn } = card
  const link = { card: keys.card(certificate), patient }
  sql.linkCard.run({ ...link, expiresOn, endsOn })
  sql.noteOtherCard.run({ ...link, day: visit.day })
}
