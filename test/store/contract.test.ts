// The engine there is, asked everything that an engine is asked.
import { storeContract } from './contract/contract.ts'
import { openTestStore, storePlace } from './samples.ts'

storeContract('SQLite', () => {
  const place = storePlace()
  return { open: async () => openTestStore(place) }
})
