// Everything that the desktop program is tried with on this computer: the system's parts, an Electron, the program laid out on
// it, and the session of an ordinary user. For the tests (run.ts) and the bench.
import { desktopParts, hasDesktop, provideSystemParts } from '../../scripts/system-parts.mjs'
import { layProgram } from './program.ts'
import { provideRuntime } from './runtime.ts'
import { type OpenedSession, openSession } from './session.ts'

/** Or, in a sentence, why it cannot be had. */
export async function provideDesktop(say: (text: string) => void): Promise<OpenedSession | string> {
  provideSystemParts(desktopParts)
  if (!hasDesktop()) return 'parts of the system are missing'
  const runtime = await provideRuntime(say)
  if (typeof runtime === 'string') return runtime
  const program = layProgram(runtime)
  const session = await openSession(program.executable, runtime.isStandIn)
  if (typeof session === 'string') {
    program.remove()
    return session
  }
  return {
    told: session.told,
    close() {
      session.close()
      program.remove()
    },
  }
}
