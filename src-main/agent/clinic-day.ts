// The clinic's day as everything in the agent has it. It turns with the first thing that asks for it after midnight, a card,
// a call, a result of the terminal, and by a timer where nothing happens: nothing is ever filed, listed or asked under a day
// that is over.
import { type Clock, clinicDay } from '../ground/clock.ts'

export interface ClinicDay {
  /** YYYY-MM-DD, as everybody has been told. */
  today(): string
  /** Turns it where it is another one by now. Resolves once everybody has been told. */
  keep(): Promise<void>
  /** `turn`: whatever keeps something of the day. */
  onTurn(turn: (today: string) => Promise<void>): void
}

export function createClinicDay(clock: Clock): ClinicDay {
  let today = clinicDay(clock.now())
  let turning: Promise<void> | null = null
  let turn: (today: string) => Promise<void> = async () => undefined
  return {
    today: () => today,
    async keep() {
      const now = clinicDay(clock.now())
      if (now !== today && !turning) {
        today = now
        turning = turn(now).finally(() => {
          turning = null
        })
      }
      await turning
    },
    onTurn(listener) {
      turn = listener
    },
  }
}
