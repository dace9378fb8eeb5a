// What the agent does without being asked: it keeps the day and the time, puts away what is expired, and renews what it holds
// of the hub. Every errand is told here once, with what sets it off.
import { createRetentionRun, type RetentionPorts } from '../background/retention-run.ts'
import type { TrustedTime } from '../background/trusted-time.ts'
import type { Desk } from '../checkin/desk.ts'
import { clinicDay } from '../ground/clock.ts'
import { stackOf } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import type { Outbox } from '../handover/outbox/outbox.ts'
import type { SchemeBook } from '../hub/scheme-book.ts'
import type { EligibilitySource } from '../hub/source.ts'
import type { ClinicDay } from './clinic-day.ts'

export interface ErrandPorts extends RetentionPorts {
  readonly news: News
  readonly day: ClinicDay
  readonly time: TrustedTime
  readonly source: Pick<EligibilitySource, 'line' | 'onLineChange' | 'warmUp'>
  readonly schemes: Pick<SchemeBook, 'refresh'>
  readonly outbox: Pick<Outbox, 'clockWasRight' | 'wake'>
  readonly desk: Pick<Desk, 'keepDay' | 'reassess'>
  readonly roster: { turnTo(day: string): Promise<void> }
  readonly terminal: { dayTurned(): void }
  readonly masters: { dayTurned(): void }
  readonly left: { look(): Promise<void> }
  readonly background: { reloadBookings(): Promise<void> }
  /** What is no longer listed is no longer looked up. */
  readonly putAway: () => void
}

/** How often it is looked whether the day is over, in milliseconds, where nothing else asks. */
const dayWatchMs = 30_000

export function createErrands(ports: ErrandPorts) {
  const { clock, log, news, day, time, source, schemes, outbox, desk, roster, left, background } = ports
  const retention = createRetentionRun(ports)
  let isStopping = false
  /** Nobody waits for it: a bug in it is told, and the end of the agent is none. */
  const inBackground = (work: () => Promise<unknown>): void => {
    if (isStopping) return
    work().catch((error: unknown) => {
      if (!isStopping) log.write({ event: 'fault', where: stackOf(error) })
    })
  }

  const renewSchemes = async () => {
    if (await schemes.refresh()) desk.reassess()
  }
  const removeExpired = async () => {
    if (!(await retention.run())) return
    await background.reloadBookings()
    await roster.turnTo(day.today())
    news.tell()
  }
  const afterMidnight = async () => {
    await time.look()
    await removeExpired()
    await background.reloadBookings()
    await renewSchemes()
    await left.look()
    news.tell()
  }

  day.onTurn(async (today) => {
    await roster.turnTo(today)
    ports.terminal.dayTurned()
    ports.masters.dayTurned()
    ports.putAway()
    news.tell()
    inBackground(afterMidnight)
  })
  time.onCleared(() => outbox.clockWasRight(clinicDay(clock.now())))
  time.onChange(() =>
    inBackground(async () => {
      outbox.wake()
      await removeExpired()
      news.tell()
    }),
  )
  source.onLineChange(() => {
    log.write({ event: 'hubLine', state: source.line().state })
    if (source.line().state === 'up') {
      inBackground(time.look)
      inBackground(renewSchemes)
    }
    news.tell()
  })

  /** Before anything is done for somebody: nothing is filed, listed or asked under a day that is over. */
  const keepDay = async (): Promise<void> => {
    inBackground(time.look)
    inBackground(desk.keepDay)
    await day.keep()
  }
  // Where nothing happens the day turns by this alone, and what has lingered since is put away.
  const dayWatch = setInterval(() => inBackground(keepDay), dayWatchMs)
  dayWatch.unref()

  return {
    keepDay,
    /** The connection stands before the first card comes, and the hub's clock is known. */
    async begin(): Promise<void> {
      inBackground(async () => {
        await source.warmUp()
        await time.hubWasAsked()
        await renewSchemes()
      })
      await time.look()
      outbox.wake()
      inBackground(left.look)
    },
    async close(): Promise<void> {
      isStopping = true
      clearInterval(dayWatch)
    },
  }
}
