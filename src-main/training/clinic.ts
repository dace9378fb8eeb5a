// The training clinic: everything that stands in for the outside while somebody learns or tests. A real HTTPS hub on
// loopback and, unless a real reader is used, a virtual one in process.
import { mkdir } from 'node:fs/promises'
import type { TrainingPlace } from '../contract/calls.ts'
import type { Reception } from '../contract/reception.ts'
import type { LocalSchemes } from '../eligibility/local/judge.ts'
import type { SchemeUpdate } from '../eligibility/schemes.ts'
import { type Clock, clinicDay } from '../ground/clock.ts'
import { makeFolder } from '../ground/make-folder.ts'
import type { Result } from '../ground/result.ts'
import type { HubAccess } from '../settings/hub-access.ts'
import { createVirtualReader, type VirtualReader } from '../stand-ins/card/virtual-reader.ts'
import { openTrainingPki } from '../stand-ins/certificates/pki.ts'
import type { SandboxHub } from '../stand-ins/hub/calls.ts'
import { startSandboxHub } from '../stand-ins/hub/sandbox-hub.ts'
import { knownSchemes } from '../stand-ins/masters/sample-master.ts'
import { galleryPersonas, trainingMaster } from '../stand-ins/people/gallery.ts'
import { holderOf, type Persona } from '../stand-ins/people/persona.ts'
import { personasOn } from '../stand-ins/people/personas.ts'
import { voucherPersonas } from '../stand-ins/people/voucher-gallery.ts'
import { type SandboxTerminal, startSandboxTerminal } from '../stand-ins/terminal/sandbox-terminal.ts'
import { createTrainingFaults, type TrainingFaults } from './faults.ts'
import { type Lessons, openLessons } from './lessons.ts'

export interface TrainingClinic {
  readonly hub: HubAccess
  /** The sandbox itself, for rehearsing faults. */
  readonly sandbox: SandboxHub
  readonly reader: VirtualReader
  /** null: the terminal's folders are not the sandbox's. */
  readonly terminal: SandboxTerminal | null
  /** What had to be made anew, because it was damaged or out of date. */
  readonly renewed: readonly ('certificates' | 'cards' | 'cardStates')[]
  /** The cards of today; on another day some are other people's. */
  readonly personas: NonNullable<Reception['training']>['personas']
  readonly gallery: NonNullable<Reception['training']>['gallery']
  readonly voucherGallery: NonNullable<Reception['training']>['voucherGallery']
  /** What the scheme master says besides. */
  readonly master: SchemeUpdate
  /** The local schemes that the sample patients have. */
  readonly localSchemes: LocalSchemes
  /** Errors: REQUEST_INVALID. */
  insert(persona: string, at: TrainingPlace | undefined): Promise<Result<void>>
  remove(at: TrainingPlace | undefined): void
  inserted(): string | null
  /** What lies on the kiosk's reader; null: it has none of its own. */
  atKiosk(): { readonly inserted: string | null } | null
  readonly faults: TrainingFaults
  readonly lessons: Lessons
  close(): Promise<void>
}

const pickable = ({ id, label, pin, birthDate, printed: { expiryYear, securityCode } }: Persona) => ({
  id,
  label,
  pin,
  front: { birthDate, expiryYear, securityCode },
})

function cardsOf(day: string) {
  const [samples, vouchers] = [personasOn(day), voucherPersonas(day)]
  return {
    day,
    all: [...samples, ...galleryPersonas, ...vouchers],
    personas: samples.map(pickable),
    gallery: galleryPersonas.map(pickable),
    voucherGallery: vouchers.map(pickable),
  }
}

/** `folder` holds the training certificates and card states; `importFolders` are made. */
export async function openTrainingClinic(options: {
  readonly folder: string
  /** Absolute paths. */
  readonly importFolders: readonly string[]
  /** The root of the terminal's folders, if the sandbox is to play there. */
  readonly terminalFolder: string | null
  readonly clock: Clock
  /** The kiosk's reader, if there is a kiosk. */
  readonly kioskReader: string | null
}): Promise<TrainingClinic> {
  const { folder, clock, kioskReader } = options
  makeFolder(folder)
  for (const importFolder of options.importFolders) await mkdir(importFolder, { recursive: true })
  const pki = await openTrainingPki(folder, clock.now())
  let today = cardsOf(clinicDay(clock.now()))
  const cards = () => {
    const day = clinicDay(clock.now())
    if (day !== today.day) today = cardsOf(day)
    return today
  }
  const sandbox = await startSandboxHub({ pki, clock })
  const reader = createVirtualReader({
    pki,
    folder,
    personaById: (id) => cards().all.find((persona) => persona.id === id),
    others: kioskReader === null ? [] : [kioskReader],
  })
  /** Without a reader of its own the kiosk's cards lie on the one there is. */
  const nameOf = (at: TrainingPlace | undefined) => (at === 'kiosk' ? (kioskReader ?? undefined) : undefined)
  const { terminalFolder } = options
  const terminal = terminalFolder === null ? null : await startSandboxTerminal({ folder: terminalFolder, clock })
  const faults = createTrainingFaults({ sandbox, reader, terminal, folders: options.importFolders })
  return {
    hub: {
      url: sandbox.url,
      ca: pki.hub.ca,
      identity: { certificate: pki.hub.clientCertificate, key: pki.hub.clientKey },
      proxy: null,
    },
    sandbox,
    reader,
    terminal,
    renewed: [
      ...(pki.found === 'damaged' || pki.found === 'outdated' ? (['certificates'] as const) : []),
      ...(pki.renewedCards.length > 0 ? (['cards'] as const) : []),
      ...(reader.forgot ? (['cardStates'] as const) : []),
    ],
    get personas() {
      return cards().personas
    },
    get gallery() {
      return cards().gallery
    },
    get voucherGallery() {
      return cards().voucherGallery
    },
    master: trainingMaster,
    localSchemes: knownSchemes,
    async insert(persona, at) {
      // The cards of the gallery are made when somebody wants them; any card is made anew that has run out meanwhile.
      const sample = cards().all.find(({ id }) => id === persona)
      if (sample) await pki.issueCard({ ...sample, holder: holderOf(sample) }, clock.now())
      return reader.insert(persona, nameOf(at))
    },
    remove: (at) => reader.remove(nameOf(at)),
    inserted: () => reader.inserted(),
    atKiosk: () => (kioskReader === null ? null : { inserted: reader.inserted(kioskReader) }),
    faults,
    lessons: openLessons(folder, clock),
    async close() {
      await faults.endAll()
      await Promise.all([sandbox.close(), terminal?.close()])
    },
  }
}
