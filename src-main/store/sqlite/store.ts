// The store on SQLite: every method one transaction, on the disk when it returns (ledger.ts). What only reads throws a
// Refusal where the database cannot be read.
import { createHash, createHmac } from 'node:crypto'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { type NamedPerson, personKey } from '../../eligibility/matching.ts'
import { combinationOf } from '../../eligibility/order.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import type { VisitState } from '../../ground/states.ts'
import type { BookingRun } from '../bookings.ts'
import type { DeliveryMove, NewDelivery } from '../deliveries.ts'
import type { ClinicPatient } from '../patients.ts'
import type { Store } from '../store.ts'
import type { TerminalFile } from '../terminal.ts'
import type { StoredVisit, VisitRow } from '../visits.ts'
import { checkStore } from './check.ts'
import { copyDatabase } from './copies.ts'
import { read } from './database.ts'
import { type OpenDatabase, openLedger, type StoreOptions } from './opening.ts'
import { createRetention } from './retention.ts'
import {
  answerRow,
  bookingRow,
  bookingRunRow,
  claimOrderRow,
  confirmationRow,
  deliveryRow,
  keyRow,
  leftFileRow,
  linkedPatientRow,
  numberRow,
  patientNumberRow,
  payloadRow,
  registrationRow,
  staleNumberRow,
  terminalFileRow,
  visitRow,
} from './rows.ts'

/**
 * Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_MIGRATION_MISMATCH, STORE_DAMAGED, STORE_ROWS_MISSING, STORE_FULL,
 * STORE_UNWRITABLE. None of them changes what is stored.
 */
export function openStore(options: StoreOptions): Result<Store> {
  const opened = openLedger(options)
  return opened.ok ? ok(createStore(opened.value, options.key)) : opened
}

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

