// Every statement the store runs, prepared once at opening. They are put together here so that a test can ask SQLite for the
// plan of each one: none may read a whole table.
import type Database from 'better-sqlite3'
import { auditStatements } from './audit.ts'
import { bookingsStatements } from './bookings.ts'
import { capLedgerStatements } from './cap-ledger.ts'
import { claimOrdersStatements } from './claim-orders.ts'
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

/** Throws what SQLite throws: the schema does not fit or is damaged. */
export const prepareStatements = (database: Database.Database) => ({
  ...visitsStatements(database),
  ...patientsStatements(database),
  ...numbersStatements(database),
  ...deliveriesStatements(database),
  ...registrationsStatements(database),
  ...bookingsStatements(database),
  ...terminalStatements(database),
  ...claimOrdersStatements(database),
  ...localMastersStatements(database),
  ...capLedgerStatements(database),
  ...auditStatements(database),
  ...retentionStatements(database),
  ...countsStatements(database),
  ...pastStatements(database),
  ...staffStatements(database),
})

export type Statements = ReturnType<typeof prepareStatements>
