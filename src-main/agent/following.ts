// What other desks change is here, too: each part that keeps something of the store says which kinds it follows (`follows`), and is
// told; then the screen is put together anew, for what the pages read each time.
import type { Part } from '../contract/part.ts'
import { changeKinds, type Follows, type Heard, idsIn } from '../ground/changes.ts'
import { type Log, stackOf } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { Refusal } from '../ground/result.ts'
import type { Feed } from '../store/feed.ts'

/** Of one kind: looking at more of them one by one takes longer than reading everything. */
const mostById = 50

interface FollowingPorts {
  readonly store: Feed
  readonly news: News
  readonly log: Log
}

/** Begins at once. */
export function followOthers({ store, news, log }: FollowingPorts, parts: readonly Part[]) {
  let telling: Promise<void> = Promise.resolve()
  const tell = async (heard: Heard) => {
    let refusal: Refusal | null = null
    for (const { follows } of parts) {
      try {
        if (follows) await tellPart(follows, heard)
      } catch (error) {
        // A bug is told once; where the store could not be read, the others shall know all the same, and it comes again.
        if (error instanceof Refusal) refusal = error
        else log.write({ event: 'fault', where: stackOf(error) })
      }
    }
    news.tell()
    if (refusal) throw refusal
  }
  const end = store.watch((heard) => {
    const told = tell(heard)
    telling = told.catch(() => undefined)
    return told
  })
  return {
    async close() {
      end()
      await telling
    },
  } satisfies Part
}

async function tellPart(follows: Follows, heard: Heard): Promise<void> {
  for (const kind of changeKinds) {
    const ids = idsIn(heard, kind)
    if (ids?.length !== 0) await follows[kind]?.(ids && ids.length <= mostById ? ids : null)
  }
}