function createStore({ database, sql, ledger }: OpenDatabase, key: Uint8Array): Store {
  const { write, addAudit } = ledger
  const indexKey = createHmac('sha256', key).update('madoguchi patient index').digest()
  const keyed = (content: string | Uint8Array) => createHmac('sha256', indexKey).update(content).digest('hex')
  const patientKey = (ref: string) => keyed(ref)
  // Prefixed, so that no two kinds of key ever meet.
  const keyedPerson = (person: NamedPerson) => {
    const key = personKey(person)
    return key === null ? null : keyed(`person ${key}`)
  }
  const keyedReference = ({ referenceNumber }: Pick<NamedPerson, 'referenceNumber'>) =>
    referenceNumber === null ? null : keyed(`reference ${referenceNumber}`)
  const failureText = (failure: Failure | null) => failure && JSON.stringify(failure)

  const addDelivery = (visit: VisitRow, { failure, payload, ...delivery }: NewDelivery) => {
    sql.addDelivery.run({
      ...delivery,
      visitId: visit.id,
      failure: failureText(failure),
      payload,
      sha256: sha256(payload),
      updatedAt: visit.updatedAt,
    })
    const event = delivery.state === 'rejected' ? 'deliveryRejected' : 'deliveryQueued'
    addAudit(visit.id, delivery.id, { at: visit.updatedAt, event, ...(failure && { code: failure.code }) })
  }

  const dropBookings = () => {
    sql.removeBookings.run()
    sql.removeBookingRun.run()
  }

  const saveRun = ({ day, isStopped, requery }: BookingRun) =>
    sql.saveBookingRun.run({ day, isStopped: isStopped ? 1 : 0, requery: requery && JSON.stringify(requery) })

  const patientOf = (visitId: string) => read(() => visitRow.optional().parse(sql.visit.get(visitId))?.patient ?? null)

  /** Inside a transaction. */
  const moveDelivery = ({ delivery: { id, state: from }, to, event }: DeliveryMove): Result<void> => {
    const { state, failure, at, attempts = null, payload = null } = to
    const { visitId } = deliveryRow.parse(sql.delivery.get(id))
    const row = { id, from, state, failure: failureText(failure), attempts, at }
    const content = { payload, sha256: payload && sha256(payload) }
    if (sql.moveDelivery.run({ ...row, ...content }).changes === 0) return fail('DELIVERY_NOT_CURRENT')
    if (event) addAudit(visitId, id, { at, event, ...(failure && { code: failure.code }) })
    const isNone = (count: Database.Statement) => numberRow.parse(count.get(visitId)).value === 0
    const moveVisit = (step: { readonly from: VisitState; readonly to: VisitState }) => {
      if (sql.moveVisit.run({ ...step, id: visitId, at }).changes > 0) {
        addAudit(visitId, null, { at, event: step.to })
      }
    }
    if (isNone(sql.unwritten)) moveVisit({ from: 'confirmed', to: 'handedOver' })
    if (isNone(sql.unsettled)) moveVisit({ from: 'handedOver', to: 'acknowledged' })
    return ok(undefined)
  }

  const addTerminalFile = ({ name, sha256, isRead }: TerminalFile, day: string): void => {
    sql.addTerminalFile.run(name, sha256, isRead ? 1 : 0, day)
  }

  const stored = (visit: VisitRow): StoredVisit => {
    const confirmation = confirmationRow.optional().parse(sql.confirmationOfVisit.get(visit.id))?.body
    return {
      visit,
      eligibility: answerRow.optional().parse(sql.answerOfVisit.get(visit.id))?.body ?? null,
      handed: confirmation?.handed ?? null,
      confirmedAt: confirmation?.confirmedAt ?? null,
      deliveries: z.array(deliveryRow).parse(sql.deliveriesOfVisit.all(visit.id)),
      registrations: z.array(registrationRow).parse(sql.registrationsOfVisit.all(visit.id)),
    }
  }

  return {
    async saveVisit(visit, audit, { eligibility, confirmation, deliveries = [], card, file } = {}) {
      return write(() => {
        const number = visit.number || ledger.nextVisitNumber(visit.day)
        const { patient, report } = visit
        const referenceNumber = report?.referenceNumber ?? null
        sql.saveVisit.run({
          ...visit,
          number,
          failure: failureText(visit.failure),
          patient: patient && JSON.stringify(patient),
          report: report && JSON.stringify(report),
          personKey: patient && keyedPerson({ ...patient, referenceNumber }),
          referenceKey: patient && keyedReference({ referenceNumber }),
        })
        if (file) addTerminalFile(file, visit.day)
        for (const entry of audit) addAudit(visit.id, null, entry)
        if (eligibility) {
          const body = JSON.stringify(eligibility)
          const patient = patientKey(eligibility.patient.ref)
          sql.addAnswer.run(visit.id, patient, eligibility.fetchedAt, body)
          if (card) {
            const { expiresOn, endsOn } = card
            const link = { card: keyed(card.certificate), patient }
            sql.linkCard.run({ ...link, expiresOn, endsOn })
            sql.noteOtherCard.run({ ...link, day: visit.day })
          }
        }
        if (confirmation && patient) {
          sql.addConfirmation.run(visit.id, patientKey(patient.ref), JSON.stringify(confirmation))
        }
        for (const delivery of deliveries) addDelivery(visit, delivery)
        return { ...visit, number }
      })
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
    async clinicPatients(person) {
      return read(() => {
        const rows = [
          ...sql.visitsOfReference.all(keyedReference(person)),
          ...sql.visitsOfPerson.all(keyedPerson(person)),
        ]
        return z.array(visitRow).parse(rows).flatMap(clinicPatient)
      })
    },
    async terminalFiles(name) {
      return read(() => z.array(terminalFileRow).parse(sql.terminalFiles.all(name)))
    },
    async noteTerminalFile(file, day) {
      return write(() => addTerminalFile(file, day))
    },
    async nextTerminalRequest(day) {
      return write(() => ledger.nextTerminalRequest(day))
    },
    async offlineVisits(since) {
      return read(() => z.array(visitRow).parse(sql.offlineVisits.all(since)))
    },
    async known(patientRef) {
      return read(() => {
        const key = patientKey(patientRef)
        return {
          versions: z
            .array(answerRow)
            .parse(sql.answersOfPatient.all(key))
            .map(({ body }) => body),
          confirmation: confirmationRow.optional().parse(sql.confirmationOfPatient.get(key))?.body ?? null,
        }
      })
    },
    async patientNumber(patientRef, certificate) {
      return read(() => {
        const row = sql.patientNumber.get({ patient: patientKey(patientRef), card: certificate && keyed(certificate) })
        return patientNumberRow.optional().parse(row) ?? null
      })
    },
    async linkPatientNumber({ visitId, number, isMoved, at }) {
      const person = patientOf(visitId)
      if (!person) return fail('VISIT_NOT_CURRENT')
      const patient = patientKey(person.ref)
      const isTaken = read(() => numberRow.parse(sql.numberHolder.get({ number, patient })).value > 0)
      if (isTaken && !isMoved) return fail('PATIENT_NUMBER_TAKEN')
      return write(() => {
        // Whoever had it before has no number any more.
        for (const before of z.array(keyRow).parse(sql.takeNumber.all(number))) {
          if (before.patient_key !== patient) sql.cardsBringNone.run(before.patient_key)
        }
        const key = personKey({ ...person, referenceNumber: null })
        sql.linkNumber.run({ patient, ref: person.ref, person: key && keyed(key), number })
        sql.cardsBringNumber.run(patient)
        sql.numberVisit.run({ id: visitId, number, at })
        addAudit(visitId, null, { at, event: 'patientNumberLinked' })
      })
    },
    async unlinkPatientNumber(visitId, at) {
      const person = patientOf(visitId)
      if (!person) return fail('VISIT_NOT_CURRENT')
      const patient = patientKey(person.ref)
      return write(() => {
        sql.unlinkNumber.run(patient)
        sql.cardsBringNone.run(patient)
        sql.numberVisit.run({ id: visitId, number: null, at })
        addAudit(visitId, null, { at, event: 'patientNumberUnlinked' })
      })
    },
    async noteEnteredByHand(visitId, isEntered, at) {
      const known = read(() => confirmationRow.optional().parse(sql.confirmationOfVisit.get(visitId))?.body)
      if (!known) return fail('VISIT_NOT_CURRENT')
      const handed = { ...known.handed, enteredAt: isEntered ? at : null }
      return write(() => {
        sql.changeConfirmation.run({ visitId, body: JSON.stringify({ ...known, handed }) })
        addAudit(visitId, null, { at, event: isEntered ? 'enteredByHand' : 'notEnteredByHand' })
      })
    },
    async linkedPatient({ number, ...person }) {
      return read(() => {
        const link = linkedPatientRow.optional().parse(sql.linkedPatient.get(number))
        const key = personKey({ ...person, referenceNumber: null })
        return link
          ? { patientRef: link.patient_ref, isSamePerson: key !== null && keyed(key) === link.person_key }
          : null
      })
    },
    async bookings() {
      return read(() => {
        const run = bookingRunRow.optional().parse(sql.bookingRun.get())
        return run ? { run, bookings: z.array(bookingRow).parse(sql.bookings.all()) } : null
      })
    },
    async saveBookings(run, bookings) {
      return write(() => {
        sql.removeBookings.run()
        saveRun(run)
        for (const { findings, ...booking } of bookings) {
          sql.addBooking.run({ ...booking, findings: findings && JSON.stringify(findings) })
        }
      })
    },
    async moveBookings(run, settled) {
      return write(() => {
        saveRun(run)
        for (const { place, outcome, findings } of settled) {
          sql.settleBooking.run({ place, outcome, findings: findings && JSON.stringify(findings) })
        }
      })
    },
    async removeBookings() {
      return write(dropBookings)
    },
    async staleNumbers(limit) {
      return read(() => {
        return z
          .array(staleNumberRow)
          .parse(sql.staleNumbers.all(limit))
          .map(({ patient_key, number, stale_since }) => {
            const answer = answerRow.optional().parse(sql.answersOfPatient.get(patient_key))?.body
            return { number, since: stale_since, name: answer?.patient.name ?? null }
          })
      })
    },
    async removeStaleNumber(number) {
      return write(() => {
        for (const { patient_key } of z.array(keyRow).parse(sql.removeStaleNumber.all(number))) {
          sql.cardsBringNone.run(patient_key)
        }
      })
    },
    async claimOrders() {
      return read(() => {
        return z
          .array(claimOrderRow)
          .parse(sql.claimOrders.all())
          .map(({ sequence }) => sequence)
      })
    },
    async saveClaimOrder(order, at) {
      return write(() => {
        const combination = combinationOf(order)
        const before = claimOrderRow.optional().parse(sql.claimOrder.get(combination))?.sequence ?? null
        sql.saveClaimOrder.run(combination, JSON.stringify(order), at)
        addAudit('', null, { at, event: 'settingChanged', change: { setting: 'claimOrder', before, after: order } })
      })
    },
    async noteSettingChange(entry) {
      return write(() => addAudit('', null, entry))
    },
    async latestEligibilityOfCard(certificate) {
      return read(() => answerRow.optional().parse(sql.answerOfCard.get(keyed(certificate)))?.body ?? null)
    },
    async saveRegistration({ name, change, ...registration }) {
      return write(() => {
        sql.saveRegistration.run({
          ...registration,
          body: JSON.stringify({ name, change }),
          failure: failureText(registration.failure),
          handle: registration.handle && JSON.stringify(registration.handle),
        })
      })
    },
    async registration(id) {
      return read(() => registrationRow.optional().parse(sql.registration.get(id)) ?? null)
    },
    async queuedRegistrations() {
      return read(() => z.array(registrationRow).parse(sql.queuedRegistrations.all()))
    },
    async pendingDeliveries(destination, limit) {
      return read(() => z.array(deliveryRow).parse(sql.pending.all(destination, limit)))
    },
    async awaitedDeliveries(destination, limit) {
      return read(() => z.array(deliveryRow).parse(sql.awaited.all(destination, limit)))
    },
    async delivery(id) {
      return read(() => deliveryRow.optional().parse(sql.delivery.get(id)) ?? null)
    },
    async payload(deliveryId) {
      return read(() => payloadRow.optional().parse(sql.payload.get(deliveryId))?.payload ?? null)
    },
    async leftFiles(destination, limit) {
      return read(() => z.array(leftFileRow).parse(sql.leftFiles.all(destination, limit)))
    },
    async forgetLeftFiles(destination, files) {
      return write(() => {
        for (const { fileName, sha256 } of files) sql.forgetLeftFile.run(destination, fileName, sha256)
      })
    },
    moveDeliveries: async (moves) => write(() => moves.map(moveDelivery)),
    ...createRetention(sql, write),
    async check() {
      return checkStore({ database, sql, ledger })
    },
    commits: ledger.commits,
    copyTo: (file) => copyDatabase(database, key, file),
    close() {
      ledger.close()
      database.close()
    },
  }
}

const clinicPatient = ({ patient, patientNumber, report, day }: VisitRow): ClinicPatient[] =>
  patient ? [{ ...patient, referenceNumber: report?.referenceNumber ?? null, patientNumber, lastSeen: day }] : []
