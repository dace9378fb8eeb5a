// What a shell's windows have of the agent, whichever process it runs in: the calls of their pages, what the pages are
// told, and the little that is shown beside them. Here over an agent in the same process; agent-keeper.ts has it over the
// border of another one. What a page may see is judged on the agent's side (doors.ts): the shell only passes it on.
import type { Agent } from '../agent.ts'
import type { Reception } from '../contract/reception.ts'
import { shownNow } from '../contract/shown.ts'
import { createTeller, type Told } from '../contract/told.ts'
import { isSame } from '../ground/keep-same.ts'
import { needsPerson } from '../ground/states.ts'
import { atSystem, awayAt, type Door, type DoorAnswer } from './doors.ts'

/** What a shell shows outside its pages. */
export interface Outlook {
  /** Patients type for themselves, on a page of their own. */
  readonly hasPatientPage: boolean
  /** There is a kiosk, with a page of its own. */
  readonly hasKiosk: boolean
  /** A card waits for its PIN. */
  readonly asksForPin: boolean
  /** Visits that need a person: a file that cannot get out, what the list calls 要確認, whoever the kiosk has sent to the desk. */
  readonly waiting: readonly string[]
}

export interface AgentPort {
  /** A call of the page at this door. */
  call(door: Door, name: string, request: unknown): Promise<DoorAnswer>
  /** What the page at this door is told: the whole at once, from then on what has changed. */
  follow(door: Door, listener: (told: Told) => void): void
  /** At once, and whenever it is another one. */
  onOutlook(listener: (outlook: Outlook) => void): void
  /** The system says that this computer was locked, or opened again. */
  sayLocked(isLocked: boolean): void
  /** Resolves when the agent has ended in order. */
  stop(): Promise<void>
}

export const outlookOf = (reception: Reception): Outlook => ({
  hasPatientPage: reception.pinEntry.side === 'patient',
  hasKiosk: reception.kiosk !== null,
  ...whatCalls(shownNow(reception)),
})

const whatCalls = ({ current, kiosk, visits }: Reception) => ({
  asksForPin: Boolean(current?.pin),
  waiting: [
    ...new Set([
      ...visits.filter((visit) => visit.isHeldUp || needsPerson(visit)).map(({ id }) => id),
      ...(kiosk?.called ?? []).map(({ visitId }) => visitId),
    ]),
  ],
})

/** The agent of this process. */
export const portOf = (agent: Pick<Agent, 'call' | 'reception' | 'onReception' | 'absence' | 'stop'>): AgentPort => ({
  call: (door, name, request) => door.call(agent, name, request),
  follow(door, listener) {
    let tell = createTeller()
    const pass = (reception: Reception) => {
      // What an agent says that is on its way out, or in, is nothing to show.
      if (!agent.absence?.now()) listener(tell(door.view(reception)))
    }
    const look = () => {
      const away = agent.absence?.now()
      if (away) listener(awayAt(door.name, away))
      else {
        // Nothing of before is on the page any more.
        tell = createTeller()
        pass(agent.reception())
      }
    }
    look()
    agent.onReception(pass)
    agent.absence?.onChange(look)
  },
  onOutlook(listener) {
    let before: Outlook | null = null
    const pass = (reception: Reception) => {
      const outlook = outlookOf(reception)
      if (!isSame(before, outlook)) listener(outlook)
      before = outlook
    }
    const look = () => {
      if (!agent.absence?.now()) pass(agent.reception())
    }
    look()
    agent.onReception(look)
    agent.absence?.onChange(look)
  },
  sayLocked: (isLocked) => void agent.call(atSystem, 'computerLocked', { isLocked }),
  stop: agent.stop,
})
