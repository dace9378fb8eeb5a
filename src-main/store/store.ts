// Everything that must survive a power cut, put together of its topics, for whoever opens it. Coarse methods, each one
// transaction: whoever gets `ok` back knows that it is on the disk. What only reads throws a Refusal where it cannot. Whoever
// uses it takes the topic they need, never the whole. Implemented by sqlite/store.ts.

import type { Asking } from './asking.ts'
import type { Audit } from './audit.ts'
import type { BookingList } from './bookings.ts'
import type { CapLedger } from './cap-ledger.ts'
import type { ClaimOrders } from './claim-orders.ts'
import type { Conflicts } from './conflicts.ts'
import type { Counts } from './counts.ts'
import type { Deliveries } from './deliveries.ts'
import type { Erasing } from './erasing.ts'
import type { Feed } from './feed.ts'
import type { Leases } from './leases.ts'
import type { LocalMasters } from './local-masters.ts'
import type { NumberLinks } from './numbers.ts'
import type { Past } from './past.ts'
import type { KnownPatients } from './patients.ts'
import type { Registrations } from './registrations.ts'
import type { Retention } from './retention.ts'
import type { OfSite } from './sql/of-site.ts'
import type { StaffList } from './staff.ts'
import type { TerminalNotes } from './terminal.ts'
import type { Upkeep } from './upkeep.ts'
import type { Visits } from './visits.ts'

export interface Store
  extends Visits,
    Asking,
    KnownPatients,
    Deliveries,
    NumberLinks,
    BookingList,
    Registrations,
    TerminalNotes,
    ClaimOrders,
    Leases,
    LocalMasters,
    CapLedger,
    Audit,
    Retention,
    Counts,
    Past,
    StaffList,
    Conflicts,
    Erasing,
    OfSite,
    Upkeep,
    Feed {}
