// How long somebody waits who has typed a wrong code: not after a slip or two, then ever longer. It is counted for whatever was
// typed as 職員コード, so that a code that nobody has is not told from one that somebody has, and it outlives a restart.
import type { Tries } from '../store/staff.ts'

const freeTries = 3
const firstPauseMs = 30_000
const longestPauseMs = 15 * 60_000

/** In milliseconds; 0: now. A try that lies ahead was noted by a clock that was wrong, and keeps nobody waiting. */
export function pauseLeft(tries: Tries | null, now: Date): number {
  if (!tries || tries.failures < freeTries) return 0
  const pause = Math.min(firstPauseMs * 2 ** (tries.failures - freeTries), longestPauseMs)
  const since = now.getTime() - Date.parse(tries.triedAt)
  return since < 0 ? 0 : Math.max(0, pause - since)
}
