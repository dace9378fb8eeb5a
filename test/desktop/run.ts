// `npm run test:desktop`: the desktop program on a real Electron, as an ordinary user of a desktop. Provides what that takes
// and runs the end-to-end tests on it. What cannot be had is said loudly, and then nothing has been tested: exit code 2, or
// 0 with `--unless-missing`, for `npm test`, which has more to run.
import { step } from '../../scripts/behind-door.mjs'
import { provideDesktop } from './provide.ts'
import { sessionVariable } from './session.ts'

const say = (text: string) => process.stderr.write(`${text}\n`)
const words = process.argv.slice(2).filter((word) => word !== '--unless-missing')

function leaveOut(reason: string): never {
  say(`!! LEFT OUT: the desktop program on a real Electron (test/desktop): ${reason}`)
  process.exit(process.argv.includes('--unless-missing') ? 0 : 2)
}

const session = await provideDesktop(say)
if (typeof session === 'string') leaveOut(session)
process.on('exit', session.close)
// The door is gone: nobody will ask.
process.prependListener('disconnect', session.close)
say(
  `desktop: ${session.told.isStandIn ? 'Electron 33, as a stand-in for the one of package.json' : 'Electron of package.json'}`,
)
process.env[sessionVariable] = JSON.stringify(session.told)
await step('node_modules/@playwright/test/cli.js', 'test', ...words)
// The session would go on for ever.
process.exit()
