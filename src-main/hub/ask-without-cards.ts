// Asking the source about patients without their cards: opened once, read page by page as the answers come.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Result } from '../ground/result.ts'
import type { RequeryItem, RequeryPage, RequerySource } from './requeries.ts'

/** Between two looks at a re-query whose source does not say when to come again. */
const pageWaitMs = 1_000

/**
 * So many pages in a row may hold answers without one of ours. One is usual: it was read before the restart that made us
 * read on from its cursor.
 */
const strayPages = 3

export interface Requery {
  /** YYYY-MM-DD */
  readonly asOf: string
  readonly patientRefs: readonly string[]
  /** Of one that may have been opened before: its idempotency key. */
  readonly key?: string
  /** Of one that is known to be open: where to read on. */
  readonly from?: { readonly id: string; readonly cursor: string | null } | null
}

/**
 * Hands each page of answers to `settle` as it comes; each patient's answer once, nobody else's. Once nothing is owed any
 * more that page is the last, whatever the source would go on with. Errors: as RequerySource; HUB_ANSWER_INVALID where
 * reading on leads nowhere; VISIT_CANCELLED by `signal`.
 */
export async function askWithoutCards(
  source: RequerySource,
  { asOf, patientRefs, key = randomUUID(), from = null }: Requery,
  settle: (items: readonly RequeryItem[], page: RequeryPage) => Promise<void>,
  signal: AbortSignal,
): Promise<Result<void>> {
  const owed = new Set(patientRefs)
  const opened = from ? ok(from) : await source.openRequery({ key, asOf, patientRefs: [...owed] }, signal)
  if (!opened.ok) return opened
  const { id } = opened.value
  let cursor = from?.cursor ?? null
  for (let strays = 0; strays < strayPages; ) {
    const page = await source.readRequery({ id, asOf, cursor }, signal)
    if (!page.ok) return page
    const { items, retryAfterS } = page.value
    // An answer about somebody we did not ask about, or a second one, is no answer.
    const ours = items.filter(({ patientRef }) => owed.delete(patientRef))
    const nextCursor = owed.size === 0 ? null : page.value.nextCursor
    await settle(ours, { ...page.value, nextCursor })
    if (nextCursor === null) return ok(undefined)
    // The same cursor gives the same answers again, for ever.
    if (items.length > 0 && nextCursor === cursor) break
    cursor = nextCursor
    if (ours.length > 0) {
      strays = 0
      continue
    }
    if (items.length > 0) strays += 1
    try {
      await sleep(retryAfterS === undefined ? pageWaitMs : retryAfterS * 1_000, undefined, { signal, ref: false })
    } catch {
      return fail('VISIT_CANCELLED')
    }
  }
  return fail('HUB_ANSWER_INVALID')
}
