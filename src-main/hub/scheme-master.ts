// The port to the hub's dated master of schemes (公費の制度), fetched whole and only when it has changed.
import type { Result } from '../contract/result.ts'

export interface HubScheme {
  /** 法別番号, two digits. */
  readonly code: string
  /** 公費負担者番号 of a local scheme, where it is known. */
  readonly payerNumber: string | null
  readonly name: string
  readonly kind: 'national' | 'local'
  /** 全国地方公共団体コード (six digits) and name of the municipality of a local scheme. */
  readonly municipality: { readonly code: string; readonly name: string } | null
  readonly validFrom: string
  /** The last valid day; null while it goes on. */
  readonly validTo: string | null
  /** What the code pairs in a certificate's 追加条件 mean. */
  readonly conditions: readonly { readonly code: string; readonly item: string; readonly condition: string }[]
}

interface HubSchemeMaster {
  /** Hand it in with the next question. */
  readonly etag: string
  /** The day it was published, YYYY-MM-DD. */
  readonly asOf: string
  readonly schemes: readonly HubScheme[]
}

export interface SchemeMasterSource {
  /** `etag` of the master held, null without one. null: the one held is the newest. Errors: every HUB_ code. */
  fetchSchemes(etag: string | null, signal?: AbortSignal): Promise<Result<HubSchemeMaster | null>>
}
