// The port to the hub's dated master of schemes (公費の制度), fetched whole and only when it has changed.

import type { SchemeUpdate } from '../eligibility/schemes.ts'
import type { Result } from '../ground/result.ts'

interface HubSchemeMaster {
  /** Hand it in with the next question. */
  readonly etag: string
  /** What the hub knows of schemes; its order on the claim is empty, because the hub has no word on that. */
  readonly master: SchemeUpdate
}

export interface SchemeMasterSource {
  /** `etag` of the master held, null without one. null: the one held is the newest. Errors: every HUB_ code. */
  fetchSchemes(etag: string | null, signal?: AbortSignal): Promise<Result<HubSchemeMaster | null>>
}
