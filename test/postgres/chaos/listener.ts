// A desk that writes nothing and hears what all others have changed, whatever happens to the server meanwhile.

import { setTimeout as pause } from 'node:timers/promises'
import { idsIn } from '../../../src-main/ground/changes.ts'
import type { Store } from '../../../src-main/store/store.ts'

/** It looks every ten seconds even where it is told nothing. */
const patienceMs = 60_000

export function openListener(store: Pick<Store, 'watch'>) {
  const heard = new Set<string>()
  let isAnew = false
  store.watch(async (news) => {
    const ids = idsIn(news, 'visit')
    if (ids) for (const id of ids) heard.add(id)
    else isAnew = true
  })
  return {
    /** null: it was told to read everything anew. */
    heard: (): ReadonlySet<string> | null => (isAnew ? null : heard),
    /** Until it has heard of these, or there is no more hope. */
    async hears(ids: readonly string[]): Promise<void> {
      for (const end = performance.now() + patienceMs; performance.now() < end; ) {
        if (isAnew || ids.every((id) => heard.has(id))) return
        await pause(50)
      }
    },
  }
}
