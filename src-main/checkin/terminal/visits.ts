// The use case beside the desk: a result of the terminal's face reader becomes a visit. It is judged by itself only when
// it is about exactly one person the clinic knows; otherwise it waits for staff, over a restart too. Results are taken
// one after the other, so that the same file never makes two visits.
import { randomUUID } from 'node:crypto'
import { distinct, matchPerson } from '../../eligibility/matching.ts'
import type { Eligibility, Patient } from '../../eligibility/model.ts'
import { clinicDay, clinicMoment } from '../../ground/clock.ts'
import { createListeners } from '../../ground/listeners.ts'
import { stackOf } from '../../ground/log.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import { visitRules } from '../../ground/states.ts'
import { abnormalFailure, type TerminalMessage, type TerminalResult } from '../../hub/terminal/message.ts'
import type { Arrival } from '../../hub/terminal/terminal.ts'
import type { ClinicPatient, KnownPatients } from '../../store/patients.ts'
import type { TerminalFile, TerminalNotes } from '../../store/terminal.ts'
import type { VisitRow, Visits } from '../../store/visits.ts'
import { terminalReader } from '../../words/terminal.ts'
import { type AnsweringPorts, createAnswering } from '../answering.ts'
import { pastAttempt } from '../attempt.ts'
import { createRecorder, type RecorderPorts } from '../recorder.ts'

export type TerminalVisitPorts = AnsweringPorts &
  Pick<RecorderPorts, 'store' | 'log'> & {
    readonly store: Pick<Visits, 'choosingVisits'> &
      Pick<KnownPatients, 'clinicPatients'> &
      Pick<TerminalNotes, 'terminalFiles' | 'noteTerminalFile'>
  }

export interface TerminalVisits {
  /** `onVisit` is told the visit that it becomes, if it becomes one. */
  receive(arrival: Arrival, onVisit?: (visitId: string) => void): void
  onChange(listener: (visitId: string) => void): () => void
  /** Whom a waiting visit could be about; empty for every other visit. */
  candidates(visitId: string): readonly ClinicPatient[]
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
  const listeners = createListeners<[visitId: string]>()
  const changed = listeners.tell
  const recorder = createRecorder({ store, clock, log, changed: ({ visit }) => changed(visit.id) })
  const answering = createAnswering(ports, recorder)
  const waiting = new Map<string, readonly ClinicPatient[]>()
  /** Who wants to know what visit a file becomes, by its name. */
  const awaited = new Map<string, (visitId: string) => void>()
  let turn: Promise<unknown> = Promise.resolve()
  let failure: Failure | null = null
  let isStopped = false

  /** One after the other; a bug in one costs the others nothing. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
    return done
  }

  const known = (visit: VisitRow): Promise<readonly ClinicPatient[]> =>
    visit.patient
      ? store.clinicPatients({ ...visit.patient, referenceNumber: visit.report?.referenceNumber ?? null })
      : Promise.resolve([])

  /** The first row of a visit, in one transaction with the file it came from. */
  const begin = async (
    changes: Pick<VisitRow, 'failure' | 'patient' | 'report'> & { readonly state: 'choosing' | 'failed' },
    file: TerminalFile,
    eligibility?: Eligibility,
  ): Promise<Result<VisitRow>> => {
    const now = clock.now()
    const at = clinicMoment(now)
    const day = clinicDay(now)
    const visit = {
      id: randomUUID(),
      day,
      number: 0,
      reader: terminalReader,
      startedAt: at,
      updatedAt: at,
      patientNumber: null,
      ...changes,
    }
    const { state, failure: why } = changes
    const audit = [{ at, event: state, ...(why && { code: why.code }) }]
    const saved = await store.saveVisit(visit, audit, { file, ...(eligibility && { eligibility }) })
    const code = saved.ok ? why?.code : saved.error.code
    log.write({ event: 'visitMoved', visitId: visit.id, state, ...(code && { code }) })
    if (saved.ok) {
      awaited.get(file.name)?.(saved.value.id)
      changed(saved.value.id)
    }
    return saved
  }

  const take = async ({ name, sha256, isLeftOver, message }: Arrival): Promise<Result<unknown>> => {
    const earlier = await store.terminalFiles(name)
    if (earlier.some((file) => file.sha256 === sha256)) return ok(undefined)
    const unread = { name, sha256, isRead: false }
    const failed = (why: Failure, report: VisitRow['report'] = null, patient: Patient | null = null) =>
      begin({ state: 'failed', failure: why, patient, report }, unread)

    if (!message.ok) return failed(message.error)
    const { value } = message
    const today = clinicDay(clock.now())
    const day = dayOf(value)
    // What was left over from another day is nobody at the counter.
    if (day !== today && isLeftOver) return store.noteTerminalFile(unread, today)
    const report = { ...value.report, referenceNumber: null }
    if (value.outcome !== 'done') return failed(abnormalFailure(value), report)
    const person = onePerson(value.results)
    // Just after midnight, or one of the two clocks is off: nothing of it counts today, and somebody has to know whose.
    if (day !== today) {
      const patient = person && { ...person.person, ref: randomUUID() }
      return failed({ code: 'TERMINAL_OTHER_DAY', detail: { field: day } }, report, patient)
    }
    if (!person) return failed({ code: 'TERMINAL_PERSON_UNCLEAR' }, report)
    const isConflict = earlier.some(({ isRead }) => isRead)
    return takePerson(value, person, { name, sha256, isRead: true }, isConflict)
  }

