// How soon a desk goes on alone in a test, and back: at once, and nobody is waited for but a card.
import type { EitherTiming } from '../../src-main/agent/either-ground.ts'

export const aloneTiming: EitherTiming = {
  // A server that hesitates on a machine with much to do is not gone.
  aloneAfterMs: 2_000,
  backAfterMs: 0,
  lookMs: 100,
  patienceMs: 0,
  mergePauseMs: { first: 3_600_000, longest: 3_600_000 },
}
