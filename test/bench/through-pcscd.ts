// The parts of the bench that need the one pcscd of a computer, each with its own: started and ended for it.
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { missingForPcscd, type Pcscd, preparePcscd } from '../card/pcscd.ts'
import { type SeparateCard, startSeparateCard } from '../card/separate-card.ts'
import type { Figures } from './measure.ts'
import type { Place } from './parts.ts'

/** `name` stands before what is said to be missing. */
export async function throughPcscd(
  name: string,
  place: Place,
  measure: (pcscd: Pcscd) => Promise<Figures>,
): Promise<Figures> {
  const missing = missingForPcscd()
  if (missing) return { [`${name}.leftOut`]: missing }
  const pcscd = preparePcscd()
  if (!pcscd.isFast) place.say('!! no C compiler: the virtual reader takes 44 ms per APDU')
  try {
    await pcscd.start()
    return await measure(pcscd)
  } finally {
    await pcscd.close()
  }
}

/** The same, with the card in a process of its own. */
export const withSeparateCard = (
  name: string,
  place: Place,
  measure: (card: SeparateCard) => Promise<Figures>,
): Promise<Figures> =>
  throughPcscd(name, place, async (pcscd) => {
    const card = await startSeparateCard(`${place.dataDir}/training`, pcscd.port)
    try {
      return await measure(card)
    } finally {
      card.stop()
    }
  })

export async function sampleCardOf(place: Place) {
  const card = (await openTrainingPki(`${place.dataDir}/training`, new Date())).cards.get('nanbyo')
  if (!card) throw new Error('no sample card')
  return card
}
