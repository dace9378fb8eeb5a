// How many commands a card is sent for one check-in, by PIN and by the face: in short reads, at the first card for which
// extended length is tried, and from then on. Counted, not timed; a contactless card takes about 20 ms for each.
import { createLengthLessons, type LengthLessons } from '../../src-main/card/extended-length.ts'
import { type Readers, transmitInOrder } from '../../src-main/card/reader.ts'
import { verificationNumberB } from '../../src-main/card/verification-number.ts'
import { type CounterCard, openCounterCard } from '../../src-main/checkin/counter-card.ts'
import { ok, type Result } from '../../src-main/ground/result.ts'
import { noQuirks, type Quirks } from '../../src-main/stand-ins/card/quirks.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'

const consent = { spendLastTry: false }

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** `folder` is where the training certificates are made, or lie. */
export async function benchApdus(folder: string): Promise<Record<string, number>> {
  const pki = await openTrainingPki(folder, new Date())

  const count = async (by: 'pin' | 'face', lengths: LengthLessons | null, extended: Quirks['extended'] = 'taken') => {
    const { virtual, persona } = sampleCard(pki, 'nanbyo', { quirks: { ...noQuirks, extended } })
    const connect: Readers['connect'] = async () =>
      ok({
        carriesExtended: lengths !== null,
        transmit: (commands) => transmitInOrder(commands, async (command) => ok(virtual.transmit(command))),
        end: async () => virtual.reset(),
      })
    const readers: Readers = { list: () => [], onChange: () => () => undefined, connect, close: async () => undefined }
    const card: CounterCard = openCounterCard({
      readers,
      reader: 'counter',
      lengths: lengths ?? createLengthLessons(),
      onHold: () => undefined,
    })
    must(await card.identity())
    must(await card.triesLeft())
    if (by === 'pin') must(await card.sign(Buffer.alloc(32), Buffer.from(persona.pin), consent))
    else {
      const { expiryYear, securityCode } = persona.printed
      const front = { birthDate: persona.birthDate, printedYear: 'era', expiryYear, securityCode } as const
      must(await card.readHolder(must(verificationNumberB(front)), consent))
    }
    await card.end()
    return card.apdus
  }

  const lengths = createLengthLessons()
  const refusing = createLengthLessons()
  return {
    'card.apdusShort': await count('pin', null),
    'card.apdusTried': await count('pin', lengths),
    'card.apdusExtended': await count('pin', lengths),
    'card.apdusRefused': await count('pin', refusing, '6700'),
    'card.apdusAfterRefusal': await count('pin', refusing, '6700'),
    'card.faceApdusShort': await count('face', null),
    'card.faceApdusExtended': await count('face', lengths),
  }
}
