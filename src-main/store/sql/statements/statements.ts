// Every statement that the store runs often. They are put together here so that an engine can prepare them once, at opening,
// and a test can ask for the plan of each one: none may read a whole table.
import { auditStatements } from './audit.ts'
import { bookingsStatements } from './bookings.ts'
import { capLedgerStatements } from './cap-ledger.ts'
import { claimOrdersStatements } from './claim-orders.ts'
import { conflictsStatements } from './conflicts.ts'
import { countsStatements } from './counts.ts'
import { deliveriesStatements } from './deliveries.ts'
import { localMastersStatements } from './local-masters.ts'
import { numbersStatements } from './numbers.ts'
import { pastStatements } from './past.ts'
import { patientsStatements } from './patients.ts'
import { registrationsStatements } from './registrations.ts'
import { retentionStatements } from './retention.ts'
import { staffStatements } from './staff.ts'
import { terminalStatements } from './terminal.ts'
import { visitsStatements } from './visits.ts'

export const sql = {
  ...visitsStatements,
  ...patientsStatements,
  ...numbersStatements,
  ...deliveriesStatements,
  ...registrationsStatements,
  ...bookingsStatements,
  ...terminalStatements,
  ...claimOrdersStatements,
  ...localMastersStatements,
  ...capLedgerStatements,
  ...auditStatements,
  ...retentionStatements,
  ...countsStatements,
  ...pastStatements,
  ...staffStatements,
  ...conflictsStatements,
}
