// Service, readers, card: each stands on the one before. A card is only ever read as far as it is free to be read: what
// kind it is and its certificate. No PIN is asked for and no try spent.
import { openJpki } from '../card/jpki.ts'
import type { CardConnection, ReaderStatus } from '../card/reader.ts'
import type { ReaderService } from '../card/reader-host-protocol.ts'
import { openSession } from '../card/session.ts'
import type { Result } from '../ground/result.ts'
import type { Check, Found } from './run.ts'
import { likelyReader, type UsbDevice } from './usb-readers.ts'

export interface ReaderPorts {
  /** Resolves once it is known what there is. `null`: the practice reader of a training clinic, which needs no service. */
  readonly service: () => Promise<ReaderService | null>
  readonly readers: () => readonly ReaderStatus[]
  /** The reader cards are taken from while it is plugged in; null: any. */
  readonly chosenReader: () => string | null
  /** Calls back when a reader or a card comes or goes. Returns the unsubscriber. */
  readonly onReaders: (listener: () => void) => () => void
  readonly connect: (reader: string) => Promise<Result<CardConnection>>
  /** Does it while no visit begins with the cards that lie there; null: they are somebody's who is being checked in. */
  readonly aside: <T>(work: () => Promise<T>) => Promise<T | null>
  /** How long a card is waited for, in milliseconds; 0: one that lies there will do. */
  readonly cardWaitMs: number
  readonly devices: () => Promise<readonly UsbDevice[]>
  readonly platform: NodeJS.Platform
}

const good = (finding: Found['finding']): Found => ({ state: 'ok', finding })
const failed = (finding: Found['finding']): Found => ({ state: 'failed', finding })

export function readerChecks(ports: ReaderPorts): readonly Check[] {
  const { readers, chosenReader, platform } = ports
  /** A practice reader that plays only while an agent runs. */
  let isPractice = false
  const practice: Found = { state: 'unused', finding: { code: 'virtualReader' } }
  return [
    {
      name: 'readerService',
      after: ['settings'],
      async run() {
        const service = await ports.service()
        isPractice = service === null && readers().length === 0
        if (service === null) return practice
        if (service === 'up') return good({ code: 'serviceUp' })
        if (service === 'missing') return failed({ code: 'serviceMissing' })
        const known = platform === 'win32' || platform === 'darwin' ? platform : 'other'
        return failed({ code: 'serviceDown', platform: known })
      },
    },
    {
      name: 'readers',
      after: ['readerService'],
      async run() {
        if (isPractice) return practice
        const found = readers()
        const faulty = found.find(({ state }) => state === 'faulty')
        const chosen = chosenReader()
        if (found.length === 0) {
          const name = likelyReader(await ports.devices())
          return failed(name === null ? { code: 'noReader' } : { code: 'readerWithoutDriver', name })
        }
        if (faulty && found.length === 1) return failed({ code: 'readerFaulty', name: faulty.name })
        if (chosen !== null && !found.some(({ name }) => name === chosen)) {
          return { state: 'warning', finding: { code: 'chosenReaderAway', name: chosen } }
        }
        return good({ code: 'readersFound', names: found.map(({ name }) => name) })
      },
    },
    {
      name: 'card',
      after: ['readers'],
      limitMs: ports.cardWaitMs + cardMs,
      run: async () => (isPractice ? practice : ((await ports.aside(() => tryCard(ports))) ?? cardIsPatients)),
    },
  ]
}

/** Reading a card takes a second or two. */
const cardMs = 20_000

const cardIsPatients: Found = { state: 'unknown', finding: { code: 'cardIsPatients' } }

async function tryCard(ports: ReaderPorts): Promise<Found> {
  const laid = await laidCard(ports)
  if (laid === null) return { state: 'unknown', finding: { code: 'noCard' } }
  const connected = await ports.connect(laid)
  if (!connected.ok) return failed({ code: 'failure', failure: connected.error })
  try {
    const read = await openJpki(openSession(connected.value)).readCertificate()
    return read.ok ? good({ code: 'cardRead' }) : failed({ code: 'failure', failure: read.error })
  } finally {
    await connected.value.end()
  }
}

/** The reader with a card, once there is one; null: nobody laid one in time. */
async function laidCard({ readers, onReaders, cardWaitMs }: ReaderPorts): Promise<string | null> {
  const find = () => readers().find(({ state }) => state === 'card')?.name ?? null
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const look = () => {
    const found = find()
    if (found !== null) resolve(found)
  }
  const unsubscribe = onReaders(look)
  const timer = setTimeout(() => resolve(find()), cardWaitMs)
  look()
  return promise.finally(() => {
    clearTimeout(timer)
    unsubscribe()
  })
}
