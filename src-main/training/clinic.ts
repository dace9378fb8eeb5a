// The training clinic: everything that stands in for the outside while somebody learns or tests. A real HTTPS hub on
// loopback and, unless a real reader is used, a virtual one in process.
import { mkdir } from 'node:fs/promises'
import type { Clock } from '../contract/clock.ts'
import type { Destination } from '../contract/destination.ts'
import type { Reception } from '../contract/reception.ts'
import type { Result } from '../contract/result.ts'
import type { HubAccess } from '../settings/hub-access.ts'
import { createVirtualReader, type VirtualReader } from './card/virtual-reader.ts'
import { type SandboxHub, startSandboxHub } from './hub/sandbox-hub.ts'
import { personas } from './personas.ts'
import { openTrainingPki } from './pki.ts'

export interface TrainingClinic {
  readonly hub: HubAccess
  /** The sandbox itself, for rehearsing faults. */
  readonly sandbox: SandboxHub
  readonly reader: VirtualReader
  readonly personas: NonNullable<Reception['training']>['personas']
  insert(persona: string): Result<void>
  remove(): void
  inserted(): string | null
  close(): Promise<void>
}

/** `folder` holds the training certificates and card states; `destinations` get their import folders made. */
export async function openTrainingClinic(options: {
  readonly folder: string
  readonly destinations: readonly Destination[]
  readonly clock: Clock
}): Promise<TrainingClinic> {
  const { folder, clock } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const destination of options.destinations) await mkdir(destination.folder, { recursive: true })
  const pki = await openTrainingPki(folder, clock.now())
  const sandbox = await startSandboxHub({ pki, clock })
  const reader = createVirtualReader({ pki, folder })
  return {
    hub: {
      url: sandbox.url,
      ca: pki.hub.ca,
      identity: { certificate: pki.hub.clientCertificate, key: pki.hub.clientKey },
      proxy: null,
    },
    sandbox,
    reader,
    personas: personas.map(({ id, label, pin, birthDate, printed: { expiryYear, securityCode } }) => ({
      id,
      label,
      pin,
      front: { birthDate, expiryYear, securityCode },
    })),
    insert: (persona) => reader.insert(persona),
    remove: () => reader.remove(),
    inserted: () => reader.inserted(),
    async close() {
      await sandbox.close()
    },
  }
}
