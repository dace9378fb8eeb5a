// The account of what was changed on the screen: a row of the audit trail for each, with the value before and after, and a
// line on the screen until the next start, which is the first that stands on all of it.
import { isDeepStrictEqual } from 'node:util'
import type { Reception } from '../contract/reception.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import type { Result } from '../ground/result.ts'
import type { Setting, SettingChange } from '../ground/setting-change.ts'
import type { Audit } from '../store/audit.ts'
import type { ChangeLog } from './change.ts'

export interface SettingChanges extends ChangeLog {
  /** The latest change of each setting since the start, newest first; of the sounds nobody has to be told. */
  changed(): Reception['settings']['changed']
  /** One that the store keeps account of itself. */
  made(setting: Setting): void
  /** Whether this very change was noted already. */
  isNoted(change: SettingChange): boolean
  /** Somebody wants to know when one of them is on the disk. */
  onWrote(listener: () => Promise<void>): void
}

export function createSettingChanges({
  store,
  clock,
  log,
}: {
  readonly store: Audit
  readonly clock: Clock
  readonly log: Log
}): SettingChanges {
  const latest = new Map<Setting, string>()
  const after = new Map<Setting, unknown>()
  let wrote: () => Promise<void> = async () => undefined
  const now = () => clinicMoment(clock.now())
  const made = (setting: Setting) => {
    latest.delete(setting)
    latest.set(setting, now())
    log.write({ event: 'settingChanged', setting })
  }
  return {
    changed: () =>
      [...latest]
        .filter(([setting]) => setting !== 'signals')
        .map(([setting, at]) => ({ setting, at }))
        .reverse(),
    made,
    isNoted: (change) => after.has(change.setting) && isDeepStrictEqual(after.get(change.setting), change.after),
    wrote: () => wrote(),
    onWrote(listener) {
      wrote = listener
    },
    async note(change): Promise<Result<void>> {
      const noted = await store.noteSettingChange({ at: now(), event: 'settingChanged', change })
      if (noted.ok) {
        made(change.setting)
        after.set(change.setting, change.after)
      }
      return noted
    },
    async failed(change) {
      latest.delete(change.setting)
      after.delete(change.setting)
      await store.noteSettingChange({ at: now(), event: 'settingNotChanged', code: 'STORE_UNWRITABLE', change })
    },
  }
}
