// Asking the source about patients without their cards: opened once, read page by page as the answers come.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Result } from '../contract/result.ts'
import type { RequeryItem, RequerySource } from '../hub/requeries.ts'

/** Between two looks at a re-query whose source does not say when to come again. */
const pageWaitMs = 1_000

/**
 * Hands each answer to `settle` as it comes; each patient's once, nobody else's. Errors: as RequerySource; VISIT_CANCELLED
 * by `signal`.
 */
export async function askWithoutCards(
  source: RequerySource,
  { asOf, patientRefs }: { readonly asOf: string; readonly patientRefs: readonly string[] },
  settle: (item: RequeryItem) => Promise<void>,
  signal: AbortSignal,
): Promise<Result<void>> {
  const owed = new Set(patientRefs)
  const opened = await source.openRequery({ key: randomUUID(), asOf, patientRefs: [...owed] }, signal)
  if (!opened.ok) return opened
  const { id } = opened.value
  for (let cursor: string | null = null; ; ) {
    const page = await source.readRequery({ id, asOf, cursor }, signal)
    if (!page.ok) return page
    const { items, nextCursor, retryAfterS } = page.value
    for (const item of items) {
      // An answer about somebody we did not ask about, or a second one, is no answer.
      if (owed.delete(item.patientRef)) await settle(item)
    }
    if (nextCursor === null) return ok(undefined)
    cursor = nextCursor
    if (items.length > 0) continue
    try {
      await sleep(retryAfterS === undefined ? pageWaitMs : retryAfterS * 1_000, undefined, { signal, ref: false })
    } catch {
      return fail('VISIT_CANCELLED')
    }
  }
}
