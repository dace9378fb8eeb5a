// The store in which a desk goes on while its site's server is gone: its own engine on what was copied. What was copied of visits is
// read only, whatever is not the desk's matter is refused, and what was not copied is not said to be nothing.
import { z } from 'zod'
import { fail, ok, Refusal, type Result } from '../../ground/result.ts'
import { underWayStates } from '../../ground/states.ts'
import type { Deliveries } from '../deliveries.ts'
import type { SharedWork } from '../leases.ts'
import { deliveryRow } from '../sql/rows.ts'
import { list } from '../sql/statements/conditions.ts'
import { statement } from '../sql/work.ts'
import type { OpenDatabase } from '../sqlite/opening.ts'
import type { Store } from '../store.ts'

const copied = 'visit_id IN (SELECT id FROM copied_visits)'
const row = 'id, visit_id, destination, format, state, failure, file_name, place, sha256, attempts, updated_at'
const ofDestination = (states: string) =>
  statement(
    `SELECT ${row} FROM deliveries WHERE destination = ? AND state ${states} AND NOT ${copied} ORDER BY seq LIMIT ?`,
  )
const pending = ofDestination(`IN (${list(underWayStates)})`)
const awaited = ofDestination("= 'delivered'")
const isCopiedDelivery = statement(`SELECT 1 AS value FROM deliveries WHERE id = ? AND ${copied}`)

const refused = () => fail('DESK_AWAY')
const isRefused = async (): Promise<Result<never>> => refused()
const isNotHere = async (): Promise<never> => {
  throw new Refusal({ code: 'DESK_AWAY' })
}

/** What a desk does by itself without the others: its own files, registrations and owed answers. */
const isOwnWork = (what: SharedWork) =>
  what === 'registrations' ||
  what === 'owedAnswers' ||
  z.templateLiteral(['destination ', z.string()]).safeParse(what).success

/** `store`: the engine's on `open`, whose visits of before the cut are `copies`. */
export function alone(
  store: Store,
  { ledger }: Pick<OpenDatabase, 'ledger'>,
  { day, copies }: { readonly day: string; readonly copies: ReadonlySet<string> },
): Store {
  /** For a method about a visit: not one that is copied. */
  const mayWrite = (visitId: string) => !copies.has(visitId)
  const filesOf =
    (which: typeof pending): Deliveries['pendingDeliveries'] =>
    async (destination, limit) =>
      ledger.read(function* () {
        return z.array(deliveryRow).parse(yield* which.all(destination, limit))
      })
  const own = async <T extends { readonly id: string }>(visits: Promise<readonly T[]>) =>
    (await visits).filter(({ id }) => mayWrite(id))
  const isCopiedFile = (id: string) => ledger.read(() => isCopiedDelivery.get(id)) !== undefined

  return {
    ...store,
    async saveVisit(visit, ...more) {
      if (!mayWrite(visit.id)) return refused()
      if (visit.number === 0 && visit.day !== day) return fail('AWAY_NOT_READY')
      return store.saveVisit(visit, ...more)
    },
    takeBackVisit: async (visit, ...more) => (mayWrite(visit.id) ? store.takeBackVisit(visit, ...more) : refused()),
    noteVisit: async (visitId, ...more) => (mayWrite(visitId) ? store.noteVisit(visitId, ...more) : refused()),
    noteEnteredByHand: async (visitId, ...more) =>
      mayWrite(visitId) ? store.noteEnteredByHand(visitId, ...more) : refused(),
    openVisits: () => own(store.openVisits()),
    openVisitsOfSite: () => own(store.openVisitsOfSite()),
    choosingVisits: () => own(store.choosingVisits()),
    conflictVisits: () => own(store.conflictVisits()),
    offlineVisits: (since) => own(store.offlineVisits(since)),
    // Of another patient's number nobody here knows whether it still is.
    linkPatientNumber: async (link) =>
      mayWrite(link.visitId) && !link.isMoved ? store.linkPatientNumber(link) : refused(),
    confirmSpelling: async (spelling) => (mayWrite(spelling.visitId) ? store.confirmSpelling(spelling) : refused()),
    unlinkPatientNumber: async (visitId, stamp) =>
      mayWrite(visitId) ? store.unlinkPatientNumber(visitId, stamp) : refused(),
    removeStaleNumber: isRefused,
    addCapRow: async (sheet, added, of) => (mayWrite(of.visitId) ? store.addCapRow(sheet, added, of) : refused()),
    pendingDeliveries: filesOf(pending),
    awaitedDeliveries: filesOf(awaited),
    payload: async (id) => (isCopiedFile(id) ? null : store.payload(id)),
    async moveDeliveries(moves) {
      const done = await store.moveDeliveries(moves.filter(({ delivery }) => !isCopiedFile(delivery.id)))
      if (!done.ok) return done
      const answers = [...done.value]
      return ok(moves.map(({ delivery }) => (isCopiedFile(delivery.id) ? refused() : (answers.shift() ?? refused()))))
    },
    saveRegistration: async (registration, lease) =>
      mayWrite(registration.visitId) ? store.saveRegistration(registration, lease) : refused(),
    queuedRegistrations: async () => (await store.queuedRegistrations()).filter(({ visitId }) => mayWrite(visitId)),
    lease: async (what) => (isOwnWork(what) ? store.lease(what) : ok(null)),
    // Whoever says so does not hear what the others do.
    seize: async (what) => (isOwnWork(what) ? store.seize(what) : refused()),
    askForVisit: isRefused,
    withdrawAsk: isRefused,
    keepVisit: isRefused,
    giveVisit: isRefused,
    takeOverVisit: isRefused,
    resolveConflict: isRefused,
    saveBookings: isRefused,
    moveBookings: isRefused,
    steerBookings: isRefused,
    removeBookings: isRefused,
    nextTerminalRequest: isRefused,
    importMaster: isRefused,
    saveClaims: isRefused,
    retain: isRefused,
    erase: isRefused,
    addStaff: isRefused,
    changeStaff: isRefused,
    resetStaff: isRefused,
    // What is not here.
    traces: isNotHere,
    auditTrail: isNotHere,
    settingChanges: isNotHere,
    conflicts: isNotHere,
    pastVisits: (of) => (of === day ? store.pastVisits(of) : isNotHere()),
    visitsOfPatient: isNotHere,
    countsOfDay: (of) => (of === day ? store.countsOfDay(of) : isNotHere()),
    keptCounts: isNotHere,
    cardUsers: isNotHere,
    countedSince: isNotHere,
    claims: isNotHere,
    // The records of a day are the site's.
    copyTo: null,
  }
}
