// What `npm run bench` measures, part by part. A part stands alone: it runs in a process of its own, with a data folder of its
// own, so that neither what one has left in memory nor its failure changes another's figures.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchApdus } from './apdus.ts'
import { benchAudit } from './audit.ts'
import { benchBookings } from './bookings.ts'
import { benchAgainstOpensc, benchIdentity, benchRecovery } from './card.ts'
import { benchCheckIn, benchTraining } from './check-in.ts'
import { benchDesktop } from './desktop.ts'
import { benchEligibility } from './eligibility.ts'
import { benchHandover } from './handover.ts'
import { benchHospital } from './hospital.ts'
import { benchDeadHub, benchHub } from './hub.ts'
import { benchIdle } from './idle.ts'
import { benchLife } from './life.ts'
import { benchMasters } from './masters.ts'
import type { Figures } from './measure.ts'
import { benchMemory } from './memory.ts'
import { benchReaderHostMemory } from './memory-reader-host.ts'
import { benchScreen } from './screen.ts'
import { benchSlowCard } from './slow-card.ts'
import { benchStart } from './start.ts'
import { benchStoreScale } from './store-scale.ts'
import { benchTerminal } from './terminal.ts'
import { sampleCardOf, throughPcscd, withSeparateCard } from './through-pcscd.ts'
import { benchTold } from './told.ts'

const root = join(import.meta.dirname, '../..')
const runs = 40

export interface Place {
  /** With the certificates of the training clinic in `training`, and nothing else. */
  readonly dataDir: string
  /** To whoever waits. */
  say(text: string): void
}

interface Part {
  /** What it measures, for whoever waits and for the help. */
  readonly says: string
  measure(place: Place): Promise<Figures> | Figures
  /** Where it takes longer than most. */
  readonly limitMs?: number
}

/** By name, in the order in which they are measured. */
export const parts: Readonly<Record<string, Part>> = {
  training: { says: 'check-in in training mode', measure: ({ dataDir }) => benchTraining(dataDir, runs) },
  hub: {
    says: 'the hub, and one that is gone',
    measure: async ({ dataDir }) => ({ ...(await benchHub(dataDir, runs)), ...(await benchDeadHub(dataDir)) }),
  },
  bookings: {
    says: 'a thousand bookings',
    measure: ({ dataDir }) => benchBookings(dataDir, join(root, 'migrations')),
  },
  told: { says: 'what a page is told', measure: () => benchTold() },
  screen: { says: 'the screen', measure: () => benchScreen() },
  masters: { says: 'the master of local schemes', measure: () => benchMasters() },
  eligibility: { says: 'the judgement of an answer', measure: () => benchEligibility() },
  terminal: { says: 'the terminal’s folders', measure: () => benchTerminal() },
  handover: { says: 'the hand-over', measure: () => benchHandover() },
  storeScale: { says: 'a store of a million visits', measure: ({ say }) => benchStoreScale(say), limitMs: 1_200_000 },
  audit: { says: 'the proof of the audit trail', measure: () => benchAudit() },
  hospital: { says: 'fifty desks on one server', measure: ({ say }) => benchHospital(say) },
  start: { says: 'start', measure: ({ dataDir }) => benchStart(dataDir) },
  desktop: { says: 'the desktop program', measure: ({ say }) => benchDesktop(runs, say) },
  apdus: {
    says: 'commands of a check-in',
    measure: ({ dataDir }) => benchApdus(join(dataDir, 'training')),
  },
  pcsc: {
    says: 'check-in through pcscd',
    measure: (place) =>
      withSeparateCard('pcsc', place, async (card) =>
        benchCheckIn(card, await sampleCardOf(place), place.dataDir, runs),
      ),
  },
  memory: {
    says: 'memory over ten thousand check-ins',
    measure: ({ dataDir, say }) => benchMemory(dataDir, say),
    limitMs: 1_200_000,
  },
  memoryReaderHost: {
    says: 'memory of the reader host over ten thousand',
    measure: (place) => withSeparateCard('memory.readerHost', place, benchReaderHostMemory),
    limitMs: 1_200_000,
  },
  idle: {
    says: 'idling',
    measure: (place) => withSeparateCard('idle', place, (card) => benchIdle(card, place.dataDir)),
  },
  life: {
    says: 'a check-in with a card and a line as in life',
    measure: (place) => withSeparateCard('life', place, (card) => benchLife(card, place.dataDir)),
  },
  opensc: {
    says: 'the card engine against OpenSC',
    measure: (place) => withSeparateCard('card.signature', place, (card) => benchAgainstOpensc(card, place.dataDir)),
  },
  identity: {
    says: 'card in to identity',
    measure: (place) => withSeparateCard('card.identity', place, (card) => benchIdentity(card, place.dataDir)),
  },
  slowCard: {
    says: 'a slow card with the screen open',
    measure: (place) =>
      withSeparateCard('slowCard', place, (card) => {
        writeFileSync(join(place.dataDir, 'settings.json'), JSON.stringify({ reader: 'pcsc' }))
        return benchSlowCard(card, place.dataDir)
      }),
  },
  recovery: {
    says: 'back after pcscd was away',
    measure: (place) => throughPcscd('card.backToWaiting', place, (pcscd) => benchRecovery(pcscd, place.dataDir)),
  },
}
