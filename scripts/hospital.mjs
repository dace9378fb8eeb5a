// `npm run hospital`: a server and two desks on this computer, to try (test/postgres/hospital.ts). As root on Debian PostgreSQL is
// installed; elsewhere it is said what to type.
import { step } from './behind-door.mjs'
import { hasPostgres, postgresParts, provideSystemParts } from './system-parts.mjs'

provideSystemParts(postgresParts)
if (hasPostgres()) await step('test/postgres/hospital.ts')
else process.exitCode = 2
