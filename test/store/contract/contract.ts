// What the house relies on in its store, whatever engine it stands on: every engine has to pass this.
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../src-main/store/store.ts'
import { askingContract } from './asking.ts'
import { bookingsContract } from './bookings.ts'
import { capLedgerContract } from './cap-ledger.ts'
import { conflictsContract } from './conflicts.ts'
import { countsContract } from './counts.ts'
import { erasingContract } from './erasing.ts'
import { feedContract } from './feed.ts'
import { leasesContract } from './leases.ts'
import { localMastersContract } from './local-masters.ts'
import { numbersContract } from './numbers.ts'
import { outboxContract } from './outbox.ts'
import { pastContract } from './past.ts'
import type { NewPlace, Place } from './place.ts'
import { registrationsContract } from './registrations.ts'
import { retentionContract } from './retention.ts'
import { staffContract } from './staff.ts'
import { terminalContract } from './terminal.ts'
import { trailContract } from './trail.ts'
import { transactionsContract } from './transactions.ts'
import { answersContract, visitsContract } from './visits.ts'

export function storeContract(engine: string, newPlace: NewPlace): void {
  const asked = new Set<string>()
  const noting = (place: Place): Place => ({
    open: async () => noted(await place.open(), (method) => asked.add(method)),
  })
  const newNotedPlace = () => noting(newPlace())

  describe(`the store on ${engine}`, () => {
    transactionsContract(newNotedPlace)
    visitsContract(newNotedPlace)
    answersContract(newNotedPlace)
    outboxContract(newNotedPlace)
    numbersContract(newNotedPlace)
    bookingsContract(newNotedPlace)
    registrationsContract(newNotedPlace)
    capLedgerContract(newNotedPlace)
    terminalContract(newNotedPlace)
    trailContract(newNotedPlace)
    retentionContract(newNotedPlace)
    leasesContract(newNotedPlace)
    askingContract(newNotedPlace)
    localMastersContract(newNotedPlace)
    countsContract(newNotedPlace)
    pastContract(newNotedPlace)
    staffContract(newNotedPlace)
    conflictsContract(newNotedPlace)
    erasingContract(newNotedPlace)
    feedContract(newNotedPlace)

    // The last one, for it looks at what the others did.
    test('has no method that the contract does not ask', async () => {
      expect([...asked].sort()).toEqual(Object.keys(await newPlace().open()).sort())
    })
  })
}

const noted = (store: Store, note: (method: string) => void): Store =>
  new Proxy(store, {
    get(target, name, receiver) {
      if (name in target) note(String(name))
      return Reflect.get(target, name, receiver)
    },
  })
