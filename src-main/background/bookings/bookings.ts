// Tomorrow's bookings, asked about in the background at the rate the source allows: in portions of about a minute, so that
// a visit whose answer is owed gets in between. Every page of answers is on the disk together with where to read on; a
// stop, a restart or a line that is down costs nothing that was answered.
import { randomUUID } from 'node:crypto'
import {
  type BookingColumns,
  type BookingOutcome,
  type BookingsView,
  bookingOutcomes,
} from '../../contract/bookings.ts'
import { type Clock, clinicDay, daysLater } from '../../ground/clock.ts'
import { failureClass } from '../../ground/failures.ts'
import { growingPause, type PauseMs } from '../../ground/growing-pause.ts'
import { type Log, stackOf } from '../../ground/log.ts'
import { type Failure, fail, failureOf, ok, type Result } from '../../ground/result.ts'
import { askWithoutCards } from '../../hub/ask-without-cards.ts'
import type { RequeryItem, RequeryPage, RequerySource } from '../../hub/requeries.ts'
import type { EligibilitySource } from '../../hub/source.ts'
import type { Booking, BookingList, BookingRun } from '../../store/bookings.ts'
import type { Duty } from '../../store/duties.ts'
import type { Lease, SharedWork } from '../../store/leases.ts'
import type { NumberLinks } from '../../store/numbers.ts'
import type { KnownPatients } from '../../store/patients.ts'
import { type BookingTable, chooseColumns, type ReadBooking, readBookings, readBookingTable } from './list.ts'
import { type Judged, judgeBooking, toCheck } from './outcome.ts'

export interface BookingsPorts {
  readonly source: RequerySource & Pick<EligibilitySource, 'line' | 'onLineChange'>
  readonly store: BookingList & Pick<NumberLinks, 'linkedPatient'> & Pick<KnownPatients, 'known'>
  /** One desk of a site at a time asks. */
  readonly dutyOf: (what: SharedWork) => Duty
  readonly clock: Clock
  readonly log: Log
  /** How the columns were mapped the last time. */
  readonly columns: () => BookingColumns | null
  readonly rememberColumns: (columns: BookingColumns) => Promise<Result<void>>
  /** There is something new to show. */
  readonly changed: () => void
  readonly pauseMs?: PauseMs | undefined
}

export interface Bookings {
  /** Takes a list to be looked at (bytes of a file). Errors: BOOKINGS_UNREADABLE. */
  read(content: Uint8Array): Result<void>
  /** Puts it away again. */
  discard(): void
  /** Begins to ask about it. Errors: REQUEST_INVALID (no list, or a column it does not have), STORE_ codes. */
  start(columns: BookingColumns, day: string): Promise<Result<void>>
  /** Errors of these: REQUEST_INVALID where there is no list, BOOKINGS_CHANGED (another desk has another one), STORE_ codes. */
  stop(): Promise<Result<void>>
  resume(): Promise<Result<void>>
  remove(): Promise<Result<void>>
  /** Reads the stored list again: its day may be over. */
  reload(): Promise<void>
  /** Another desk has gone on with it, stopped it, or begun another one. */
  follow(): Promise<void>
  view(): BookingsView
  close(): Promise<void>
}

/** Persons in one re-query: before the rate is known, and at least and at most. */
const portion = { first: 500, least: 25, most: 2_000 }

