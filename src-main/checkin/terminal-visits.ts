// The use case beside the desk: a result of the terminal's face reader becomes a visit. It is confirmed by itself only
// when it is about exactly one person the clinic knows; otherwise it waits for staff, over a restart too. Results are
// taken one after the other, so that the same file never makes two visits.
import { randomUUID } from 'node:crypto'
import { type Clock, clinicDay, clinicMoment } from '../contract/clock.ts'
import { type Log, stackOf } from '../contract/log.ts'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import type { VisitState } from '../contract/visit.ts'
import { matchPerson } from '../eligibility/matching.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import type { ConfirmedVisit } from '../handover/document.ts'
import { abnormalFailure, type TerminalMessage, type TerminalResult } from '../hub/terminal/message.ts'
import type { Arrival } from '../hub/terminal/terminal.ts'
import type { AuditEntry, KnownPatient, NewDelivery, Store, TerminalFile, VisitRecord } from '../store/store.ts'
import { mayFollow } from './visit-rules.ts'

/** What stands in a visit for the reader of the terminal, which has no name of its own here. */
export const terminalReader = '資格確認端末'

export interface TerminalVisitPorts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly training: boolean
  /** Renders the confirmed visit for every destination (handover/). */
  readonly render: (visit: ConfirmedVisit) => readonly NewDelivery[]
  /** The outbox has new rows. */
  readonly wakeHandover: () => void
}

export interface TerminalVisits {
  receive(arrival: Arrival): void
  onChange(listener: (visitId: string) => void): () => void
  /** Whom a waiting visit could be about; empty for every other visit. */
  candidates(visitId: string): readonly KnownPatient[]
  /**
   * Staff say whom a waiting visit is about: one of its candidates by `ref`, or null for somebody new. Errors:
   * VISIT_NOT_CURRENT, REQUEST_INVALID (no candidate), STORE_ codes.
   */
  choose(visitId: string, ref: string | null): Promise<Result<void>>
  /** Staff do not want it. Errors: VISIT_NOT_CURRENT, STORE_ codes. */
  cancel(visitId: string): Promise<Result<void>>
  /** Why the last result could not be stored; it is kept and tried again. */
  failure(): Failure | null
  /** Resolves when everything received so far is stored. */
  settled(): Promise<void>
  /** Finishes what is being stored and takes nothing more. */
  stop(): Promise<void>
}

/** Between two tries to store a result, in milliseconds. */
const storeAgainMs = 5_000

