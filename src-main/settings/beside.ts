// What is right by itself in the settings, and not beside the rest: what a live clinic needs, names and folders that two would
// share, a secret that is named twice or not at all.
import type { Destination } from '../contract/destination.ts'
import type { SettingReason } from '../ground/setting-fault.ts'
import type { SettingPath } from './json-text.ts'
import { sharedName } from './receipt-folders.ts'

/** Of the settings that fit by themselves. */
interface Besides {
  readonly mode: 'training' | 'live'
  readonly reader?: string | undefined
  readonly chosenReader?: string | null | undefined
  readonly kiosk?: { readonly reader: string } | null | undefined
  readonly hub?: Readonly<Record<string, unknown>> | undefined
  readonly destinations?: readonly Destination[] | undefined
  readonly store?: { readonly postgres: Readonly<Record<string, unknown>> } | null | undefined
}

interface BesideFault {
  readonly path: SettingPath
  readonly reason: SettingReason
  /** What asks for it. */
  readonly at?: SettingPath
  readonly meant?: string
}

/** Where a password or passphrase is needed: as a file or as a variable, and as one of them only. */
function secretFaults({ hub, store, destinations = [] }: Besides): readonly BesideFault[] {
  const places: readonly (readonly [SettingPath, string, Readonly<Record<string, unknown>>])[] = [
    ...(hub && 'clientPfxFile' in hub ? [[['hub'], 'clientPassphrase', hub] as const] : []),
    ...(store ? [[['store', 'postgres'], 'password', store.postgres] as const] : []),
    ...destinations.flatMap((each, index) => {
      if (each.format !== 'orca') return []
      const at = ['destinations', index]
      const { clientCertificate } = each
      return [
        [at, 'password', each] as const,
        ...(clientCertificate ? [[[...at, 'clientCertificate'], 'passphrase', clientCertificate] as const] : []),
      ]
    }),
  ]
  return places.flatMap(([at, name, given]): readonly BesideFault[] => {
    const [isFile, isVariable] = [given[`${name}File`] !== undefined, given[name] !== undefined]
    if (isFile !== isVariable) return []
    return isFile
      ? [{ path: [...at, name], reason: 'oneOfTwo', meant: `${name}File` }]
      : [{ path: [...at, `${name}File`], reason: 'missing', at }]
  })
}

export function beside(settings: Besides): readonly BesideFault[] {
  const { mode, hub, reader, chosenReader, kiosk, destinations } = settings
  const faults: BesideFault[] = [...secretFaults(settings)]
  if (mode === 'live') {
    if (hub === undefined) faults.push({ path: ['hub'], reason: 'neededLive', at: ['mode'] })
    if (destinations === undefined) faults.push({ path: ['destinations'], reason: 'neededLive', at: ['mode'] })
    if (reader === 'training') faults.push({ path: ['reader'], reason: 'neverLive' })
  }
  // A card that lies there would be the kiosk's patient and the desk's at once.
  if (kiosk && kiosk.reader === chosenReader) {
    faults.push({ path: ['kiosk', 'reader'], reason: 'sameReader' })
  }
  const all = destinations ?? []
  const ids = all.map(({ id }) => id)
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index) faults.push({ path: ['destinations', index, 'id'], reason: 'sameName' })
  }
  const shared = sharedName(all)
  if (shared !== null) faults.push({ path: ['destinations', shared, 'folder'], reason: 'sameFolder' })
  return faults
}