/** The list of an earlier run of the program goes on by itself, unless a person has stopped it. */
export async function openBookings(ports: BookingsPorts): Promise<Bookings> {
  const { source, store, clock, log, pauseMs = { first: 5_000, longest: 300_000 } } = ports
  const duty = ports.dutyOf('bookings')
  let draft: BookingTable | null = null
  let run: BookingRun | null = null
  let bookings: Booking[] = []
  let failure: Failure | null = null
  let perMinute: number | null = null
  const pause = growingPause(pauseMs)
  let timer: NodeJS.Timeout | undefined
  let stopped = new AbortController()
  let asking: Promise<void> | null = null
  let isClosed = false
  /** Under which lease the list was read last. */
  let readUnder: number | null = null

  const open = () => bookings.filter(({ outcome }) => outcome === null)
  const openRefs = () => [...new Set(open().flatMap(({ patientRef }) => patientRef ?? []))]

  /** Saves how far it is, and only then shows it. */
  const move = async (
    next: BookingRun,
    settled: readonly (Judged & { readonly place: number })[],
    lease: Lease,
  ): Promise<Result<void>> => {
    const moved = await store.moveBookings(next, settled, lease)
    if (!moved.ok) return moved
    run = next
    const judged = new Map(settled.map(({ place, outcome, findings }) => [place, { outcome, findings }]))
    if (judged.size > 0) bookings = bookings.map((booking) => ({ ...booking, ...judged.get(booking.place) }))
    ports.changed()
    return moved
  }

  /** One portion, from where it was left. */
  const askPortion = async (current: BookingRun, lease: Lease): Promise<Result<void>> => {
    const size = Math.min(Math.max(perMinute ?? portion.first, portion.least), portion.most)
    const requery = current.requery ?? { key: randomUUID(), patientRefs: openRefs().slice(0, size), from: null }
    const noted = await move({ ...current, requery }, [], lease)
    if (!noted.ok) return noted
    const owed = new Set(requery.patientRefs)
    let saved: Result<void> = ok(undefined)
    const settle = async (items: readonly RequeryItem[], page: RequeryPage) => {
      perMinute = page.perMinute
      if (!saved.ok) return
      const answers = new Map<string, Judged>()
      for (const item of items) {
        answers.set(item.patientRef, judgeBooking(item, await store.known(item.patientRef)))
        owed.delete(item.patientRef)
      }
      // Whoever the source has left out is not asked about for ever.
      if (page.nextCursor === null) for (const ref of owed) answers.set(ref, toCheck('unanswered'))
      const settled = open().flatMap(({ place, patientRef }) => {
        const judged = patientRef === null ? undefined : answers.get(patientRef)
        return judged ? [{ place, ...judged }] : []
      })
      const { id, nextCursor } = page
      const next = nextCursor === null ? null : { ...requery, from: { id, cursor: nextCursor } }
      saved = await move({ ...current, requery: next }, settled, lease)
      log.write({ event: 'bookingsAsked', count: settled.length })
    }
    const refs = requery.patientRefs.filter((ref) => openRefs().includes(ref))
    const question = { asOf: current.day, patientRefs: requery.from ? refs : requery.patientRefs, key: requery.key }
    const asked = await askWithoutCards(source, { ...question, from: requery.from }, settle, stopped.signal)
    return asked.ok ? saved : asked
  }

  const isWanted = (current: BookingRun | null): current is BookingRun =>
    current !== null && !current.isStopped && failure === null && openRefs().length > 0

  const askAll = async () => {
    try {
      while (isWanted(run) && !stopped.signal.aborted && source.line().state !== 'down') {
        const lease = await duty.take()
        if (!lease) break
        // What another desk has asked until now stands in the store.
        if (readUnder !== lease.fence) {
          await readAnew()
          readUnder = lease.fence
          continue
        }
        const asked = await askPortion(run, lease)
        if (!asked.ok && asked.error.code === 'BOOKINGS_CHANGED') {
          await readAnew()
          continue
        }
        if (!asked.ok) {
          await putOff(asked.error, lease)
          break
        }
        pause.reset()
      }
      // The line of another desk may be up.
      if (source.line().state === 'down') await duty.pass()
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error) })
      failure = failureOf(error)
    } finally {
      asking = null
      ports.changed()
    }
  }

  /** What went wrong passes by itself after a while, or waits for a person. */
  const putOff = async (error: Failure, lease: Lease): Promise<void> => {
    const { code, detail } = error
    if (code === 'VISIT_CANCELLED') return
    log.write({ event: 'bookingsAsked', code })
    const usual = pause.next()
    const hasRunOut = code === 'HUB_REQUERY_UNKNOWN'
    // It ended while nobody was there to read it: whoever is left is asked about anew.
    if (hasRunOut && run) await move({ ...run, requery: null }, [], lease)
    else if (code === 'LEASE_LOST') duty.lost(lease)
    // What is in this desk's way need not be in another one's; when the source wants to be asked again holds for all.
    else if (detail?.retryAfterS === undefined) await duty.pass()
    if (!hasRunOut && failureClass[code] !== 'transient') failure = error
    else timer = setTimeout(wake, detail?.retryAfterS === undefined ? usual : detail.retryAfterS * 1_000).unref()
  }

  const wake = () => {
    clearTimeout(timer)
    timer = undefined
    if (!isClosed && isWanted(run)) asking ??= askAll()
  }

  /** Lets go of the question under way. */
  const halt = async () => {
    clearTimeout(timer)
    timer = undefined
    stopped.abort()
    await asking
    stopped = new AbortController()
  }

  const reload = async () => {
    const stored = await store.bookings()
    if (stored && stored.run.list === run?.list) return
    if (run) await halt()
    take(stored)
  }

  const take = (stored: StoredBookings) => {
    // What this desk was told about a list stays so while others go on with it.
    if (!isSame(stored?.run)) failure = null
    run = stored?.run ?? null
    bookings = [...(stored?.bookings ?? [])]
  }

  const isSame = (other: BookingRun | undefined) => other?.list === run?.list && other?.isStopped === run?.isStopped

  const readAnew = async () => take(await store.bookings())

  /** What is asked about here is known best here, for as long as it is that list and nobody has stopped it. */
  const follow = async () => {
    const stored = await store.bookings()
    if (asking && isSame(stored?.run)) return
    if (asking) await halt()
    take(stored)
    if (!timer) wake()
  }

  /** A person's word about the list that they see. */
  const steer = async (way: Parameters<BookingList['steerBookings']>[1]): Promise<Result<void>> => {
    if (!run) return ok(undefined)
    const steered = await store.steerBookings(run.list, way)
    if (steered.ok) run = steered.value
    else await lookAgain(steered.error)
    ports.changed()
    return steered.ok ? ok(undefined) : steered
  }

  /** They see the list that there is now. */
  const lookAgain = async ({ code }: Failure): Promise<void> => {
    if (code === 'BOOKINGS_CHANGED') await readAnew()
  }

  const asBooking = async (read: ReadBooking, place: number): Promise<Booking> => {
    const { isComplete, ...line } = read
    const nobody = (judged: Judged): Booking => ({ place, ...line, patientRef: null, ...judged })
    if (!isComplete || line.birthDate === null) return nobody(toCheck('incomplete'))
    const { patientNumber: number, nameKana, birthDate } = line
    const linked = await store.linkedPatient({ number, nameKana, birthDate })
    if (!linked) return nobody(toCheck('notLinked'))
    if (!linked.isSamePerson) return nobody(toCheck('personDiffers'))
    return { place, ...line, patientRef: linked.patientRef, outcome: null, findings: null }
  }

  await reload()
  duty.onTurn(() => {
    if (!timer) wake()
  })
  const unsubscribe = source.onLineChange(() => {
    if (source.line().state === 'up') wake()
  })
  wake()

  return {
    read(content) {
      const table = readBookingTable(content)
      if (!table.ok) return table
      draft = table.value
      return ok(undefined)
    },
    discard() {
      draft = null
    },
    async start(columns, day) {
      if (!draft) return fail('REQUEST_INVALID', { field: 'content' })
      const read = readBookings(draft, columns)
      if (!read.ok) return read
      const next: Booking[] = []
      for (const [place, line] of read.value.entries()) next.push(await asBooking(line, place))
      await halt()
      const nextRun: BookingRun = { list: randomUUID(), day, isStopped: false, requery: null }
      const saved = await store.saveBookings(nextRun, next)
      if (!saved.ok) return saved
      run = nextRun
      bookings = next
      failure = null
      draft = null
      wake()
      return ports.rememberColumns(columns)
    },
    async stop() {
      if (!run) return fail('REQUEST_INVALID')
      await halt()
      return steer({ isStopped: true, isAnew: false })
    },
    async resume() {
      if (!run) return fail('REQUEST_INVALID')
      // What was refused for good is asked anew.
      const isAnew = failure !== null
      failure = null
      const resumed = await steer({ isStopped: false, isAnew })
      wake()
      return resumed
    },
    async remove() {
      await halt()
      const removed = run ? await store.removeBookings(run.list) : ok(undefined)
      if (removed.ok) take(null)
      else await lookAgain(removed.error)
      return removed
    },
    reload,
    follow,
    view: () => ({
      draft: draft && draftView(draft, ports.columns(), clinicDay(daysLater(clock.now(), 1))),
      run: run && runView(run, bookings, { failure, perMinute, owed: openRefs().length }),
    }),
    async close() {
      isClosed = true
      unsubscribe()
      await halt()
    },
  }
}

