// The clinic's own people in the running agent. Nobody has to sign in before the first of them is enrolled; from then on
// nothing is shown and nothing is done from a page before somebody has.
import type { PartWith } from '../contract/part.ts'
import { createEnrolling, type EnrollingPorts } from './enrolling.ts'
import { openPresence, type PresencePorts } from './presence.ts'
import { createSigningIn } from './signing-in.ts'

/** How often it is looked whether somebody has gone, in milliseconds, where nothing else asks. */
const watchMs = 5_000

export async function openStaff(ports: PresencePorts & EnrollingPorts) {
  const presence = await openPresence(ports)
  const enrolling = createEnrolling(ports, presence)
  const watch = setInterval(presence.look, watchMs)
  watch.unref()
  return {
    presence,
    calls: { ...createSigningIn(ports, presence), ...enrolling.calls },
    follows: { staff: presence.readAnew },
    view: () => ({ staff: presence.now() }),
    pages: { staff: { view: async () => ({ name: 'staff', ...enrolling.page() }) } },
    async close() {
      clearInterval(watch)
    },
  } satisfies PartWith
}