  const takePerson = async (
    message: TerminalMessage,
    result: TerminalResult,
    file: TerminalFile,
    isConflict: boolean,
  ): Promise<Result<unknown>> => {
    const { person, referenceNumber } = result
    const report = { ...message.report, referenceNumber }
    // Until it is matched the person has a reference of this visit's own.
    const patient: Patient = { ...person, ref: randomUUID() }
    const people = await store.clinicPatients({ ...person, referenceNumber })
    const match = matchPerson({ ...person, referenceNumber }, people)
    const eligibility = answerOf(patient, message, result)
    const only = match.kind === 'one' && !isConflict ? match.person : null
    const why: Failure | null = only
      ? null
      : {
          code: isConflict
            ? 'TERMINAL_FILE_CONFLICT'
            : match.kind === 'none'
              ? 'PATIENT_NOT_MATCHED'
              : 'PATIENT_MATCHES_SEVERAL',
        }
    const begun = await begin({ state: 'choosing', failure: why, patient, report }, file, eligibility)
    if (!begun.ok) return begun
    waiting.set(begun.value.id, distinct(people))
    return only ? settle(begun.value, { ...eligibility, patient: { ...patient, ref: only.ref } }) : begun
  }

  /** It is known whom the visit is about: from here on it goes as at the counter. */
  const settle = async (visit: VisitRow, eligibility: Eligibility, isChosen = false): Promise<Result<void>> => {
    const current = pastAttempt(visit)
    if (isChosen) current.audit.push({ at: clinicMoment(clock.now()), event: 'patientChosen' })
    const answered = await answering.answer(current, eligibility)
    if (answered.ok) waiting.delete(visit.id)
    return answered
  }

  const receive = (arrival: Arrival, onVisit?: (visitId: string) => void): void => {
    const { name, message } = arrival
    if (onVisit) awaited.set(name, onVisit)
    log.write({ event: 'terminalFile', ...(!message.ok && { code: message.error.code }) })
    void inTurn(async () => {
      if (isStopped) return
      const taken = await take(arrival)
      failure = taken.ok ? null : taken.error
      if (taken.ok) awaited.delete(name)
      // The file may be gone from its folder by now: what was read of it is kept until the disk takes it.
      if (!taken.ok) setTimeout(receive, storeAgainMs, arrival).unref()
    }).catch(() => undefined)
  }

  /** The stored visit, if it still waits for staff. */
  const choosing = async (visitId: string) => {
    const stored = await store.visit(visitId)
    return stored && visitRules.mayDo(stored.visit.state, 'choose') ? stored : null
  }

  for (const visit of await store.choosingVisits()) waiting.set(visit.id, distinct(await known(visit)))

  return {
    receive,
    onChange: listeners.add,
    failure: () => failure,
    candidates: (visitId) => waiting.get(visitId) ?? [],
    choose: (visitId, ref) =>
      inTurn(async () => {
        const stored = await choosing(visitId)
        if (!stored?.eligibility) return fail('VISIT_NOT_CURRENT')
        if (ref !== null && !waiting.get(visitId)?.some((candidate) => candidate.ref === ref)) {
          return fail('REQUEST_INVALID', { field: 'patientRef' })
        }
        const { visit, eligibility } = stored
        const patient = { ...eligibility.patient, ...(ref !== null && { ref }) }
        return settle(visit, { ...eligibility, patient }, true)
      }),
    cancel: (visitId) =>
      inTurn(async () => {
        const stored = await choosing(visitId)
        if (!stored) return fail('VISIT_NOT_CURRENT')
        const current = pastAttempt(stored.visit)
        const cancelled = await recorder.move(current, ['cancelled'], { failure: { code: 'VISIT_CANCELLED' } })
        waiting.delete(visitId)
        changed(visitId)
        return cancelled
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
  if (first.benefits === null) return first
  // The same certificate may stand in each of them.
  const benefits = new Map(results.flatMap(({ benefits: said }) => said ?? []).map((one) => [JSON.stringify(one), one]))
  return { ...first, benefits: [...benefits.values()] }
}

/** The terminal says nothing about vaccinations and checkups: nothing came, and that is all. */
const answerOf = (
  patient: Patient,
  message: TerminalMessage,
  { benefits, limitCategory }: TerminalResult,
): Eligibility => ({
  patient,
  asOf: dayOf(message),
  fetchedAt: message.processedAt,
  source: 'terminal',
  answers: {
    medicalSubsidy:
      benefits === null ? unread : benefits.length > 0 ? { state: 'present', items: [...benefits] } : nothing,
    vaccination: unread,
    checkup: unread,
  },
  ...(limitCategory && { insurance: { limitCategory, medicalTicket: null } }),
})

const nothing = { state: 'absent' } as const
/** Nobody has been asked: that is not the answer that there is none. */
const unread = { state: 'unreachable', cached: null } as const
