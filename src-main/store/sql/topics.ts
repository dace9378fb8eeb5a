// Every topic's rules together, as each engine offers them.
import type { Result } from '../../ground/result.ts'
import { audit } from './audit.ts'
import { bookingList } from './bookings.ts'
import { capLedger } from './cap-ledger.ts'
import { claimOrders } from './claim-orders.ts'
import { conflicts } from './conflicts.ts'
import { counts } from './counts.ts'
import { deliveries } from './deliveries.ts'
import { erasing } from './erasing.ts'
import { localMasters } from './local-masters.ts'
import { numberLinks } from './numbers.ts'
import { past } from './past.ts'
import { knownPatients } from './patients.ts'
import { registrations } from './registrations.ts'
import { retention } from './retention.ts'
import { staffList } from './staff.ts'
import { terminalNotes } from './terminal.ts'
import type { Topic } from './topic.ts'
import { visits } from './visits.ts'

/** `giveBack`: as of `erasing`. */
export const topics = (topic: Topic, giveBack: () => Result<void> | Promise<Result<void>>) => ({
  ...visits(topic),
  ...knownPatients(topic),
  ...deliveries(topic),
  ...numberLinks(topic),
  ...bookingList(topic),
  ...registrations(topic),
  ...terminalNotes(topic),
  ...claimOrders(topic),
  ...localMasters(topic),
  ...capLedger(topic),
  ...audit(topic),
  ...retention(topic),
  ...counts(topic),
  ...past(topic),
  ...staffList(topic),
  ...conflicts(topic),
  ...erasing(topic, giveBack),
})
