// Retention at work: once a day, and only by a clock that is confirmed. What it finds expired it marks; what was marked a week
// before it deletes (store/retention.ts). Logs go by the same clock.
import { type Clock, clinicDay, clinicMoment, daysLater } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import type { Duty } from '../store/duties.ts'
import type { SharedWork } from '../store/leases.ts'
import type { Retention } from '../store/retention.ts'
import type { TrustedTime } from './trusted-time.ts'

export interface RetentionPorts {
  readonly store: Pick<Retention, 'retain'>
  readonly clock: Clock
  readonly time: Pick<TrustedTime, 'isConfirmed'>
  readonly log: Log
  /** One desk of a site does it. */
  readonly dutyOf: (what: SharedWork) => Duty
  readonly retentionDays: () => number
}

export function createRetentionRun({ store, clock, time, log, dutyOf, retentionDays }: RetentionPorts) {
  const duty = dutyOf('retention')
  let doneOn: string | null = null
  return {
    /** Whether it ran: something may have gone from sight. */
    async run(): Promise<boolean> {
      const now = clock.now()
      const today = clinicDay(now)
      if (doneOn === today) return false
      if (!time.isConfirmed()) {
        log.write({ event: 'retentionRun', state: 'waits' })
        // The clock of another desk may be confirmed.
        await duty.pass()
        return false
      }
      doneOn = today
      const lease = await duty.take()
      if (!lease) {
        // Logs are each desk's own.
        log.tidy?.(today)
        return false
      }
      const before = clinicDay(daysLater(now, -retentionDays()))
      const removed = await store.retain({ at: clinicMoment(now), before }, lease)
      log.write({ event: 'retentionRun', ...(removed.ok ? { count: removed.value } : { code: removed.error.code }) })
      if (removed.ok) log.tidy?.(today)
      else doneOn = null
      return removed.ok
    },
  }
}
