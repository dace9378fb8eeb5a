// The port to what a desk that was away had changed and others had changed too: the site's stays, and a person looks at each.
import type { Conflict } from '../contract/conflicts.ts'
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

export interface Conflicts {
  /** Those that nobody has looked at yet, the oldest first. */
  conflicts(): Promise<readonly Conflict[]>
  /** Somebody has looked at it. Errors: REQUEST_INVALID (there is no such one any more), STORE_ codes. */
  resolveConflict(id: string, stamp: Stamp): Promise<Result<void>>
}