export async function openTerminalVisits(ports: TerminalVisitPorts): Promise<TerminalVisits> {
  const { store, clock, log } = ports
  const listeners = new Set<(visitId: string) => void>()
  const waiting = new Map<string, readonly KnownPatient[]>()
  let turn: Promise<unknown> = Promise.resolve()
  let failure: Failure | null = null
  let isStopped = false

  /** One after the other; a bug in one costs the others nothing. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
    return done
  }

  const known = (visit: VisitRecord): Promise<readonly KnownPatient[]> =>
    visit.patient
      ? store.knownPatients({ ...visit.patient, referenceNumber: visit.report?.referenceNumber ?? null })
      : Promise.resolve([])

  const save = async (
    visit: VisitRecord,
    audit: readonly AuditEntry['event'][],
    outcome: Parameters<Store['saveVisit']>[2],
  ): Promise<Result<VisitRecord>> => {
    const { updatedAt: at, failure } = visit
    const rows = audit.map((event) => ({ at, event, ...(failure && { code: failure.code }) }))
    const saved = await store.saveVisit(visit, rows, outcome)
    const code = saved.ok ? failure?.code : saved.error.code
    log.write({ event: 'visitMoved', visitId: visit.id, state: visit.state, ...(code && { code }) })
    if (saved.ok) for (const listener of listeners) listener(visit.id)
    return saved
  }

  const newVisit = (changes: Pick<VisitRecord, 'state' | 'failure' | 'patient' | 'report'>): VisitRecord => {
    const at = clinicMoment(clock.now())
    const day = clinicDay(clock.now())
    return { id: randomUUID(), day, number: 0, reader: terminalReader, startedAt: at, updatedAt: at, ...changes }
  }

  /** Confirms a visit with its answer: one transaction with the files for every destination. */
  const confirm = async (
    visit: VisitRecord,
    eligibility: Eligibility,
    audit: readonly AuditEntry['event'][],
    file?: TerminalFile,
  ): Promise<Result<VisitRecord>> => {
    const deliveries = ({ id, number, day, updatedAt }: VisitRecord) =>
      ports.render({
        visitId: id,
        visitNumber: number,
        visitDay: day,
        confirmedAt: updatedAt,
        training: ports.training,
        patientNumber: null,
        eligibility,
      })
    const confirmed: VisitRecord = { ...visit, state: 'confirmed', failure: null, patient: eligibility.patient }
    const saved = await save(confirmed, [...audit, 'answered', 'confirmed'], {
      eligibility,
      deliveries,
      ...(file && { file }),
    })
    if (saved.ok) ports.wakeHandover()
    return saved
  }

  const take = async ({ name, sha256, message }: Arrival): Promise<Result<unknown>> => {
    const earlier = await store.terminalFiles(name)
    if (earlier.some((file) => file.sha256 === sha256)) return ok(undefined)
    const unread = { name, sha256, isRead: false }
    const failed = (failure: Failure, report: VisitRecord['report'] = null) =>
      save(newVisit({ state: 'failed', failure, patient: null, report }), ['failed'], { file: unread })

    if (!message.ok) return failed(message.error)
    const { value } = message
    const today = clinicDay(clock.now())
    // What was left over from another day is nobody at the counter.
    if (dayOf(value) !== today) return store.noteTerminalFile(unread, today)
    const report = { ...value.report, referenceNumber: null }
    if (value.outcome !== 'done') return failed(abnormalFailure(value), report)
    const person = onePerson(value.results)
    if (!person) return failed({ code: 'TERMINAL_PERSON_UNCLEAR' }, report)
    const isConflict = earlier.some(({ isRead }) => isRead)
    return takePerson(value, person, { name, sha256, isRead: true }, isConflict)
  }

  const takePerson = async (
    message: TerminalMessage,
    { person, referenceNumber, benefits }: TerminalResult,
    file: TerminalFile,
    isConflict: boolean,
  ): Promise<Result<unknown>> => {
    const report = { ...message.report, referenceNumber }
    // Until it is matched the person has a reference of this visit's own.
    const patient: Patient = { ...person, ref: randomUUID() }
    const visit = newVisit({ state: 'choosing', failure: null, patient, report })
    const people = await known(visit)
    const match = matchPerson({ ...person, referenceNumber }, people)
    if (match.kind === 'one' && !isConflict) {
      return confirm(visit, answerOf({ ...patient, ref: match.person.ref }, message, benefits), [], file)
    }
    const failure: Failure = isConflict
      ? { code: 'TERMINAL_FILE_CONFLICT' }
      : { code: match.kind === 'none' ? 'PATIENT_NOT_MATCHED' : 'PATIENT_MATCHES_SEVERAL' }
    waiting.set(visit.id, distinct(people))
    const eligibility = answerOf(patient, message, benefits)
    return save({ ...visit, failure }, ['choosing'], { eligibility, file })
  }

  const receive = (arrival: Arrival): void => {
    const { message } = arrival
    log.write({ event: 'terminalFile', ...(!message.ok && { code: message.error.code }) })
    void inTurn(async () => {
      if (isStopped) return
      const taken = await take(arrival)
      failure = taken.ok ? null : taken.error
      // The file may be gone from its folder by now: what was read of it is kept until the disk takes it.
      if (!taken.ok) setTimeout(receive, storeAgainMs, arrival).unref()
    }).catch(() => undefined)
  }

  /** The stored visit, if it still waits for staff. */
  const choosing = async (visitId: string, next: VisitState) => {
    const stored = await store.visit(visitId)
    return stored?.visit.state === 'choosing' && mayFollow('choosing', next) ? stored : null
  }

  /** Staff have decided: nothing waits any more. */
  const left = (saved: Result<VisitRecord>): Result<void> => {
    if (!saved.ok) return saved
    waiting.delete(saved.value.id)
    return ok(undefined)
  }

  for (const visit of await store.choosingVisits()) waiting.set(visit.id, distinct(await known(visit)))

  return {
    receive,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    failure: () => failure,
    candidates: (visitId) => waiting.get(visitId) ?? [],
    choose: (visitId, ref) =>
      inTurn(async () => {
        const stored = await choosing(visitId, 'answered')
        if (!stored?.eligibility) return fail('VISIT_NOT_CURRENT')
        const { visit, eligibility } = stored
        if (ref !== null && !waiting.get(visitId)?.some((candidate) => candidate.ref === ref)) {
          return fail('REQUEST_INVALID', { field: 'patientRef' })
        }
        const patient = { ...eligibility.patient, ...(ref !== null && { ref }) }
        const updatedAt = clinicMoment(clock.now())
        return left(await confirm({ ...visit, updatedAt }, { ...eligibility, patient }, ['patientChosen']))
      }),
    cancel: (visitId) =>
      inTurn(async () => {
        const stored = await choosing(visitId, 'cancelled')
        if (!stored) return fail('VISIT_NOT_CURRENT')
        const failure: Failure = { code: 'VISIT_CANCELLED' }
        const updatedAt = clinicMoment(clock.now())
        return left(await save({ ...stored.visit, state: 'cancelled', failure, updatedAt }, ['cancelled'], {}))
      }),
    async settled() {
      await turn
    },
    async stop() {
      isStopped = true
      await turn
    },
  }
}

const dayOf = ({ confirmedOn, processedAt }: TerminalMessage) => confirmedOn ?? processedAt.slice(0, 10)

/** Several results are one person's insurances when they agree in everything about the person; else nobody is picked. */
function onePerson(results: readonly TerminalResult[]): TerminalResult | null {
  const [first] = results
  if (!first) return null
  const identity = ({ person, referenceNumber }: TerminalResult) => JSON.stringify([person, referenceNumber])
  if (results.some((result) => identity(result) !== identity(first))) return null
  // The same certificate may stand in each of them.
  const benefits = new Map(results.flatMap((result) => result.benefits).map((one) => [JSON.stringify(one), one]))
  return { ...first, benefits: [...benefits.values()] }
}

/** The terminal says nothing about vaccinations and checkups: nothing came, and that is all. */
const answerOf = (patient: Patient, message: TerminalMessage, benefits: TerminalResult['benefits']): Eligibility => ({
  patient,
  asOf: dayOf(message),
  fetchedAt: message.processedAt,
  source: 'terminal',
  answers: {
    medicalSubsidy: benefits.length > 0 ? { state: 'present', items: [...benefits] } : { state: 'absent' },
    vaccination: { state: 'absent' },
    checkup: { state: 'absent' },
  },
})

/** The newest visit of each. */
const distinct = (people: readonly KnownPatient[]): KnownPatient[] => [
  ...new Map(people.map((person) => [person.ref, person])).values(),
]
