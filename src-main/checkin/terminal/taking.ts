// How an arrival becomes a visit, or is only noted: its first row is one transaction with the file it came from. It
// is judged by itself only when it is about exactly one person the clinic knows; otherwise it waits for staff.
import { randomUUID } from 'node:crypto'
import { matchPerson } from '../../eligibility/matching.ts'
import { type Eligibility, isDayUnknown, type Patient } from '../../eligibility/model.ts'
import { type Clock, clinicDay, clinicMoment } from '../../ground/clock.ts'
import type { FailureCode } from '../../ground/failures.ts'
import type { Log } from '../../ground/log.ts'
import { type Failure, ok, type Result } from '../../ground/result.ts'
import type { Arrival } from '../../hub/terminal/face-results.ts'
import { abnormalFailure, type TerminalMessage } from '../../hub/terminal/message.ts'
import { answersAQuestion, isLaidByProgram } from '../../hub/terminal/other-programs.ts'
import type { Lease } from '../../store/leases.ts'
import type { KnownPatients } from '../../store/patients.ts'
import type { TerminalFile, TerminalNotes } from '../../store/terminal.ts'
import type { VisitRow, Visits } from '../../store/visits.ts'
import { terminalReader } from '../../words/terminal.ts'
import { answerOf, dayOf, onePerson, type PersonOfMessage } from './answer.ts'
import type { Choices } from './choices.ts'

export interface TakingPorts {
  readonly store: Pick<Visits, 'saveVisit'> &
    Pick<KnownPatients, 'clinicPatients'> &
    Pick<TerminalNotes, 'terminalFiles' | 'noteTerminalFile'>
  readonly clock: Clock
  readonly log: Log
  readonly choices: Pick<Choices, 'offer' | 'settle'>
  /** Another program has laid a result of somebody who is not at the counter; it makes no visit. */
  readonly onLaidByProgram: () => void
  /** Under which a result of the face reader is taken; null: this desk has its store to itself. Errors: LEASE_LOST. */
  readonly lease: () => Promise<Result<Lease | null>>
  /** The arrival of this name has become this visit. */
  readonly onBegun: (name: string, visitId: string) => void
}

/**
 * Takes one arrival at a time. Errors: TERMINAL_FILE_KNOWN (another desk has taken it), LEASE_LOST (it is for another desk to take);
 * STORE_ codes: it may be taken again then, and makes no second visit.
 */
export function createTaking({ store, clock, log, choices, lease, onLaidByProgram, onBegun }: TakingPorts) {
  /** The first row of a visit, in one transaction with the file it came from. */
  const begin = async (
    changes: Pick<VisitRow, 'failure' | 'patient' | 'report'> & { readonly state: 'choosing' | 'failed' },
    file: TerminalFile,
    under: Lease | null,
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
      confirmedName: null,
      ...changes,
    }
    const { state, failure: why } = changes
    const audit = [{ at, event: state, ...(why && { code: why.code }) }]
    const saved = await store.saveVisit(visit, audit, { file, lease: under, ...(eligibility && { eligibility }) })
    // Another desk has read the same file, under whatever name its folder has there.
    if (!saved.ok && saved.error.code === 'TERMINAL_FILE_KNOWN') return saved
    const code = saved.ok ? why?.code : saved.error.code
    log.write({ event: 'visitMoved', visitId: visit.id, state, ...(code && { code }) })
    if (saved.ok) onBegun(file.name, saved.value.id)
    return saved
  }

  const takePerson = async (
    message: TerminalMessage,
    result: PersonOfMessage,
    file: TerminalFile,
    under: Lease | null,
    /** Why a person has to look, whoever it is about. */
    doubt: FailureCode | null,
  ): Promise<Result<unknown>> => {
    const { person, referenceNumber } = result
    const report = { ...message.report, referenceNumber, isByCard: !answersAQuestion(message) }
    // Until it is matched the person has a reference of this visit's own.
    const patient: Patient = { ...person, ref: randomUUID() }
    const people = await store.clinicPatients({ ...person, referenceNumber })
    const match = matchPerson({ ...person, referenceNumber }, people)
    const eligibility = answerOf(patient, message, result)
    const only = match.kind === 'one' && doubt === null ? match.person : null
    const unmatched = match.kind === 'none' ? 'PATIENT_NOT_MATCHED' : 'PATIENT_MATCHES_SEVERAL'
    const why = only ? null : { code: doubt ?? unmatched }
    const begun = await begin({ state: 'choosing', failure: why, patient, report }, file, under, eligibility)
    if (!begun.ok) return begun
    await choices.offer(begun.value.id, people)
    return only ? choices.settle(begun.value, { ...eligibility, patient: { ...patient, ref: only.ref } }) : begun
  }

  return async ({ name, sha256, isLeftOver, isAsked, message }: Arrival): Promise<Result<unknown>> => {
    const earlier = await store.terminalFiles(name)
    if (earlier.some((file) => file.sha256 === sha256)) return ok(undefined)
    // The answer to a question of this desk's own is nobody else's.
    const leased = isAsked ? ok(null) : await lease()
    if (!leased.ok) return leased
    const under = leased.value
    const unread = { name, sha256, isRead: false }
    const failed = (why: Failure, report: VisitRow['report'] = null, patient: Patient | null = null) =>
      begin({ state: 'failed', failure: why, patient, report }, unread, under)

    if (!message.ok) return failed(message.error)
    const { value } = message
    const now = clock.now()
    const today = clinicDay(now)
    const day = dayOf(value)
    // What was left over from another day is nobody at the counter.
    if (day !== today && isLeftOver) return store.noteTerminalFile(unread, today)
    if (isLaidByProgram(name)) {
      const noted = await store.noteTerminalFile(unread, today)
      if (noted.ok) onLaidByProgram()
      return noted
    }
    const report = { ...value.report, referenceNumber: null, isByCard: !answersAQuestion(value) }
    if (value.outcome !== 'done') return failed(abnormalFailure(value), report)
    const person = onePerson(value.results, day)
    // One of the two clocks is off: nothing of it counts today, and somebody has to know whose.
    if (day !== today && !isOverMidnight(value, now)) {
      const patient = person && { ...person.person, ref: randomUUID() }
      return failed({ code: 'TERMINAL_OTHER_DAY', detail: { field: day } }, report, patient)
    }
    if (!person) return failed({ code: 'TERMINAL_PERSON_UNCLEAR' }, report)
    const isConflict = earlier.some(({ isRead }) => isRead)
    const isElsewhere = !isAsked && answersAQuestion(value)
    const doubt = isConflict
      ? 'TERMINAL_FILE_CONFLICT'
      : isElsewhere
        ? 'TERMINAL_NOT_AT_COUNTER'
        : isDayUnknown(person.person.birthDate)
          ? 'PATIENT_BIRTH_DAY_UNKNOWN'
          : null
    return takePerson(value, person, { name, sha256, isRead: true }, under, doubt)
  }
}

/** How long before now a result of the evening before may have been made, in milliseconds. */
const overMidnightMs = 15 * 60_000

/**
 * The card was laid just before midnight: it is about the patient who stands here. Not into another month, in which
 * certificates and insurances are others: then the question has to be asked anew.
 */
function isOverMidnight(message: TerminalMessage, now: Date): boolean {
  const day = dayOf(message)
  const age = now.getTime() - Date.parse(message.processedAt)
  const isJustNow = age >= 0 && age <= overMidnightMs && message.processedAt.startsWith(day)
  return isJustNow && day.slice(0, 7) === clinicDay(now).slice(0, 7)
}
