// How long the files of a lane waited after its desk was killed, by what was watched at the server.
import type { Kill } from './disturbances.ts'
import type { Evidence } from './evidence.ts'

/**
 * In milliseconds: from each kill of desks that stayed away to the next file that another desk brought in a lane that they had.
 * `leaps`: when time passed at once; a lane that was taken over then says nothing.
 */
export const takeOvers = (
  kills: readonly Kill[],
  leaps: readonly number[],
  moves: Evidence['moves'],
): readonly number[] =>
  kills.flatMap(({ at, desks, had }) =>
    had.flatMap((what) => {
      const next = moves.find(
        (move) =>
          move.at > at &&
          move.became === 'delivered' &&
          `destination ${move.destination}` === what &&
          !desks.includes(move.desk),
      )
      return next && !leaps.some((leap) => leap > at && leap < next.at) ? [Math.round(next.at - at)] : []
    }),
  )
