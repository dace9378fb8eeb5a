// What a lane does by itself it does on this desk's turn: under a lease that the store looks at with every move. What was begun
// under one that does not count any more is left as it is: the desk that has it now finds it as after a crash.
import type { Duty } from '../../store/duties.ts'
import type { Lease } from '../../store/leases.ts'
import type { Mover } from './mover.ts'

export interface OnDuty extends Mover {
  /** Whether it is this desk's turn; what is moved after it is moved under that. */
  begin(): Promise<boolean>
}

export function onDuty(duty: Duty, mover: Mover): OnDuty {
  let lease: Lease | null = null
  const moveAll: Mover['moveAll'] = async (moves) => {
    const under = lease
    const moved = await mover.moveAll(moves.map((move) => ({ ...move, lease: under })))
    const isLost = moved.some((each) => !each.ok && each.error.code === 'LEASE_LOST')
    if (isLost && under) duty.lost(under)
    return moved
  }
  return {
    async begin() {
      lease = await duty.take()
      return lease !== null
    },
    moveAll,
    async move(delivery, to, event) {
      const [moved] = await moveAll([{ delivery, to, event }])
      if (!moved) throw new Error('a move was not answered')
      return moved
    },
  }
}