type StoredBookings = Awaited<ReturnType<BookingList['bookings']>>

const draftView = (table: BookingTable, remembered: BookingColumns | null, day: string): BookingsView['draft'] => ({
  count: table.rows.length,
  columns: table.columns.map((name, index) => ({
    name,
    samples: table.rows.slice(0, 3).map((row) => (row[index] ?? '').slice(0, 40)),
  })),
  chosen: chooseColumns(table, remembered),
  day,
})

function runView(
  { day, isStopped }: BookingRun,
  bookings: readonly Booking[],
  { failure, perMinute, owed }: { failure: Failure | null; perMinute: number | null; owed: number },
): BookingsView['run'] {
  const done = bookings.filter(({ outcome }) => outcome !== null)
  const countOf = (wanted: BookingOutcome) => done.filter(({ outcome }) => outcome === wanted).length
  return {
    day,
    state: owed === 0 ? 'finished' : isStopped || failure ? 'stopped' : 'running',
    failure,
    total: bookings.length,
    done: done.length,
    secondsLeft: perMinute === null ? null : Math.ceil((owed * 60) / perMinute),
    counts: {
      check: countOf('check'),
      absent: countOf('absent'),
      changed: countOf('changed'),
      new: countOf('new'),
      same: countOf('same'),
    },
    rows: bookingOutcomes
      .filter((outcome) => outcome !== 'same')
      .flatMap((outcome) => done.filter((booking) => booking.outcome === outcome))
      .flatMap(({ place, patientNumber, nameKana, birthDate, outcome, findings }) =>
        outcome && findings ? [{ place, patientNumber, nameKana, birthDate, outcome, findings }] : [],
      ),
  }
}
