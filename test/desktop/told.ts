// What `npm run test:desktop` has provided for the tests of this run.
import { type DesktopSession, sessionSchema, sessionVariable } from './session.ts'

const text = process.env[sessionVariable]
if (text === undefined) throw new Error('the tests of the desktop program are started by: npm run test:desktop')
export const session: DesktopSession = sessionSchema.parse(JSON.parse(text))
