// A bug that nobody caught in the desktop program. Electron itself would show its message and stack in a box, and go on in a
// state that nobody knows; the message may hold a patient's data. Here its place goes into the log, and the program starts
// again, unless it goes on failing: then a person has to see it.
import { type Log, stackOf } from '../ground/log.ts'

const restarts = { atMost: 3, withinS: 60 }
const counter = '--restarts='

/** What of Electron's `app` and of the process this needs. */
export interface FaultPorts {
  readonly relaunch: (options: { args: string[] }) => void
  readonly exit: (code: number) => void
  /** The command line behind the program's own name. */
  readonly args: readonly string[]
  readonly uptimeS: () => number
  readonly log: Log
  /** Says that it has failed and ends. */
  readonly giveUp: () => void
}

export function createFaultEnd({ relaunch, exit, args, uptimeS, log, giveUp }: FaultPorts): (error: unknown) => void {
  return (error) => {
    log.write({ event: 'fault', where: stackOf(error) })
    const before = Number(args.find((arg) => arg.startsWith(counter))?.slice(counter.length) ?? 0)
    // Only starts that failed soon one after the other count.
    const count = uptimeS() < restarts.withinS ? before + 1 : 1
    if (count > restarts.atMost) return giveUp()
    relaunch({ args: [...args.filter((arg) => !arg.startsWith(counter)), `${counter}${count}`] })
    exit(1)
  }
}
