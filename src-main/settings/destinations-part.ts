// The page on which destinations are set up, and what lies in their folders and nobody takes.
import { isDeepStrictEqual } from 'node:util'
import type { Destination } from '../contract/destination.ts'
import type { Part } from '../contract/part.ts'
import type { LeftFilesView } from '../contract/reception.ts'
import type { Clock } from '../ground/clock.ts'
import type { Result } from '../ground/result.ts'
import type { Substitutions } from '../handover/formats/encoding.ts'
import type { ChangeLog } from './change.ts'
import { createDestinationSetup, type DestinationSetupOptions } from './destination-setup.ts'
import { located } from './located.ts'
import { openSavedDestinations } from './saved-destinations.ts'
import type { Settings } from './settings.ts'

export interface DestinationsPorts {
  readonly dataDir: string
  readonly settings: Settings
  readonly clock: Clock
  /** Whether files are marked as training ones. */
  readonly training: boolean
  readonly substitutions: () => Substitutions
  readonly changes: ChangeLog
  readonly clinic: DestinationSetupOptions['clinic']
  readonly samples: DestinationSetupOptions['samples']
  readonly left: {
    view(): ReadonlyMap<string, LeftFilesView>
    look(): Promise<void>
    remove(destination: string, until: string): Promise<Result<void>>
  }
}

export function createDestinations(ports: DestinationsPorts) {
  const { settings, left } = ports
  const isRunning = (saved: readonly Destination[]) =>
    isDeepStrictEqual(
      saved.map((each) => located(each, ports.dataDir)),
      settings.destinations,
    )
  const setup = createDestinationSetup({
    ...ports,
    isRunning,
    ...openSavedDestinations(ports.dataDir, ports.changes, settings.sources),
  })
  const running = () =>
    settings.destinations.map((destination) => ({
      id: destination.id,
      format: destination.format,
      folder: 'folder' in destination ? destination.folder : null,
    }))
  return {
    calls: {
      previewDestination: ({ destination, sample }) => setup.preview(destination, sample),
      saveDestination: ({ destination, replaces }) => setup.save(destination, replaces),
      removeDestination: ({ destination }) => setup.remove(destination),
      removeLeftFiles: ({ destination, until }) => left.remove(destination, until),
    },
    view: () => ({ destinations: running().map((each) => ({ ...each, left: left.view().get(each.id) ?? null })) }),
    pages: {
      destinations: {
        async open() {
          const opened = await setup.open()
          if (opened.ok) await left.look()
          return opened
        },
        view: async () => ({ name: 'destinations', ...setup.view() }),
      },
    },
  } satisfies Part
}
