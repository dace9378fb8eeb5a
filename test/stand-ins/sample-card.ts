// A sample card for a test, with its tries in memory.
import { allTries, type Lock } from '../../src-main/stand-ins/card/card-files.ts'
import type { Quirks } from '../../src-main/stand-ins/card/quirks.ts'
import { createVirtualCard } from '../../src-main/stand-ins/card/virtual-card.ts'
import type { TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { personaById } from '../../src-main/stand-ins/people/personas.ts'
import { testDay } from '../clock.ts'

export function sampleCard(
  pki: TrainingPki,
  id: string,
  options: {
    readonly tries?: number
    readonly quirks?: Quirks
    /** In place of its own. */
    readonly certificate?: Uint8Array
  } = {},
) {
  const persona = personaById(id, testDay)
  const known = pki.cards.get(id)
  if (!persona || !known) throw new Error('no such sample card')
  const card = { ...known, certificate: options.certificate ?? known.certificate }
  const left: Record<Lock, number> = { ...allTries, authenticationPin: options.tries ?? allTries.authenticationPin }
  const virtual = createVirtualCard({
    card,
    persona,
    quirks: options.quirks,
    tries: {
      get: (lock) => left[lock],
      set(lock, tries) {
        left[lock] = tries
      },
    },
  })
  return {
    virtual,
    card,
    persona,
    tries: (lock: Lock = 'authenticationPin') => left[lock],
    /** All tries back, as after a right PIN. */
    restore: () => void Object.assign(left, allTries),
  }
}
