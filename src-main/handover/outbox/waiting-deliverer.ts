// A destination that cannot be used yet: a password or certificate file that it needs is missing. What is for it waits, with
// the reason shown, and every try looks whether it can be used now.
import type { Result } from '../../ground/result.ts'
import { ok } from '../../ground/result.ts'
import type { Deliverer, Traits } from '../deliverer.ts'

/** `open` fails with transient errors only; `traits`: of what it opens. */
export function createWaitingDeliverer(traits: Traits, open: () => Promise<Result<Deliverer>>): Deliverer {
  let opened: Deliverer | null = null

  const use = async <T>(work: (deliverer: Deliverer) => Promise<Result<T>>): Promise<Result<T>> => {
    if (!opened) {
      const now = await open()
      if (!now.ok) return now
      opened = now.value
    }
    return work(opened)
  }

  return {
    ...traits,
    async deliver(deliveries, ports) {
      const outcomes = await use(async (deliverer) => ok(await deliverer.deliver(deliveries, ports)))
      return outcomes.ok ? outcomes.value : [outcomes]
    },
    look: (deliveries) => use((deliverer) => deliverer.look(deliveries)),
    names: () => use((deliverer) => deliverer.names()),
    removeOurs: (destination, files) => use((deliverer) => deliverer.removeOurs(destination, files)),
    // Nothing has been begun where nothing could be opened.
    clear: async (delivery) => (opened ? opened.clear(delivery) : ok(undefined)),
    tryOut: (destination) => use((deliverer) => deliverer.tryOut(destination)),
    close: async () => opened?.close(),
  }
}
